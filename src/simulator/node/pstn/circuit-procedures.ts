/** Procedures of circuits: reset, blocking, query, circuits that are not there, and messages that are not known. */
import type { IsupMessage } from '../../../stack/isup/message.ts';
import { UNRECOGNIZED_CAUSE } from '../../../stack/isup/unrecognized.ts';
import type { Procedure } from '../role.ts';
import { type Exchange, TRUNKS, UNEQUIPPED } from './exchange.ts';
import { cause } from './numbers.ts';
import { received, sent } from './procedures.ts';

const ONE = [3];
const SEVERAL = [5, 6, 8];
/** Neither ITU-T Q.763 table 4 nor a network that we know of has it. */
const UNKNOWN_TYPE = 0xf5;
const UNKNOWN_PARAMETER = 0xee;
/** Circuit states as the other end has them (ITU-T Q.763 §3.14). */
const REMOTELY_BLOCKED = 2;

export function circuitProcedures(exchange: Exchange): Procedure[] {
  const { isup } = exchange;

  /** The peer's circuits that it says are blocked by this end. */
  async function blockedAtPeer(): Promise<{ readonly maintenance: number[]; readonly hardware: number[] }> {
    await exchange.answered('CQR', () => isup.query(TRUNKS));
    const which = (kind: 'maintenanceBlocking' | 'hardwareBlocking') =>
      exchange.states.flatMap((state, at) => (state[kind] === REMOTELY_BLOCKED ? [at + 1] : []));
    return { maintenance: which('maintenanceBlocking'), hardware: which('hardwareBlocking') };
  }
  async function expectBlocked(maintenance: readonly number[], hardware: readonly number[]): Promise<void> {
    const there = await blockedAtPeer();
    const told = `${there.maintenance.join()}; ${there.hardware.join()}`;
    const wanted = `${maintenance.join()}; ${hardware.join()}`;
    if (told !== wanted) throw new Error(`the peer has blocked ${told} instead of ${wanted}`);
  }

  async function confused(message: IsupMessage, value: number): Promise<void> {
    const { parameters } = await exchange.answered('CFN', () => exchange.sendRaw(message));
    if (parameters.causeIndicators.value !== value)
      throw new Error(`CFN with ${parameters.causeIndicators.value} instead of ${value}`);
  }

  /** A call over a circuit that is reset under it. */
  async function resetUnderCall(cics: readonly number[], kind: 'RLC' | 'GRA'): Promise<void> {
    const { call, user } = exchange.place('answers', { cic: cics[0]! });
    await exchange.until(() => user.heard.includes('ANM'), 'no answer');
    await exchange.answered(kind, () => isup.reset(TRUNKS, cics));
    if (!call.ended || user.release?.by !== 'circuit') throw new Error('the reset has left the call');
    await exchange.idle();
  }

  return [
    {
      name: 'reset',
      summary: 'resets of all circuits, as after a start, and of some under a call',
      exercises: [...sent('GRS', 'RSC'), ...received('GRA', 'RLC')],
      async run() {
        await exchange.answered('GRA', () => isup.reset(TRUNKS));
        await exchange.idle();
        await resetUnderCall([9], 'RLC');
        await resetUnderCall([10, 11, 12], 'GRA');
      },
    },
    {
      name: 'blocking',
      summary: 'circuits blocked and unblocked, one by one and as a group, and what the peer says of them',
      exercises: [
        ...sent('BLO', 'UBL', 'CGB', 'CGU', 'CQM'),
        ...received('BLA', 'UBA', 'CGBA', 'CGUA', 'CQR'),
      ],
      async run() {
        await exchange.answered('BLA', () => isup.block(TRUNKS, ONE));
        await expectBlocked(ONE, []);
        await exchange.answered('CGBA', () => isup.block(TRUNKS, SEVERAL));
        await exchange.answered('CGBA', () => isup.block(TRUNKS, SEVERAL, 'hardware'));
        await expectBlocked([...ONE, ...SEVERAL], SEVERAL);
        await exchange.answered('UBA', () => isup.unblock(TRUNKS, ONE));
        await exchange.answered('CGUA', () => isup.unblock(TRUNKS, SEVERAL));
        await expectBlocked([], SEVERAL);
        await exchange.answered('CGUA', () => isup.unblock(TRUNKS, SEVERAL, 'hardware'));
        await expectBlocked([], []);
      },
    },
    {
      name: 'unequipped',
      summary: 'a call over a circuit that the peer does not have, and the reset of it',
      exercises: [...sent('IAM', 'RSC'), ...received('UCIC')],
      async run() {
        const { user } = exchange.place('answers', { group: UNEQUIPPED });
        await exchange.until(() => user.release !== undefined, 'the call is not over');
        const difference = user.difference({
          heard: [],
          released: { by: 'circuit', cause: cause.circuitNotAvailable },
        });
        if (difference !== undefined) throw new Error(difference);
        await exchange.answered('UCIC', () => isup.reset(UNEQUIPPED));
        await exchange.idle();
      },
    },
    {
      name: 'confusion',
      summary: 'messages and parameters that the peer does not know',
      exercises: received('CFN'),
      async run() {
        const [cic] = ONE as [number];
        const unknown = { cic, kind: 'opaque', type: UNKNOWN_TYPE, body: Uint8Array.of(0) } as const;
        await confused(unknown, UNRECOGNIZED_CAUSE.messageNotImplemented);
        await confused({ cic, kind: 'LPA', parameters: {} }, UNRECOGNIZED_CAUSE.messageNotImplemented);
        const { call, user } = exchange.place('answers');
        await exchange.until(() => user.heard.includes('ANM'), 'no answer');
        const other = [
          { code: UNKNOWN_PARAMETER, value: Uint8Array.of(1), reason: 'unrecognized', place: 0 },
        ] as const;
        await confused(
          { cic: call.cic, kind: 'FAC', parameters: {}, other },
          UNRECOGNIZED_CAUSE.parameterNotImplemented,
        );
        call.release(cause.normalClearing);
        await exchange.idle();
      },
    },
    {
      name: 'user-part-test',
      summary: 'whether the user part of the peer is there',
      exercises: [...sent('UPT'), ...received('UPA')],
      async run() {
        await exchange.answered('UPA', () => exchange.sendRaw({ cic: ONE[0]!, kind: 'UPT', parameters: {} }));
      },
    },
  ];
}
