import { boolean, integer, list, oneOf, optionalText, section, text, textElement } from '../../keys.ts';
import { eventSource, filePath, secretReference, webhookUrl } from '../../rules.ts';
import { connectorKeys } from './limits.ts';

export const webhook = section('Notices as CloudEvents, by POST to an address of the operator’s.', {
  enabled: boolean('Whether they are sent.', false),
  url: optionalText('Where they go.', webhookUrl, 'https://events.operator.example/callwake'),
  secrets: list(
    'Where the keys stand that they are signed with: whsec_ and base64 of 24 … 64 octets. While there are two, both sign, so that a receiver can change from one to the other.',
    textElement(secretReference),
    {
      allowed: 'a list of 1 or 2 of file:PATH or env:NAME',
      atMost: 2,
      example: ['env:CALLWAKE_WEBHOOK_SECRET'],
    },
  ),
  contentMode: oneOf(
    'How an event is put into a request. structured: the event is the body; binary: its data is, and its attributes are headers, which are not signed.',
    ['structured', 'binary'],
    'structured',
  ),
  source: text('The attribute source of the events.', eventSource, '/callwake'),
  caFile: optionalText(
    'Certificates of the authorities that are trusted, PEM; without it those that Node trusts.',
    filePath,
    'events-ca.pem',
  ),
  allowPrivateAddresses: boolean(
    'Whether the address may be one of this machine or of a private network.',
    false,
  ),
  window: integer('Requests under way at once.', { from: 1, to: 1_000, default: 16 }),
  ...connectorKeys({ sendsPerSecond: 100, sendMs: 15_000 }),
});
