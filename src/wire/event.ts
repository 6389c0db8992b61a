/** Events (proto/event.proto). */
import type {
  AdminCommand,
  CalleeUnreachable,
  EventKind,
  ReturnWatched,
  SubscriberEvent,
  SubscriberReachable,
  Tell,
  TryVia,
} from '../types/model/event.ts';
import type { EffectId } from '../types/model/notice.ts';
import { isSubscriberNumber } from '../types/partition.ts';
import type { Result } from '../types/result.ts';
import type { ZoneSpan } from '../types/zone-span.ts';
import { copied, Damage, decodeWith, encodeWith, finite, needed } from './codec.ts';
import {
  callMessages,
  channels,
  deliveryResults,
  failureCauses,
  messageFates,
  missedReasons,
  noticeResults,
  presentations,
  reachabilitySources,
  tryChannels,
} from './enums.ts';
import { callwake } from './generated/messages.js';
import { handedOverToFromWire, handedOverToToWire } from './handed-over.ts';
import { inboxOpenedFromWire, inboxOpenedToWire } from './inbox.ts';
import { effectIdFromWire } from './notice.ts';
import { profileFromWire, profileToWire } from './profile.ts';
import { selfCareFromWire, selfCareToWire } from './self-care.ts';

/** One call's key (C8) is a call reference with the address of the node that allocated it. */
const callKeyOctetsMax = 32;

export function encodeEvent(event: SubscriberEvent): Uint8Array {
  return encodeWith(callwake.Event, eventToWire(event));
}

/** The number is 1 … 15 digits, so that the event can be routed by it. */
export function decodeEvent(octets: Uint8Array): Result<SubscriberEvent> {
  return decodeWith(callwake.Event, octets, eventFromWire);
}

export function eventToWire(event: SubscriberEvent): callwake.Event.$Properties {
  const { zone } = event;
  return zone === undefined ? kindToWire(event) : { ...kindToWire(event), zone };
}

function kindToWire(event: SubscriberEvent): callwake.Event.$Properties {
  const { subscriber, atMs, what } = event;
  switch (what.kind) {
    case 'call-missed':
      return {
        subscriber,
        atMs,
        callMissed: {
          callKey: what.callKey,
          caller: what.caller,
          presentation: presentations.toWire(what.presentation),
          attemptedAtMs: what.attemptedAtMs,
          reason: missedReasons.toWire(what.reason),
          cause: what.cause,
          answerToken: what.answerToken,
          ...(what.message === undefined ? {} : { message: callMessages.toWire(what.message) }),
          ...(what.abroad === true ? { abroad: true } : {}),
        },
      };
    case 'call-obstructed': {
      const { caller, attemptedAtMs, cause } = what;
      return { subscriber, atMs, callObstructed: { caller, attemptedAtMs, cause } };
    }
    case 'call-answered':
      return { subscriber, atMs, callAnswered: { callKey: what.callKey, caller: what.caller } };
    case 'subscriber-reachable':
      return {
        subscriber,
        atMs,
        subscriberReachable: {
          source: reachabilitySources.toWire(what.source),
          answerToken: what.answerToken ?? 0,
          noticesWaitMs: what.noticesWaitMs ?? 0,
          ...(what.mmCode === undefined ? {} : { mmCode: what.mmCode }),
          smsc: what.smsc ?? '',
          ageMs: what.ageMs ?? 0,
        },
      };
    case 'subscriber-unreachable':
      return {
        subscriber,
        atMs,
        subscriberUnreachable: {
          source: reachabilitySources.toWire(what.source),
          ...(what.mmCode === undefined ? {} : { mmCode: what.mmCode }),
        },
      };
    case 'notice-outcome':
      return {
        subscriber,
        atMs,
        noticeOutcome: {
          effect: what.effect,
          result: noticeResults.toWire(what.result),
          partsDelivered: what.partsDelivered,
          uncertain: what.uncertain,
          onWaitingList: what.onWaitingList,
          storedAs: what.storedAs,
          startedAtMs: what.startedAtMs,
          detail: what.detail,
          supersededGone: what.supersededGone ?? false,
          ...(what.channel === undefined ? {} : { channel: channels.toWire(what.channel) }),
          ...(what.gone === undefined ? {} : { gone: [...what.gone] }),
          ...(what.handedOver === undefined ? {} : { handedOver: handedOverToToWire(what.handedOver) }),
          ...viaToWire(what.via),
        },
      };
    case 'receipt-came':
      return {
        subscriber,
        atMs,
        receiptCame: {
          smsc: what.smsc,
          messageId: what.messageId,
          fate: messageFates.toWire(what.fate),
          detail: what.detail,
          answerToken: what.answerToken,
        },
      };
    case 'reachability-outcome':
      return {
        subscriber,
        atMs,
        reachabilityOutcome: {
          effect: what.effect,
          result: deliveryResults.toWire(what.result),
          onWaitingList: what.onWaitingList,
          storedAs: what.storedAs,
          startedAtMs: what.startedAtMs,
          detail: what.detail,
          ...viaToWire(what.via),
        },
      };
    case 'timer-fired':
      return { subscriber, atMs, timerFired: { generation: what.generation } };
    case 'admin-command':
      return { subscriber, atMs, adminCommand: adminCommandToWire(what) };
    case 'told':
      return { subscriber, atMs, told: toldToWire(what.source, what.from, what.what) };
    case 'self-care':
    case 'answer-written':
      return { subscriber, atMs, selfCare: selfCareToWire(what) };
    case 'list-asked':
      return { subscriber, atMs, listAsked: { answerToken: what.answerToken } };
  }
}

