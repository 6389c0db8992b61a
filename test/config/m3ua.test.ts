import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import { loadConfig } from '../../src/config/load.ts';
import { aspConfigOf, ipspConfigOf, sgpConfigsOf } from '../../src/config/m3ua.ts';
import { subscriberPolicyOf } from '../../src/config/policy.ts';
import type { Config } from '../../src/config/schema/config.ts';
import { DEFAULT_TIMES } from '../../src/stack/m3ua/configuration.ts';
import { defaultSubscriberPolicy } from '../../src/subscriber/policy.ts';

const configOf = (signalling: string): Config => {
  const result = loadConfig(`signalling:\n${signalling}\nmap: { serviceCentreNumber: 491700000 }\n`);
  assert(result.ok, JSON.stringify(result));
  return result.config;
};

describe('what M3UA is told', () => {
  test('one association: all our application servers, and a route to everywhere', () => {
    const { signalling } = configOf(`
  localPointCode: 100
  associations: [{ name: stp, remote: { host: 127.0.0.1 } }]`);
    assert.deepEqual(aspConfigOf(signalling), {
      applicationServers: [{ name: 'callwake', pointCodes: [100] }],
      peers: [
        {
          name: 'stp',
          signallingGateway: 'stp',
          connect: { host: '127.0.0.1', port: 2905, streams: 16 },
          applicationServers: ['callwake'],
        },
      ],
      routes: [{ destination: 'default', via: [{ signallingGateway: 'stp', priority: 0 }] }],
      auditOnActivation: true,
      queueOctetsMax: 1_048_576,
      times: DEFAULT_TIMES,
    });
    assert.deepEqual(sgpConfigsOf(signalling), []);
  });

  test('a pair of gateways, one of them in standby, and a peer that we serve', () => {
    const { signalling } = configOf(`
  localPointCode: 100
  aspIdentifier: 7
  applicationServers:
    - { name: calls, routingContext: 1, trafficMode: override }
    - { name: theirs, routingContext: 2, networkAppearance: 3, pointCodes: [200] }
  associations:
    - { name: a, remote: { host: stp-a }, signallingGateway: stp }
    - { name: b, remote: { host: stp-b, port: 2906 }, signallingGateway: stp, standby: true, local: { port: 2907 } }
    - { name: lab, role: sgp, local: { port: 0 }, streams: 4, applicationServers: [theirs] }
  routes: [{ destination: 5, via: [{ signallingGateway: stp, priority: 1 }] }]`);
    const asp = aspConfigOf(signalling);
    assert.deepEqual(asp?.applicationServers, [
      { name: 'calls', pointCodes: [100], routingContext: 1, trafficMode: 'override' },
    ]);
    assert.deepEqual(
      asp.peers.map(({ name, signallingGateway, standbyFor }) => [name, signallingGateway, standbyFor]),
      [
        ['a', 'stp', undefined],
        ['b', 'stp', ['calls']],
      ],
    );
    assert.deepEqual(asp.peers[1]?.connect, { host: 'stp-b', port: 2906, streams: 16, localPort: 2907 });
    assert.deepEqual(asp.routes, [{ destination: 5, via: [{ signallingGateway: 'stp', priority: 1 }] }]);
    assert.equal(asp.aspIdentifier, 7);
    const [sgp] = sgpConfigsOf(signalling);
    assert.deepEqual(sgp?.listen, { host: '127.0.0.1', port: 0, streams: 4 });
    assert.deepEqual(sgp.applicationServers, [
      { name: 'theirs', pointCodes: [200], routingContext: 2, networkAppearance: 3 },
    ]);
    assert.deepEqual(sgp.localPointCodes, [100]);
  });

  test('peers without a gateway between: those that we connect to, and one that we listen for', () => {
    const { signalling } = configOf(`
  localPointCode: 100
  applicationServers:
    - { name: ours, routingContext: 1 }
    - { name: b, routingContext: 2, pointCodes: [200] }
    - { name: c, routingContext: 3, pointCodes: [300] }
  associations:
    - { name: stp, remote: { host: stp }, applicationServers: [ours] }
    - { name: to-b, role: ipsp, exchange: double, remote: { host: node-b }, peerApplicationServers: [b] }
    - { name: from-c, role: ipsp, exchange: double, local: { port: 2910 }, peerApplicationServers: [c] }`);
    const ipsp = ipspConfigOf(signalling);
    assert.equal(ipsp?.exchange, 'double');
    assert.deepEqual(ipsp.localApplicationServers, [{ name: 'ours', pointCodes: [100], routingContext: 1 }]);
    assert.deepEqual(
      ipsp.remoteApplicationServers.map(({ name, pointCodes }) => [name, pointCodes]),
      [
        ['b', [200]],
        ['c', [300]],
      ],
    );
    assert.deepEqual(ipsp.peers, [
      {
        name: 'to-b',
        connect: { host: 'node-b', port: 2905, streams: 16 },
        applicationServers: ['ours', 'b'],
      },
    ]);
    assert.deepEqual(ipsp.listen, { host: '127.0.0.1', port: 2910, streams: 16 });
    assert.equal(ipsp.listenName, 'from-c');
    assert.deepEqual(
      aspConfigOf(signalling)?.applicationServers.map(({ name }) => name),
      ['ours'],
    );
  });

  test('without associations there is no ASP and no IPSP', () => {
    assert.equal(aspConfigOf(configOf('  localPointCode: 100').signalling), undefined);
    assert.equal(ipspConfigOf(configOf('  localPointCode: 100').signalling), undefined);
  });
});

test('the subscribers’ policy is the default one unless the file says otherwise', () => {
  assert.deepEqual(subscriberPolicyOf(configOf('  localPointCode: 100'), 1), defaultSubscriberPolicy);
});
