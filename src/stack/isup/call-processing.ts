/** Runs the tables of call processing control (CPCO, CPCI): what their actions do, and how messages become their events. */
import { ATTEMPTS_MAX, type CallDriver, IsupCall, type RequestDetails } from './call.ts';
import { backwardCallIndicators, continuityCheck } from './call-indicators.ts';
import type { Cause } from './cause.ts';
import { type Circuit, type CircuitCall, isControlling } from './circuit.ts';
import type { Core } from './core.ts';
import { type CpciAction, type CpciEvent, cpciFsm } from './cpci-fsm.ts';
import { type CpcoAction, type CpcoEvent, cpcoFsm } from './cpco-fsm.ts';
import {
  continuityIndicators,
  eventInformation,
  informationIndicators,
  informationRequestIndicators,
  suspendResumeIndicators,
} from './indicators.ts';
import type { IsupMessage, Message } from './message.ts';
import type { MessageKind, MessageParameters } from './messages.ts';
import { withSegment } from './segmentation.ts';
import type { CallMessageKind, CallUser, Release, SetupRequest, SetupResult } from './service.ts';
import type { TimerName } from './timers.ts';

type Event = CpcoEvent | CpciEvent;
type Action = CpcoAction | CpciAction;
type TimerAction = Extract<Action, `start T${number}` | `stop T${number}`>;
type Indication = Extract<Action, `${string}.ind`> | 'SETUP.conf';
/** What is done in `#act`: neither a timer nor told to the user, nor something with the call of before. */
type Deed = Exclude<Action, TimerAction | Indication | 'yield to IAM' | 'repeat attempt'>;

const TIMER_ACTION = /^(?:start|stop) T\d/;
const isTimer = (action: Action): action is TimerAction => TIMER_ACTION.test(action);
const isIndication = (action: Action): action is Indication =>
  action.endsWith('.ind') || action === 'SETUP.conf';

interface Details extends RequestDetails {
  readonly message?: IsupMessage;
}

/** Calling party's category of a test call (ITU-T Q.763 §3.11). */
const TEST_CALL = 13;
export function isTest(iam: MessageParameters<'IAM'>): boolean {
  return iam.callingPartysCategory.category === TEST_CALL;
}

/** What a circuit's supervision needs of call processing, and the other way round. */
export interface CircuitReset {
  reset(circuit: Circuit, afterT5: boolean): void;
  remoteSeizes(circuit: Circuit): void;
}

/** The cause (ITU-T Q.850 §2.2.7) that an event ends a call with, where no message and no user says one. */
const CAUSES: Readonly<Partial<Record<Event, number>>> = {
  blocking: 44,
  'circuit cleared': 41,
  UCIC: 44,
  'T2 expiry': 102,
  'T3 expiry': 42,
  'T6 expiry': 102,
  'T7 expiry': 31,
  'T8 expiry': 41,
  'T9 expiry': 19,
  'T24 expiry': 41,
  'T33 expiry': 41,
  'T35 expiry': 28,
  'CONTINUITY.req': 31,
  IAM: 34,
  RLC: 31,
  'unexpected message': 41,
};

const NO_USER: CallUser = { onRelease: () => undefined };

export class CallProcessing implements CallDriver {
  readonly #core: Core;
  readonly #supervision: CircuitReset;

  constructor(core: Core, supervision: CircuitReset) {
    this.#core = core;
    this.#supervision = supervision;
  }

  ownCause(value: number): Cause {
    return this.#core.cause(value);
  }

