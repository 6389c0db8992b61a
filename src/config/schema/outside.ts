import {
  boolean,
  integer,
  list,
  oneOf,
  optionalText,
  record,
  required,
  section,
  text,
  textElement,
} from '../keys.ts';
import { filePath, host, language, name, numberPrefix, origin, timeZone } from '../rules.ts';

export const subscribers = section('Who is subscribed.', {
  importFile: optionalText(
    'Taken in at every start: CSV or NDJSON, as for callwake subscriber import.',
    filePath,
    'subscribers.csv',
  ),
  series: list(
    'What is so for new subscribers of a number series, where nothing else is said of them.',
    record({
      prefix: required(
        'Numbers that begin so; of several that fit, the longest counts.',
        numberPrefix,
        '+4917',
      ),
      language: optionalText('Instead of defaultLanguage.', language, 'de'),
      timeZone: optionalText('Instead of defaultTimeZone.', timeZone, 'Europe/Berlin'),
      serviceClass: optionalText('The service class that they begin in.', name, 'prepaid'),
    }),
    {
      allowed: 'a list of at most 10 000 series, each prefix once',
      atMost: 10_000,
      example: [{ prefix: '+4917', timeZone: 'Europe/Berlin', language: 'de' }],
    },
  ),
  defaultLanguage: text('For subscribers who have set none.', language, 'en'),
  defaultTimeZone: text('For subscribers who have set none.', timeZone, 'UTC'),
});

export const web = section('The page and its data.', {
  enabled: boolean('Whether it is served.', true),
  host: text(
    'Where it listens: 127.0.0.1 for this machine alone, 0.0.0.0 for all addresses.',
    host,
    '127.0.0.1',
  ),
  port: integer('TCP port; 0 for any that is free.', { from: 0, to: 65_535, default: 8080 }),
  allowedHosts: list(
    'Names that it answers to; none: those of this machine when it listens there alone, else any.',
    textElement(host),
    { allowed: 'a list of host names', atMost: 100, example: ['noc.example'] },
  ),
  allowedOrigins: list('Pages of other origins that may read the live data.', textElement(origin), {
    allowed: 'a list of origins',
    atMost: 100,
    example: ['https://noc.example'],
  }),
  clientsMax: integer('Pages open at once.', { from: 1, to: 10_000, default: 100 }),
  samplesPerSecond: integer('How often the figures of the pages are taken.', { from: 1, to: 5, default: 2 }),
  allowAcknowledge: boolean(
    'Whether whoever reaches the page may acknowledge alarms: the page has no users that it could tell apart.',
    true,
  ),
});

export const capacity = section('What this machine carries, for the page that compares.', {
  callsPerSecond: integer(
    'Calls per second, as measured on it by the load generator; 0: nobody has measured it.',
    {
      from: 0,
      to: 10_000_000,
      default: 0,
    },
  ),
});

export const log = section('The operating log, on standard error.', {
  level: oneOf('Nothing below it is written.', ['info', 'warn', 'error', 'silent'], 'info'),
  format: oneOf('How it is written. auto: text on a terminal, else json.', ['auto', 'text', 'json'], 'auto'),
});
