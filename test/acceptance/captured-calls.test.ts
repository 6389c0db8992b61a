/**
 * The captured CAMEL calls, sent to a running engine over SCTP as they were: what comes back is what CAMEL demands of a
 * gsmSCF (3GPP TS 23.078 §4.6.1.8, 3GPP TS 29.078 §6).
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { capV2GsmSsfToGsmScf } from '../../src/stack/cap/application-contexts.ts';
import {
  type EventReportBCSMArg,
  eventReportBCSM,
} from '../../src/stack/cap/operations/event-report-bcsm.ts';
import { type InitialDPArgV2, initialDPV2 } from '../../src/stack/cap/operations/initial-dp.ts';
import { requestReportBCSMEvent } from '../../src/stack/cap/operations/request-report-bcsm-event.ts';
import { decodeData } from '../../src/stack/m3ua/data.ts';
import { argumentCodec } from '../../src/stack/ros/codecs.ts';
import {
  decodeMessage as decodeSccp,
  encodeMessage as encodeSccp,
  type SccpMessage,
} from '../../src/stack/sccp/message.ts';
import {
  decodeMessage as decodeTcap,
  encodeMessage as encodeTcap,
  type TcapMessage,
} from '../../src/stack/tcap/message.ts';
import type { Component } from '../../src/stack/tcap/service.ts';
import { sctpData } from '../support/pcap.ts';
import { NO_SHARED, sharedPath } from '../support/shared.ts';
import { tsharkMissing } from '../support/tshark.ts';
import { type Answer, EnginePlant, PEER, type Transport } from './engine-plant.ts';

const file = sharedPath('vectors/pcap/wireshark-camel-ussd-rewrapped.pcap');
const real = sharedPath('vectors/pcap/real-ss7-pcapr.pcap');
const skip = file === undefined || real === undefined ? NO_SHARED : false;

/** The SCCP message of a captured M3UA DATA. */
function sccpOf(payload: Uint8Array): Uint8Array {
  const data = decodeData(payload);
  assert.ok(data.ok);
  return data.data;
}

const captured = file === undefined ? [] : sctpData(file);
const frame = (number: number): Uint8Array => sccpOf(captured.find((one) => one.frame === number)!.payload);

interface Message {
  readonly sccp: SccpMessage;
  readonly tcap: TcapMessage;
}

function messageOf(octets: Uint8Array): Message {
  const sccp = decodeSccp(octets);
  assert.ok(sccp.ok);
  const tcap = decodeTcap(sccp.value.data);
  assert.ok(tcap.ok);
  return { sccp: sccp.value, tcap: tcap.value };
}

/** The captured message with parts of its TCAP message changed. */
function changed(octets: Uint8Array, change: (tcap: TcapMessage) => Partial<TcapMessage>): Uint8Array {
  const { sccp, tcap } = messageOf(octets);
  const data = encodeTcap({ ...tcap, ...change(tcap) });
  assert.ok(data.ok);
  const again = encodeSccp({ ...sccp, data: data.value });
  assert.ok(again !== undefined);
  return again;
}

const hexOf = (octets: Uint8Array) => Buffer.from(octets).toString('hex');
const id = (value: number) => ({ id: value, sizeOctets: 4 });
type Invoke = Component & { readonly kind: 'invoke' };
const firstInvoke = ({ components }: TcapMessage) => components[0] as Invoke;

/** Frame 12, an initialDP that names the called party, as a terminating call: the trigger is all that is changed. */
function terminating(transactionId: number, change: Partial<InitialDPArgV2> = {}): Uint8Array {
  return changed(frame(12), (tcap) => {
    const codec = argumentCodec(initialDPV2)!;
    const argument = codec.decode(firstInvoke(tcap).parameter!);
    assert.ok(argument.ok);
    const parameter = codec.encode({ ...argument.value, eventTypeBCSM: 'termAttemptAuthorized', ...change });
    return {
      originatingTransactionId: id(transactionId),
      components: [{ ...firstInvoke(tcap), parameter }],
    };
  });
}
/** Its called party, 1227010900 of national form. */
const B = '491227010900';