export function eventFromWire(event: callwake.Event.$Properties): SubscriberEvent {
  const subscriber = event.subscriber ?? '';
  if (!isSubscriberNumber(subscriber)) throw new Damage('wire-out-of-range', 'Event.subscriber');
  const atMs = finite(event.atMs, 'Event.at_ms');
  const what = eventKindFromWire(event);
  return event.zone ? { subscriber, atMs, zone: zoneFromWire(event.zone), what } : { subscriber, atMs, what };
}

function zoneFromWire(zone: callwake.ZoneSpan.$Properties): ZoneSpan {
  return {
    offsetMs: zone.offsetMs ?? 0,
    changesAtMs: finite(zone.changesAtMs, 'ZoneSpan.changes_at_ms'),
    thenOffsetMs: zone.thenOffsetMs ?? 0,
  };
}

function eventKindFromWire(event: callwake.Event.$Properties): EventKind {
  switch (event.kind) {
    case 'callMissed': {
      const what = needed(event.callMissed, 'Event.call_missed');
      return {
        kind: 'call-missed',
        callKey: callKeyFromWire(what.callKey, 'CallMissed.call_key'),
        caller: what.caller ?? '',
        presentation: presentations.fromWire(what.presentation, 'CallMissed.presentation'),
        attemptedAtMs: finite(what.attemptedAtMs, 'CallMissed.attempted_at_ms'),
        reason: missedReasons.fromWire(what.reason, 'CallMissed.reason'),
        cause: what.cause ?? 0,
        answerToken: finite(what.answerToken, 'CallMissed.answer_token'),
        ...(what.message ? { message: callMessages.fromWire(what.message, 'CallMissed.message') } : {}),
        ...(what.abroad === true ? { abroad: true } : {}),
      };
    }
    case 'callObstructed': {
      const obstructed = needed(event.callObstructed, 'Event.call_obstructed');
      return {
        kind: 'call-obstructed',
        caller: obstructed.caller ?? '',
        attemptedAtMs: finite(obstructed.attemptedAtMs, 'CallObstructed.attempted_at_ms'),
        cause: obstructed.cause ?? 0,
      };
    }
    case 'callAnswered': {
      const what = needed(event.callAnswered, 'Event.call_answered');
      return {
        kind: 'call-answered',
        callKey: callKeyFromWire(what.callKey, 'CallAnswered.call_key'),
        caller: what.caller ?? '',
      };
    }
    case 'subscriberReachable':
      return reachableFromWire(event.subscriberReachable ?? {});
    case 'subscriberUnreachable':
      return {
        kind: 'subscriber-unreachable',
        source: reachabilitySources.fromWire(
          event.subscriberUnreachable?.source,
          'SubscriberUnreachable.source',
        ),
        ...mmCodeFromWire(event.subscriberUnreachable?.mmCode, 'SubscriberUnreachable.mm_code'),
      };
    case 'noticeOutcome': {
      const what = needed(event.noticeOutcome, 'Event.notice_outcome');
      return {
        kind: 'notice-outcome',
        effect: effectIdFromWire(what.effect, 'NoticeOutcome.effect'),
        result: noticeResults.fromWire(what.result, 'NoticeOutcome.result'),
        partsDelivered: what.partsDelivered ?? 0,
        uncertain: what.uncertain ?? false,
        onWaitingList: what.onWaitingList ?? false,
        storedAs: what.storedAs ?? '',
        startedAtMs: finite(what.startedAtMs, 'NoticeOutcome.started_at_ms'),
        detail: what.detail ?? '',
        ...viaFromWire(what.via),
        ...(what.handedOver ? { handedOver: handedOverToFromWire(what.handedOver) } : {}),
        ...(what.supersededGone ? { supersededGone: true } : {}),
        ...(what.channel ? { channel: channels.fromWire(what.channel, 'NoticeOutcome.channel') } : {}),
        ...(what.gone && what.gone.length > 0 ? { gone: what.gone } : {}),
      };
    }
    case 'receiptCame': {
      const what = needed(event.receiptCame, 'Event.receipt_came');
      return {
        kind: 'receipt-came',
        smsc: what.smsc ?? '',
        messageId: what.messageId ?? '',
        fate: messageFates.fromWire(what.fate, 'ReceiptCame.fate'),
        detail: what.detail ?? '',
        answerToken: finite(what.answerToken, 'ReceiptCame.answer_token'),
      };
    }
    case 'reachabilityOutcome': {
      const what = needed(event.reachabilityOutcome, 'Event.reachability_outcome');
      return {
        kind: 'reachability-outcome',
        effect: effectIdFromWire(what.effect, 'ReachabilityOutcome.effect'),
        result: deliveryResults.fromWire(what.result, 'ReachabilityOutcome.result'),
        onWaitingList: what.onWaitingList ?? false,
        storedAs: what.storedAs ?? '',
        startedAtMs: finite(what.startedAtMs, 'ReachabilityOutcome.started_at_ms'),
        detail: what.detail ?? '',
        ...viaFromWire(what.via),
      };
    }
    case 'timerFired':
      return { kind: 'timer-fired', generation: event.timerFired?.generation ?? 0 };
    case 'adminCommand':
      return adminCommandFromWire(needed(event.adminCommand, 'Event.admin_command'));
    case 'told': {
      const told = needed(event.told, 'Event.told');
      return {
        kind: 'told',
        source: effectIdFromWire(told.source, 'Told.source'),
        from: told.from ?? '',
        what: tellFromWire(told),
      };
    }
    case 'selfCare':
      return selfCareFromWire(needed(event.selfCare, 'Event.self_care'));
    case 'listAsked':
      return {
        kind: 'list-asked',
        answerToken: finite(event.listAsked?.answerToken, 'ListAsked.answer_token'),
      };
    default:
      throw new Damage('wire-unknown-kind', 'Event.kind');
  }
}

