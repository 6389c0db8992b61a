import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Isup } from '../../../src/stack/isup/isup.ts';
import { M3uaAsp } from '../../../src/stack/m3ua/asp.ts';
import type { MtpService } from '../../../src/stack/m3ua/mtp.ts';
import { M3uaSgp } from '../../../src/stack/m3ua/sgp.ts';
import { silentLog } from '../../../src/types/log.ts';
import { VirtualNetwork } from '../../support/virtual-network.ts';
import { iamOf, User } from './plant.ts';

const SERVICE = 100;
const EXCHANGE = 1;

/** A service that calls are forwarded to, behind an ASP; an exchange behind the SG. */
async function plant() {
  const virtual = new VirtualNetwork();
  const { timers, counters } = virtual;
  const common = { timers, counters, log: silentLog };
  const node = (pointCode: number, peer: number, mtp: MtpService) => {
    const user = new User();
    const groups = [{ name: 'trunk', pointCode: peer, firstCic: 1, circuits: 31 }];
    return { isup: new Isup({ ...common, mtp, user, config: { pointCode, groups } }), user };
  };
  const sgp = new M3uaSgp({
    ...common,
    sctp: virtual.network.port('sg'),
    config: {
      listen: { host: 'sg', port: 2905 },
      localPointCodes: [EXCHANGE],
      applicationServers: [{ name: 'service', pointCodes: [SERVICE], routingContext: 7 }],
    },
  });
  await sgp.start();
  const exchange = node(EXCHANGE, SERVICE, sgp.service(EXCHANGE));
  const asp = new M3uaAsp({
    ...common,
    sctp: virtual.network.port('asp'),
    config: {
      applicationServers: [
        { name: 'service', pointCodes: [SERVICE], routingContext: 7, trafficMode: 'override' },
      ],
      peers: [{ name: 'sg', signallingGateway: 'sg', connect: { host: 'sg', port: 2905 } }],
      routes: [{ destination: EXCHANGE, via: [{ signallingGateway: 'sg', priority: 0 }] }],
    },
  });
  const service = node(SERVICE, EXCHANGE, asp);
  const call = () => exchange.isup.setup({ group: 'trunk', iam: iamOf(), user: exchange.user });
  return { virtual, asp, exchange, service, call };
}

test('ISUP over M3UA: a forwarded call is released with a cause, with no ACM; before M3UA is active it is refused', async () => {
  const { virtual, asp, exchange, service, call } = await plant();
  service.user.onOffer = (offered) => void offered.release(20);
  assert.deepEqual(call(), { ok: false, refusal: 'unavailable' });
  asp.start();
  virtual.advance(5);
  const calls = Array.from({ length: 31 }, call);
  assert.ok(calls.every(({ ok }) => ok));
  assert.deepEqual(call(), { ok: false, refusal: 'no-circuit' });
  virtual.advance(5);
  assert.equal(exchange.user.releases.length, 31);
  assert.ok(exchange.user.releases.every(({ by, cause }) => by === 'peer' && cause.value === 20));
  for (const { isup } of [exchange, service]) {
    const { incoming, outgoing } = isup.snapshot();
    assert.equal(incoming + outgoing, 0);
  }
});

test('ISUP over M3UA: both ends reset their circuits when they start, and agree', async () => {
  const { virtual, asp, exchange, service } = await plant();
  asp.start();
  virtual.advance(5);
  for (const { isup } of [exchange, service]) assert.equal(isup.reset('trunk'), 1);
  virtual.advance(5);
  for (const { isup, user } of [exchange, service]) {
    assert.equal(isup.snapshot().resetting, 0);
    assert.equal(user.take().filter((text) => text.endsWith(' reset')).length, 31);
  }
});
