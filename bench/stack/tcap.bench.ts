/** TCAP on a BEGIN with one operation: the codec alone, and whole dialogues. */
import type { SccpUser } from '../../src/stack/sccp/service.ts';
import { ComponentReader } from '../../src/stack/tcap/component-reader.ts';
import { readDialoguePortion } from '../../src/stack/tcap/dialogue-portion.ts';
import type { Dialogue, DialogueUser, ObjectIdentifier } from '../../src/stack/tcap/service.ts';
import { Tcap } from '../../src/stack/tcap/tcap.ts';
import { TransactionPortion } from '../../src/stack/tcap/transaction-portion.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { TimingWheel } from '../../src/types/timing-wheel.ts';
import { hashOf, remark, report, sized } from '../harness/report.ts';
import { nanoseconds } from '../harness/time.ts';

const context: ObjectIdentifier = [0, 4, 0, 0, 1, 0, 50, 1];
const argument = new Uint8Array(120).fill(0x80);
argument.set([0x30, 0x76, 0x04, 0x74]);
const address = (pointCode: number) => ({ routing: 'ssn', pointCode, ssn: 146 }) as const;

/** A TCAP whose messages go nowhere; the last one is kept, and `receive` brings one. */
function plant(admit = () => true) {
  const wheel = new TimingWheel({ capacity: 65_536 });
  let user: SccpUser | undefined;
  const held = { sent: new Uint8Array(4096), size: 0 };
  const tcap = new Tcap({
    sccp: {
      bind: (_ssn, bound) => {
        user = bound;
      },
      unitdata: ({ data }) => {
        held.sent.set(data);
        held.size = data.length;
      },
    },
    timers: wheel,
    counters: new CountersMap(),
    node: 1,
    bootEpoch: 1,
    limits: { transactionIdGuardMs: 0 },
    admit,
  });
  const receive = (data: Uint8Array) =>
    user?.onUnitdata({
      called: address(1),
      calling: address(2),
      data,
      returnOption: false,
      sequenceControl: 1,
    });
  return { wheel, tcap, held, receive };
}

const silent: DialogueUser = {
  onComponent: () => undefined,
  onDelimiter: () => undefined,
  onInvokeTimeout: () => undefined,
  onAbort: () => undefined,
};

/** Answers an operation with a class 4 invoke and an end, inside the upcall. */
const answering: DialogueUser = {
  ...silent,
  onDelimiter: (dialogue: Dialogue) => {
    dialogue.invoke({ operationCode: 31, operationClass: 4, timeoutMs: 1000 });
    dialogue.end();
  },
};

const requester = plant();
const first = requester.tcap.open({
  localAddress: address(1),
  remoteAddress: address(2),
  user: silent,
  applicationContext: context,
})!;
first.invoke({ operationCode: 0, parameter: argument, operationClass: 1, timeoutMs: 5000 });
first.begin();
const begin = requester.held.sent.slice(0, requester.held.size);

const portion = new TransactionPortion();
const reader = new ComponentReader();
let seen = 0;

const responder = plant();
responder.tcap.accept(146, { onBegin: () => answering });
const shedding = plant(() => false);
shedding.tcap.accept(146, {
  onBegin: () => answering,
  onOverload: () => ({ end: [{ kind: 'invoke', invokeId: 1, operationCode: 31 }] }),
});

const ns = await nanoseconds({
  'the transaction portion into offsets': () => {
    portion.read(begin);
  },
  'transaction portion, dialogue portion and component': () => {
    portion.read(begin);
    readDialoguePortion(begin, portion.dialogueOffset, portion.dialogueEnd);
    reader.reset(begin, portion.componentOffset, portion.componentEnd);
    if (reader.next()?.kind === 'invoke') seen++;
  },
  'a dialogue: begin received, invoke and end sent': () => {
    responder.receive(begin);
  },
  'under overload: begin received, end sent without a dialogue': () => {
    shedding.receive(begin);
  },
  'a dialogue: open, invoke, begin, abort': () => {
    const dialogue = requester.tcap.open({
      localAddress: address(1),
      remoteAddress: address(2),
      user: silent,
      applicationContext: context,
    })!;
    dialogue.invoke({ operationCode: 45, parameter: argument, operationClass: 1, timeoutMs: 5000 });
    dialogue.begin();
    dialogue.abort();
  },
});
if (seen === 0 || responder.tcap.openDialogues !== 0) throw new Error('the benchmark measured nothing');
const hash = hashOf(begin, responder.held.sent.slice(0, responder.held.size));
for (const [what, figure] of Object.entries(ns))
  report({ name: `stack/tcap: ${what}`, figure, unit: 'ns', hash });

/** Collects garbage where node was started with --expose-gc. */
const collect = () => (globalThis as { gc?: () => void }).gc?.();
collect();
const before = process.memoryUsage().heapUsed;
const many: (Dialogue | null)[] = [];
for (let count = 0; count < sized(50_000, 500); count++) {
  const dialogue = requester.tcap.open({
    localAddress: first.localAddress,
    remoteAddress: first.remoteAddress,
    user: silent,
    applicationContext: context,
  });
  dialogue?.invoke({ operationCode: 45, parameter: argument, operationClass: 1, timeoutMs: 5000 });
  dialogue?.begin();
  many.push(dialogue);
}
collect();
const octetsEach = Math.round((process.memoryUsage().heapUsed - before) / many.length);
remark(`an open dialogue with an operation under way: ${octetsEach} octets of heap`);
