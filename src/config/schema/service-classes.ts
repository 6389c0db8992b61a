import { callerCategories } from '../../rules/caller-categories.ts';
import { defaultServiceClass as standard } from '../../rules/service-class.ts';
import {
  boolean,
  element,
  integer,
  list,
  oneOf,
  optional,
  optionalOneOf,
  record,
  requiredText,
  section,
  text,
  textElement,
} from '../keys.ts';
import { brand, callerPattern, hoursOfDay, name, timeOfDay } from '../rules.ts';

const missedReason = {
  allowed: 'busy, no-answer, not-reachable, abandoned, barred',
  holds: (value: string) => (standard.reasons as readonly string[]).includes(value),
};

const failureCause = (allowed: readonly string[]) => ({
  allowed: allowed.join(', '),
  holds: (value: string) => allowed.includes(value),
});

const ownCallCause = failureCause(['busy', 'no-answer', 'not-reachable', 'barred', 'network']);
const causeForCallers = failureCause(['busy', 'no-answer', 'barred', 'network']);

/** By the names that `ServiceClass` has for them. */
export const serviceClasses = list(
  'Kinds of subscribers: what holds where one has said nothing, and what none of them can change. The first is for everybody who names none. None: everything as by the defaults below.',
  record({
    name: requiredText('What a subscriber\u2019s preferences name.', name, 'standard'),
    reasons: list(
      'Which failed calls are told.',
      textElement(missedReason),
      { allowed: `a list of ${missedReason.allowed}`, atMost: 5 },
      standard.reasons,
    ),
    aggregation: oneOf(
      'Callers in one notice (together), or a notice for each, sent from the caller\u2019s number (per-caller).',
      ['together', 'per-caller'],
      standard.aggregation,
    ),
    teaser: boolean('A hint that there are missed calls; the list on demand.', standard.teaser),
    quietHours: optional(
      'Nothing is told then, in the subscriber\u2019s present time zone.',
      hoursOfDay,
      '22:00-07:00',
    ),
    digestAt: optional('Missed calls are told once a day, at this time.', timeOfDay, '08:00'),
    noticesPerDay: integer('Notices of missed calls a day; 0: any number.', {
      from: 0,
      to: 1_000,
      default: standard.noticesPerDay,
    }),
    noticesPerDayMax: integer('So many a subscriber can ask for; 0: any number.', {
      from: 0,
      to: 1_000,
      default: standard.noticesPerDayMax,
    }),
    expiryMinutes: integer('Calls that are older are told no more; 0: never too old. 2880 is two days.', {
      from: 0,
      to: 100_000,
      default: standard.expiryMinutes,
    }),
    expiryMinutesMax: integer('So long a time a subscriber can ask for; 0: any time.', {
      from: 0,
      to: 100_000,
      default: standard.expiryMinutesMax,
    }),
    callerFilter: oneOf(
      'Which callers are told: all but those on the subscriber\u2019s list (block-listed), or those on it (only-listed).',
      ['none', 'block-listed', 'only-listed'],
      standard.callerFilter,
    ),
    withheld: optionalOneOf('As notices.withheld.', ['suppress', 'count', 'ask'], 'count'),
    showHours: integer(
      'For so many hours after a call with a withheld number the subscriber, asked whether it may be shown, can answer.',
      { from: 1, to: 168, default: standard.showHours },
    ),
    mailbox: oneOf(
      'How notices go with a mailbox. instead: what it takes (busy, no answer, not reachable) is not told.',
      ['none', 'beside', 'instead'],
      standard.mailbox,
    ),
    returnPrivacy: oneOf(
      'Who may be told that the subscriber is back.',
      ['everyone', 'listed', 'nobody'],
      standard.returnPrivacy,
    ),
    returnsAtOnce: boolean('That somebody is back is told in quiet hours, too.', standard.returnsAtOnce),
    calleeAway: boolean(
      'Callers who want to know are told that the subscriber is away, with the subscriber\u2019s own words.',
      standard.calleeAway,
    ),
    causesForCallers: list(
      'By which other causes callers who want to know are told why a call to the subscriber failed, once in a series. An event for each such call.',
      textElement(causeForCallers),
      { allowed: `a list of ${causeForCallers.allowed}`, atMost: 4 },
    ),
    ownCallCauses: list(
      'By which causes the subscriber, as a caller, is told why the call failed, where the called party\u2019s class has it told (calleeAway, causesForCallers).',
      textElement(ownCallCause),
      { allowed: `a list of ${ownCallCause.allowed}`, atMost: 5 },
      standard.ownCallCauses,
    ),
    precedence: oneOf(
      'Both parties of a failed call have a service: both go on, or that of the called party, or that of the caller.',
      ['both', 'called', 'caller'],
      standard.precedence,
    ),
    spokenBothWays: boolean(
      'Who calls the subscriber and is answered is told no more of calls the other way. An event for each answered call.',
      standard.spokenBothWays,
    ),
    lineFree: boolean(
      'Callers who met a busy line, and want to know, are told when it is free. An answered call is watched to its end.',
      standard.lineFree,
    ),
    lineFreeMinutes: integer(
      'Where nothing shows that the line is free, callers are told so long after their call.',
      {
        from: 1,
        to: 1_440,
        default: standard.lineFreeMinutes,
      },
    ),
    welcome: boolean('A notice when the first service opens, once.', standard.welcome),
    doubleOptIn: boolean(
      'Before the first service opens that was provisioned, or ordered by a number that is not known, the subscriber is asked by short message, and it opens with the answer YES within 24 hours. Needs selfCare.serviceNumbers.',
      standard.doubleOptIn,
    ),
    receipts: oneOf(
      'What an SMSC is asked to tell of a notice: final: what becomes of it in the end, or what smpp.smscs[].receipts says. failures: that it was not delivered. intermediate: of tries that fail on the way, too. none: nothing; it is asked when its time is over.',
      ['none', 'final', 'failures', 'intermediate'],
      standard.receipts,
    ),
    priority: integer('Of a notice with an SMSC (SMPP priority_flag).', {
      from: 0,
      to: 3,
      default: standard.priority,
    }),
    brand: text('Whose texts; empty: the operator\u2019s own.', brand, standard.brand),
  }),
  {
    allowed: 'a list of service classes',
    atMost: 100,
    example: [{ name: 'standard', expiryMinutes: 2_880 }],
  },
);

const category = {
  allowed: callerCategories.join(', '),
  holds: (value: string) => (callerCategories as readonly string[]).includes(value),
};

const patterns = (description: string, example?: readonly string[]) =>
  list(description, element(callerPattern), {
    allowed:
      'a list of 0 … 1 000 numbers, each with its country code, or the beginnings of some with * at the end',
    atMost: 1_000,
    ...(example === undefined ? {} : { example }),
  });

/** Lists of callers that hold for every subscriber. */
export const callers = section('Whose calls are told to nobody.', {
  emergency: patterns('Emergency services, and what they call back from.', ['49112', '49110']),
  serviceNumbers: patterns('Customer care, short numbers and other services.', ['491802*']),
  payphones: patterns('Public telephones: nobody can be called back there.', ['4930555*']),
  categories: list(
    'Callers whom nobody calls back, by the category that the network signals (ITU-T Q.763 §3.11).',
    textElement(category),
    { allowed: `a list of ${category.allowed}`, atMost: 4 },
    ['payphone', 'test-call'],
  ),
  blocked: patterns('Callers who are blocked for everybody.'),
});
