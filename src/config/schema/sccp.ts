import { DEFAULT_TIMES, MTP_MESSAGE_OCTETS_MAX } from '../../stack/sccp/configuration.ts';
import {
  boolean,
  element,
  integer,
  list,
  oneOf,
  optional,
  optionalInteger,
  record,
  required,
  section,
} from '../keys.ts';
import { digitPattern, digits, type PointCodeFormat, pointCodeExample, pointCodeRules } from '../rules.ts';

const subsystem = { from: 1, to: 254 };

/** ITU-T Q.713 §3.4.2.3 */
const titleFields = {
  indicator: { from: 1, to: 4 },
  translationType: { from: 0, to: 255 },
  numberingPlan: { from: 0, to: 15 },
  natureOfAddress: { from: 0, to: 127 },
} as const;

const target = (format: PointCodeFormat) =>
  record({
    pointCode: optional(
      'Where messages go; left out: nowhere else. They are for a subsystem here, or their new title is translated again.',
      pointCodeRules[format],
      pointCodeExample(format, 1),
    ),
    routing: oneOf(
      'What the next node routes on: gt when it translates further, ssn when it is the end.',
      ['gt', 'ssn'],
      'gt',
    ),
    ssn: optionalInteger('Subsystem number to put into the called address; left out: as it was.', {
      ...subsystem,
      example: 6,
    }),
    strip: integer('Digits to take away from the front of the title.', { from: 0, to: 24, default: 0 }),
    prefix: optional('Digits to put in front of what is left.', digits, '49'),
    replacement: optional('Digits that stand in for all others.', digits, '491700000'),
    globalTitleIndicator: optionalInteger('New global title indicator.', {
      ...titleFields.indicator,
      example: 4,
    }),
    translationType: optionalInteger('New translation type.', { ...titleFields.translationType, example: 0 }),
    numberingPlan: optionalInteger('New numbering plan.', { ...titleFields.numberingPlan, example: 1 }),
    natureOfAddress: optionalInteger('New nature of address.', {
      ...titleFields.natureOfAddress,
      example: 4,
    }),
  });

const translation = (format: PointCodeFormat) =>
  record({
    digits: required('Called digits that it is for; the longest that fits is taken.', digitPattern, '49*'),
    globalTitleIndicator: optionalInteger('Only for this global title indicator.', {
      ...titleFields.indicator,
      example: 4,
    }),
    translationType: optionalInteger('Only for this translation type.', {
      ...titleFields.translationType,
      example: 0,
    }),
    numberingPlan: optionalInteger('Only for this numbering plan: 1 is E.164, 6 E.212, 7 E.214.', {
      ...titleFields.numberingPlan,
      example: 1,
    }),
    natureOfAddress: optionalInteger('Only for this nature of address: 4 is international.', {
      ...titleFields.natureOfAddress,
      example: 4,
    }),
    mode: oneOf(
      'Which target is taken. solitary: the first. dominant: the first that can be reached. loadshare: all that can be, by SLS.',
      ['solitary', 'dominant', 'loadshare'],
      'dominant',
    ),
    targets: list('Where to.', target(format), {
      allowed: 'a list of targets, one at least',
      atLeast: 1,
      atMost: 16,
    }),
  });

const ownGlobalTitle = record({
  digits: required('The digits.', digits, '491700000'),
  ssn: optionalInteger('Subsystem for messages that name none.', { ...subsystem, example: 8 }),
});

const destination = (format: PointCodeFormat) =>
  record({
    pointCode: required('The node.', pointCodeRules[format], format === 'itu' ? '2-100-1' : '200-100-1'),
    messages: oneOf(
      'What carries data that is too long for a UDT. udt: nothing. xudt: XUDT, in segments. ludt: LUDT, where the whole way takes it.',
      ['udt', 'xudt', 'ludt'],
      'xudt',
    ),
    messageOctetsMax: optionalInteger(
      'Longest SCCP message that goes there whole; left out: as for all others, with ludt 4096.',
      { from: 64, to: 4_096, example: 4_000 },
    ),
  });

export const sccp = (format: PointCodeFormat) =>
  section('Addressing by global title (ITU-T Q.713, Q.714).', {
    ownGlobalTitles: list(
      'Global titles that lead here, beside map.serviceCentreNumber and map.gsmScfNumber.',
      ownGlobalTitle,
      { allowed: 'a list of global titles' },
    ),
    translations: list('Where called global titles lead.', translation(format), {
      allowed: 'a list of translations',
      atMost: 10_000,
      example: [{ digits: '*', targets: [{ pointCode: pointCodeExample(format, 1) }] }],
    }),
    concernedPointCodes: list(
      'Nodes that are told when a subsystem of ours comes or goes.',
      element(pointCodeRules[format]),
      { allowed: 'a list of point codes', atMost: 100 },
    ),
    destinations: list('Nodes that take other messages than XUDT.', destination(format), {
      allowed: 'a list of destinations',
      atMost: 1_000,
    }),
    messagePriorities: boolean(
      'Whether the network has message priorities (a national option of MTP); they follow from the importance.',
      false,
    ),
    hopCounter: integer('Hop counter of what is sent.', { from: 1, to: 15, default: 15 }),
    messageOctetsMax: integer(
      'Longest SCCP message that is sent whole; a longer one is segmented. 268 is what an MTP link takes.',
      { from: 64, to: 3_952, default: MTP_MESSAGE_OCTETS_MAX },
    ),
    reassemblyMs: integer('T(reassembly): how long the segments of a message may take.', {
      from: 1_000,
      to: 60_000,
      default: DEFAULT_TIMES.reassemblyMs,
    }),
    statusTestMinMs: integer(
      'T(stat.info): first pause between tests of a subsystem that is away; it doubles.',
      { from: 1_000, to: 3_600_000, default: DEFAULT_TIMES.statusTestMinMs },
    ),
    statusTestMaxMs: integer('Longest such pause.', {
      from: 1_000,
      to: 86_400_000,
      default: DEFAULT_TIMES.statusTestMaxMs,
    }),
    congestionAttackMs: integer(
      'T(a): how soon further news of a congested node counts, and restricts the traffic to it by another step.',
      { from: 100, to: 10_000, default: DEFAULT_TIMES.attackMs },
    ),
    congestionDecayMs: integer('T(d): how long without such news until there is a step less.', {
      from: 1_000,
      to: 60_000,
      default: DEFAULT_TIMES.decayMs,
    }),
    congestionReportMs: integer('T(con): the same for what the SCCP of a node says of itself (SSC).', {
      from: 1_000,
      to: 60_000,
      default: DEFAULT_TIMES.congestionMs,
    }),
    reassembliesMax: integer('Messages that may be in reassembly at once.', {
      from: 1,
      to: 100_000,
      default: 4_096,
    }),
    reassemblyOctetsMax: integer('Their octets.', { from: 65_536, to: 1_073_741_824, default: 8_388_608 }),
  });
