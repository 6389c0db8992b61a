import assert from 'node:assert/strict';
import net from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { M3uaFrames } from '../../../src/adapters/sctp/m3ua-frames.ts';
import { TcpSctpPort } from '../../../src/adapters/sctp/tcp.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { numbered, Recorder } from './recorder.ts';

test('RFC 4666 §3.1.4: messages are found however the stream is cut, and however often the sink says stop', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 12, max: 300 }), { minLength: 1, maxLength: 30 }),
      fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 40 }),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 10 }),
      (sizes, cuts, goesOn) => {
        const sent = sizes.map((size, index) => numbered(index, size));
        const stream = Buffer.concat(sent);
        const got: Buffer[] = [];
        const frames = new M3uaFrames(1000, (message) => {
          got.push(Buffer.from(message));
          return goesOn[got.length % goesOn.length]!;
        });
        for (let at = 0, cut = 0; at < stream.length; cut++) {
          const length = cuts[cut % cuts.length]!;
          assert.ok(frames.take(Buffer.from(stream.subarray(at, at + length))).ok);
          at += length;
        }
        while (frames.waiting) assert.ok(frames.take().ok);
        assert.deepEqual(got, sent);
      },
    ),
    { numRuns: 300 },
  );
});

test('a header alone is a whole message', () => {
  const got: number[] = [];
  const frames = new M3uaFrames(1000, (message) => got.push(message.length) > 0);
  const header = Buffer.from([1, 0, 3, 1, 0, 0, 0, 8]);
  for (const octet of Buffer.concat([header, header])) assert.ok(frames.take(Buffer.from([octet])).ok);
  assert.deepEqual(got, [8, 8]);
});

test('a length out of bounds loses the framing at once, whatever is still to come', () => {
  const take = (octets: number[]) => new M3uaFrames(1000, () => true).take(Buffer.from(octets));
  const code = (octets: number[]) => {
    const result = take(octets);
    return result.ok ? 'ok' : result.code;
  };
  assert.equal(code([2, 0, 1, 1, 0, 0, 0, 7]), 'm3ua.frame.version');
  assert.equal(code([1, 0, 1, 1, 0, 0, 0, 0]), 'm3ua.frame.length');
  assert.equal(code([1, 0, 1, 1, 0, 0, 0, 7]), 'm3ua.frame.length');
  assert.equal(code([1, 0, 1, 1, 0, 0, 0x03, 0xe9]), 'm3ua.frame.length');
  assert.equal(code([1, 0, 1, 1, 0xff, 0xff, 0xff, 0xff]), 'm3ua.frame.length');
  assert.equal(code([1, 0, 1, 1, 0, 0, 0x03, 0xe8]), 'ok');
});

test('RFC 4666 §4.8: a message of another version is cut out by its length, so that it can be answered', () => {
  const got: string[] = [];
  const frames = new M3uaFrames(1000, (message) => got.push(Buffer.from(message).toString('hex')) > 0);
  assert.ok(frames.take(Buffer.from('02000301000000080100030100000008', 'hex')).ok);
  assert.deepEqual(got, ['0200030100000008', '0100030100000008']);
});

test('a peer that speaks something else is cut off and counted; the next one is served', async () => {
  const counters = new CountersMap();
  const port = new TcpSctpPort({ counters });
  const user = new Recorder();
  const listener = await port.listen({ host: '127.0.0.1', port: 0 }, user);
  const stranger = net.connect(listener.port, '127.0.0.1');
  stranger.on('error', () => undefined);
  stranger.write('GET / HTTP/1.1\r\n\r\n');
  assert.equal(await user.firstDown(), 'aborted');
  assert.equal(counters.get('m3ua.frame.version'), 1);
  const friend = net.connect(listener.port, '127.0.0.1');
  friend.write(numbered(5));
  await user.until(() => user.messages.length === 1);
  friend.destroy();
  await user.until(() => user.downs.length === 2);
  await port.close();
});
