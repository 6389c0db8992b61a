/** Random values of the model, as fast-check arbitraries. */
import fc from 'fast-check';
import type { NoticeWay } from '../../src/types/model/channel.ts';
import type { Effect, EffectKind } from '../../src/types/model/effect.ts';
import type { EventKind, SubscriberEvent, Tell } from '../../src/types/model/event.ts';
import type { HandedOver } from '../../src/types/model/handed-over.ts';
import type { JournalEntry, JournalRecord } from '../../src/types/model/journal.ts';
import type {
  CalleeAway,
  EffectId,
  MissedCaller,
  Notice,
  NoticeContent,
  Return,
} from '../../src/types/model/notice.ts';
import type { Preferences } from '../../src/types/model/preferences.ts';
import type { Profile } from '../../src/types/model/profile.ts';
import type { RuleState } from '../../src/types/model/rule-state.ts';
import type { Ruling } from '../../src/types/model/ruling.ts';
import {
  answerKinds,
  argumentKinds,
  numberCommands,
  plainCommands,
  type SelfCareAnswer,
  type SelfCareCommand,
} from '../../src/types/model/self-care.ts';
import type { SelfCareState, SubscriberState } from '../../src/types/model/state.ts';

const uint32 = fc.nat({ max: 0xffff_ffff });
const timeMs = fc.oneof(
  fc.constant(0),
  fc.nat({ max: 4_102_444_800_000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const sequence = fc.maxSafeNat();
const text = fc.string({ unit: 'grapheme', maxLength: 24 });

export const numbers: fc.Arbitrary<string> = fc.stringMatching(/^[0-9]{1,15}$/);
const callers = fc.oneof(fc.constant(''), numbers);
const callKeys = fc.uint8Array({ maxLength: 32 });
const reasons = fc.constantFrom('busy', 'no-answer', 'not-reachable', 'abandoned', 'barred');
const failureCauses = fc.oneof(reasons, fc.constant('network' as const));
const sources = fc.constantFrom(
  'alert',
  'alert-notification',
  'mm-event',
  'receipt',
  'call',
  'line',
  'own-call',
  'short-message',
  'ussd',
  'delivery',
  'interrogation',
);
const results = fc.constantFrom('delivered', 'absent', 'memory-full', 'temporary', 'permanent');

export const effectIds: fc.Arbitrary<EffectId> = fc.record({
  partition: fc.nat({ max: 63 }),
  sequence,
  index: uint32,
});

const minutes = fc.nat({ max: 1439 });
const octets = fc.uint8Array({ maxLength: 65 });

/** Each field there or not. */
export const preferences: fc.Arbitrary<Preferences> = fc.record(
  {
    serviceClass: text,
    channels: fc.array(fc.constantFrom('sms', 'e-mail', 'webhook', 'web-push', 'inbox'), { maxLength: 5 }),
    eMail: text,
    webPush: fc.array(fc.record({ endpoint: text, p256dh: octets, auth: octets }), {
      minLength: 1,
      maxLength: 2,
    }),
    forwardTo: numbers,
    aggregation: fc.constantFrom('together', 'per-caller'),
    teaser: fc.boolean(),
    reasons: fc.array(reasons, { maxLength: 5 }),
    quietHours: fc.record({ fromMinute: minutes, toMinute: minutes }),
    digestMinute: minutes,
    noticesPerDay: uint32,
    expiryMinutes: uint32,
    returnPrivacy: fc.constantFrom('everyone', 'listed', 'nobody'),
    mayKnow: fc.array(numbers, { maxLength: 3 }),
    callerFilter: fc.constantFrom('none', 'block-listed', 'only-listed'),
    callersListed: fc.array(numbers, { maxLength: 3 }),
    priorityCallers: fc.array(numbers, { maxLength: 3 }),
    watched: fc.array(numbers, { maxLength: 3 }),
    ownMessage: text,
    mailbox: fc.constantFrom('none', 'beside', 'instead'),
    ownCallCauses: fc.array(failureCauses, { maxLength: 5 }),
  },
  { requiredKeys: [] },
);

export const profiles: fc.Arbitrary<Profile> = fc.record(
  {
    missedCalls: fc.boolean(),
    notifyMe: fc.constantFrom('off', 'listed', 'always'),
    language: text,
    timeZone: text,
    preferences,
  },
  { requiredKeys: ['missedCalls', 'notifyMe', 'language', 'timeZone'] },
);

const missedCallers: fc.Arbitrary<MissedCaller> = fc.record(
  {
    caller: callers,
    calls: uint32,
    lastAtMs: timeMs,
    reason: reasons,
    firstAtMs: fc.integer({ min: 1, max: 2 ** 41 }),
  },
  { requiredKeys: ['caller', 'calls', 'lastAtMs', 'reason'] },
);

const returns: fc.Arbitrary<Return> = fc.record({
  subscriber: callers,
  attemptedAtMs: timeMs,
  returnedAtMs: timeMs,
});

const calleesAway: fc.Arbitrary<CalleeAway> = fc.record({
  kind: fc.constant('callee-away'),
  subscriber: callers,
  attemptedAtMs: timeMs,
  reason: failureCauses,
  ownMessage: text,
});
const missedCalls = fc.record({
  kind: fc.constant('missed-calls'),
  callers: fc.array(missedCallers, { maxLength: 5 }),
  furtherCalls: uint32,
});
const returnsContent = fc.record({
  kind: fc.constant('returns'),
  returned: fc.array(returns, { maxLength: 5 }),
});

const contents: fc.Arbitrary<NoticeContent> = fc.oneof(
  missedCalls,
  returnsContent,
  fc.record({ kind: fc.constant('teaser'), calls: uint32, callers: uint32 }),
  fc.record({ kind: fc.constant('welcome'), missedCalls: fc.boolean(), notifyMe: fc.boolean() }),
  calleesAway,
  fc.record({ kind: fc.constant('text'), text }),
);

const noticeFields = {
  id: effectIds,
  recipient: numbers,
  language: text,
  timeZone: text,
  templateVersion: uint32,
  createdAtMs: timeMs,
  reference: fc.nat({ max: 255 }),
  content: contents,
};

const noticeWays: fc.Arbitrary<NoticeWay> = fc.oneof(
  fc.record({ channel: fc.constant('e-mail'), address: text }),
  fc.record({ channel: fc.constantFrom('webhook', 'inbox') }),
  fc.record({
    channel: fc.constant('web-push'),
    subscriptions: fc.array(
      fc.record({
        endpoint: fc.webUrl(),
        p256dh: fc.uint8Array({ minLength: 65, maxLength: 65 }),
        auth: fc.uint8Array({ minLength: 16, maxLength: 16 }),
      }),
      { maxLength: 3 },
    ),
  }),
);
const channels = fc.constantFrom('sms', 'e-mail', 'webhook', 'web-push', 'inbox');

const mailThreads = fc.record({ first: effectIds, last: effectIds });

export const notices: fc.Arbitrary<Notice> = fc.record(
  {
    ...noticeFields,
    originator: numbers,
    subscriber: numbers,
    brand: fc.string({ minLength: 1, maxLength: 8 }),
    receipts: fc.constantFrom(
      'none' as const,
      'final' as const,
      'failures' as const,
      'intermediate' as const,
    ),
    priorityFlag: fc.integer({ min: 1, max: 3 }),
    way: noticeWays,
    follows: mailThreads,
    replaces: effectIds,
  },
  { requiredKeys: Object.keys(noticeFields) as (keyof typeof noticeFields)[] },
);

const smscMessages = fc.record({
  smsc: text,
  messageIds: fc.array(text, { maxLength: 3 }),
  plain: fc.boolean(),
});
const handedOverTo = fc.record({
  smsc: text,
  messageIds: fc.array(text, { maxLength: 3 }),
  plain: fc.boolean(),
  validUntilMs: timeMs,
  replaceable: fc.boolean(),
});

const handedOver: fc.Arbitrary<HandedOver> = fc.record({
  smsc: text,
  messageIds: fc.array(text, { maxLength: 3 }),
  plain: fc.boolean(),
  validUntilMs: timeMs,
  notice: notices,
  delivered: fc.array(text, { maxLength: 3 }),
  replaceable: fc.boolean(),
  added: fc.option(fc.oneof(missedCalls, returnsContent), { nil: undefined }),
});

const tells: fc.Arbitrary<Tell> = fc.oneof(
  fc.record(
    {
      kind: fc.constantFrom('callee-unreachable', 'return-watched'),
      attemptedAtMs: timeMs,
      awaySinceMs: timeMs,
      busy: fc.constant(true),
    },
    { requiredKeys: ['kind', 'attemptedAtMs', 'awaySinceMs'] },
  ),
  fc.record(
    {
      kind: fc.constant('callee-returned'),
      attemptedAtMs: timeMs,
      awaySinceMs: timeMs,
      returnedAtMs: timeMs,
      busy: fc.constant(true),
    },
    { requiredKeys: ['kind', 'attemptedAtMs', 'awaySinceMs', 'returnedAtMs'] },
  ),
  fc.record({ kind: fc.constant('alert-expected') }),
  fc.record({ kind: fc.constant('alerted'), alertedAtMs: timeMs }),
  fc.record({
    kind: fc.constant('callee-away'),
    attemptedAtMs: timeMs,
    reason: failureCauses,
    ownMessage: text,
  }),
  fc.record({ kind: fc.constant('spoken'), atMs: timeMs }),
  fc.record({ kind: fc.constant('number-withheld'), attemptedAtMs: timeMs, reason: reasons }),
  fc.record({
    kind: fc.constant('number-shown'),
    attemptsAtMs: fc.array(timeMs, { maxLength: 4 }),
    reason: reasons,
  }),
);

const via = fc.record({
  channel: fc.constantFrom('msc' as const, 'smsc' as const),
  node: text,
  parts: uint32,
});
const mmCode = fc.nat({ max: 255 });

const noticeOutcome = {
  kind: fc.constant('notice-outcome'),
  effect: effectIds,
  result: fc.oneof(results, fc.constantFrom('accepted', 'too-late', 'not-replaceable', 'recalled')),
  partsDelivered: uint32,
  uncertain: fc.boolean(),
  onWaitingList: fc.boolean(),
  storedAs: callers,
  startedAtMs: timeMs,
  detail: text,
} as const;
const someChannels = fc.array(fc.constantFrom('sms' as const, 'e-mail' as const), { maxLength: 2 });

const selfCareCommands: fc.Arbitrary<SelfCareCommand> = fc.oneof(
  fc.record({ kind: fc.constantFrom(...plainCommands) }),
  fc.record({ kind: fc.constantFrom(...numberCommands), number: numbers }),
  fc.record({ kind: fc.constant('set-language'), language: text }),
  fc.record({
    kind: fc.constant('set-quiet-hours'),
    hours: fc.oneof(fc.constant('off' as const), fc.record({ fromMinute: minutes, toMinute: minutes })),
  }),
  fc.record({ kind: fc.constant('set-channels'), channels: someChannels }),
  fc.record({ kind: fc.constant('set-privacy'), who: fc.constantFrom('everyone', 'listed', 'nobody') }),
  fc.record({ kind: fc.constant('incomplete'), argument: fc.constantFrom(...argumentKinds) }),
);

const answerFields = {
  kind: fc.constantFrom(...answerKinds),
  profile: fc.option(profiles, { nil: undefined }),
  atMs: timeMs,
};

const selfCareAnswers: fc.Arbitrary<SelfCareAnswer> = fc.oneof(
  fc.record(
    {
      ...answerFields,
      number: numbers,
      argument: fc.constantFrom(...argumentKinds),
      orderedAtMs: fc.integer({ min: 1 }),
    },
    { requiredKeys: ['kind', 'profile', 'atMs'] },
  ),
  fc.record({
    ...answerFields,
    callers: fc.array(missedCallers, { maxLength: 5 }),
    furtherCalls: uint32,
  }),
);

const selfCareStates: fc.Arbitrary<SelfCareState> = fc.record({
  answersAwaited: fc.array(effectIds, { maxLength: 3 }),
  texts: fc.array(text, { maxLength: 3 }),
  ordered: fc.array(fc.record({ subscriber: numbers, orderedAtMs: timeMs }), { maxLength: 3 }),
  reports: fc.array(fc.record({ caller: numbers, reportedAtMs: timeMs }), { maxLength: 3 }),
});

const ways = fc.constantFrom('sms' as const, 'ussd' as const);

const eventKinds: fc.Arbitrary<EventKind> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('call-missed'),
      callKey: callKeys,
      caller: callers,
      presentation: fc.constantFrom('allowed', 'restricted', 'unavailable'),
      attemptedAtMs: timeMs,
      reason: reasons,
      cause: uint32,
      answerToken: sequence,
      message: fc.constantFrom('tBusy', 'tNoAnswer', 'tAbandon', 'dialogue-gone'),
      abroad: fc.constant(true),
    },
    {
      requiredKeys: [
        'kind',
        'callKey',
        'caller',
        'presentation',
        'attemptedAtMs',
        'reason',
        'cause',
        'answerToken',
      ],
    },
  ),
  fc.record({ kind: fc.constant('call-obstructed'), caller: callers, attemptedAtMs: timeMs, cause: uint32 }),
  fc.record({ kind: fc.constant('call-answered'), callKey: callKeys, caller: callers }),
  fc.record({ kind: fc.constant('subscriber-reachable'), source: sources }),
  fc.record({
    kind: fc.constant('subscriber-reachable'),
    source: sources,
    answerToken: fc.integer({ min: 1, max: 2 ** 32 }),
    ageMs: fc.integer({ min: 1, max: 2 ** 32 }),
    noticesWaitMs: fc.integer({ min: 1, max: 2 ** 32 }),
  }),
  fc.record({
    kind: fc.constant('subscriber-reachable'),
    source: sources,
    mmCode,
    smsc: fc.string({ minLength: 1, maxLength: 8 }),
  }),
  fc.record(
    { kind: fc.constant('subscriber-unreachable'), source: sources, mmCode },
    { requiredKeys: ['kind', 'source'] },
  ),
  fc.record(
    {
      ...noticeOutcome,
      handedOver: handedOverTo,
      supersededGone: fc.constant(true),
      via,
      channel: channels,
      gone: fc.array(text, { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: Object.keys(noticeOutcome) as (keyof typeof noticeOutcome)[] },
  ),
  fc.record({
    kind: fc.constant('receipt-came'),
    smsc: text,
    messageId: text,
    fate: fc.constantFrom('delivered', 'expired', 'failed', 'waiting', 'unknown'),
    detail: text,
    answerToken: sequence,
  }),
  fc.record({
    kind: fc.constant('reachability-outcome'),
    effect: effectIds,
    result: results,
    onWaitingList: fc.boolean(),
    storedAs: callers,
    startedAtMs: timeMs,
    detail: text,
    via,
  }),
  fc.record({ kind: fc.constant('timer-fired'), generation: uint32 }),
  fc.record({
    kind: fc.constant('admin-command'),
    command: fc.oneof(
      fc.record({ kind: fc.constant('set-profile'), profile: profiles }),
      fc.record({ kind: fc.constant('remove') }),
      fc.record({ kind: fc.constant('forget-number'), number: numbers }),
      fc.record({ kind: fc.constant('close-e-mail'), address: text }),
      fc.record({
        kind: fc.constant('open-inbox'),
        read: fc.array(effectIds, { maxLength: 3 }),
        removed: fc.array(effectIds, { maxLength: 3 }),
      }),
    ),
    answerToken: sequence,
  }),
  fc.record({ kind: fc.constant('told'), source: effectIds, from: numbers, what: tells }),
  fc.record(
    {
      kind: fc.constant('self-care'),
      command: selfCareCommands,
      way: ways,
      answerToken: sequence,
      newcomer: fc.record(
        { language: text, timeZone: text, serviceClass: fc.string({ minLength: 1, maxLength: 8 }) },
        { requiredKeys: ['language', 'timeZone'] },
      ),
    },
    { requiredKeys: ['kind', 'command', 'way', 'answerToken'] },
  ),
  fc.record({ kind: fc.constant('answer-written'), effect: effectIds, text }),
  fc.record({ kind: fc.constant('list-asked'), answerToken: sequence }),
);

const offsets = fc.integer({ min: -86_400_000, max: 86_400_000 });

export const events: fc.Arbitrary<SubscriberEvent> = fc.record(
  {
    subscriber: numbers,
    atMs: timeMs,
    what: eventKinds,
    zone: fc.record({ offsetMs: offsets, changesAtMs: timeMs, thenOffsetMs: offsets }),
  },
  { requiredKeys: ['subscriber', 'atMs', 'what'] },
);

const effectKinds: fc.Arbitrary<EffectKind> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('send-notice'),
      notice: notices,
      firstPart: uint32,
      priority: fc.boolean(),
      askedSinceMs: fc.integer({ min: 1, max: 2 ** 40 }),
      quietFromMs: fc.integer({ min: 1, max: 2 ** 40 }),
      replaces: smscMessages,
    },
    { requiredKeys: ['kind', 'notice', 'firstPart', 'priority'] },
  ),
  fc.record(
    {
      kind: fc.constant('query-reachability'),
      subscriber: numbers,
      priority: fc.boolean(),
      askedSinceMs: fc.integer({ min: 1, max: 2 ** 40 }),
    },
    { requiredKeys: ['kind', 'subscriber', 'priority'] },
  ),
  fc.record({ kind: fc.constant('tell-subscriber'), subscriber: numbers, from: numbers, what: tells }),
  fc.record({ kind: fc.constant('answer-alert'), answerToken: sequence }),
  fc.record({ kind: fc.constant('answer-receipt'), answerToken: sequence }),
  fc.record({ kind: fc.constant('recall-notice'), effect: effectIds }),
  fc.record({ kind: fc.constant('cancel-notice'), recipient: callers, messages: smscMessages }),
  fc.record(
    {
      kind: fc.constant('query-notice'),
      recipient: numbers,
      subscriber: numbers,
      messages: smscMessages,
    },
    { requiredKeys: ['kind', 'recipient', 'messages'] },
  ),
  fc.record({
    kind: fc.constant('answer-call'),
    answerToken: sequence,
    answer: fc.oneof(
      fc.record({ kind: fc.constant('continue') }),
      fc.record({ kind: fc.constant('release'), cause: uint32 }),
    ),
  }),
  fc.record({ kind: fc.constant('answer-command'), answerToken: sequence }),
  fc.record({
    kind: fc.constant('answer-self-care'),
    way: ways,
    subscriber: numbers,
    answerToken: sequence,
    answer: selfCareAnswers,
  }),
);

