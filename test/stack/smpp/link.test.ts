import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMAND_STATUS } from '../../../src/stack/smpp/command-status.ts';
import { SmppLink } from '../../../src/stack/smpp/link.ts';
import { decodePdu, encodePdu, type Pdu } from '../../../src/stack/smpp/pdu.ts';
import type { SmppConnection, SmppPort, SmppPortUser, SmppReceiver } from '../../../src/stack/smpp/port.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { silentLog } from '../../../src/types/log.ts';
import { SeededRandom } from '../../../src/types/random.ts';
import { TimingWheel } from '../../../src/types/timing-wheel.ts';
import { bind } from './session-pair.ts';

/** A port whose peer does what the test says. */
class Peer implements SmppPort {
  readonly timers = new TimingWheel({ startMs: 0 });
  readonly calls: number[] = [];
  readonly told: string[] = [];
  answer: 'refuses' | 'accepts' | 'keeps silent' = 'accepts';
  bindStatus = 0;
  givenUp = 0;
  receiver: SmppReceiver | undefined;
  #user: SmppPortUser | undefined;
  #nowMs = 0;
  readonly link = new SmppLink(
    {
      name: 'smsc-1',
      peer: { host: 'smsc', port: 2775, tls: false },
      bind,
      times: { sessionInitMs: 2_000, enquireLinkMs: 1_000_000, inactivityMs: 0, responseMs: 2_000 },
      limits: { window: 10, pduOctetsMax: 70_000, queueOctetsMax: 100_000 },
      reconnectMs: 1_000,
      reconnectMaxMs: 8_000,
    },
    {
      port: this,
      timers: this.timers,
      counters: new CountersMap(),
      random: new SeededRandom(1),
      log: silentLog,
      user: {
        up: () => this.told.push('up'),
        roomy: () => undefined,
        request: () => undefined,
        down: () => this.told.push('down'),
      },
    },
  );

  connect(_peer: unknown, user: SmppPortUser): () => void {
    this.calls.push(this.#nowMs);
    this.#user = user;
    return () => {
      this.givenUp++;
      this.#user = undefined;
    };
  }

  advance(ms: number): void {
    for (const end = this.#nowMs + ms; this.#nowMs < end; ) {
      this.#nowMs += 10;
      this.timers.advance(this.#nowMs);
      this.#work();
    }
  }

  #work(): void {
    const user = this.#user;
    if (user === undefined || this.answer === 'keeps silent') return;
    this.#user = undefined;
    if (this.answer === 'refuses') return user.failed('ECONNREFUSED');
    const written: Uint8Array[] = [];
    const connection: SmppConnection = {
      queuedOctets: 0,
      send: (octets) => written.push(octets) > 0,
      close: () => this.receiver?.disconnected(),
    };
    this.receiver = user.up(connection);
    const asked = decodePdu(written[0]!);
    assert.ok(asked.ok && asked.value.command === 'bind_transceiver');
    this.receiver.received(
      encodePdu({
        command: 'bind_transceiver_resp',
        commandStatus: this.bindStatus,
        sequenceNumber: asked.value.sequenceNumber,
        body: { systemId: 'smsc' },
        tlvs: [],
      } satisfies Pdu<'bind_transceiver_resp'>),
    );
  }
}

const pauses = (times: readonly number[]): number[] =>
  times.slice(1).map((time, index) => time - times[index]!);

test('pauses between tries grow up to a bound, with some chance in them, and begin anew when a bind has stood', () => {
  const peer = new Peer();
  peer.answer = 'refuses';
  peer.link.open();
  peer.advance(60_000);
  const waits = pauses(peer.calls);
  assert.ok(waits.length >= 8);
  [1_000, 2_000, 4_000, 8_000, 8_000].forEach((most, index) => {
    assert.ok(
      waits[index]! <= most + 20 && waits[index]! >= most * 0.7,
      `pause ${index} is ${waits[index]} ms`,
    );
  });
  assert.ok(new Set(waits.slice(3)).size > 1);
  peer.answer = 'accepts';
  peer.advance(10_000);
  assert.deepEqual(peer.told, ['up']);
  peer.calls.length = 0;
  peer.receiver?.disconnected();
  peer.advance(1_100);
  assert.equal(peer.calls.length, 1);
  assert.deepEqual(peer.told, ['up', 'down', 'up']);
});

test('SMPP 5.0 §4.1.1.2 a bind that is refused is tried again later; nobody is told that the link is up', () => {
  const peer = new Peer();
  peer.bindStatus = COMMAND_STATUS.ESME_RINVPASWD;
  peer.link.open();
  peer.advance(3_500);
  assert.deepEqual(peer.told, []);
  assert.equal(peer.calls.length, 3);
  peer.bindStatus = 0;
  peer.advance(5_000);
  assert.deepEqual(peer.told, ['up']);
});

test('a link that is closed gives up what it had begun, wherever it stands', () => {
  const connecting = new Peer();
  connecting.answer = 'keeps silent';
  connecting.link.open();
  connecting.advance(100);
  connecting.link.close();
  assert.deepEqual([connecting.givenUp, connecting.link.state], [1, 'IDLE']);

  const waiting = new Peer();
  waiting.answer = 'refuses';
  waiting.link.open();
  waiting.advance(100);
  waiting.link.close();
  waiting.advance(10_000);
  assert.deepEqual([waiting.calls.length, waiting.link.state], [1, 'IDLE']);

  const bound = new Peer();
  bound.link.open();
  bound.advance(100);
  bound.link.close();
  assert.deepEqual(bound.told, ['up', 'down']);
  bound.advance(3_000);
  assert.equal(bound.link.state, 'IDLE', 'unbind was not answered');
  bound.link.open();
  bound.advance(100);
  assert.deepEqual(bound.told, ['up', 'down', 'up']);
});
