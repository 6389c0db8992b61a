/**
 * Short messages that subscribers send to us over MAP (S1; 3GPP TS 29.002 §12.2, TS 23.040 §10): mo-ForwardSM, and forwardSM of the
 * versions before it. Acknowledged when what it says is durable; a message that comes again is the same message.
 */
import { decodeAddressString } from '../../stack/map/address-string.ts';
import {
  shortMsgMORelayContextV2,
  shortMsgMORelayContextV3,
  shortMsgRelayContextV1,
} from '../../stack/map/application-contexts.ts';
import { facilityNotSupported, systemFailure, unexpectedDataValue } from '../../stack/map/errors/generic.ts';
import {
  type SmEnumeratedDeliveryFailureCause,
  smDeliveryFailure,
} from '../../stack/map/errors/short-message.ts';
import { smDeliveryFailureV2 } from '../../stack/map/errors/version-2.ts';
import { forwardSM, forwardSMV1 } from '../../stack/map/operations/forward-sm.ts';
import { type MoForwardSMArg, moForwardSM } from '../../stack/map/operations/mo-forward-sm.ts';
import type { MapAbort, MapDialogue, MapIndication, MapUser } from '../../stack/map/service/service.ts';
import { decodeSmsSubmit } from '../../stack/sms/sms-submit.ts';
import { encodeSmsSubmitReport, submitFailureCauses } from '../../stack/sms/sms-submit-report.ts';
import { userDataText } from '../../stack/sms/user-data.ts';
import { concatenationOf } from '../../stack/sms/user-data-header.ts';
import type { Clock } from '../../types/clock.ts';
import type { Counters } from '../../types/counters.ts';
import type { MobileOriginated } from '../mobile-originated.ts';
import { fromAddress, type NumberingOptions } from '../numbers.ts';
import type { SmsSelfCare } from '../sms-self-care.ts';
import type { ServedContexts } from './map-acceptor.ts';

export interface MobileOriginatedPorts {
  readonly clock: Clock;
  readonly counters: Counters;
  readonly numbering: NumberingOptions;
  /** E.164 digits of our service centre. */
  readonly serviceCentre: string;
  readonly selfCare: SmsSelfCare;
  /** What outlives a dialogue. */
  readonly receiver: MobileOriginated;
}

/** TP-MR tells a message from the next one with the same text. */
const SAME_MESSAGE_MS = 300_000;

export function mobileOriginatedService(ports: MobileOriginatedPorts): ServedContexts {
  return {
    contexts: [shortMsgMORelayContextV3, shortMsgMORelayContextV2, shortMsgRelayContextV1],
    open: () => new MobileOriginatedDialogue(ports),
  };
}

class MobileOriginatedDialogue implements MapUser {
  readonly #ports: MobileOriginatedPorts;
  /** Messages of the dialogue that are not answered yet. */
  #open = 0;
  #isEmpty = true;
  /** All of the message of TCAP that brought them has been read. */
  #delimited = false;
  #over = false;

  constructor(ports: MobileOriginatedPorts) {
    this.#ports = ports;
  }

  onInvoke(dialogue: MapDialogue, indication: MapIndication): void {
    const { counters, numbering, serviceCentre, selfCare, clock, receiver: taker } = this.#ports;
    this.#isEmpty = false;
    const argument = indication.argument as MoForwardSMArg;
    const { 'sm-RP-DA': destination, 'sm-RP-OA': originator, 'sm-RP-UI': octets } = argument;
    const refused = (cause: string | number): void => counters.count(`self-care.refused.${cause}`);
    const refuse = (cause: SmEnumeratedDeliveryFailureCause, failureCause: number): void => {
      refused(cause);
      refuseWith(dialogue, indication, cause, encodeSmsSubmitReport(failureCause, clock.now()));
    };
    if (!('serviceCentreAddressDA' in destination) || !('msisdn' in originator)) {
      refused('addresses');
      dialogue.error(indication, unexpectedDataValue);
      return;
    }
    if (fromAddress(decodeAddressString(destination.serviceCentreAddressDA), numbering) !== serviceCentre)
      return refuse('unknownServiceCentre', submitFailureCauses.noSubscription);
    const submit = decodeSmsSubmit(octets);
    if (!submit.ok) {
      const isOther = submit.code === 'sms.message-type';
      refused(isOther ? 'message-type' : 'unreadable');
      dialogue.error(indication, isOther ? facilityNotSupported : unexpectedDataValue);
      return;
    }
    const { destinationAddress, messageReference, rejectDuplicates, dataCodingScheme, userData } =
      submit.value;
    const receiver = destinationAddress.kind === 'number' ? dialled(destinationAddress) : '';
    if (!selfCare.isService(receiver))
      return refuse('invalidSME-Address', submitFailureCauses.invalidSmeAddress);
    const sender = fromAddress(decodeAddressString(originator.msisdn), numbering);
    const key = `${sender} ${receiver} ${messageReference} ${Buffer.from(octets).toString('latin1')}`;
    // TP-RD (3GPP TS 23.040 §9.2.3.25): the phone wants to hear that it is the same one.
    if (rejectDuplicates && taker.isRepeated(key))
      return refuse('invalidSME-Address', submitFailureCauses.rejectedDuplicate);
    this.#open++;
    const message = {
      key,
      sameForMs: SAME_MESSAGE_MS,
      sender,
      receiver,
      text: userDataText(dataCodingScheme, userData),
      concatenation: concatenationOf(userData.header),
    };
    taker.take(message, (how) => {
      this.#open--;
      if (this.#over) return;
      if (how === 'not-now') dialogue.error(indication, systemFailure);
      else if (indication.operation === moForwardSM) dialogue.result(indication, moForwardSM, {});
      else dialogue.result(indication, forwardSM);
      this.#closeWhenDone(dialogue);
    });
  }

  onDelimiter(dialogue: MapDialogue): void {
    this.#delimited = true;
    // An empty BEGIN: the message that is too long to come with it comes next.
    if (this.#isEmpty) dialogue.delimiter();
    else this.#closeWhenDone(dialogue);
  }

  onClose(): void {
    this.#over = true;
  }

  onAbort(_dialogue: MapDialogue, abort: MapAbort): void {
    this.#over = true;
    this.#ports.counters.count(`map.mobile-originated-abort.${abort.kind}`);
  }

  #closeWhenDone(dialogue: MapDialogue): void {
    if (this.#open > 0 || !this.#delimited || this.#over) return;
    this.#over = true;
    dialogue.close();
  }
}

/** Digits as dialled: an international number with its plus. */
function dialled({
  typeOfNumber,
  digits,
}: {
  readonly typeOfNumber: number;
  readonly digits: string;
}): string {
  return typeOfNumber === 1 ? `+${digits}` : digits;
}

function refuseWith(
  dialogue: MapDialogue,
  indication: MapIndication,
  cause: SmEnumeratedDeliveryFailureCause,
  diagnosticInfo: Uint8Array,
): void {
  const withDiagnostic = { 'sm-EnumeratedDeliveryFailureCause': cause, diagnosticInfo };
  if (indication.operation === moForwardSM) dialogue.error(indication, smDeliveryFailure, withDiagnostic);
  else if (indication.operation === forwardSMV1)
    dialogue.error(indication, smDeliveryFailureV2, { 'sm-EnumeratedDeliveryFailureCause': cause });
  else
    dialogue.error(indication, smDeliveryFailureV2, {
      'sm-DeliveryFailureCauseWithDiagnostic': withDiagnostic,
    });
}
