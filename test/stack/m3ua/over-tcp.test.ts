import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TcpSctpPort } from '../../../src/adapters/sctp/tcp.ts';
import { M3uaAsp } from '../../../src/stack/m3ua/asp.ts';
import type { MtpTransfer, MtpUser } from '../../../src/stack/m3ua/mtp.ts';
import { M3uaSgp } from '../../../src/stack/m3ua/sgp.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { silentLog } from '../../../src/types/log.ts';
import { TimingWheel } from '../../../src/types/timing-wheel.ts';

class User implements MtpUser {
  readonly heard: number[] = [];
  onTransfer({ data }: MtpTransfer): void {
    this.heard.push((data[0]! << 8) | data[1]!);
  }
  onPause(): void {
    // Not looked at.
  }
  onResume(): void {
    // Not looked at.
  }
  onStatus(): void {
    // Not looked at.
  }
}

/** Lets the sockets work until `condition` holds. */
async function until(condition: () => boolean): Promise<void> {
  for (let turns = 0; !condition(); turns++) {
    assert.ok(turns < 1_000_000, 'what was waited for did not come');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('RFC 4666 over TCP: DATA goes on the only stream there is, both ways, in order', async () => {
  const counters = new CountersMap();
  const timers = new TimingWheel();
  const ports = [new TcpSctpPort({ counters }), new TcpSctpPort({ counters })] as const;
  const sgp = new M3uaSgp({
    config: {
      listen: { host: '127.0.0.1', port: 0 },
      localPointCodes: [1],
      applicationServers: [{ name: 'as-1', pointCodes: [100], routingContext: 10 }],
    },
    sctp: ports[0],
    timers,
    counters,
    log: silentLog,
  });
  const port = await sgp.start();
  const asp = new M3uaAsp({
    config: {
      applicationServers: [{ name: 'as-1', pointCodes: [100], routingContext: 10 }],
      peers: [{ name: 'sgp', signallingGateway: 'sg', connect: { host: '127.0.0.1', port } }],
      routes: [{ destination: 'default', via: [{ signallingGateway: 'sg', priority: 0 }] }],
    },
    sctp: ports[1],
    timers,
    counters,
    log: silentLog,
  });
  const [here, there] = [new User(), new User()];
  asp.bind(3, here);
  sgp.service(1).bind(3, there);
  try {
    asp.start();
    await until(() => sgp.snapshot().applicationServers[0]!.state === 'AS-ACTIVE');
    const transfer = (opc: number, dpc: number, index: number): MtpTransfer => ({
      opc,
      dpc,
      si: 3,
      ni: 2,
      mp: 0,
      sls: index % 16,
      data: Uint8Array.of(index >> 8, index & 0xff),
    });
    await until(() => asp.transfer(transfer(100, 1, 0)));
    const count = 1000;
    for (let index = 1; index < count; index++) assert.ok(asp.transfer(transfer(100, 1, index)));
    for (let index = 0; index < count; index++) assert.ok(sgp.service(1).transfer(transfer(1, 100, index)));
    await until(() => here.heard.length === count && there.heard.length === count);
    const wanted = Array.from({ length: count }, (_, index) => index);
    assert.deepEqual(here.heard, wanted);
    assert.deepEqual(there.heard, wanted);
    let stopped = false;
    asp.stop(() => {
      stopped = true;
    });
    await until(() => stopped && sgp.snapshot().associations.length === 0);
  } finally {
    await sgp.stop();
    for (const one of ports) await one.close();
  }
});
