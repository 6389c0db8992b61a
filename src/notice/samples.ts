/** What templates are looked at with: one notice of each kind, made on a Saturday afternoon. */
import { msOfCivil } from '../types/civil-time.ts';
import type { MissedCaller, Notice, NoticeContent, Return } from '../types/model/notice.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** 21 November 2026, 14:30 UTC. */
const createdAtMs = msOfCivil({ year: 2026, month: 11, day: 21, hour: 14, minute: 30, second: 0 });

const anna: MissedCaller = {
  caller: '491701234567',
  calls: 1,
  lastAtMs: createdAtMs - 25 * minuteMs,
  reason: 'not-reachable',
};
const ben: MissedCaller = { caller: '33612345678', calls: 3, lastAtMs: createdAtMs - dayMs, reason: 'busy' };
const withheld: MissedCaller = {
  ...anna,
  caller: '',
  lastAtMs: createdAtMs - 3 * dayMs,
  reason: 'abandoned',
};
const back: Return = {
  subscriber: '491701234567',
  attemptedAtMs: createdAtMs - 25 * minuteMs,
  returnedAtMs: createdAtMs,
};

const missed = (furtherCalls: number, ...callers: MissedCaller[]): NoticeContent => ({
  kind: 'missed-calls',
  callers,
  furtherCalls,
});

export const samples = {
  'one-call': missed(0, anna),
  'one-caller': missed(0, { ...anna, calls: 3, reason: 'no-answer' }),
  withheld: missed(0, withheld),
  'same-reason': missed(0, anna, { ...ben, reason: 'not-reachable' }),
  'several-reasons': missed(4, anna, ben, { ...withheld, calls: 2, lastAtMs: createdAtMs - 400 * dayMs }),
  'counted-only': missed(7),
  returned: { kind: 'returns', returned: [back] },
  'several-returned': {
    kind: 'returns',
    returned: [back, { ...back, subscriber: '33612345678', attemptedAtMs: createdAtMs - dayMs }],
  },
  teaser: { kind: 'teaser', calls: 4, callers: 2 },
  welcome: { kind: 'welcome', missedCalls: true, notifyMe: true },
  away: {
    kind: 'callee-away',
    subscriber: '491701234567',
    attemptedAtMs: back.attemptedAtMs,
    reason: 'busy',
    ownMessage: '',
  },
  'away-message': {
    kind: 'callee-away',
    subscriber: '491701234567',
    attemptedAtMs: back.attemptedAtMs,
    reason: 'not-reachable',
    ownMessage: 'Back on Monday.',
  },
  'away-network': {
    kind: 'callee-away',
    subscriber: '491701234567',
    attemptedAtMs: back.attemptedAtMs,
    reason: 'network',
    ownMessage: '',
  },
  'show-question': {
    kind: 'show-question',
    subscriber: '491701234567',
    attemptedAtMs: back.attemptedAtMs,
    byNumber: false,
  },
  'show-by-number': {
    kind: 'show-question',
    subscriber: '491701234567',
    attemptedAtMs: back.attemptedAtMs,
    byNumber: true,
  },
} as const satisfies Record<string, NoticeContent>;

export type SampleName = keyof typeof samples;
export const sampleNames = Object.keys(samples) as SampleName[];

/** A notice for a file of templates: in its language, of its brand. */
export function sampleNotice(
  content: NoticeContent,
  {
    language,
    version,
    brand,
  }: { readonly language: string; readonly version: number; readonly brand?: string },
): Notice {
  return {
    id: { partition: 0, sequence: 0, index: 0 },
    recipient: '4915112345678',
    language,
    timeZone: 'UTC',
    templateVersion: version,
    createdAtMs,
    reference: 0,
    content,
    ...(brand === undefined ? {} : { brand }),
  };
}

/** One caller, so many calls, earlier today: the notice that is sent most, and should fit one short message. */
export function oneCaller(calls: number, reason: MissedCaller['reason']): NoticeContent {
  return missed(0, { ...anna, calls, reason });
}
