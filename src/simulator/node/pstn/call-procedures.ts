/** Procedures of calls: set-up in all its forms, what is said in a call, and how it ends. */
import { natureOfConnectionIndicators } from '../../../stack/isup/call-indicators.ts';
import { facilityIndicator } from '../../../stack/isup/indicators.ts';
import type { Call } from '../../../stack/isup/service.ts';
import type { Procedure } from '../role.ts';
import { GLARE_CIRCUITS } from './called-call.ts';
import type { Exchange, Placed, PlaceOptions } from './exchange.ts';
import { cause, causeOfForwarded, type Ending, partyNumber } from './numbers.ts';
import type { Expected } from './placed-call.ts';
import { both, received, sent } from './procedures.ts';

const RING = ['ACM', 'CPG', 'ANM'];
const RINGING_CALL = [...sent('IAM'), ...received(...RING)];
const clear = (call: Call) => void call.release(cause.normalClearing);
const CHECKED = {
  natureOfConnectionIndicators: natureOfConnectionIndicators.of({ continuityCheck: 1 }),
};
/** After the IAM: the check tone has come back, or has not. */
const CHECK_MS = 20;
const FORWARDED_INDICATOR = 3;
/** Longer than a message of MTP holds with the rest of an IAM. */
const LONG_USER_INFORMATION = Uint8Array.from({ length: 250 }, (_, at) => (at === 0 ? 4 : 0x41));