export const effects: fc.Arbitrary<Effect> = fc.record({ id: effectIds, what: effectKinds });

const ruleStates: fc.Arbitrary<RuleState> = fc.record(
  {
    waitingSinceMs: timeMs,
    toldDay: fc.integer({ min: -1_000_000, max: 1_000_000 }),
    toldOnDay: uint32,
    hinted: fc.array(missedCallers, { maxLength: 3 }),
    hintedFurther: uint32,
    hintedAtMs: timeMs,
    asked: fc.array(missedCallers, { maxLength: 3 }),
    askedFurther: uint32,
    settled: fc.array(fc.record({ number: numbers, untilMs: timeMs }), { maxLength: 3 }),
    away: fc.array(calleesAway, { maxLength: 3 }),
    awayTold: fc.array(numbers, { maxLength: 3 }),
    withheldCalls: fc.array(
      fc.record({
        subscriber: numbers,
        attemptsAtMs: fc.array(timeMs, { maxLength: 3 }),
        reason: reasons,
        askedAtMs: timeMs,
        shownAtMs: timeMs,
      }),
      { maxLength: 3 },
    ),
    failuresTold: fc.array(fc.record({ caller: numbers, cause: failureCauses, atMs: timeMs }), {
      maxLength: 3,
    }),
    welcome: fc.constantFrom('none', 'due', 'told'),
    lineAwaited: fc.array(
      fc.record({ subscriber: numbers, attemptedAtMs: timeMs, busySinceMs: timeMs, untilMs: timeMs }),
      { maxLength: 3 },
    ),
    lineFreeAtMs: timeMs,
    optIn: fc.record({
      missedCalls: fc.boolean(),
      notifyMe: fc.constantFrom('off', 'listed', 'always'),
      askedAtMs: timeMs,
    }),
  },
  {
    requiredKeys: [
      'waitingSinceMs',
      'toldDay',
      'toldOnDay',
      'hinted',
      'hintedFurther',
      'hintedAtMs',
      'asked',
      'askedFurther',
      'settled',
      'away',
      'awayTold',
      'failuresTold',
      'withheldCalls',
      'welcome',
      'lineAwaited',
      'lineFreeAtMs',
    ],
  },
);