/** A report of frame 14's dialogue with another argument, in the dialogue that `answer` belongs to. */
function report(answer: Answer, argument: EventReportBCSMArg, transactionId: number): Uint8Array {
  const parameter = argumentCodec(eventReportBCSM)!.encode(argument);
  return changed(frame(14), (tcap) => ({
    originatingTransactionId: id(transactionId),
    destinationTransactionId: answer.tcap.originatingTransactionId!,
    components: [{ ...firstInvoke(tcap), parameter }],
  }));
}

/** A captured message put into a dialogue of ours. */
function moved(octets: Uint8Array, answer: Answer, transactionId: number): Uint8Array {
  return changed(octets, () => ({
    originatingTransactionId: id(transactionId),
    destinationTransactionId: answer.tcap.originatingTransactionId!,
  }));
}

const CONTEXT = capV2GsmSsfToGsmScf.objectIdentifier;
const ACCEPTED = { kind: 'AARE', accepted: true, source: 'user', diagnostic: 0, applicationContext: CONTEXT };
const LEG_1 = Uint8Array.of(1);
const LEG_2 = Uint8Array.of(2);

/** Components in short: `invoke 31`, `reject 0 invoke 1`. */
function inShort({ components }: TcapMessage): string[] {
  return components.map((component) => {
    if (component.kind === 'invoke') return `invoke ${String(component.operationCode)}`;
    if (component.kind === 'reject')
      return `reject ${component.invokeId ?? '-'} ${component.problem.type} ${component.problem.code}`;
    return component.kind;
  });
}

function assertBackToPeer({ sccp }: Answer): void {
  assert.equal(sccp.called.globalTitle?.digits, PEER.globalTitle);
  assert.equal(sccp.called.ssn, 146);
  assert.equal(sccp.calling.ssn, 146);
}

/** The call goes on without us, and the dialogue is over. */
function assertLetGo(answer: Answer): void {
  assertBackToPeer(answer);
  assert.equal(answer.tcap.type, 'end');
  assert.deepEqual({ ...answer.tcap.dialogue }, ACCEPTED);
  assert.deepEqual(inShort(answer.tcap), ['invoke 31']);
}

/** We watch the call. */
function assertArmed(answer: Answer): void {
  assertBackToPeer(answer);
  assert.equal(answer.tcap.type, 'continue');
  assert.deepEqual({ ...answer.tcap.dialogue }, ACCEPTED);
  assert.deepEqual(inShort(answer.tcap), ['invoke 23', 'invoke 31']);
  const armed = argumentCodec(requestReportBCSMEvent)!.decode(firstInvoke(answer.tcap).parameter!);
  assert.ok(armed.ok);
  assert.deepEqual(
    armed.value.bcsmEvents.map(({ eventTypeBCSM, monitorMode, legID }) => [
      eventTypeBCSM,
      monitorMode,
      legID !== undefined && 'sendingSideID' in legID ? legID.sendingSideID[0] : undefined,
    ]),
    [
      ['tBusy', 'interrupted', 2],
      ['tNoAnswer', 'interrupted', 2],
      ['tAnswer', 'notifyAndContinue', 2],
      ['tAbandon', 'notifyAndContinue', 1],
    ],
  );
}

