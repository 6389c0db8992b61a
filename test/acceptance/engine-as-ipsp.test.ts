/** The running engine as an IPSP: a captured call comes from a node that it talks to without a signalling gateway. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeData } from '../../src/stack/m3ua/data.ts';
import { sctpData } from '../support/pcap.ts';
import { NO_SHARED, sharedPath } from '../support/shared.ts';
import { EnginePlant } from './engine-plant.ts';

const file = sharedPath('vectors/pcap/wireshark-camel-ussd-rewrapped.pcap');

for (const [exchange, transport] of [
  ['single', 'tcp'],
  ['double', 'sctp-udp'],
] as const)
  test(`RFC 4666 §1.4.3.4: the engine as an IPSP, ${exchange} exchange over ${transport}: a captured call is answered`, {
    skip: file === undefined ? NO_SHARED : false,
  }, async () => {
    const plant = await EnginePlant.start(transport, 1, exchange);
    try {
      const initialDP = decodeData(sctpData(file!).find((one) => one.frame === 7)!.payload);
      assert.ok(initialDP.ok);
      plant.send(initialDP.data);
      assert.equal((await plant.answerTo(0x06f7)).tcap.type, 'end');
      assert.equal(plant.counter('m3ua.asp-active.sent'), 1);
      assert.equal(await plant.stop(), true);
    } finally {
      await plant.stop();
      plant.remove();
    }
  });