const watchers = fc.record({ subscriber: numbers, attemptedAtMs: timeMs, awaySinceMs: timeMs });
const lastAttempts = fc.record(
  { subscriber: numbers, attemptedAtMs: timeMs, awaySinceMs: timeMs, busy: fc.constant(true) },
  { requiredKeys: ['subscriber', 'attemptedAtMs', 'awaySinceMs'] },
);

const stateFields = {
  number: numbers,
  profile: fc.option(profiles, { nil: undefined }),
  sequence,
  missed: fc.array(missedCallers, { maxLength: 5 }),
  furtherCalls: uint32,
  returns: fc.array(returns, { maxLength: 3 }),
  returnsHeard: fc.array(fc.record({ subscriber: numbers, returnedAtMs: timeMs }), { maxLength: 3 }),
  lastAttempts: fc.array(lastAttempts, { maxLength: 3 }),
  watchers: fc.array(watchers, { maxLength: 3 }),
  seenCalls: fc.array(fc.record({ callKey: callKeys, atMs: timeMs }), { maxLength: 3 }),
  alertsFor: fc.array(numbers, { maxLength: 3 }),
  tellsHeard: fc.array(effectIds, { maxLength: 3 }),
  delivery: fc.constantFrom('idle', 'trying', 'awaiting-return', 'backing-off', 'handed-over', 'held'),
  trying: fc.option(effectIds, { nil: undefined }),
  notice: fc.option(notices, { nil: undefined }),
  partsDelivered: uint32,
  noticeFixed: fc.boolean(),
  handedOver: fc.option(handedOver, { nil: undefined }),
  failures: uint32,
  passingFailures: uint32,
  notices: uint32,
  lastNoticeAtMs: timeMs,
  absences: uint32,
  absent: fc.boolean(),
  absentSinceMs: timeMs,
  reachableAtMs: timeMs,
  evidenceAheadAtMs: timeMs,
  onWaitingList: fc.boolean(),
  deadlineAtMs: timeMs,
  deadlineGeneration: uint32,
  fallback: fc.option(
    fc.record({
      failed: fc.array(channels, { maxLength: 4 }),
      awaitsReturn: fc.boolean(),
      anyway: fc.boolean(),
      mayRecover: fc.boolean(),
    }),
    { nil: undefined },
  ),
  selfCare: fc.option(selfCareStates, { nil: undefined }),
} as const;

