/** A new notice, of what may be told now (N1, N2, N4, N9, N13, K1, K4, S5). */
import type { Matter } from '../rules/telling.ts';
import type { NoticeWay } from '../types/model/channel.ts';
import type { MissedCaller, Notice, NoticeContent } from '../types/model/notice.ts';
import type { RuleState } from '../types/model/rule-state.ts';
import { changedSelfCare, type SubscriberState } from '../types/model/state.ts';
import type { Mutable } from '../types/mutable.ts';
import { isSubscriberNumber } from '../types/partition.ts';
import { nextWay } from './channels.ts';
import type { Draft } from './draft.ts';
import { isToBeAsked, matterDue, ruleStateOf, type Situation, urgentLines } from './due.ts';
import { putBack } from './missed-list.ts';

/** A notice without what every notice has. */
export interface Composition {
  readonly recipient: string;
  /** N4; empty: the operator's address. */
  readonly originator: string;
  readonly content: NoticeContent;
  /** N6, N8; absent: by short message. */
  readonly way?: NoticeWay | undefined;
  /** What is left in the state. */
  readonly change: Partial<SubscriberState>;
}

type Told = Pick<Composition, 'content' | 'change'>;

/**
 * TP-SCTS counts seconds, and with the originating address it names a message to its receiver (3GPP TS 23.040 §9.2.3.11):
 * no two notices to one subscriber have the same.
 */
export function nextTimeStampMs(lastMs: number): number {
  return lastMs === 0 ? 0 : (Math.floor(lastMs / 1000) + 1) * 1000;
}

/** Undefined: nothing is due, or a rule forbids to tell it now. */
export function composeNotice(draft: Draft): Notice | undefined {
  const composition = compose(draft);
  return composition === undefined ? undefined : noticeOf(draft, composition);
}

/** The notice, of which the state says from now on that it was made. */
export function noticeOf(draft: Draft, { content, recipient, originator, way, change }: Composition): Notice {
  const { next, policy, rules } = draft;
  const notice: Mutable<Notice> = {
    id: draft.nextId,
    recipient,
    language: next.profile?.language ?? 'en',
    timeZone: next.profile?.timeZone ?? 'UTC',
    templateVersion: policy.templateVersion,
    createdAtMs: Math.max(draft.atMs, nextTimeStampMs(next.lastNoticeAtMs)),
    reference: (next.notices + 1) & 0xff,
    content,
  };
  if (originator !== '') notice.originator = originator;
  if (rules.brand !== '') notice.brand = rules.brand;
  // As the SMSC's configuration has it, unless the class says otherwise.
  if (rules.receipts !== 'final') notice.receipts = rules.receipts;
  if (rules.priority > 0) notice.priorityFlag = rules.priority;
  if (way !== undefined) notice.way = way;
  if (way?.channel === 'webhook' && draft.recalled !== undefined) notice.replaces = draft.recalled;
  if (way?.channel === 'e-mail' && next.mailThread !== undefined) notice.follows = next.mailThread;
  if (recipient !== next.number) notice.subscriber = next.number;
  draft.set(change);
  draft.set({ notices: next.notices + 1, lastNoticeAtMs: notice.createdAtMs });
  return notice;
}

/** N4: of a notice for each caller there is one line. */
export function callersPerNotice({ rules, policy }: Situation): number {
  return rules.aggregation === 'per-caller' ? 1 : policy.callersPerNotice;
}

function compose(situation: Situation): Composition | undefined {
  const matter = matterDue(situation);
  if (matter === undefined) return undefined;
  const { content, change } = about(matter, situation);
  const recipient = recipientOf(matter, situation);
  const byAny = (isOfCalls(matter) || matter === 'returns') && content.kind !== 'teaser';
  const way = byAny && recipient === situation.next.number ? nextWay(situation) : undefined;
  const isFromCaller = isOfCalls(matter) && way?.channel !== 'inbox';
  const originator = isFromCaller ? originatorOf(content, situation) : '';
  return { recipient, originator, content, way, change };
}

/** N8 */
export const isInboxNext = (situation: Situation): boolean => compose(situation)?.way?.channel === 'inbox';

const isOfCalls = (matter: Matter): boolean => matter === 'missed' || matter === 'urgent';

/** N4: the caller, save one whose number is withheld. */
function originatorOf(content: NoticeContent, { rules }: Situation): string {
  if (rules.aggregation !== 'per-caller' || content.kind !== 'missed-calls') return '';
  return content.callers[0]?.caller ?? '';
}

