import { integer, integerElement, list, oneOf, section } from '../keys.ts';

const armed = ['interrupted', 'notify'] as const;

export const cap = section('As gsmSCF in calls (3GPP TS 29.078).', {
  serviceKeys: list(
    'Service keys that are ours; none: all. A call with another one goes on untouched.',
    integerElement({ from: 0, to: 2_147_483_647 }),
    { allowed: 'a list of integers, 0 … 2 147 483 647', atMost: 100 },
  ),
  originatingServiceKeys: list(
    'Service keys of calls that subscribers make (O-CSI): they show that who calls is there, and go on untouched; none: such calls are nothing to us.',
    integerElement({ from: 0, to: 2_147_483_647 }),
    { allowed: 'a list of integers, 0 … 2 147 483 647', atMost: 100 },
  ),
  answerDeadlineMs: integer('A call that waits until its miss is durable is let go on after this long.', {
    from: 10,
    to: 10_000,
    default: 300,
  }),
  callsMax: integer('Calls at once; further ones go on without us.', {
    from: 16,
    to: 1_000_000,
    default: 50_000,
  }),
  armBusy: oneOf(
    'How busy (tBusy) is armed. interrupted: the call waits for our answer. notify: we are only told.',
    armed,
    'interrupted',
  ),
  armNoAnswer: oneOf('How no answer (tNoAnswer) is armed.', armed, 'interrupted'),
  roamingCalls: oneOf(
    'What becomes of a call to a subscriber who is registered abroad (locationInformation) once it is told as missed. release: it ends with its cause at the GMSC, and no forwarding is paid for. Needs interrupted arming.',
    ['continue', 'release'],
    'continue',
  ),
  operationMs: integer('How long an operation of ours may take.', {
    from: 1_000,
    to: 60_000,
    default: 10_000,
  }),
});
