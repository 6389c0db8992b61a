/** Each thing that a subscriber can say, as a change of what is ordered and preferred. */
import type { SelfCare } from '../types/model/event.ts';
import { LISTED_MAX, type Preferences } from '../types/model/preferences.ts';
import type { Profile } from '../types/model/profile.ts';
import type { AnswerKind, NumberCommand, SelfCareAnswer, SelfCareCommand } from '../types/model/self-care.ts';
import type { Draft } from './draft.ts';
import { type MissedList, putBack } from './missed-list.ts';
import { forgetOptIn, needsYes, takeYes, waitForYes } from './opt-in.ts';
import { forgetList, listOf, orderProfile } from './orders.ts';
import { changeSelfCare, selfCareOf } from './self-care-state.ts';
import { showNumber } from './show-number.ts';

type Facts = Pick<SelfCareAnswer, 'kind' | 'number' | 'argument' | 'callers' | 'furtherCalls'>;

/** Numbers whose return one subscriber has ordered without a call. */
const ORDERED_MAX = 20;
/** Reports of one subscriber; the oldest give way. */
const REPORTS_MAX = 20;

const NOBODY: MissedList = { callers: [], furtherCalls: 0 };

/** What a stranger becomes a subscriber by. */
const OPENING: ReadonlySet<SelfCareCommand['kind']> = new Set([
  'open-missed-calls',
  'open-notify-me',
  'notify-of',
]);
/** What needs no profile. */
const FOR_ANYBODY: ReadonlySet<SelfCareCommand['kind']> = new Set([
  'help',
  'stop',
  'confirm',
  'not-understood',
  'incomplete',
]);

/** Does what was said, and returns what there is to answer. */
export function carryOut(draft: Draft, { command, way, newcomer }: SelfCare): Facts {
  const isNewcomer = draft.next.profile === undefined;
  if (isNewcomer && !FOR_ANYBODY.has(command.kind)) {
    if (newcomer === undefined || !OPENING.has(command.kind)) return { kind: 'stranger' };
    const { serviceClass, ...basics } = newcomer;
    const preferences = serviceClass === undefined ? {} : { preferences: { serviceClass } };
    orderProfile(draft, { missedCalls: false, notifyMe: 'off', ...basics, ...preferences });
  }
  switch (command.kind) {
    case 'list-missed':
      return listMissed(draft, way === 'sms');
    case 'open-missed-calls':
      return opened(draft, { missedCalls: true }, isNewcomer);
    case 'close-missed-calls':
      return ordered(draft, { missedCalls: false }, 'missed-calls-closed');
    case 'open-notify-me':
      return opened(draft, { notifyMe: 'always' }, isNewcomer);
    case 'confirm':
      return confirm(draft, way === 'sms');
    case 'close-notify-me':
      changeSelfCare(draft, { ordered: [] });
      return ordered(draft, { notifyMe: 'off' }, 'notify-me-closed');
    case 'stop':
      changeSelfCare(draft, { ordered: [] });
      forgetOptIn(draft);
      return ordered(draft, { missedCalls: false, notifyMe: 'off' }, 'stopped');
    case 'all-callers':
      return preferred(draft, { callerFilter: 'none', callersListed: [] }, 'all-callers');
    case 'set-language':
      return ordered(draft, { language: command.language }, 'language-set');
    case 'set-quiet-hours': {
      // Hours that end when they begin: none, whatever the service class has.
      const quietHours = command.hours === 'off' ? { fromMinute: 0, toMinute: 0 } : command.hours;
      return preferred(draft, { quietHours }, 'quiet-hours-set');
    }
    case 'set-channels': {
      const hasAddress = draft.next.profile?.preferences?.eMail !== undefined;
      if (command.channels.includes('e-mail') && !hasAddress) return { kind: 'no-e-mail-address' };
      return preferred(draft, { channels: command.channels }, 'channels-set');
    }
    case 'set-privacy':
      return preferred(draft, { returnPrivacy: command.who }, 'privacy-set');
    case 'show-number':
      return showNumber(draft, command.number);
    case 'notify-of':
    case 'block-caller':
    case 'allow-caller':
    case 'only-caller':
    case 'may-know':
    case 'may-not-know':
    case 'report-fraud':
      if (command.number === draft.next.number) return { kind: 'own-number' };
      return { ...aboutNumber(draft, command.kind, command.number), number: command.number };
    case 'show-lists':
      return { kind: 'lists' };
    case 'status':
    case 'help':
    case 'not-understood':
      return { kind: command.kind };
    case 'incomplete':
      return { kind: 'incomplete', argument: command.argument };
    default:
      return command satisfies never;
  }
}

/** S5: at once, or when it has been confirmed. */
function opened(
  draft: Draft,
  change: Partial<Pick<Profile, 'missedCalls' | 'notifyMe'>>,
  isNewcomer: boolean,
): Facts {
  if (!needsYes(draft, isNewcomer))
    return ordered(draft, change, change.missedCalls === true ? 'missed-calls-opened' : 'notify-me-opened');
  const { missedCalls, notifyMe } = draft.remembered.optIn ?? { missedCalls: false, notifyMe: 'off' };
  waitForYes(draft, { missedCalls, notifyMe, ...change });
  return { kind: 'opt-in-asked' };
}

