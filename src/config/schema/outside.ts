import { boolean, integer, list, oneOf, optionalText, section, text, textElement } from '../keys.ts';
import { filePath, host, language, origin, timeZone } from '../rules.ts';

export const subscribers = section('Who is subscribed.', {
  importFile: optionalText(
    'Taken in at every start: CSV, as for callwake subscriber import.',
    filePath,
    'subscribers.csv',
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
