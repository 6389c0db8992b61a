/**
 * What the stack makes of an initialDP, from the octets of SCTP to the attempt that the call session gets, and of its answer
 * on the way back: M3UA, SCCP, TCAP and CAP, each with all its checks. Beside them the same by offsets.
 */
import assert from 'node:assert/strict';
import { templatesFor } from '../../loadtest/messages.ts';
import { defaultNetworkPlan } from '../../loadtest/plan.ts';
import { armEvents } from '../../src/gateway/cap/arm-events.ts';
import { attemptOf } from '../../src/gateway/cap/call-facts.ts';
import { triggerV2Codec } from '../../src/gateway/cap/trigger.ts';
import { capV2GsmSsfToGsmScf } from '../../src/stack/cap/application-contexts.ts';
import { continueOperation } from '../../src/stack/cap/operations/continue.ts';
import { requestReportBCSMEvent } from '../../src/stack/cap/operations/request-report-bcsm-event.ts';
import { decodeData, writeData } from '../../src/stack/m3ua/data.ts';
import { decodeMessage, writeMessage } from '../../src/stack/sccp/message.ts';
import { ComponentReader } from '../../src/stack/tcap/component-reader.ts';
import { ComponentStage } from '../../src/stack/tcap/component-stage.ts';
import { readDialoguePortion } from '../../src/stack/tcap/dialogue-portion.ts';
import { MessageWriter } from '../../src/stack/tcap/message-writer.ts';
import { messageTags } from '../../src/stack/tcap/tags.ts';
import { TransactionPortion } from '../../src/stack/tcap/transaction-portion.ts';
import { hashOf, report } from '../harness/report.ts';
import { nanoseconds } from '../harness/time.ts';
import { type Attempt, readByOffsets } from './offset-codec.ts';

const AT_MS = 1_790_000_000_000;
const numbering = { countryCode: '49', nationalPrefix: '0', internationalPrefix: '00' };
const octets = templatesFor(defaultNetworkPlan).initialDP.octets;
const portion = new TransactionPortion();
const components = new ComponentReader();

const UNREADABLE = new Error('the template cannot be read');

function readByStack(message: Uint8Array): Attempt {
  const transfer = decodeData(message);
  if (!transfer.ok) throw UNREADABLE;
  const unitdata = decodeMessage(transfer.data);
  if (!(unitdata.ok && 'data' in unitdata.value)) throw UNREADABLE;
  const { data } = unitdata.value;
  portion.read(data);
  const dialogue = readDialoguePortion(data, portion.dialogueOffset, portion.dialogueEnd);
  if (dialogue === null) throw UNREADABLE;
  components.reset(data, portion.componentOffset, portion.componentEnd);
  const component = components.next();
  if (!(component?.kind === 'invoke' && component.parameter !== undefined)) throw UNREADABLE;
  const argument = triggerV2Codec.decode(component.parameter);
  if (!argument.ok) throw UNREADABLE;
  const attempt = attemptOf(argument.value, AT_MS, numbering);
  if (attempt === undefined) throw UNREADABLE;
  const { called, caller, callKey } = attempt;
  return { originating: portion.originatingId, called, caller, callKey };
}

const armed = armEvents('interrupted', 'interrupted');
const stage = new ComponentStage(4_096);
const owner = { staged: null };
const writer = new MessageWriter();
const received = decodeData(octets);
assert(received.ok);
const request = decodeMessage(received.data);
assert(request.ok && 'data' in request.value);
const { called, calling } = request.value;
const accepted = {
  kind: 'AARE',
  applicationContext: capV2GsmSsfToGsmScf.objectIdentifier,
  accepted: true,
  source: 'user',
  diagnostic: 0,
} as const;
const unitdataRoom = new Uint8Array(512);
const room = new Uint8Array(1_024);
const context = { routingContext: 100 };

function writeByStack(destination: number): Uint8Array {
  stage.enter(owner);
  stage.invoke(1, undefined, requestReportBCSMEvent.code, armed);
  stage.invoke(2, undefined, continueOperation.code, undefined);
  const message = writer.write(
    messageTags.continue,
    { id: 77, sizeOctets: 4 },
    { id: destination, sizeOctets: 4 },
    accepted,
    stage.octets.subarray(0, stage.sizeOctets),
  );
  stage.clear(owner);
  const size = writeMessage(unitdataRoom, {
    kind: 'UDT',
    protocolClass: 1,
    returnOption: false,
    called: calling,
    calling: called,
    data: message,
  });
  return room.subarray(
    0,
    writeData(
      room,
      { opc: 2, dpc: 1, si: 3, ni: 2, mp: 0, sls: 5, data: unitdataRoom.subarray(0, size) },
      context,
    ),
  );
}

const byStack = readByStack(octets);
const byOffsets = readByOffsets(octets);
assert.deepEqual(byStack, byOffsets, 'both read the same');
const answer = writeByStack(byStack.originating).slice();
const hash = hashOf(byStack, answer);
let sink: unknown;
const ns = await nanoseconds({
  offsets: () => {
    sink = readByOffsets(octets);
  },
  stack: () => {
    sink = readByStack(octets);
  },
  answer: () => {
    sink = writeByStack(77);
  },
});
assert(sink !== undefined);
const floor = { unit: 'ns', floor: ns.offsets, floorIs: 'the same call read by offsets' } as const;
report(
  {
    name: 'stack/decode: initialDP, M3UA to the gateway',
    figure: ns.stack,
    ...floor,
    goal: { of: 'ratio', atMost: 2.5 },
    hash,
  },
  {
    name: 'stack/decode: encode of the answer',
    figure: ns.answer,
    ...floor,
    goal: { of: 'ratio', atMost: 2 },
    hash,
  },
);