function callKeyFromWire(key: Uint8Array | undefined, path: string): Uint8Array {
  if (key !== undefined && key.length > callKeyOctetsMax) throw new Damage('wire-out-of-range', path);
  return copied(key);
}

function adminCommandToWire({ command, answerToken }: AdminCommand): callwake.AdminCommand.$Properties {
  switch (command.kind) {
    case 'set-profile':
      return { setProfile: profileToWire(command.profile), answerToken };
    case 'remove':
      return { remove: true, answerToken };
    case 'forget-number':
      return { forgetNumber: command.number, answerToken };
    case 'close-e-mail':
      return { closeEMail: command.address, answerToken };
    case 'open-inbox':
      return { openInbox: inboxOpenedToWire(command), answerToken };
  }
}

function adminCommandFromWire(what: callwake.AdminCommand.$Properties): AdminCommand {
  const answerToken = finite(what.answerToken, 'AdminCommand.answer_token');
  switch (what.command) {
    case 'setProfile': {
      const profile = profileFromWire(needed(what.setProfile, 'AdminCommand.set_profile'));
      return { kind: 'admin-command', command: { kind: 'set-profile', profile }, answerToken };
    }
    case 'remove':
      return { kind: 'admin-command', command: { kind: 'remove' }, answerToken };
    case 'forgetNumber': {
      const number = needed(what.forgetNumber, 'AdminCommand.forget_number');
      return { kind: 'admin-command', command: { kind: 'forget-number', number }, answerToken };
    }
    case 'closeEMail': {
      const address = needed(what.closeEMail, 'AdminCommand.close_e_mail');
      return { kind: 'admin-command', command: { kind: 'close-e-mail', address }, answerToken };
    }
    case 'openInbox': {
      const command = inboxOpenedFromWire(needed(what.openInbox, 'AdminCommand.open_inbox'));
      return { kind: 'admin-command', command, answerToken };
    }
    default:
      throw new Damage('wire-unknown-kind', 'AdminCommand.command');
  }
}

