/** The state of an actor (proto/state.proto). */
import type { SubscriberState } from '../types/model/state.ts';
import { isSubscriberNumber } from '../types/partition.ts';
import type { Result } from '../types/result.ts';
import { fallbackFromWire, fallbackToWire } from './channel.ts';
import {
  copied,
  counted,
  Damage,
  decodeWith,
  encodeWith,
  finite,
  laterFieldsOf,
  unknownsOf,
} from './codec.ts';
import { deliveryStates, reachabilitySources } from './enums.ts';
import { callwake } from './generated/messages.js';
import { handedOverFromWire, handedOverToWire } from './handed-over.ts';
import { inboxFromWire, inboxToWire } from './inbox.ts';
import {
  effectIdFromWire,
  mailThreadFromWire,
  missedCallerFromWire,
  missedCallerToWire,
  noticeFromWire,
  noticeToWire,
  returnFromWire,
} from './notice.ts';
import { profileFromWire, profileToWire } from './profile.ts';
import { ruleStateFromWire, ruleStateToWire } from './rule-state.ts';
import { selfCareStateFromWire, selfCareStateToWire } from './self-care.ts';

export function encodeState(state: SubscriberState): Uint8Array {
  return encodeWith(callwake.SubscriberState, stateToWire(state));
}

export function decodeState(octets: Uint8Array): Result<SubscriberState> {
  return decodeWith(callwake.SubscriberState, octets, stateFromWire);
}

function stateToWire(state: SubscriberState): callwake.SubscriberState.$Properties {
  const message: callwake.SubscriberState.$Properties = {
    number: state.number,
    sequence: state.sequence,
    missed: state.missed.map(missedCallerToWire),
    furtherCalls: state.furtherCalls,
    returns: [...state.returns],
    returnsHeard: [...state.returnsHeard],
    lastAttempts: [...state.lastAttempts],
    watchers: [...state.watchers],
    seenCalls: [...state.seenCalls],
    alertsFor: [...state.alertsFor],
    tellsHeard: [...state.tellsHeard],
    delivery: deliveryStates.toWire(state.delivery),
    partsDelivered: state.partsDelivered,
    noticeFixed: state.noticeFixed,
    failures: state.failures,
    passingFailures: state.passingFailures,
    notices: state.notices,
    lastNoticeAtMs: state.lastNoticeAtMs,
    absences: state.absences,
    absent: state.absent,
    absentSinceMs: state.absentSinceMs,
    reachableAtMs: state.reachableAtMs,
    evidenceAheadAtMs: state.evidenceAheadAtMs,
    onWaitingList: state.onWaitingList,
    deadlineAtMs: state.deadlineAtMs,
    deadlineGeneration: state.deadlineGeneration,
    ...unknownsOf(state),
  };
  if (state.profile !== undefined) message.profile = profileToWire(state.profile);
  if (state.trying !== undefined) message.trying = state.trying;
  if (state.notice !== undefined) message.notice = noticeToWire(state.notice);
  if (state.handedOver !== undefined) message.handedOver = handedOverToWire(state.handedOver);
  if (state.fallback !== undefined) message.fallback = fallbackToWire(state.fallback);
  if (state.selfCare !== undefined) message.selfCare = selfCareStateToWire(state.selfCare);
  if (state.reachableBy !== undefined) message.reachableBy = reachabilitySources.toWire(state.reachableBy);
  if (state.mailThread !== undefined) message.mailThread = state.mailThread;
  if (state.inbox !== undefined) message.inbox = inboxToWire(state.inbox);
  if (state.rules !== undefined) message.rules = ruleStateToWire(state.rules);
  return message;
}