/** An entry is of the subscriber's own calls, or of returns. */
const inboxes = fc.record({
  entries: fc.array(
    fc.record({
      notice: fc.record({ ...noticeFields, content: fc.oneof(missedCalls, returnsContent) }),
      sinceMs: timeMs,
      readAtMs: timeMs,
      untilMs: timeMs,
    }),
    { maxLength: 3 },
  ),
  isPassedBy: fc.boolean(),
});

export const states: fc.Arbitrary<SubscriberState> = fc
  .record(
    { ...stateFields, rules: ruleStates, reachableBy: sources, mailThread: mailThreads, inbox: inboxes },
    { requiredKeys: Object.keys(stateFields) as (keyof typeof stateFields)[] },
  )
  .map((state) => {
    const { inbox, number: recipient } = state;
    if (inbox === undefined) return state;
    const entries = inbox.entries.map((entry) => ({ ...entry, notice: { ...entry.notice, recipient } }));
    return { ...state, inbox: { ...inbox, entries } };
  });

const rulings: fc.Arbitrary<Ruling> = fc.record(
  {
    rule: fc.constantFrom('blocked', 'expired', 'settled', 'held', 'given-up', 'no-service', 'unread'),
    of: callers,
    by: fc.constantFrom('quiet-hours', 'digest', 'cap'),
    untilMs: fc.integer({ min: 1 }),
  },
  { requiredKeys: ['rule'] },
);

const journalEntries: fc.Arbitrary<JournalEntry> = fc.record(
  {
    partition: fc.nat({ max: 63 }),
    sequence,
    event: events,
    effects: fc.array(effects, { maxLength: 3 }),
    ruled: fc.array(rulings, { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: ['partition', 'sequence', 'event', 'effects'] },
);

export const journalRecords: fc.Arbitrary<JournalRecord> = fc.record({
  entries: fc.array(journalEntries, { maxLength: 5 }),
  closed: fc.array(effectIds, { maxLength: 3 }),
});