/** One octet. */
function mmCodeFromWire(mmCode: number | null | undefined, path: string): { mmCode?: number } {
  if (mmCode === undefined || mmCode === null) return {};
  if (mmCode > 0xff) throw new Damage('wire-out-of-range', path);
  return { mmCode };
}

function viaToWire(via: TryVia | undefined): { via?: callwake.TryVia.$Properties } {
  if (via === undefined) return {};
  const { channel, node, parts } = via;
  return { via: { channel: tryChannels.toWire(channel), node, parts } };
}

function viaFromWire(via: callwake.TryVia.$Properties | null | undefined): { via?: TryVia } {
  if (!via) return {};
  const channel = tryChannels.fromWire(via.channel, 'TryVia.channel');
  return { via: { channel, node: via.node ?? '', parts: via.parts ?? 0 } };
}

function reachableFromWire(what: callwake.SubscriberReachable.$Properties): SubscriberReachable {
  const source = reachabilitySources.fromWire(what.source, 'SubscriberReachable.source');
  const answerToken = finite(what.answerToken, 'SubscriberReachable.answer_token');
  const ageMs = finite(what.ageMs, 'SubscriberReachable.age_ms');
  const noticesWaitMs = finite(what.noticesWaitMs, 'SubscriberReachable.notices_wait_ms');
  return {
    kind: 'subscriber-reachable',
    source,
    ...mmCodeFromWire(what.mmCode, 'SubscriberReachable.mm_code'),
    ...(what.smsc ? { smsc: what.smsc } : {}),
    ...(answerToken === 0 ? {} : { answerToken }),
    ...(noticesWaitMs === 0 ? {} : { noticesWaitMs }),
    ...(ageMs === 0 ? {} : { ageMs }),
  };
}

function watchToWire({ attemptedAtMs, awaySinceMs, busy }: CalleeUnreachable | ReturnWatched) {
  return { attemptedAtMs, awaySinceMs, busy: busy ?? false };
}

