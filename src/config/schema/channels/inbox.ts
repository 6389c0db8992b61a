import { boolean, integer, list, section, text, textElement } from '../../keys.ts';
import { host, secretReference } from '../../rules.ts';

export const inbox = section(
  'Notices that wait in Callwake for the operator’s app, whose backend reads them over HTTP.',
  {
    enabled: boolean('Whether they may be read so.', false),
    secrets: list(
      'Where the key stands that the backend shows, 32 characters or more. Any of two opens, so that one can follow another.',
      textElement(secretReference),
      {
        allowed: 'a list of 1 or 2 of file:PATH or env:NAME',
        atMost: 2,
        example: ['env:CALLWAKE_INBOX_KEY'],
      },
    ),
    host: text('Where requests are listened for: 127.0.0.1 for a proxy on this machine.', host, '127.0.0.1'),
    port: integer('TCP port; 0 for any that is free.', { from: 0, to: 65_535, default: 8082 }),
    requestsPerSecond: integer('Requests a second, at most; further ones are told to come again.', {
      from: 1,
      to: 10_000,
      default: 500,
    }),
    unreadMinutes: integer(
      'What nobody has read for so long goes to the subscriber’s next channel, if there is one.',
      {
        from: 1,
        to: 10_080,
        default: 15,
      },
    ),
    keptDays: integer('What was read is kept for so long; what nobody reads, too.', {
      from: 1,
      to: 90,
      default: 7,
    }),
    entriesMax: integer(
      'Notices of one subscriber; what was read gives way, and while nothing was the next channel is due.',
      { from: 1, to: 100, default: 20 },
    ),
  },
);
