import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MtpTransfer } from '../../../src/stack/m3ua/mtp.ts';
import { type DataMessage, decodeMessage, encodeMessage } from '../../../src/stack/sccp/message.ts';
import {
  RETURN_CAUSE,
  type ReturnCauseName,
  returnCauseName,
} from '../../../src/stack/sccp/return-causes.ts';
import type { SccpAddress } from '../../../src/stack/sccp/service.ts';
import { gt, management, plant, ssnAt } from './plant.ts';

type Plant = ReturnType<typeof plant>;

/** What is wrong, and with it whom the message is for. */
interface Failure {
  readonly called: SccpAddress;
  readonly data?: Uint8Array;
  /** Of the message that node 9 gets from node 1; 15 when it does not matter. */
  readonly hopCounter?: number;
  readonly segmentation?: DataMessage['segmentation'];
  readonly before?: (planted: Plant) => void;
  readonly after?: (planted: Plant) => void;
}

const octets = (length: number) => Uint8Array.from({ length }, (_, index) => index);
const segment = (remaining: number) =>
  ({ first: true, originalClass: 0, remaining, localReference: 1 }) as const;
const local: SccpAddress = { routing: 'ssn', ssn: 8 };

/** Failures at node 9, which has subsystem 8 and translates towards node 2. */
const failures: Readonly<Record<ReturnCauseName, Failure>> = {
  'no-translation-for-nature': {
    called: { routing: 'gt', ssn: 6, globalTitle: { gti: 2, translationType: 9, digits: '1' } },
  },
  'no-translation-for-address': { called: gt('33', 6) },
  'subsystem-congestion': { called: local, before: ({ nine }) => nine.setCongested(8, true) },
  'subsystem-failure': { called: gt('22', 6), before: ({ nine }) => management(nine, 'SSP', 6, 2, 2) },
  'unequipped-user': { called: { routing: 'ssn', ssn: 77 } },
  'mtp-failure': { called: gt('22', 6), before: ({ nine }) => nine.onPause(2) },
  'network-congestion': { called: gt('22', 6), before: ({ nine }) => nine.onStatus(2, 'congestion', 3) },
  unqualified: { called: { ...gt('22', 6), globalTitle: { ...gt('22', 6).globalTitle!, digits: '2+2' } } },
  'error-in-message-transport': {
    called: local,
    segmentation: segment(3),
    after: ({ timers }) => void timers.advance(timers.now() + 10_000),
  },
  'error-in-local-processing': { called: gt(`44${'1'.repeat(480)}`, 6) },
  'destination-cannot-reassemble': {
    called: local,
    segmentation: segment(3),
    before: ({ nine }) => fill(nine),
  },
  'sccp-failure': { called: gt('22', 6), before: ({ nine }) => nine.onStatus(2, 'user-inaccessible', 0) },
  'hop-counter-violation': { called: gt('22', 6), hopCounter: 1 },
  'segmentation-not-supported': { called: gt('55', 6), data: octets(900) },
  'segmentation-failure': { called: gt('22', 6), data: octets(4000) },
};
/** Cannot arrive in a message: digits that cannot be signalled. Cannot be met by a sender: what only a receiver does. */
const hereOnly = new Set<ReturnCauseName>(['unqualified']);
const thereOnly = new Set<ReturnCauseName>([
  'error-in-message-transport',
  'error-in-local-processing',
  'destination-cannot-reassemble',
  'hop-counter-violation',
]);

const nodeNine = {
  reassembliesMax: 1,
  destinations: [
    { pointCode: 5, messages: 'udt' as const },
    { pointCode: 4, messages: 'ludt' as const },
  ],
  translation: [
    { digits: '22*', gti: 4, targets: [{ pointCode: 2, routing: 'ssn' as const }] },
    { digits: '55*', gti: 4, targets: [{ pointCode: 5, routing: 'ssn' as const }] },
    {
      digits: '44*',
      gti: 4,
      targets: [{ pointCode: 4, routing: 'ssn' as const, title: { prefix: '9'.repeat(32) } }],
    },
    { digits: '4911*', gti: 4, targets: [{ pointCode: 1, routing: 'gt' as const }] },
  ],
};

function fill(nine: Plant['nine']): void {
  const data = encodeMessage({ ...message(local), calling: ssnAt(3, 8), segmentation: segment(2) });
  assert.ok(data !== undefined);
  nine.onTransfer({ opc: 3, dpc: 9, si: 3, ni: 2, mp: 0, sls: 0, data });
}

function message(called: SccpAddress): DataMessage {
  return {
    kind: 'LUDT',
    protocolClass: 0,
    returnOption: true,
    hopCounter: 15,
    called,
    calling: gt('4911', 147),
    data: octets(100),
  };
}

/** One failure of a message that comes from node 1, or of one that the user of node 9 sends. */
function fail(cause: ReturnCauseName, from: 'network' | 'user', returnOption: boolean) {
  const planted = plant({ 9: nodeNine });
  const { nine, scf, network, run, counters } = planted;
  const { called, data = octets(100), before, after, segmentation, hopCounter = 15 } = failures[cause];
  // Node 9 has a user of its own, to send and to be sent to.
  nine.bind(8, scf);
  before?.(planted);
  network.take();
  if (from === 'user') nine.unitdata({ called, calling: { routing: 'ssn', ssn: 8 }, data, returnOption });
  else {
    const whole = { ...message(called), returnOption, data, hopCounter };
    const arrived = encodeMessage(segmentation === undefined ? whole : { ...whole, segmentation });
    assert.ok(arrived !== undefined);
    nine.onTransfer({ opc: 1, dpc: 9, si: 3, ni: 2, mp: 0, sls: 0, data: arrived });
  }
  after?.(planted);
  const sent = network.take();
  run();
  return { sent, notices: scf.notices, data, counters };
}

const service = (sent: readonly MtpTransfer[]) =>
  sent.flatMap(({ data }) => {
    const decoded = decodeMessage(data);
    assert.ok(decoded.ok);
    return 'returnCause' in decoded.value ? [decoded.value] : [];
  });

const causes = Object.keys(RETURN_CAUSE) as ReturnCauseName[];

test('ITU-T Q.713 §3.12: each failure comes back by its return cause, with the data, to a user here and to another node', () => {
  for (const cause of causes) {
    if (!hereOnly.has(cause)) {
      const { sent, data } = fail(cause, 'network', true);
      const returned = service(sent);
      assert.deepEqual(
        returned.map(({ kind, returnCause }) => `${kind} ${returnCauseName(returnCause)}`),
        [`LUDTS ${cause}`],
      );
      assert.deepEqual(returned[0]?.data, data);
    }
    if (!thereOnly.has(cause)) {
      const { notices, data } = fail(cause, 'user', true);
      assert.deepEqual(
        notices.map(({ returnCause }) => returnCauseName(returnCause)),
        [cause],
      );
      assert.deepEqual(notices[0]?.data, data);
    }
  }
});

test('ITU-T Q.713 §3.12: without the return option each failure is silence and a counter', () => {
  for (const cause of causes) {
    if (!hereOnly.has(cause)) {
      const { sent, notices, counters } = fail(cause, 'network', false);
      assert.deepEqual([service(sent), notices], [[], []], cause);
      assert.equal(counters.get(`sccp.undelivered.${cause}`), 1, cause);
    }
    if (!thereOnly.has(cause)) {
      const { sent, notices, counters } = fail(cause, 'user', false);
      assert.deepEqual([service(sent), notices], [[], []], cause);
      assert.equal(counters.get(`sccp.refused.${cause}`), 1, cause);
    }
  }
});