export function callProcedures(exchange: Exchange): Procedure[] {
  async function over({ user }: Placed, what: string, expected: Expected): Promise<void> {
    await exchange.until(
      () => exchange.ownUnderWay === 0,
      `${what}: the call is not over, heard ${user.heard.join()}`,
    );
    const difference = user.difference(expected);
    if (difference !== undefined) throw new Error(`${what}: ${difference}`);
  }
  async function play(called: Ending, expected: Expected, options?: PlaceOptions): Promise<void> {
    await over(exchange.place(called, options), called, expected);
  }
  const releasedByPeer = (value: number) => ({ by: 'peer', cause: value }) as const;

  async function checked(successful: boolean): Promise<void> {
    const placed = exchange.place('answers', { iam: CHECKED, on: { ANM: clear } });
    const { call } = placed;
    const first = call.cic;
    const { later } = exchange;
    later.after(CHECK_MS, () => {
      call.continuity(successful);
      // After a bad one the call is on another circuit, which is checked as well.
      if (!successful) later.after(CHECK_MS, () => call.continuity(true));
    });
    await over(placed, 'continuity check', { heard: RING });
    if ((call.cic === first) !== successful) throw new Error('the check has no bearing on the circuit');
  }

  /** Both ends seize a circuit at once; the call of the end that controls it stays (ITU-T Q.764 §2.9.1.4). */
  async function glare(cic: number): Promise<void> {
    const wanted = cic + GLARE_CIRCUITS;
    let crossing: Placed | undefined;
    let refused: Error | undefined;
    const first = exchange.place('callsBack', {
      cic,
      on: {
        ANM: () => {
          // Nothing is thrown through the stack.
          try {
            crossing = exchange.place('answers', { cic: wanted, on: { ANM: clear } });
          } catch (error) {
            refused = error as Error;
          }
        },
      },
    });
    await exchange.until(
      () =>
        refused !== undefined || (crossing?.call.ended === true && exchange.isup.snapshot().incoming === 0),
      `circuit ${wanted}: the calls that crossed are not over`,
    );
    clear(first.call);
    if (refused !== undefined) throw refused;
    await over(first, 'the call before', { heard: RING });
    await over(crossing!, 'the call that crosses', { heard: RING });
    const { pointCode, peerPointCode } = exchange.environment.plan;
    const controls = pointCode > peerPointCode === (wanted % 2 === 0);
    if ((crossing!.call.cic === wanted) !== controls)
      throw new Error(
        `circuit ${wanted} is ${controls ? '' : 'not '}ours, and the call went over ${crossing!.call.cic}`,
      );
  }

  return [
    {
      name: 'call',
      summary: 'calls that ring, are answered, suspended and resumed, and released by either side',
      exercises: [...RINGING_CALL, ...received('SUS', 'RES'), ...both('REL', 'RLC')],
      async run() {
        await play('answers', { heard: RING }, { on: { ANM: clear } });
        await play('answers', { heard: ['ACM'] }, { on: { ACM: clear } });
        await play(
          'answers',
          { heard: [...RING] },
          {
            on: {
              ANM: (call) => {
                call.suspend();
                call.resume();
                clear(call);
              },
            },
          },
        );
        await play('hangsUp', {
          heard: [...RING, 'SUS', 'RES'],
          released: releasedByPeer(cause.normalClearing),
        });
        await play('busy', { heard: [], released: releasedByPeer(cause.userBusy) });
      },
    },
    {
      name: 'overlap',
      summary: 'a call whose digits come one after the other',
      exercises: [...RINGING_CALL, ...sent('SAM')],
      async run() {
        const placed = exchange.place('answers', { withheld: 3, on: { ANM: clear } });
        for (const digit of exchange.lastDigits('answers', 3)) placed.call.sendDigits(digit);
        await over(placed, 'overlap', { heard: RING });
      },
    },
    {
      name: 'connect',
      summary: 'a call that is answered before it rings',
      exercises: [...sent('IAM'), ...received('CON')],
      run: () => play('answersAtOnce', { heard: ['CON'] }, { on: { CON: clear } }),
    },
    {
      name: 'information',
      summary: 'a call whose caller is asked for',
      exercises: [...received('INR'), ...sent('INF')],
      run: () => play('asksWhoCalls', { heard: ['INR', ...RING] }, { on: { ANM: clear } }),
    },
    {
      name: 'segmentation',
      summary: 'a call whose IAM is longer than one message',
      exercises: sent('IAM', 'SGM'),
      run: () =>
        play(
          'answers',
          { heard: RING },
          {
            iam: { userToUserInformation: LONG_USER_INFORMATION },
            on: { ANM: clear },
          },
        ),
    },
    {
      name: 'continuity',
      summary: 'calls over a circuit that is checked, with a good and a bad end',
      exercises: sent('COT', 'CCR', 'REL'),
      async run() {
        await checked(true);
        await checked(false);
      },
    },
    {
      name: 'forwarded',
      summary: 'calls forwarded to a service number, which are released with a cause and no ACM',
      exercises: [...sent('IAM', 'RLC'), ...received('REL')],
      async run() {
        for (const [reason, value] of causeOfForwarded)
          await play(
            'service',
            { heard: [], released: releasedByPeer(value) },
            {
              iam: {
                callingPartyNumber: partyNumber(exchange.caller),
                redirectingNumber: partyNumber(`${exchange.caller.slice(0, -1)}1`),
                redirectionInformation: {
                  indicator: FORWARDED_INDICATOR,
                  originalReason: reason,
                  counter: 1,
                  reason,
                },
                originalCalledNumber: partyNumber(`${exchange.caller.slice(0, -1)}1`),
              },
            },
          );
      },
    },
    {
      name: 'glare',
      summary: 'circuits that both ends seize at once',
      exercises: both('IAM'),
      async run() {
        await glare(1);
        await glare(2);
      },
    },
    {
      name: 'talk',
      summary: 'what is said in a call: facilities, user-to-user information, identification …',
      exercises: [
        ...sent('FOT', 'FAR', 'IDR', 'SDM'),
        ...received('FAA', 'FRJ', 'IRS'),
        ...both('USR', 'FAC', 'NRM', 'LPR', 'APM', 'PRI'),
      ],
      async run() {
        const placed = exchange.place('talks', { on: { ANM: talk } });
        const answers = ['IRS', 'FAA', 'FRJ', 'USR', 'FAC', 'NRM', 'LPR', 'APM', 'PRI'];
        const { heard } = placed.user;
        await exchange.until(
          () => answers.every((kind) => heard.includes(kind)),
          `heard only ${heard.join()}`,
        );
        clear(placed.call);
        await over(placed, 'talk', { heard: [...RING, ...answers] });
      },
    },
  ];
}

function talk(call: Call): void {
  const facility = { facilityIndicator: facilityIndicator.of({ facility: 2 }) };
  call.send('FOT', {});
  call.send('SDM', { subsequentNumber: { digits: '12' } });
  call.send('IDR', {});
  call.send('FAR', facility);
  call.send('FAR', facility);
  call.send('USR', { userToUserInformation: Uint8Array.of(4, 0x68, 0x69) });
  call.send('FAC', {});
  call.send('NRM', {});
  call.send('LPR', {});
  call.send('APM', {});
  call.send('PRI', {});
}