/** Yes: to what was asked last, whether a service is to be opened, or a hint (N9). */
function confirm(draft: Draft, forGood: boolean): Facts {
  const wanted = takeYes(draft);
  if (wanted !== undefined)
    return ordered(draft, wanted, wanted.missedCalls ? 'missed-calls-opened' : 'notify-me-opened');
  const isHinted = draft.next.profile !== undefined && draft.remembered.hintedAtMs !== 0;
  return isHinted ? listMissed(draft, forGood) : { kind: 'not-understood' };
}

function ordered(draft: Draft, change: Partial<Profile>, kind: AnswerKind): Facts {
  const { profile } = draft.next;
  if (profile !== undefined) orderProfile(draft, { ...profile, ...change });
  return { kind };
}

function preferred(draft: Draft, change: Partial<Preferences>, kind: AnswerKind): Facts {
  return ordered(draft, { preferences: { ...draft.next.profile?.preferences, ...change } }, kind);
}

function aboutNumber(draft: Draft, kind: Exclude<NumberCommand, 'show-number'>, number: string): Facts {
  const { callerFilter, callersListed = [], mayKnow = [] } = draft.next.profile?.preferences ?? {};
  const only = callerFilter === 'only-listed';
  switch (kind) {
    case 'notify-of':
      return notifyOf(draft, number);
    case 'block-caller':
      // Where only listed callers are told, one that is not listed is not.
      if (only) return preferred(draft, { callersListed: without(callersListed, number) }, 'caller-blocked');
      return listed(draft, callersListed, number, 'caller-blocked', (list) => ({
        callerFilter: 'block-listed',
        callersListed: list,
      }));
    case 'allow-caller':
      if (!only) return preferred(draft, { callersListed: without(callersListed, number) }, 'caller-allowed');
      return listed(draft, callersListed, number, 'caller-allowed', (list) => ({ callersListed: list }));
    case 'only-caller':
      return listed(draft, only ? callersListed : [], number, 'only-callers', (list) => ({
        callerFilter: 'only-listed',
        callersListed: list,
      }));
    case 'may-know':
      return listed(draft, mayKnow, number, 'may-know', (list) => ({
        returnPrivacy: 'listed',
        mayKnow: list,
      }));
    case 'may-not-know':
      return preferred(draft, { mayKnow: without(mayKnow, number) }, 'may-not-know');
    case 'report-fraud':
      return reportFraud(draft, number);
    default:
      return kind satisfies never;
  }
}

function without(list: readonly string[], number: string): string[] {
  return list.filter((one) => one !== number);
}

function listed(
  draft: Draft,
  list: readonly string[],
  number: string,
  kind: AnswerKind,
  change: (list: readonly string[]) => Partial<Preferences>,
): Facts {
  if (!list.includes(number) && list.length >= LISTED_MAX) return { kind: 'list-full' };
  return preferred(draft, change([...without(list, number), number]), kind);
}

/** K3: the number's own actor watches for its return, as it does after a call that failed. */
function notifyOf(draft: Draft, number: string): Facts {
  const { atMs } = draft;
  const others = selfCareOf(draft).ordered.filter(({ subscriber }) => subscriber !== number);
  if (others.length >= ORDERED_MAX) return { kind: 'list-full' };
  changeSelfCare(draft, { ordered: [...others, { subscriber: number, orderedAtMs: atMs }] });
  draft.emit({
    kind: 'tell-subscriber',
    subscriber: number,
    from: draft.next.number,
    what: { kind: 'return-watched', attemptedAtMs: atMs, awaySinceMs: atMs },
  });
  return { kind: 'notify-of-noted' };
}

function reportFraud(draft: Draft, caller: string): Facts {
  const others = selfCareOf(draft).reports.filter((report) => report.caller !== caller);
  const reports = [...others, { caller, reportedAtMs: draft.atMs }];
  changeSelfCare(draft, { reports: draft.newest('fraud-reports', reports, REPORTS_MAX) });
  return { kind: 'fraud-reported' };
}

/**
 * Who called and has not been told of: by short message the answer tells of them for good, so they are due no more; what a
 * session shows may never have been read. A notice that is on its way says its part itself, and is shown beside.
 */
function listMissed(draft: Draft, forGood: boolean): Facts {
  draft.forgetWhatIsTooOld();
  const { notice } = draft.next;
  const waiting = listOf(draft);
  const onItsWay = notice?.content.kind === 'missed-calls' ? notice.content : NOBODY;
  const { callers, furtherCalls } = putBack(onItsWay, waiting, Infinity);
  if (forGood && waiting.callers.length + waiting.furtherCalls > 0) forgetList(draft);
  if (callers.length === 0 && furtherCalls === 0) return { kind: 'no-missed' };
  return { kind: 'missed-list', callers, furtherCalls };
}
