/** A TPDU of any kind that is read here, by what carries it (3GPP TS 23.040 §9.2.3.1: TP-MTI means another thing in each direction). */
import { failure, type Result } from '../../types/result.ts';
import { decodeSmsDeliver, MTI_DELIVER, MTI_MASK, type SmsDeliver } from './sms-deliver.ts';
import { decodeSmsDeliverReport, type SmsDeliverReport } from './sms-deliver-report.ts';
import { decodeSmsSubmit, MTI_SUBMIT, type SmsSubmit } from './sms-submit.ts';

export type Tpdu = SmsDeliver | SmsDeliverReport | SmsSubmit;

/**
 * `mt`: sm-RP-UI of mt-ForwardSM; `mt-result`, `mt-error`: of its result, or diagnosticInfo of its error; `mo`: of mo-ForwardSM.
 * Version 2's forwardSM goes both ways: `mt` or `mo` by its sm-RP-DA.
 */
export type TpduCarrier = 'mt' | 'mt-result' | 'mt-error' | 'mo';

/** Reads a TPDU. A kind that is not read here (status report, command, the reports on SMS-SUBMIT) is the failure `sms.message-type`. */
export function decodeTpdu(octets: Uint8Array, carrier: TpduCarrier): Result<Tpdu> {
  const type = (octets[0] ?? 0) & MTI_MASK;
  if (carrier === 'mt' && type === MTI_DELIVER) return decodeSmsDeliver(octets);
  if (carrier === 'mo' && type === MTI_SUBMIT) return decodeSmsSubmit(octets);
  if (carrier === 'mt-result' && type === MTI_DELIVER) return decodeSmsDeliverReport(octets, 'RP-ACK');
  if (carrier === 'mt-error' && type === MTI_DELIVER) return decodeSmsDeliverReport(octets, 'RP-ERROR');
  return failure('sms.message-type', 0, '3GPP TS 23.040 §9.2.3.1');
}