function stateFromWire(state: callwake.SubscriberState.$Properties): SubscriberState {
  const number = state.number ?? '';
  if (!isSubscriberNumber(number)) throw new Damage('wire-out-of-range', 'SubscriberState.number');
  return {
    number,
    profile: given(state.profile, profileFromWire),
    sequence: counted(state.sequence, 'SubscriberState.sequence'),
    missed: (state.missed ?? []).map(missedCallerFromWire),
    furtherCalls: state.furtherCalls ?? 0,
    returns: (state.returns ?? []).map(returnFromWire),
    returnsHeard: (state.returnsHeard ?? []).map((heard) => ({
      subscriber: heard.subscriber ?? '',
      returnedAtMs: finite(heard.returnedAtMs, 'ReturnHeard.returned_at_ms'),
    })),
    lastAttempts: (state.lastAttempts ?? []).map((attempt) => ({
      subscriber: attempt.subscriber ?? '',
      attemptedAtMs: finite(attempt.attemptedAtMs, 'LastAttempt.attempted_at_ms'),
      awaySinceMs: finite(attempt.awaySinceMs, 'LastAttempt.away_since_ms'),
      ...(attempt.busy ? { busy: true } : {}),
    })),
    watchers: (state.watchers ?? []).map((watcher) => ({
      subscriber: watcher.subscriber ?? '',
      attemptedAtMs: finite(watcher.attemptedAtMs, 'Watcher.attempted_at_ms'),
      awaySinceMs: finite(watcher.awaySinceMs, 'Watcher.away_since_ms'),
    })),
    seenCalls: (state.seenCalls ?? []).map((call) => ({
      callKey: copied(call.callKey),
      atMs: finite(call.atMs, 'SeenCall.at_ms'),
    })),
    alertsFor: state.alertsFor ?? [],
    tellsHeard: (state.tellsHeard ?? []).map((id) => effectIdFromWire(id, 'SubscriberState.tells_heard')),
    delivery: deliveryStates.fromWire(state.delivery, 'SubscriberState.delivery'),
    trying: given(state.trying, (id) => effectIdFromWire(id, 'SubscriberState.trying')),
    notice: given(state.notice, noticeFromWire),
    partsDelivered: state.partsDelivered ?? 0,
    noticeFixed: state.noticeFixed ?? false,
    handedOver: given(state.handedOver, handedOverFromWire),
    failures: state.failures ?? 0,
    passingFailures: state.passingFailures ?? 0,
    notices: state.notices ?? 0,
    lastNoticeAtMs: finite(state.lastNoticeAtMs, 'SubscriberState.lastNoticeAtMs'),
    absences: state.absences ?? 0,
    absent: state.absent ?? false,
    absentSinceMs: finite(state.absentSinceMs, 'SubscriberState.absent_since_ms'),
    reachableAtMs: finite(state.reachableAtMs, 'SubscriberState.reachable_at_ms'),
    evidenceAheadAtMs: finite(state.evidenceAheadAtMs, 'SubscriberState.evidence_ahead_at_ms'),
    onWaitingList: state.onWaitingList ?? false,
    deadlineAtMs: finite(state.deadlineAtMs, 'SubscriberState.deadline_at_ms'),
    deadlineGeneration: state.deadlineGeneration ?? 0,
    fallback: given(state.fallback, fallbackFromWire),
    selfCare: given(state.selfCare, selfCareStateFromWire),
    ...(state.reachableBy
      ? { reachableBy: reachabilitySources.fromWire(state.reachableBy, 'SubscriberState.reachable_by') }
      : {}),
    ...(state.rules ? { rules: ruleStateFromWire(state.rules) } : {}),
    ...(state.mailThread ? { mailThread: mailThreadFromWire(state.mailThread) } : {}),
    ...(state.inbox ? { inbox: inboxFromWire(state.inbox) } : {}),
    ...laterFieldsOf(state),
  };
}

/** A message that was there, converted; one that was not is undefined (protobufjs has null for it). */
function given<M, T>(message: M | null | undefined, convert: (message: M) => T): T | undefined {
  return message === null || message === undefined ? undefined : convert(message);
}
