import { DEFAULT_TIMES, MTP_MESSAGE_OCTETS_MAX } from '../../stack/sccp/configuration.ts';
import {
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

const target = (format: PointCodeFormat) =>
  record({
    pointCode: required('Where messages go.', pointCodeRules[format], pointCodeExample(format, 1)),
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
  });

const translation = (format: PointCodeFormat) =>
  record({
    digits: required('Called digits that it is for; the longest that fits is taken.', digitPattern, '49*'),
    translationType: optionalInteger('Only for this translation type.', { from: 0, to: 255, example: 0 }),
    numberingPlan: optionalInteger('Only for this numbering plan: 1 is E.164, 6 E.212, 7 E.214.', {
      from: 0,
      to: 15,
      example: 1,
    }),
    natureOfAddress: optionalInteger('Only for this nature of address: 4 is international.', {
      from: 0,
      to: 127,
      example: 4,
    }),
    mode: oneOf(
      'Which target is taken. dominant: the first that can be reached. loadshare: all, by SLS.',
      ['dominant', 'loadshare'],
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
    reassembliesMax: integer('Messages that may be in reassembly at once.', {
      from: 1,
      to: 100_000,
      default: 4_096,
    }),
    reassemblyOctetsMax: integer('Their octets.', { from: 65_536, to: 1_073_741_824, default: 8_388_608 }),
  });
