import { integer, list, optionalText, section, text, textElement } from '../../keys.ts';
import { host, mailAddress, secretReference, unsubscribeUrl } from '../../rules.ts';

export const unsubscribe = section(
  'The way out that stands in each e-mail: who takes it is told by the other channels.',
  {
    url: optionalText(
      'Where the Internet reaches the listener below, over a proxy that has the certificate; a mailbox then shows a button (RFC 8058). What names the subscriber is put behind it.',
      unsubscribeUrl,
      'https://care.operator.example/unsubscribe',
    ),
    mailto: optionalText(
      'Address that is written to instead. What names the subscriber is the subject; whatever reads that mailbox hands it on to the listener below.',
      mailAddress,
      'unsubscribe@operator.example',
    ),
    secrets: list(
      'Where the secret stands that it is sealed with, 32 characters or more. Of two the first seals, and both open, so that one can follow another.',
      textElement(secretReference),
      {
        allowed: 'a list of 1 or 2 of file:PATH or env:NAME',
        atMost: 2,
        example: ['env:CALLWAKE_UNSUBSCRIBE_SECRET'],
      },
    ),
    host: text('Where requests are listened for: 127.0.0.1 for a proxy on this machine.', host, '127.0.0.1'),
    port: integer('TCP port; 0 for any that is free.', { from: 0, to: 65_535, default: 8081 }),
    requestsPerSecond: integer('Requests a second, at most; further ones are told to come again.', {
      from: 1,
      to: 1_000,
      default: 20,
    }),
  },
);
