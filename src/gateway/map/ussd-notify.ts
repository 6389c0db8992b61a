/** unstructuredSS-Notify to a subscriber's phone, by way of the HLR (3GPP TS 29.002 §11.11): a text that asks for nothing. */
import { internationalAddress } from '../../stack/map/address-string.ts';
import { networkUnstructuredSsContextV2 } from '../../stack/map/application-contexts.ts';
import { unstructuredSSNotify } from '../../stack/map/operations/unstructured-ss.ts';
import { openMapDialogue } from '../../stack/map/service/map-service.ts';
import type { MapOutcome, MapUser } from '../../stack/map/service/service.ts';
import type { SccpAddress } from '../../stack/sccp/service.ts';
import type { TcapService } from '../../stack/tcap/service.ts';
import type { Counters } from '../../types/counters.ts';
import { ussdOf } from './ussd-dialogue.ts';

export interface UssdNotification {
  /** Ours as gsmSCF, and the subscriber's HLR. */
  readonly localAddress: SccpAddress;
  readonly remoteAddress: SccpAddress;
  /** E.164 digits. */
  readonly subscriber: string;
  /** It fits one USSD string. */
  readonly text: string;
  readonly timeoutMs: number;
}

/** `then` is called once, later: 'shown' when the phone has said so. False: no dialogue is free. */
export function notifyByUssd(
  tcap: TcapService,
  counters: Counters,
  notification: UssdNotification,
  then: (how: 'shown' | 'not-shown') => void,
): boolean {
  let outcome: MapOutcome | undefined;
  let told = false;
  const end = (): void => {
    if (told) return;
    told = true;
    then(outcome?.kind === 'result' ? 'shown' : 'not-shown');
  };
  const user: MapUser = {
    onOpenConfirm: (_dialogue, { accepted }) => {
      if (!accepted) end();
    },
    onDelimiter: (dialogue) => {
      dialogue.close();
      end();
    },
    onClose: end,
    onAbort: end,
  };
  const { localAddress, remoteAddress, subscriber, text, timeoutMs } = notification;
  const applicationContext = networkUnstructuredSsContextV2;
  const dialogue = openMapDialogue(tcap, counters, { localAddress, remoteAddress, applicationContext, user });
  if (dialogue === null) return false;
  const argument = { ...ussdOf(text), msisdn: internationalAddress(subscriber) };
  dialogue.invoke(
    unstructuredSSNotify,
    argument,
    (came) => {
      outcome = came;
      // Nothing more comes of a dialogue in which nobody answers.
      if (came.kind === 'provider-error' && !dialogue.ended) {
        dialogue.abort();
        end();
      }
    },
    { timeoutMs },
  );
  dialogue.delimiter();
  return true;
}
