import {
  parameterOutOfRange,
  unexpectedComponentSequence,
  unexpectedDataValue,
} from '../../stack/cap/errors.ts';
import type { EventReportSMSArg } from '../../stack/cap/operations/event-report-sms.ts';
import type { InitialDPSMSArg } from '../../stack/cap/operations/initial-dp-sms.ts';
import { CapDialogue, type CapDialogueOwner, type Handlers } from '../../stack/cap/service/cap-dialogue.ts';
import { smsContexts } from '../../stack/cap/service/contexts.ts';
import type { CapInvocation } from '../../stack/cap/service/invocation.ts';
import type { fromSmsSsf, toSmsSsf } from '../../stack/cap/service/operation-sets.ts';
import { encodeTimeAndTimezone } from '../../stack/cap/time-and-timezone.ts';
import { decodeAddressString, internationalAddress } from '../../stack/map/address-string.ts';
import { encodeTbcd } from '../../stack/map/tbcd.ts';
import type { AbortIndication } from '../../stack/tcap/service.ts';
import { civilOf } from '../../types/civil-time.ts';
import { CallRecord } from './call-script.ts';
import type { GsmSsfPorts } from './ports.ts';
import { type SmsSsfAction, type SmsSsfEvent, type SmsSsfState, smsSsfFsm, smsSsfTable } from './sms-fsm.ts';
import type { SmsRequest } from './sms-script.ts';

export type SmsSsfPorts = Pick<
  GsmSsfPorts,
  | 'tcap'
  | 'later'
  | 'clock'
  | 'counters'
  | 'localAddress'
  | 'scfAddress'
  | 'tssf'
  | 'mscNumber'
  | 'nextReference'
  | 'onOutcome'
>;

type SmsEvent = 'o-smsFailure' | 'o-smsSubmission' | 't-smsFailure' | 't-smsDelivery';
const moEvents: readonly string[] = ['o-smsFailure', 'o-smsSubmission'];
const mtEvents: readonly string[] = ['t-smsFailure', 't-smsDelivery'];
/** 3GPP TS 24.011 §8.2.5.4: memory capacity exceeded. */
const MT_FAILURE = Uint8Array.of(22);

/** The gsmSSF of one short message. */
export class SmsSsf implements CapDialogueOwner {
  readonly record = new CallRecord();
  readonly #ports: SmsSsfPorts;
  readonly #request: SmsRequest;
  readonly #dialogue: CapDialogue<typeof fromSmsSsf, typeof toSmsSsf>;
  readonly #armed = new Map<string, 'interrupted' | 'notifyAndContinue'>();
  #state: SmsSsfState = smsSsfTable.initial;
  #tssf = 0;
  #lastIntervalMs: number;
  #resetMs = 0;
  #event: SmsEvent | undefined;
  #messageEnds = false;
  #instruction: 'continueSMS' | 'connectSMS' | 'releaseSMS' | undefined;
  #sent = false;

  constructor(ports: SmsSsfPorts, request: SmsRequest) {
    this.#ports = ports;
    this.#request = request;
    this.#lastIntervalMs = ports.tssf.defaultMs;
    this.#dialogue = CapDialogue.ofSsf(smsContexts[request.phase], this.#handlers(), this, ports.counters);
    this.#on('Invoke smsSSF');
    this.#on('TDP-R');
  }

  get state(): SmsSsfState {
    return this.#state;
  }

  onMessage(message: 'begin' | 'continue' | 'end'): void {
    this.#messageEnds = message === 'end';
    const instruction = this.#instruction;
    this.#instruction = undefined;
    if (instruction !== undefined) this.#on(instruction);
  }

  onClosed(abort: AbortIndication | undefined): void {
    this.record.note(abort === undefined ? 'dialogue ended by gsmSCF' : `dialogue lost: ${abort.kind}`);
    this.#on(abort === undefined ? 'dialogue ended' : 'dialogue lost');
  }

  onOutcome(direction: 'sent' | 'received', operation: string, wrong: string | undefined): void {
    this.#ports.onOutcome?.(this.#request.phase, direction, operation, wrong);
  }

