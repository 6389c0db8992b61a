import { boolean, integer, oneOf, optionalText, section, text } from '../../keys.ts';
import { filePath, host, mailAddress, plainText, secretReference } from '../../rules.ts';
import { connectorKeys } from './limits.ts';
import { unsubscribe } from './unsubscribe.ts';

export const eMail = section('E-mail, handed to one relay over SMTP.', {
  enabled: boolean('Whether it is sent.', false),
  host: optionalText('The relay.', host, 'smtp.example'),
  port: integer('Its TCP port: 587 for submission, 465 for TLS from the first octet.', {
    from: 1,
    to: 65_535,
    default: 587,
  }),
  security: oneOf(
    'How the connection is encrypted. starttls: nothing is sent before the connection is encrypted; tls: it is from the beginning; none: for a relay on this machine. Certificates are checked.',
    ['starttls', 'tls', 'none'],
    'starttls',
  ),
  caFile: optionalText(
    'Certificates of the authorities that are trusted, PEM; without it those that Node trusts.',
    filePath,
    'relay-ca.pem',
  ),
  user: optionalText('Name that we authenticate with; without it we do not.', plainText, 'callwake'),
  password: optionalText('Where the password stands.', secretReference, 'env:CALLWAKE_SMTP_PASSWORD'),
  clientName: optionalText(
    'Name that we greet with (EHLO); without it that of this machine.',
    host,
    'callwake.example',
  ),
  from: optionalText(
    'Address that subscribers see; its domain is that of Message-IDs.',
    mailAddress,
    'missed-calls@operator.example',
  ),
  fromName: text('Name beside it.', plainText, 'Missed calls'),
  envelopeSender: optionalText(
    'Address that bounces go to; without it they go to the one that subscribers see.',
    mailAddress,
    'bounces@operator.example',
  ),
  smtpUtf8: boolean(
    'Whether the relay takes addresses with other characters than ASCII before the @ (SMTPUTF8).',
    false,
  ),
  unsubscribe,
  connections: integer('Connections to the relay at once.', { from: 1, to: 100, default: 4 }),
  messagesPerConnection: integer('Messages after which a connection is closed.', {
    from: 1,
    to: 100_000,
    default: 100,
  }),
  connectMs: integer('From the first packet to the end of STARTTLS.', {
    from: 100,
    to: 600_000,
    default: 30_000,
  }),
  stepMs: integer('Silence of the relay after which a connection is given up.', {
    from: 100,
    to: 600_000,
    default: 120_000,
  }),
  idleMs: integer('A connection without work is closed after so long.', {
    from: 100,
    to: 600_000,
    default: 10_000,
  }),
  ...connectorKeys({ sendsPerSecond: 20, sendMs: 300_000 }),
});