  setup({ group, cic, iam, user }: SetupRequest): SetupResult {
    const { circuits, config } = this.#core;
    const list = circuits.inGroup(group);
    if (list === undefined) return { ok: false, refusal: 'unknown-group' };
    const test = isTest(iam);
    const circuit =
      cic === undefined
        ? circuits.select(group, config.pointCode, test)
        : list.find((one) => one.cic === cic && one.mayBeSeized(test));
    if (circuit === undefined) return { ok: false, refusal: 'no-circuit' };
    if (this.#core.write(circuit.cic, 'IAM', iam) === undefined) return { ok: false, refusal: 'unwritable' };
    const call = new IsupCall(this, circuit, user, iam);
    circuit.call = call;
    this.#run(circuit, 'outgoing', 'SETUP.req', {});
    if (call.sent) return { ok: true, call };
    // Nothing has reached the other end: there is nothing to release.
    this.#detach(circuit);
    this.#run(circuit, 'outgoing', 'circuit cleared', {});
    return { ok: false, refusal: 'unavailable' };
  }

  request(call: IsupCall, event: Event, details: RequestDetails): boolean {
    const { circuit } = call;
    if (circuit === null) {
      this.#core.count('isup.request.stale');
      return false;
    }
    const done = this.#run(circuit, call.direction, event, details);
    if (!done) this.#core.count('isup.request.unexpected');
    else if (event === 'RELEASE.req') this.#detach(circuit);
    return done;
  }

  sendCallMessage<K extends CallMessageKind>(
    call: IsupCall,
    kind: K,
    parameters: MessageParameters<K>,
  ): boolean {
    if (call.circuit === null) {
      this.#core.count('isup.request.stale');
      return false;
    }
    return this.#core.send(call.circuit, kind, parameters);
  }

  /** A message about the call on a circuit, or one that would begin it. `notification` goes into the RLC for a REL. */
  onMessage(circuit: Circuit, message: IsupMessage, notification?: Cause): void {
    const side = circuit.outgoing === 'idle' ? 'incoming' : 'outgoing';
    const event = eventOf(message);
    if (message.kind === 'IAM' && side === 'incoming' && circuit.incoming === 'idle') {
      circuit.unequipped = false;
      if (!isTest(message.parameters)) this.#supervision.remoteSeizes(circuit);
    }
    const details = { message, ...(notification === undefined ? {} : { cause: notification }) };
    if (this.#run(circuit, side, event, details)) return;
    // A segment of a message that its user has already been told of.
    if (message.kind === 'SGM' && this.#run(circuit, side, 'call message', details)) return;
    this.#core.count('isup.unexpected-message');
    this.#run(circuit, side, 'unexpected message', details);
  }

  /** Something happened to the circuit, and the call on it has to go or to move. */
  onCircuit(circuit: Circuit, event: 'circuit cleared' | 'blocking' | 'UCIC'): void {
    const side = circuit.outgoing === 'idle' ? 'incoming' : 'outgoing';
    this.#run(circuit, side, event, {});
  }

  onTimer(circuit: Circuit, name: TimerName): void {
    this.#core.count(`isup.timer.${name}`);
    const side = circuit.outgoing === 'idle' ? 'incoming' : 'outgoing';
    this.#run(circuit, side, `${name} expiry` as Event, {});
  }

  /** An IAM that is answered with REL, and the user is not asked. */
  refuse(circuit: Circuit, message: Message<'IAM'>, cause: Cause): void {
    this.#run(circuit, 'incoming', 'IAM', { message, cause });
  }

  /** What came of a check that RECHECK.ind has asked for. */
  recheck(circuit: Circuit, successful: boolean): boolean {
    return (
      circuit.outgoing === 'rechecking' && this.#run(circuit, 'outgoing', 'CONTINUITY.req', { successful })
    );
  }

  /** Releases the call on the circuit, because of something that could not be understood. */
  releaseFor(circuit: Circuit, cause: Cause): boolean {
    const side = circuit.outgoing === 'idle' ? 'incoming' : 'outgoing';
    const call = circuit.call;
    if (!this.#run(circuit, side, 'RELEASE.req', { cause })) return false;
    this.#detach(circuit);
    call?.user.onRelease(call, { cause, by: 'protocol' });
    return true;
  }

  #run(circuit: Circuit, side: 'incoming' | 'outgoing', event: Event, details: Details): boolean {
    const holds = (guard: string) => this.#holds(circuit, guard, details);
    const row =
      side === 'outgoing'
        ? cpcoFsm.find(circuit.outgoing, event as CpcoEvent, holds)
        : cpciFsm.find(circuit.incoming, event as CpciEvent, holds);
    if (row === undefined) return false;
    if (side === 'outgoing') circuit.outgoing = row[4] as Circuit['outgoing'];
    else circuit.incoming = row[4] as Circuit['incoming'];
    // Before the actions: another call may be on the circuit after one of them.
    const { call } = circuit;
    for (const action of row[3]) {
      if (isTimer(action)) this.#timer(circuit, action);
      else if (isIndication(action)) this.#indicate(circuit, action, event, details);
      else if (action === 'yield to IAM') this.#yieldTo(circuit, details);
      else if (action === 'repeat attempt') this.#repeatAttempt(circuit, call, event);
      else this.#act(circuit, action, event, details);
    }
    return true;
  }

  #holds(circuit: Circuit, guard: string, { message, successful, cause }: Details): boolean {
    const iam = message?.kind === 'IAM' ? message.parameters : circuit.call?.iam;
    const check = iam?.natureOfConnectionIndicators.continuityCheck ?? 0;
    switch (guard) {
      case 'controlling':
        return isControlling(this.#core.config.pointCode, circuit);
      case 'check on this circuit':
      case 'check here':
        return check === continuityCheck.required;
      case 'check to come':
        return check === continuityCheck.onPreviousCircuit;
      case 'segmented':
        return iam?.optionalForwardCallIndicators?.simpleSegmentation === true;
      case 'blocked here':
        return circuit.isBlockedHere && message?.kind === 'IAM' && !isTest(message.parameters);
      case 'not understood':
        return cause !== undefined;
      case 'network initiated':
        return message?.kind === 'SUS' && message.parameters.suspendResumeIndicators.networkInitiated;
      default:
        return message?.kind === 'COT'
          ? message.parameters.continuityIndicators.successful
          : successful === true;
    }
  }

  #timer(circuit: Circuit, action: TimerAction): void {
    const [verb, name] = action.split(' ') as [string, TimerName];
    if (verb === 'stop') this.#core.stopTimer(circuit, name);
    else if (name !== 'T11' || this.#core.config.earlyAddressComplete === true)
      this.#core.startTimer(circuit, name);
  }

  #act(circuit: Circuit, action: Deed, event: Event, details: Details): void {
    const core = this.#core;
    const given = details.given ?? {};
    switch (action) {
      case 'send IAM':
        if (circuit.call?.iam) circuit.call.sent = core.send(circuit, 'IAM', circuit.call.iam);
        return;
      case 'send SAM':
        core.send(circuit, 'SAM', { subsequentNumber: { digits: details.digits ?? '' } });
        return;
      case 'send COT':
      case 'send COT failure':
        core.send(circuit, 'COT', {
          continuityIndicators: continuityIndicators.of({ successful: action === 'send COT' }),
        });
        return;
      case 'send CCR':
        core.send(circuit, 'CCR', {});
        return;
      case 'send INR':
        core.send(circuit, 'INR', {
          informationRequestIndicators: informationRequestIndicators.of(),
          ...given,
        });
        return;
      case 'send INF':
        core.send(circuit, 'INF', { informationIndicators: informationIndicators.of(), ...given });
        return;
      case 'send ACM':
      case 'send early ACM':
        core.send(circuit, 'ACM', { backwardCallIndicators: backwardCallIndicators.of(), ...given });
        return;
      case 'send CON':
        core.send(circuit, 'CON', { backwardCallIndicators: backwardCallIndicators.of(), ...given });
        return;
      case 'send ANM':
        core.send(circuit, 'ANM', given);
        return;
      case 'send CPG':
        core.send(circuit, 'CPG', { eventInformation: eventInformation.of({ event: 1 }), ...given });
        return;
      case 'send SUS':
      case 'send RES':
        core.send(circuit, action === 'send SUS' ? 'SUS' : 'RES', {
          suspendResumeIndicators: suspendResumeIndicators.of({ networkInitiated: true }),
        });
        return;
      case 'send REL':
        this.#release(circuit, { ...given, causeIndicators: details.cause ?? this.#causeOf(event) });
        return;
      case 'send REL again':
        if (circuit.release !== null) core.send(circuit, 'REL', circuit.release.parameters);
        return;
      case 'send RLC':
        core.send(circuit, 'RLC', this.#notification(details));
        return;
      case 'send BLO again':
        core.send(circuit, 'BLO', {});
        return;
      case 'store IAM':
        circuit.iam = details.message?.kind === 'IAM' ? details.message : null;
        return;
      case 'add digits':
        this.#addDigits(circuit, details);
        return;
      case 'start reset':
      case 'start reset after T5':
        this.#forget(circuit);
        this.#supervision.reset(circuit, action === 'start reset after T5');
        return;
      case 'out of service':
        this.#forget(circuit);
        circuit.unequipped = true;
        core.event(circuit, 'unequipped');
        return;
      case 'alert maintenance':
        core.alert(circuit, event.split(' ')[0]!);
        return;
      case 'circuit idle':
        this.#forget(circuit);
        return;
      case 'add segment':
        if (circuit.iam !== null && details.message?.kind === 'SGM')
          circuit.iam = withSegment(circuit.iam, details.message);
        return;
    }
  }

  #indicate(circuit: Circuit, action: Indication, event: Event, { message }: Details): void {
    if (action === 'SETUP.ind') return this.#offer(circuit, message);
    if (action === 'LOOP.ind') return this.#core.event(circuit, 'loop');
    if (action === 'RECHECK.ind') return this.#core.event(circuit, 'recheck');
    const { call } = circuit;
    if (call === null) return;
    const { user } = call;
    if (action === 'RELEASE.ind') {
      this.#detach(circuit);
      user.onRelease(call, this.#reason(event, message));
      return;
    }
    switch (message?.kind) {
      case 'ACM':
        return user.onAddressComplete?.(call, message);
      case 'ANM':
      case 'CON':
        return user.onAnswer?.(call, message);
      case 'CPG':
        return user.onProgress?.(call, message);
      case 'SAM':
        return user.onDigits?.(call, message.parameters.subsequentNumber.digits);
      case 'INR':
        if (user.onInformationRequest === undefined) call.information({});
        else user.onInformationRequest(call, message);
        return;
      case 'INF':
        return user.onInformation?.(call, message);
      case 'SUS':
        return user.onSuspend?.(call, message);
      case 'RES':
        return user.onResume?.(call, message);
      default:
        if (message !== undefined) user.onMessage?.(call, message);
    }
  }

  /** SETUP.ind: of the IAM itself, or of one that has waited for its continuity check. */
  #offer(circuit: Circuit, message: IsupMessage | undefined): void {
    const iam: Message<'IAM'> | null = message?.kind === 'IAM' ? message : circuit.iam;
    circuit.iam = null;
    if (iam === null) return;
    const call = new IsupCall(this, circuit, NO_USER, null);
    circuit.call = call;
    call.user = this.#core.user.onSetup(call, iam);
  }

  #addDigits({ iam }: Circuit, { message }: Details): void {
    if (iam === null || message?.kind !== 'SAM') return;
    const { calledPartyNumber } = iam.parameters;
    const digits = calledPartyNumber.digits + message.parameters.subsequentNumber.digits;
    (iam.parameters as { calledPartyNumber: typeof calledPartyNumber }).calledPartyNumber = {
      ...calledPartyNumber,
      // No number is longer than its length field can say.
      digits: digits.slice(0, DIGITS_MAX),
    };
  }

  /** The call of the exchange that controls the circuit goes on, on it (ITU-T Q.764 §2.9.1.4). */
  #yieldTo(circuit: Circuit, { message }: Details): void {
    this.#core.count('isup.dual-seizure');
    circuit.call = null;
    if (message !== undefined) this.onMessage(circuit, message);
  }