/** N13: what was ordered goes to the other number, what answers this subscriber does not. */
function recipientOf(matter: Matter, { next, rules }: Situation): string {
  const { forwardTo } = rules;
  const isForwarded = (isOfCalls(matter) || matter === 'returns') && isSubscriberNumber(forwardTo);
  return isForwarded ? forwardTo : next.number;
}

function about(matter: Matter, situation: Situation): Told {
  const { next, policy, atMs } = situation;
  const ruled = ruleStateOf(next);
  switch (matter) {
    case 'welcome': {
      const missedCalls = next.profile?.missedCalls === true;
      const notifyMe = (next.profile?.notifyMe ?? 'off') !== 'off';
      return {
        content: { kind: 'welcome', missedCalls, notifyMe },
        change: rule(ruled, { welcome: 'told' }),
      };
    }
    case 'asked': {
      const { taken, left, further } = cut(ruled.asked, ruled.askedFurther, policy.callersPerNotice);
      return {
        content: { kind: 'missed-calls', callers: taken, furtherCalls: further },
        change: rule(ruled, { asked: left, askedFurther: ruled.askedFurther - further }),
      };
    }
    case 'away':
      return { content: ruled.away[0]!, change: rule(ruled, { away: ruled.away.slice(1) }) };
    case 'show': {
      const series = ruled.withheldCalls.find(isToBeAsked)!;
      const { subscriber, attemptsAtMs } = series;
      const byNumber = ruled.withheldCalls.length > 1;
      const asked = ruled.withheldCalls.map((one) => (one === series ? { ...one, askedAtMs: atMs } : one));
      return {
        content: { kind: 'show-question', subscriber, attemptedAtMs: attemptsAtMs.at(-1) ?? 0, byNumber },
        change: rule(ruled, { withheldCalls: asked }),
      };
    }
    case 'returns': {
      const returned = next.returns.slice(0, policy.callersPerNotice);
      return {
        content: { kind: 'returns', returned },
        change: { returns: next.returns.slice(returned.length) },
      };
    }
    case 'answer': {
      const [text = '', ...texts] = next.selfCare?.texts ?? [];
      return {
        content: { kind: 'text', text },
        change: { selfCare: changedSelfCare(next.selfCare, { texts }) },
      };
    }
    case 'missed':
      return toldOrHinted(situation, ruled);
    case 'urgent':
      return urgentCalls(situation, ruled);
  }
}

/** N12: those of callers with priority; the others go on waiting. */
function urgentCalls(situation: Situation, ruled: RuleState): Told {
  const { next, rules, policy, zone, atMs } = situation;
  const urgent = urgentLines(situation);
  const waiting = next.missed.filter((line) => !urgent.includes(line));
  const alone = { ...next, missed: urgent, furtherCalls: 0 };
  const { content, change } = toldOrHinted({ next: alone, rules, policy, zone, atMs }, ruled);
  const missed = [...(change.missed ?? []), ...waiting];
  return { content, change: { ...change, missed, furtherCalls: next.furtherCalls } };
}

function toldOrHinted(situation: Situation, ruled: RuleState): Told {
  return situation.rules.teaser ? teaser(situation, ruled) : missedCalls(situation);
}

function missedCalls(situation: Situation): Told {
  const { missed, furtherCalls } = situation.next;
  const { taken, left, further } = cut(missed, furtherCalls, callersPerNotice(situation));
  return {
    content: { kind: 'missed-calls', callers: taken, furtherCalls: further },
    change: { missed: left, furtherCalls: furtherCalls - further },
  };
}

/** N9: how much there is to ask for, what was hinted at before and not asked for included. */
function teaser({ next, policy, atMs }: Situation, ruled: RuleState): Told {
  const hinted = putBack(
    { callers: ruled.hinted, furtherCalls: ruled.hintedFurther },
    { callers: next.missed, furtherCalls: next.furtherCalls },
    policy.callersMax,
  );
  const calls = hinted.callers.reduce((sum, line) => sum + line.calls, hinted.furtherCalls);
  const rules = { hinted: hinted.callers, hintedFurther: hinted.furtherCalls, hintedAtMs: atMs };
  return {
    content: { kind: 'teaser', calls, callers: hinted.callers.length },
    change: { missed: [], furtherCalls: 0, ...rule(ruled, rules) },
  };
}

/** The first lines of a list; the count of further calls closes the last notice of a sequence. */
function cut(lines: readonly MissedCaller[], furtherCalls: number, max: number) {
  const taken = lines.slice(0, max);
  const left = lines.slice(taken.length);
  return { taken, left, further: left.length === 0 ? furtherCalls : 0 };
}

const rule = (ruled: RuleState, change: Partial<RuleState>) => ({ rules: { ...ruled, ...change } });