for (const transport of ['tcp', 'sctp-udp'] satisfies Transport[]) {
  describe(`captured calls over ${transport}`, { skip }, () => {
    let plant: EnginePlant;
    let nextId = 0x1000;

    before(async () => {
      plant = await EnginePlant.start(transport);
      await plant.subscribe(B);
    });

    after(async () => {
      await plant.stop();
      plant.remove();
    });

    /** A terminating call to B that we watch. */
    async function watched(): Promise<{ readonly answer: Answer; readonly transactionId: number }> {
      const transactionId = nextId++;
      plant.send(terminating(transactionId));
      const answer = await plant.answerTo(transactionId);
      assertArmed(answer);
      return { answer, transactionId };
    }

    test('3GPP TS 29.078 §6.1 the initialDPs as they were captured, of originating calls: END with continue', async () => {
      for (const [number, transactionId] of [
        [7, 0x06f7],
        [12, 0x07000400],
      ] as const) {
        plant.send(frame(number));
        assertLetGo(await plant.answerTo(transactionId));
      }
      assert.equal(plant.counter('cap.trigger-not-ours'), 2);
    });

    test('3GPP TS 23.078 §4.5.2.1 a terminating call to a subscriber: armed on the right legs, and continued', async () => {
      await watched();
    });

    test('a terminating call to a number that is not subscribed: END with continue', async () => {
      const transactionId = nextId++;
      plant.send(
        terminating(transactionId, {
          calledPartyNumber: Uint8Array.of(0x83, 0x90, 0x21, 0x72, 0x10, 0x99, 0x0f),
        }),
      );
      assertLetGo(await plant.answerTo(transactionId));
    });

    test('tBusy interrupted: END with continue, when the miss is durable', async () => {
      const { answer, transactionId } = await watched();
      const missed = plant.counter('call.missed.busy');
      plant.send(
        report(
          answer,
          {
            eventTypeBCSM: 'tBusy',
            eventSpecificInformationBCSM: { tBusySpecificInfo: { busyCause: Uint8Array.of(0x84, 0x91) } },
            legID: { receivingSideID: LEG_2 },
          },
          transactionId,
        ),
      );
      const end = await plant.answerTo(transactionId);
      assert.equal(end.tcap.type, 'end');
      assert.equal(end.tcap.dialogue, undefined);
      assert.deepEqual(inShort(end.tcap), ['invoke 31']);
      assert.equal(plant.counter('call.missed.busy'), missed + 1);
    });

    test('tAbandon and tAnswer notified: an empty END', async () => {
      for (const [eventTypeBCSM, receivingSideID] of [
        ['tAbandon', LEG_1],
        ['tAnswer', LEG_2],
      ] as const) {
        const { answer, transactionId } = await watched();
        const argument = {
          eventTypeBCSM,
          legID: { receivingSideID },
          miscCallInfo: { messageType: 'notification' },
        } as const;
        plant.send(report(answer, argument, transactionId));
        const end = await plant.answerTo(transactionId);
        assert.equal(end.tcap.type, 'end');
        assert.deepEqual(inShort(end.tcap), []);
      }
    });

    test('the captured report of oAnswer, which nobody armed, only notified: nothing is answered, and the call is watched on', async () => {
      const { answer, transactionId } = await watched();
      const counted = plant.counter('cap.report-not-armed');
      plant.send(moved(frame(9), answer, transactionId));
      await plant.counted('cap.report-not-armed', counted);
      plant.send(
        report(
          answer,
          { eventTypeBCSM: 'tAnswer', miscCallInfo: { messageType: 'notification' } },
          transactionId,
        ),
      );
      assert.deepEqual(inShort((await plant.answerTo(transactionId)).tcap), []);
    });

    test('the captured report of routeSelectFailure, which nobody armed, interrupted: the call goes on', async () => {
      const { answer, transactionId } = await watched();
      plant.send(moved(frame(14), answer, transactionId));
      const end = await plant.answerTo(transactionId);
      assert.equal(end.tcap.type, 'end');
      assert.deepEqual(inShort(end.tcap), ['invoke 31']);
    });

    test('the captured releaseCall, which is no operation of a gsmSSF, in its END: dropped, and the call is over', async () => {
      const { answer, transactionId } = await watched();
      const counted = plant.counter('cap.unrecognized-operation');
      plant.send(
        changed(frame(15), () => ({ destinationTransactionId: answer.tcap.originatingTransactionId! })),
      );
      await plant.counted('cap.unrecognized-operation', counted);
      plant.send(moved(frame(9), answer, transactionId));
      const gone = await plant.answerTo(transactionId);
      assert.equal(gone.tcap.type, 'abort');
      assert.equal(gone.tcap.abortCause, 1);
    });

    test('ITU-T Q.774 §3.3.3.1 the captured reports as they were, of dialogues that are not here: P-Abort', async () => {
      for (const [number, transactionId] of [
        [9, 0x06f7],
        [10, 0xec0f],
        [14, 0x07000400],
      ] as const) {
        plant.send(frame(number));
        const { tcap } = await plant.answerTo(transactionId);
        assert.equal(tcap.type, 'abort');
        assert.equal(tcap.abortCause, 1);
      }
    });

    test('ITU-T Q.774 §3.2.1.4 an application context that is not supported: ABORT that says so', async () => {
      const transactionId = nextId++;
      const applicationContext = [0, 4, 0, 0, 1, 0, 50, 0];
      plant.send(
        changed(frame(7), (tcap) => ({
          originatingTransactionId: id(transactionId),
          dialogue: { ...tcap.dialogue!, applicationContext } as never,
        })),
      );
      const { tcap } = await plant.answerTo(transactionId);
      assert.equal(tcap.type, 'abort');
      assert.equal(tcap.abortCause, undefined);
      assert.deepEqual(
        { ...tcap.dialogue },
        { kind: 'AARE', accepted: false, source: 'user', diagnostic: 2, applicationContext },
      );
    });

    test('ITU-T Q.773 §4.2.2.6 an operation that is not supported: reject, and the call goes on', async () => {
      const transactionId = nextId++;
      plant.send(
        changed(frame(12), (tcap) => ({
          originatingTransactionId: id(transactionId),
          components: [{ ...firstInvoke(tcap), operationCode: 99 }],
        })),
      );
      const { tcap } = await plant.answerTo(transactionId);
      assert.equal(tcap.type, 'end');
      assert.deepEqual(inShort(tcap), ['reject 1 invoke 1', 'invoke 31']);
    });

    test('ITU-T Q.773 §4.2.2.6 an initialDP that is none: reject "mistyped parameter", and the call goes on', async () => {
      const transactionId = nextId++;
      plant.send(
        changed(frame(12), (tcap) => ({
          originatingTransactionId: id(transactionId),
          components: [{ ...firstInvoke(tcap), parameter: Uint8Array.of(0x30, 2, 0x80, 0) }],
        })),
      );
      const { tcap } = await plant.answerTo(transactionId);
      assert.equal(tcap.type, 'end');
      assert.deepEqual(inShort(tcap), ['reject 1 invoke 2', 'invoke 31']);
    });

    test('a report that cannot be read: reject, and the call goes on', async () => {
      const { answer, transactionId } = await watched();
      plant.send(
        changed(frame(14), (tcap) => ({
          originatingTransactionId: id(transactionId),
          destinationTransactionId: answer.tcap.originatingTransactionId!,
          components: [{ ...firstInvoke(tcap), parameter: Uint8Array.of(0x30, 2, 0x80, 0) }],
        })),
      );
      const { tcap } = await plant.answerTo(transactionId);
      assert.equal(tcap.type, 'end');
      assert.deepEqual(inShort(tcap), ['reject 2 invoke 2', 'invoke 31']);
    });

    test('ITU-T Q.773 §4.2.2.6 what is no operation, or no component, in a call that is watched: reject at once, and watched on', async () => {
      const { answer, transactionId } = await watched();
      const message = changed(frame(14), (tcap) => ({
        originatingTransactionId: id(transactionId),
        destinationTransactionId: answer.tcap.originatingTransactionId!,
        components: [{ ...firstInvoke(tcap), operationCode: 99 }],
      }));
      plant.send(message);
      const refused = await plant.answerTo(transactionId);
      assert.equal(refused.tcap.type, 'continue');
      assert.deepEqual(inShort(refused.tcap), ['reject 2 invoke 1']);
      // The tag of the invoke's operation code becomes that of a BOOLEAN.
      const damaged = Uint8Array.from(message);
      damaged[hexOf(message).indexOf('020163') / 2] = 0x01;
      plant.send(damaged);
      const again = await plant.answerTo(transactionId);
      assert.equal(again.tcap.type, 'continue');
      assert.deepEqual(inShort(again.tcap), ['reject 2 general 1']);
      plant.send(moved(frame(14), answer, transactionId));
      assert.equal((await plant.answerTo(transactionId)).tcap.type, 'end');
    });

    test('a second initialDP in a call that is watched: an error, and the call is watched on', async () => {
      const { answer, transactionId } = await watched();
      plant.send(
        changed(frame(14), (tcap) => ({
          originatingTransactionId: id(transactionId),
          destinationTransactionId: answer.tcap.originatingTransactionId!,
          components: [
            {
              ...firstInvoke(messageOf(terminating(transactionId)).tcap),
              invokeId: firstInvoke(tcap).invokeId,
            },
          ],
        })),
      );
      const refused = await plant.answerTo(transactionId);
      assert.equal(refused.tcap.type, 'continue');
      assert.deepEqual(
        refused.tcap.components.map((one) => 'errorCode' in one && one.errorCode),
        [14],
      );
      plant.send(
        report(
          answer,
          { eventTypeBCSM: 'tAnswer', miscCallInfo: { messageType: 'notification' } },
          transactionId,
        ),
      );
      assert.equal((await plant.answerTo(transactionId)).tcap.type, 'end');
    });

    test('every captured message of the real network: answered in the terms of its layer, or dropped and counted', async () => {
      const payloads = sctpData(real!).filter(({ ppid }) => ppid === 3);
      assert.ok(payloads.length >= 45);
      for (const { payload } of payloads) {
        const before = [...plant.engine.countersNow().values()].reduce((sum, count) => sum + count, 0);
        plant.send(sccpOf(payload));
        await plant.countedMore(before);
      }
      plant.answers.length = 0;
      const { answer, transactionId } = await watched();
      assert.equal(plant.counter('thread.died'), 0);
      plant.send(
        report(
          answer,
          { eventTypeBCSM: 'tAnswer', miscCallInfo: { messageType: 'notification' } },
          transactionId,
        ),
      );
      assert.equal((await plant.answerTo(transactionId)).tcap.type, 'end');
    });
  });

  test(`tshark names all that the engine said over ${transport}, and finds nothing wrong with it`, {
    skip: skip === false ? (tsharkMissing() ?? false) : skip,
  }, async () => {
    const plant = await EnginePlant.start(transport);
    try {
      await plant.subscribe(B);
      plant.send(frame(7));
      await plant.answerTo(0x06f7);
      for (const [transactionId, reported] of [
        [1, 'tBusy'],
        [2, 'tNoAnswer'],
        [3, 'tAbandon'],
        [4, 'tAnswer'],
      ] as const) {
        plant.send(terminating(transactionId));
        const answer = await plant.answerTo(transactionId);
        plant.send(report(answer, { eventTypeBCSM: reported }, transactionId));
        await plant.answerTo(transactionId);
      }
      plant.send(
        changed(frame(7), (tcap) => ({
          originatingTransactionId: id(5),
          dialogue: { ...tcap.dialogue!, applicationContext: [0, 4, 0, 0, 1, 0, 50, 0] } as never,
        })),
      );
      await plant.answerTo(5);
      plant.send(frame(14));
      await plant.answerTo(0x07000400);
      await plant.stop();
      const fields = [
        'frame.number',
        '_ws.col.Info',
        '_ws.malformed',
        '_ws.expert.severity',
        '_ws.expert.message',
      ];
      const said = execFileSync(
        'tshark',
        [
          '-r',
          plant.captureFile,
          '-o',
          'sctp.checksum:CRC 32c',
          '-T',
          'fields',
          ...fields.flatMap((one) => ['-e', one]),
        ],
        { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
      )
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => line.split('\t'));
      const names = said.map(([, info]) => info);
      for (const name of [
        'invoke requestReportBCSMEvent invoke continue',
        'invoke continue',
        'End dtid(00000003)',
        'Abort dtid(00000005)',
        'Abort dtid(07000400)',
      ])
        assert.ok(
          names.some((one) => one?.trim() === name),
          `${name}: ${names.join(', ')}`,
        );
      for (const [number, info, malformed, severity, message] of said) {
        assert.equal(malformed, '', `frame ${number} ${info}`);
        assert.ok(
          (severity ?? '').split(',').every((one) => Number(one) < 0x800000),
          `frame ${number} ${info}: ${message}`,
        );
      }
    } finally {
      await plant.stop();
      plant.remove();
    }
  });
}