  #handlers(): Handlers<typeof toSmsSsf> {
    /** An instruction is carried out when the whole message has been read. */
    const instruct = (
      instruction: 'continueSMS' | 'connectSMS' | 'releaseSMS',
      invocation: CapInvocation,
    ) => {
      if (this.#state === 'Waiting_For_Instructions') this.#instruction = instruction;
      else {
        invocation.error(unexpectedComponentSequence);
        this.record.note(`${instruction}: unexpectedComponentSequence`);
      }
    };
    const expect = (event: SmsSsfEvent, invocation: CapInvocation): boolean => {
      const taken = this.#on(event);
      if (!taken) invocation.error(unexpectedComponentSequence);
      return taken;
    };
    return {
      connectSMS: (argument, invocation) => {
        const { destinationSubscriberNumber, sMSCAddress } = argument;
        if (destinationSubscriberNumber !== undefined) this.record.note('new destination');
        if (sMSCAddress !== undefined)
          this.record.note(`service centre ${decodeAddressString(sMSCAddress)?.digits ?? ''}`);
        instruct('connectSMS', invocation);
      },
      continueSMS: (_argument, invocation) => instruct('continueSMS', invocation),
      releaseSMS: (cause, invocation) => {
        this.record.note(`RP cause ${cause[0] ?? 0}`);
        instruct('releaseSMS', invocation);
      },
      furnishChargingInformationSMS: (argument, invocation) => {
        if (!expect('other operation', invocation)) return;
        this.record.freeFormat.set(1, argument.slice());
        this.record.note(`furnished ${argument.length} octets`);
      },
      requestReportSMSEvent: ({ sMSEvents }, invocation) => {
        const known = this.#request.direction === 'MO' ? moEvents : mtEvents;
        if (sMSEvents.some(({ eventTypeSMS }) => !known.includes(String(eventTypeSMS))))
          return void invocation.error(unexpectedDataValue);
        if (!expect('other operation', invocation)) return undefined;
        for (const { eventTypeSMS, monitorMode } of sMSEvents) {
          if (monitorMode === 'interrupted' || monitorMode === 'notifyAndContinue')
            this.#armed.set(String(eventTypeSMS), monitorMode);
          else this.#armed.delete(String(eventTypeSMS));
        }
        return undefined;
      },
      resetTimerSMS: ({ timervalue }, invocation) => {
        if (timervalue === 0) return void invocation.error(parameterOutOfRange);
        this.#resetMs = timervalue * 1000;
        expect('resetTimerSMS', invocation);
        return undefined;
      },
    };
  }