  /** The call goes to another circuit, once (ITU-T Q.764 §2.8.1), or ends. */
  #repeatAttempt(circuit: Circuit, call: CircuitCall | null, event: Event): void {
    if (circuit.call === call) circuit.call = null;
    if (call === null) return;
    const { circuits, config } = this.#core;
    const next =
      call.attempts < ATTEMPTS_MAX && call.iam !== null
        ? circuits.select(circuit.group.name, config.pointCode, isTest(call.iam), circuit)
        : undefined;
    if (next === undefined) {
      call.circuit = null;
      call.user.onRelease(call, { cause: this.#causeOf(event), by: 'circuit' });
      return;
    }
    this.#core.count('isup.repeat-attempt');
    call.moveTo(next);
    next.call = call;
    this.#run(next, 'outgoing', 'SETUP.req', {});
  }

  #release(circuit: Circuit, parameters: MessageParameters<'REL'>): void {
    circuit.release = { cic: circuit.cic, kind: 'REL', parameters };
    this.#core.send(circuit, 'REL', parameters);
  }

  /** RLC tells of parameters in a REL that were not recognized, where the REL asks for that (ITU-T Q.764 §2.9.5.2). */
  #notification({ message, cause }: Details): MessageParameters<'RLC'> {
    return message?.kind === 'REL' && cause !== undefined ? { causeIndicators: cause } : {};
  }

  #reason(event: Event, message: IsupMessage | undefined): Release {
    if (message?.kind === 'REL') return { cause: message.parameters.causeIndicators, by: 'peer', message };
    const cause = this.#causeOf(event);
    if (event.startsWith('T')) return { cause, by: 'timer' };
    return { cause, by: event === 'RLC' || event === 'unexpected message' ? 'protocol' : 'circuit' };
  }

  #causeOf(event: Event): Cause {
    return this.#core.cause(CAUSES[event] ?? 31);
  }

  /** The call has left its circuit, for its user too. */
  #detach(circuit: Circuit): void {
    if (circuit.call !== null) circuit.call.circuit = null;
    circuit.call = null;
  }

  #forget(circuit: Circuit): void {
    circuit.iam = null;
    circuit.release = null;
    circuit.idleSinceMs = this.#core.timers.now();
  }
}

/** Digits of a number within the 255 octets of a parameter. */
const DIGITS_MAX = 506;

const OWN_EVENTS: ReadonlySet<MessageKind> = new Set<MessageKind>([
  ...(['IAM', 'SAM', 'ACM', 'CON', 'CPG', 'ANM', 'SUS', 'RES', 'REL', 'RLC'] as const),
  ...(['INR', 'INF', 'COT', 'CCR', 'OLM', 'SGM'] as const),
]);
const CALL_MESSAGES: ReadonlySet<MessageKind> = new Set<CallMessageKind>([
  ...(['FOT', 'USR', 'FAC', 'FAA', 'FAR', 'FRJ', 'IDR', 'IRS'] as const),
  ...(['NRM', 'SGM', 'LPR', 'APM', 'PRI', 'SDM'] as const),
]);

function eventOf({ kind }: IsupMessage): Event {
  if (kind === 'opaque') return 'call message';
  if (OWN_EVENTS.has(kind)) return kind as Event;
  return CALL_MESSAGES.has(kind) ? 'call message' : 'unexpected message';
}
