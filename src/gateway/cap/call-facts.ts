/** What CAMEL says of a call, in the words of the call session. */
import type { CallAttempt, CallFailure } from '../../call/call-session.ts';
import { reasonOf } from '../../rules/causes.ts';
import type { EventReportBCSMArg } from '../../stack/cap/operations/event-report-bcsm.ts';
import { decodeCause } from '../../stack/isup/cause.ts';
import {
  type CallingPartyNumber,
  decodeCalledPartyNumber,
  decodeCallingPartyNumber,
  decodeGenericNumber,
  presentation as isupPresentation,
} from '../../stack/isup/number.ts';
import type { Presentation } from '../../types/model/event.ts';
import { fromIsup, type NumberingOptions } from '../numbers.ts';
import type { Trigger } from './trigger.ts';

const NO_NODE = new Uint8Array(0);

/** ITU-T Q.763 §3.26: this generic number is the additional calling party number. */
const ADDITIONAL_CALLING_PARTY = 6;

/** Undefined when the operation names no called subscriber, so that nobody can be asked. */
export function attemptOf(
  argument: Trigger,
  atMs: number,
  numbering: NumberingOptions,
): CallAttempt | undefined {
  const called = argument.calledPartyNumber && decodeCalledPartyNumber(argument.calledPartyNumber);
  const number = called === undefined ? '' : fromIsup(called, numbering);
  if (number === '') return undefined;
  const { caller, presentation } = callerOf(argument, numbering);
  const callKey = callKeyOf(argument, number, atMs);
  return { called: number, caller, presentation, callKey, attemptedAtMs: atMs };
}

/** A trigger of a call that a subscriber of ours makes (O-CSI). */
export function isOwnCall({ eventTypeBCSM, serviceKey }: Trigger, serviceKeys: readonly number[]): boolean {
  if (serviceKeys.length === 0) return false;
  const isOriginating = eventTypeBCSM === 'collectedInfo' || eventTypeBCSM === 'analyzedInformation';
  return isOriginating && serviceKeys.includes(serviceKey);
}

/** The subscriber's own number, shown to others or not; empty: the operation names none. */
export function ownNumberOf({ callingPartyNumber }: Trigger, numbering: NumberingOptions): string {
  const calling = callingPartyNumber && decodeCallingPartyNumber(callingPartyNumber);
  return calling === undefined || calling.incomplete ? '' : fromIsup(calling, numbering);
}

interface Caller {
  readonly caller: string;
  readonly presentation: Presentation;
}

function callerOf(argument: Trigger, numbering: NumberingOptions): Caller {
  const { callingPartyNumber, additionalCallingPartyNumber } = argument;
  // The additional number is the one that the caller wants shown, where the network has both.
  const additional = additionalCallingPartyNumber && decodeGenericNumber(additionalCallingPartyNumber);
  const calling = callingPartyNumber && decodeCallingPartyNumber(callingPartyNumber);
  if (additional?.qualifier === ADDITIONAL_CALLING_PARTY) {
    const shown = shownAs(additional, numbering);
    if (shown.caller !== '') return shown;
  }
  return calling === undefined ? { caller: '', presentation: 'unavailable' } : shownAs(calling, numbering);
}

function shownAs(number: CallingPartyNumber, numbering: NumberingOptions): Caller {
  const caller = number.incomplete ? '' : fromIsup(number, numbering);
  const { presentation } = number;
  if (presentation === isupPresentation.restricted) return { caller, presentation: 'restricted' };
  const allowed = presentation === isupPresentation.allowed && caller !== '';
  return { caller, presentation: allowed ? 'allowed' : 'unavailable' };
}

/**
 * One call's key (C8): the call reference with the address of the node that allocated it: gmscAddress where the phase has
 * it, else mscAddress (3GPP TS 23.078 §4.6.1.8). Without a reference the number and the time stand in.
 */
function callKeyOf(argument: Trigger, called: string, atMs: number): Uint8Array {
  const { callReferenceNumber, initialDPArgExtension, mscAddress } = argument;
  if (callReferenceNumber === undefined) return new TextEncoder().encode(`${called}@${atMs}`).slice(0, 32);
  const node = initialDPArgExtension?.gmscAddress ?? mscAddress ?? NO_NODE;
  const { length } = callReferenceNumber;
  const key = new Uint8Array(Math.min(32, length + node.length));
  // A dozen octets are copied sooner than a view of them is made.
  for (let at = 0; at < key.length; at++)
    key[at] = at < length ? callReferenceNumber[at]! : node[at - length]!;
  return key;
}

/** What a tBusy report says. Absent: the busy cause is user busy (3GPP TS 29.078 §6.1.1). */
export function busyFailure(argument: EventReportBCSMArg): CallFailure {
  const information = argument.eventSpecificInformationBCSM;
  const octets =
    information !== undefined && 'tBusySpecificInfo' in information
      ? information.tBusySpecificInfo.busyCause
      : undefined;
  const cause = octets === undefined ? undefined : decodeCause(octets)?.value;
  return {
    reason: cause === undefined ? 'busy' : reasonOf(cause),
    cause: cause ?? 0,
    interrupted: isInterrupted(argument),
  };
}

/** Absent: the message type is request (3GPP TS 29.078 §6.1.1). */
export function isInterrupted(argument: EventReportBCSMArg): boolean {
  return argument.miscCallInfo?.messageType !== 'notification';
}
