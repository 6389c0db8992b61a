import {
  boolean,
  integer,
  list,
  oneOf,
  optionalText,
  record,
  requiredText,
  section,
  text,
  textElement,
} from '../keys.ts';
import { filePath, host, name } from '../rules.ts';

const shortText = (octetsMax: number) => ({
  allowed: `0 … ${octetsMax} characters of ASCII`,
  holds: (value: string) => value.length <= octetsMax && /^[\x20-\x7e]*$/.test(value),
});

const numberPrefix = {
  allowed: '1 … 15 digits',
  holds: (value: string) => /^\d{1,15}$/.test(value),
};

const smsc = record({
  name: requiredText(
    'What it is called in the log, in metrics and in what is kept of notices: it stays the same as long as the SMSC has messages of ours.',
    name,
    'smsc-a',
  ),
  hosts: list(
    'Its addresses; a link is kept to each, and to one that stands there twice two.',
    textElement(host),
    { allowed: '1 … 16 addresses', atLeast: 1, atMost: 16, example: ['127.0.0.1'] },
  ),
  port: integer('Its TCP port.', { from: 1, to: 65_535, default: 2775 }),
  tls: boolean('TLS, with the SMSC’s certificate verified.', false),
  systemId: requiredText('As the SMSC knows us: system_id.', shortText(15), 'callwake'),
  passwordFile: optionalText(
    'A file whose first line is the password; left out: none.',
    filePath,
    '/etc/callwake/smsc-a.password',
  ),
  systemType: text('What kind of system we are, where the SMSC asks for it: system_type.', shortText(12), ''),
  bind: oneOf(
    'One session for both ways (transceiver), or one to send and one to receive (pair), for SMSCs that know no transceiver.',
    ['transceiver', 'pair'],
    'transceiver',
  ),
  window: integer('Requests of a link that wait for their answer.', { from: 1, to: 10_000, default: 50 }),
  concatenation: oneOf(
    'How a long text goes: header: in parts with a user data header. sar: with the sar TLVs. payload: whole, and the SMSC cuts it.',
    ['header', 'sar', 'payload'],
    'header',
  ),
  serviceType: text('Which service of the SMSC the notices use: service_type.', shortText(5), ''),
  validityMinutes: integer('How long the SMSC tries.', { from: 1, to: 43_200, default: 1_440 }),
  receipts: oneOf(
    'What the SMSC is to tell of. final: whatever becomes of a message. failures: that it was not delivered. none: nothing; we ask when its time is over. A service class that says otherwise than final goes first.',
    ['final', 'failures', 'none'],
    'final',
  ),
  replacesIfPresent: boolean(
    'It does what replace_if_present_flag says, and what waits is replaced by one submit_sm. That it does not is learnt, at the price of two requests. Not where notices of several subscribers go to one number: it tells messages apart by source, destination and service_type alone.',
    false,
  ),
  replaces: boolean(
    'It can replace_sm, and notices are replaced in place; that it cannot is learnt. A replacement whose response is lost cannot be told from one that was not done: what cancel_sm and submit_sm do can, at the price of a second request.',
    false,
  ),
  cancels: boolean('It can cancel_sm.', true),
  prefixes: list(
    'Beginnings of the numbers that it is for, country code first; of several SMSCs the longest wins, and where that one is down the next longest. None: all numbers.',
    textElement(numberPrefix),
    { allowed: 'a list of up to 1 000 beginnings of numbers', atMost: 1_000, example: ['49151', '4916'] },
  ),
  submitsPerSecond: integer(
    'Submissions a second at most; fewer after it has said that it is too much. 0: as many as the windows take.',
    { from: 0, to: 100_000, default: 0 },
  ),
  enquireLinkMs: integer('Silence after which the SMSC is asked whether it is there.', {
    from: 1_000,
    to: 3_600_000,
    default: 30_000,
  }),
  responseMs: integer('How long an answer may take.', { from: 1_000, to: 600_000, default: 30_000 }),
});

export const smpp = section(
  'SMSCs that notices go to. None: they go to the handsets by MAP, without an SMSC.',
  {
    smscs: list('For each number by prefixes; of several for it the first that is there is taken.', smsc, {
      allowed: 'a list of up to 8',
      atMost: 8,
    }),
    reconnectMs: integer('First pause before a link is set up again; it doubles with each try.', {
      from: 100,
      to: 600_000,
      default: 1_000,
    }),
    reconnectMaxMs: integer('Longest such pause.', { from: 100, to: 3_600_000, default: 60_000 }),
    pduOctetsMax: integer('Longest PDU that is taken.', { from: 1_024, to: 1_048_576, default: 65_536 }),
  },
);
