import assert from 'node:assert/strict';
import test from 'node:test';
import { internationalAddress } from '../../../src/stack/map/address-string.ts';
import { decodeMapDialogue, encodeMapDialogue } from '../../../src/stack/map/dialogue-pdu.ts';

const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex');

test('map-open carries the destination reference in its EXTERNAL: 3GPP TS 29.002 §17.4', () => {
  const octets = encodeMapDialogue({
    'map-open': { destinationReference: internationalAddress('4917'), originationReference: undefined },
  });
  assert.equal(hex(octets), '2812060704000001010101a007a00580039194'.concat('71'));
  const decoded = decodeMapDialogue(octets);
  assert.ok(decoded.ok && 'map-open' in decoded.value);
  const { destinationReference } = decoded.value['map-open'];
  assert.equal(destinationReference && hex(destinationReference), '919471');
});

test('accept, close, refuse and both aborts come back', () => {
  for (const pdu of [
    { 'map-accept': {} },
    { 'map-close': {} },
    { 'map-refuse': { reason: 'invalidDestinationReference' } },
    { 'map-userAbort': { 'map-UserAbortChoice': { resourceUnavailable: 'longTermResourceLimitation' } } },
    { 'map-userAbort': { 'map-UserAbortChoice': { userSpecificReason: null } } },
    { 'map-providerAbort': { 'map-ProviderAbortReason': 'invalidPDU' } },
  ] as const) {
    const decoded = decodeMapDialogue(encodeMapDialogue(pdu));
    assert.ok(decoded.ok);
    assert.equal(hex(encodeMapDialogue(decoded.value)), hex(encodeMapDialogue(pdu)));
    assert.deepEqual(Object.keys(decoded.value), Object.keys(pdu));
  }
});

test('the user information of another protocol is said to be foreign', () => {
  const foreign = decodeMapDialogue(Buffer.from('2806060104a0010500', 'hex'));
  assert.equal(foreign.ok, false);
  const other = decodeMapDialogue(Buffer.from('280906032a0304a0020500', 'hex'));
  assert.equal(!other.ok && other.code, 'map.dialogue.foreign');
});