  #on(event: SmsSsfEvent): boolean {
    const row = smsSsfFsm.find(
      this.#state,
      event,
      () => this.#armed.size > 0 && !this.#messageEnds && !this.#sent,
    );
    if (row === undefined) return false;
    this.#state = row[4];
    for (const action of row[3]) this.#do(action);
    return true;
  }

  #do(action: SmsSsfAction): void {
    const { tssf, later } = this.#ports;
    switch (action) {
      case 'open dialogue':
        return this.#open();
      case 'report as request':
        return this.#report('request');
      case 'report as notification':
        return this.#report('notification');
      case 'start Tssf':
        return this.#start(tssf.defaultMs);
      case 'start Tssf again':
        return this.#start(this.#lastIntervalMs);
      case 'start Tssf by resetTimerSMS':
        return this.#start(this.#resetMs);
      case 'stop Tssf':
        return later.cancel(this.#tssf);
      case 'send the message on':
        return this.#send();
      case 'refuse the message':
        return this.record.note('refused');
      case 'end dialogue':
        // The gsmSCF's instruction was the last one, as both know; a report goes with the END.
        this.#dialogue.end(this.#dialogue.hasStaged ? 'basic' : 'prearranged');
        return;
      case 'abort dialogue':
        return this.#dialogue.abort();
      case 'default handling':
        this.record.note(`default handling ${this.#request.defaultHandling}`);
        if (this.#request.defaultHandling === 'continue') this.#send();
        else this.record.note('refused');
        return;
      case 'done':
        return;
    }
  }

  /** Once it has been sent an instruction changes nothing any more. */
  #send(): void {
    if (this.#sent) return;
    this.#sent = true;
    const { direction, outcome, afterMs } = this.#request;
    this.record.note('sent on');
    this.#ports.later.after(afterMs, () => {
      this.record.note(outcome);
      if (direction === 'MO') this.#onOutcome(outcome === 'delivered' ? 'o-smsSubmission' : 'o-smsFailure');
      else this.#onOutcome(outcome === 'delivered' ? 't-smsDelivery' : 't-smsFailure');
      this.#dialogue.flush();
    });
  }

  #onOutcome(event: SmsEvent): void {
    this.#event = event;
    const mode = this.#armed.get(event);
    this.#armed.clear();
    this.#on(mode === undefined ? 'event not armed' : mode === 'interrupted' ? 'EDP-R' : 'EDP-N');
  }

  #report(messageType: 'request' | 'notification'): void {
    const event = this.#event;
    if (event === undefined) return;
    this.record.note(`${event} ${messageType}`);
    this.#dialogue.invoke('eventReportSMS', {
      eventTypeSMS: event,
      eventSpecificInformationSMS: informationOf(event),
      miscCallInfo: { messageType },
    });
  }

  #open(): void {
    const { tcap, localAddress, scfAddress } = this.#ports;
    const opened = this.#dialogue.open(tcap, {
      localAddress,
      remoteAddress: scfAddress,
      applicationContext: smsContexts[this.#request.phase].context.objectIdentifier,
    });
    if (!opened) return this.record.note('no dialogue');
    this.#dialogue.invoke('initialDPSMS', this.#initialDP(), {
      error: (error) => {
        this.record.note(`initialDPSMS refused: ${error?.name ?? 'unknown error'}`);
        this.#dialogue.end();
        this.#on('dialogue lost');
      },
    });
    this.#dialogue.flush();
  }

  #initialDP(): InitialDPSMSArg {
    const { clock, mscNumber, nextReference } = this.#ports;
    const request = this.#request;
    const mo = request.direction === 'MO';
    const calling = internationalAddress(request.callingNumber);
    const node = internationalAddress(mscNumber);
    return {
      serviceKey: request.serviceKey,
      ...(mo ? { destinationSubscriberNumber: internationalAddress(request.destinationNumber) } : {}),
      callingPartyNumber: calling,
      eventTypeSMS: mo ? 'sms-CollectedInfo' : 'sms-DeliveryRequested',
      iMSI: encodeTbcd(request.imsi),
      sMSCAddress: internationalAddress(request.serviceCentre),
      timeAndTimezone: encodeTimeAndTimezone({ ...civilOf(clock.now()), zoneQuarters: 0 }),
      tPShortMessageSpecificInfo: Uint8Array.of(mo ? 0x01 : 0x00),
      tPProtocolIdentifier: Uint8Array.of(0),
      tPDataCodingScheme: Uint8Array.of(0),
      ...(request.phase < 4
        ? {}
        : {
            smsReferenceNumber: nextReference(),
            mscAddress: node,
            ...(mo ? {} : { calledPartyNumber: internationalAddress(request.destinationNumber) }),
          }),
    };
  }

  #start(ms: number): void {
    this.#ports.later.cancel(this.#tssf);
    this.#lastIntervalMs = ms;
    this.#tssf = this.#ports.later.after(ms, () => {
      this.record.note('Tssf expired');
      this.#on('Tssf expiry');
    });
  }
}

function informationOf(event: SmsEvent): NonNullable<EventReportSMSArg['eventSpecificInformationSMS']> {
  switch (event) {
    case 'o-smsFailure':
      return { 'o-smsFailureSpecificInfo': { failureCause: 'sM-DeliveryFailure' } };
    case 'o-smsSubmission':
      return { 'o-smsSubmissionSpecificInfo': {} };
    case 't-smsFailure':
      return { 't-smsFailureSpecificInfo': { failureCause: MT_FAILURE } };
    case 't-smsDelivery':
      return { 't-smsDeliverySpecificInfo': {} };
  }
}
