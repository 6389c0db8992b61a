import { integer, oneOf, optional, required, section } from '../keys.ts';
import { e164 } from '../rules.ts';

export const map = section('As a service centre towards HLR and MSC (3GPP TS 29.002).', {
  serviceCentreNumber: required(
    'Our number as a service centre. It must not be that of another one: an HLR keeps one waiting list entry for each.',
    e164,
    '+491700000',
  ),
  gsmScfNumber: optional('Our number as gsmSCF; left out: the service centre number.', e164, '+491700001'),
  handshake: oneOf(
    'The empty BEGIN before mt-ForwardSM. always; when-needed: when the message does not fit one signalling unit; never.',
    ['always', 'when-needed', 'never'],
    'always',
  ),
  operationShortMs: integer('Timer s: operations that are answered at once.', {
    from: 1_000,
    to: 30_000,
    default: 10_000,
  }),
  operationMediumMs: integer('Timer m: operations that ask another node.', {
    from: 5_000,
    to: 60_000,
    default: 30_000,
  }),
  operationLongMs: integer('Timer ml: operations that reach for a phone.', {
    from: 10_000,
    to: 600_000,
    default: 90_000,
  }),
});