/** `source` is the effect that tells. */
export function toldToWire(source: EffectId, from: string, what: Tell): callwake.Told.$Properties {
  switch (what.kind) {
    case 'callee-unreachable':
      return {
        source,
        from,
        calleeUnreachable: watchToWire(what),
      };
    case 'return-watched':
      return {
        source,
        from,
        returnWatched: watchToWire(what),
      };
    case 'callee-returned':
      return {
        source,
        from,
        calleeReturned: {
          attemptedAtMs: what.attemptedAtMs,
          awaySinceMs: what.awaySinceMs,
          returnedAtMs: what.returnedAtMs,
          busy: what.busy ?? false,
        },
      };
    case 'alert-expected':
      return { source, from, alertExpected: {} };
    case 'alerted':
      return { source, from, alerted: { alertedAtMs: what.alertedAtMs } };
    case 'callee-away': {
      const { attemptedAtMs, reason, ownMessage } = what;
      return {
        source,
        from,
        calleeAway: { attemptedAtMs, reason: failureCauses.toWire(reason), ownMessage },
      };
    }
    case 'number-withheld': {
      const { attemptedAtMs, reason } = what;
      return { source, from, numberWithheld: { attemptedAtMs, reason: missedReasons.toWire(reason) } };
    }
    case 'number-shown': {
      const { attemptsAtMs, reason } = what;
      const numberShown = { attemptsAtMs: [...attemptsAtMs], reason: missedReasons.toWire(reason) };
      return { source, from, numberShown };
    }
    case 'spoken':
      return { source, from, spoken: { atMs: what.atMs } };
  }
}

export function tellFromWire(told: callwake.Told.$Properties): Tell {
  switch (told.what) {
    case 'calleeUnreachable':
      return {
        kind: 'callee-unreachable',
        attemptedAtMs: finite(told.calleeUnreachable?.attemptedAtMs, 'CalleeUnreachable.attempted_at_ms'),
        awaySinceMs: finite(told.calleeUnreachable?.awaySinceMs, 'CalleeUnreachable.away_since_ms'),
        ...(told.calleeUnreachable?.busy ? { busy: true } : {}),
      };
    case 'returnWatched':
      return {
        kind: 'return-watched',
        attemptedAtMs: finite(told.returnWatched?.attemptedAtMs, 'ReturnWatched.attempted_at_ms'),
        awaySinceMs: finite(told.returnWatched?.awaySinceMs, 'ReturnWatched.away_since_ms'),
        ...(told.returnWatched?.busy ? { busy: true } : {}),
      };
    case 'calleeReturned':
      return {
        kind: 'callee-returned',
        attemptedAtMs: finite(told.calleeReturned?.attemptedAtMs, 'CalleeReturned.attempted_at_ms'),
        awaySinceMs: finite(told.calleeReturned?.awaySinceMs, 'CalleeReturned.away_since_ms'),
        returnedAtMs: finite(told.calleeReturned?.returnedAtMs, 'CalleeReturned.returned_at_ms'),
        ...(told.calleeReturned?.busy ? { busy: true } : {}),
      };
    case 'alertExpected':
      return { kind: 'alert-expected' };
    case 'alerted':
      return {
        kind: 'alerted',
        alertedAtMs: finite(told.alerted?.alertedAtMs, 'Alerted.alerted_at_ms'),
      };
    case 'numberWithheld': {
      const withheld = needed(told.numberWithheld, 'Told.number_withheld');
      return {
        kind: 'number-withheld',
        attemptedAtMs: finite(withheld.attemptedAtMs, 'NumberWithheld.attempted_at_ms'),
        reason: missedReasons.fromWire(withheld.reason, 'NumberWithheld.reason'),
      };
    }
    case 'numberShown': {
      const shown = needed(told.numberShown, 'Told.number_shown');
      return {
        kind: 'number-shown',
        attemptsAtMs: (shown.attemptsAtMs ?? []).map((atMs) => finite(atMs, 'NumberShown.attempts_at_ms')),
        reason: missedReasons.fromWire(shown.reason, 'NumberShown.reason'),
      };
    }
    case 'calleeAway': {
      const away = needed(told.calleeAway, 'Told.callee_away');
      return {
        kind: 'callee-away',
        attemptedAtMs: finite(away.attemptedAtMs, 'CalleeAwayTell.attempted_at_ms'),
        reason: failureCauses.fromWire(away.reason, 'CalleeAwayTell.reason'),
        ownMessage: away.ownMessage ?? '',
      };
    }
    case 'spoken':
      return { kind: 'spoken', atMs: finite(told.spoken?.atMs, 'Spoken.at_ms') };
    default:
      throw new Damage('wire-unknown-kind', 'Told.what');
  }
}
