/** What a command_status means for what was asked (SMPP 5.0 §4.7.6). */
import { COMMAND_STATUS, type CommandStatusName } from '../../stack/smpp/command-status.ts';

/**
 * 'throttled': too much at once. 'unsupported': never by this centre. 'permanent': never to this destination, or not as it is.
 * 'temporary': all else, what vendors have added too.
 */
export type StatusMeaning = 'done' | 'throttled' | 'unsupported' | 'permanent' | 'temporary';

const meanings: Partial<Record<CommandStatusName, StatusMeaning>> = {
  ESME_ROK: 'done',
  ESME_RTHROTTLED: 'throttled',
  ESME_RMSGQFUL: 'throttled',
  ESME_RINVCMDID: 'unsupported',
  ESME_RINVBNDSTS: 'unsupported',
  ESME_RPROHIBITED: 'unsupported',
  ESME_RINVMSGLEN: 'permanent',
  ESME_RINVSRCADR: 'permanent',
  ESME_RINVDSTADR: 'permanent',
  ESME_RINVSRCTON: 'permanent',
  ESME_RINVSRCNPI: 'permanent',
  ESME_RINVDSTTON: 'permanent',
  ESME_RINVDSTNPI: 'permanent',
  ESME_RINVESMCLASS: 'permanent',
  ESME_RINVDCS: 'permanent',
  ESME_RINVSERTYP: 'permanent',
  ESME_RSERTYPUNAUTH: 'permanent',
  ESME_RSERTYPDENIED: 'permanent',
  ESME_RX_P_APPN: 'permanent',
  ESME_RX_R_APPN: 'permanent',
};

const byStatus = new Map<number, StatusMeaning>(
  Object.entries(meanings).map(([name, meaning]) => [COMMAND_STATUS[name as CommandStatusName], meaning]),
);

export function statusMeaning(status: number): StatusMeaning {
  return byStatus.get(status) ?? 'temporary';
}
