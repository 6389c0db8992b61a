import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { defaultConfigFile } from '../../src/config/default-file.ts';
import { loadConfig } from '../../src/config/load.ts';
import { subscriberPolicyOf } from '../../src/config/policy.ts';
import { configError, problemText } from '../../src/config/problem.ts';
import type { Config } from '../../src/config/schema/config.ts';
import { nearest } from '../../src/config/suggestion.ts';
import { defaultShardLimits } from '../../src/engine/shard/shard-options.ts';
import { defaultSubscriberPolicy } from '../../src/subscriber/policy.ts';

const least = 'signalling:\n  localPointCode: 2-100-7\nmap:\n  serviceCentreNumber: +491700000\n';
const loaded = (text: string): Config => {
  const result = loadConfig(text);
  assert(result.ok, JSON.stringify(result));
  return result.config;
};
const problems = (text: string) => {
  const result = loadConfig(text);
  return result.ok
    ? []
    : result.problems.map((problem) => problemText('f', problem).replaceAll('\u00a0', ' '));
};

describe('a configuration', () => {
  test('is whole with what has no default; the rest is filled in, as the parts have it', () => {
    const config = loaded(least);
    assert.equal(config.signalling.localPointCode, (2 << 11) | (100 << 3) | 7);
    assert.equal(config.map.serviceCentreNumber, '491700000');
    assert.equal(config.shards.count, 'auto');
    const { windowMs, windowEventsMax, actorWritesMax, openWindowsMax, journalWindowsKept, lagActorsMax } =
      config.store;
    const { actorsMax, readMax, waitingMax, openEffectsMax } = config.shards;
    assert.deepEqual(
      {
        windowMs,
        windowEventsMax,
        actorWritesMax,
        openWindowsMax,
        journalWindowsKept,
        actorsMax,
        readMax,
        waitingMax,
        openEffectsMax,
        lagActorsMax,
      },
      defaultShardLimits,
    );
    const { deliveriesMax: _deliveries, ...policy } = config.delivery;
    const {
      classes: _1,
      callers: _2,
      watchesStrangers: _3,
      channels: _4,
      inbox,
      ...numbers
    } = defaultSubscriberPolicy;
    assert.deepEqual({ ...policy, templateVersion: 1 }, numbers);
    assert.deepEqual(subscriberPolicyOf(config, 1).inbox, inbox);
  });

  test('has point codes in decimal, 3-8-3 or 8-8-8, and numbers with or without a plus', () => {
    const pointCode = (text: string, format = 'itu') =>
      loaded(
        `signalling: { localPointCode: ${text}, pointCodeFormat: ${format} }\nmap: { serviceCentreNumber: "491700000" }`,
      ).signalling.localPointCode;
    assert.equal(pointCode('7-255-7'), 16_383);
    assert.equal(pointCode('16383'), 16_383);
    assert.equal(pointCode('"12"'), 12);
    assert.equal(pointCode('1-2-3'), 2048 + 16 + 3);
    assert.equal(pointCode('1-2-3', 'ansi'), 65_536 + 512 + 3);
    assert.equal(pointCode('255-255-255', 'ansi'), 16_777_215);
    assert.equal(pointCode('15-7-15-7', '4-3-4-3'), 16_383);
    assert.equal(pointCode('16777215', 'decimal-24'), 16_777_215);
  });

  test('may leave a section or a key empty', () => {
    assert.deepEqual(loaded(`${least}web:\nlog:\n  level:\n`), loaded(least));
  });

  test('describes associations, routes and translations', () => {
    const config = loaded(`
signalling:
  localPointCode: 1-1-1
  applicationServers:
    - { name: calls, routingContext: 1 }
    - { name: messages, routingContext: 2, pointCodes: [1-1-1, 9] }
    - { name: theirs, routingContext: 3, pointCodes: [1-1-3] }
  associations:
    - { name: a, remote: { host: stp-a.example }, signallingGateway: stp, applicationServers: [calls] }
    - { name: b, remote: { host: "2001:db8::1", port: 2906 }, signallingGateway: stp, standby: true }
    - { name: lab, role: sgp, local: { port: 0 }, applicationServers: [theirs] }
  routes:
    - { destination: default, via: [{ signallingGateway: stp }] }
sccp:
  translations:
    - { digits: 49*, targets: [{ pointCode: 1-1-2, ssn: 6, routing: ssn }] }
map: { serviceCentreNumber: 491700000 }
`);
    assert.deepEqual(config.signalling.applicationServers[1]?.pointCodes, [2057, 9]);
    assert.equal(config.signalling.associations[0]?.remote.port, 2905);
    assert.equal(config.signalling.associations[2]?.local.port, 0);
    assert.equal(config.sccp.translations[0]?.digits, '49*');
  });
});

describe('a wrong configuration', () => {
  test('is told all that is wrong with it at once: line, path, value, what is allowed', () => {
    assert.deepEqual(
      problems(`node:
  id: 16
  dataDir: x
signalling:
  localPointCode: 9-0-0
  transport: udp
  associations:
    - name: stp a
      remote: { host: 127.0.0.1, prot: 2905 }
    - name: b
      streams: 0
    - 7
webb:
  port: 80
web:
  port: 70000
  enabled: yes please
delivery:
  retryMs: [5000, 1]
notices:
  originatingAddress: A name that is too long
subscribers:
  defaultTimeZone: Mars/Base
`),
      [
        'f: map.serviceCentreNumber: is missing; allowed: an international number (E.164): 5 … 15 digits, with or without a plus, as in +491700000',
        'f:2: node.id: 16 is not allowed; allowed: an integer, 0 … 15',
        'f:3: node.dataDir: there is no such key; allowed: id, dataDirectory',
        'f:5: signalling.localPointCode: "9-0-0" is not allowed; allowed: a point code: decimal, 0 … 16383, or 3-8-3, as in 2-100-7',
        'f:6: signalling.transport: "udp" is not allowed; allowed: sctp-udp, tcp, memory',
        'f:8: signalling.associations[0].name: "stp a" is not allowed; allowed: 1 … 40 letters, digits, - and _',
        'f:9: signalling.associations[0].remote.prot: there is no such key, did you mean port?; allowed: host, port',
        'f:10: signalling.associations[1].remote.host: is missing; allowed: the address of the signalling gateway',
        'f:11: signalling.associations[1].streams: 0 is not allowed; allowed: an integer, 1 … 1 024',
        'f:12: signalling.associations[2]: 7 is not allowed; allowed: keys: name, role, remote, local, streams, signallingGateway, applicationServers, peerApplicationServers, exchange, standby',
        'f:13: webb: there is no such key, did you mean web?; allowed: node, numbering, signalling, sccp, tcap, map, cap, shards, store, delivery, availability, notices, smpp, channels, selfCare, serviceClasses, callers, subscribers, personalData, web, capacity, log',
        'f:16: web.port: 70000 is not allowed; allowed: an integer, 0 … 65 535',
        'f:17: web.enabled: "yes please" is not allowed; allowed: true or false',
        'f:19: delivery.retryMs[1]: 1 is not allowed; allowed: an integer, 1 000 … 604 800 000',
        'f:21: notices.originatingAddress: "A name that is too long" is not allowed; allowed: a name of at most 11 characters of the GSM alphabet, +digits, or a short number; 20 digits at most',
        'f:23: subscribers.defaultTimeZone: "Mars/Base" is not allowed; allowed: an IANA time zone, as in Europe/Berlin',
      ],
    );
  });

  test('keys that do not go together are told with the rest', () => {
    assert.deepEqual(
      problems(`signalling:
  localPointCode: 1
  applicationServers: [{ name: a, routingContext: 1 }, { name: a }]
  associations:
    - { name: x, remote: { host: h }, applicationServers: [b] }
    - { name: x, role: sgp, remote: { host: h } }
  routes:
    - { destination: 99999, via: [{ signallingGateway: y }] }
    - { destination: 2, via: [] }
  times: { reconnectMinMs: 50000 }
map: { serviceCentreNumber: 491700000 }
delivery: { callersPerNotice: 60 }
sccp:
  translations:
    - { digits: 491700000, targets: [{ pointCode: 2 }] }
    - { digits: 49*, natureOfAddress: 4, targets: [{ pointCode: 2 }] }
    - { digits: 49*, targets: [{ pointCode: 2 }] }
    - { digits: "49*", targets: [{ pointCode: 3 }] }
`),
      [
        'f:3: signalling.applicationServers[1].name: a is the name of signalling.applicationServers[0] too; allowed: a name of its own for each',
        'f:3: signalling.applicationServers[1].routingContext: is missing, and there are several application servers; allowed: a routing context of its own for each',
        'f:5: signalling.associations[0].applicationServers[0]: there is no application server b; allowed: a',
        'f:6: signalling.associations[1].name: x is the name of signalling.associations[0] too; allowed: a name of its own for each',
        'f:6: signalling.associations[1].remote: does not go with the role sgp; allowed: only with the role asp',
        'f:6: signalling.associations[1].applicationServers: must name what is served here, with point codes of its own; allowed: names of application servers that have pointCodes',
        'f:8: signalling.routes[0].destination: 99999 is not allowed; allowed: a point code: decimal, 0 … 16383, or 3-8-3, as in 2-100-7, or default',
        'f:8: signalling.routes[0].via[0].signallingGateway: there is no signalling gateway y; allowed: x',
        'f:9: signalling.routes[1].via: [] is not allowed; allowed: a list of signalling gateways, one at least',
        'f:10: signalling.times.reconnectMaxMs: 30000 is below signalling.times.reconnectMinMs, which is 50000; allowed: 50000 or more',
        'f:12: delivery.callersMax: 50 is below delivery.callersPerNotice, which is 60; allowed: 60 or more',
        'f:15: sccp.translations[0].digits: 491700000 is that of our own number; allowed: each pattern once',
        'f:18: sccp.translations[3].digits: 49* is that of sccp.translations[2]; allowed: each pattern once',
      ],
    );
  });

  test('N6 a way out of e-mails needs a secret, and a secret a way out; its address is an https address', () => {
    const problemsOf = (unsubscribe: string): string[] =>
      problems(`signalling: { localPointCode: 1 }
map: { serviceCentreNumber: 491700000 }
channels: { eMail: { unsubscribe: { ${unsubscribe} } } }
`);
    const secret = 'secrets: [env:SECRET]';
    assert.deepEqual(problemsOf(`url: https://a.example/out, ${secret}`), []);
    assert.deepEqual(problemsOf(`mailto: out@a.example, ${secret}`), []);
    const needs = 'is missing; allowed: url or mailto with a secret, or none of them';
    const at = 'f:3: channels.eMail.unsubscribe';
    assert.deepEqual(problemsOf('url: https://a.example/out'), [`${at}.secrets: ${needs}`]);
    assert.deepEqual(problemsOf(secret), [`${at}.url: ${needs}`]);
    for (const url of ['http://a.example/out', 'https://a.example/out?a=b', 'https://u:p@a.example/', 'x'])
      assert.equal(problemsOf(`url: "${url}", ${secret}`).length, 1, url);
  });

  test('keys that do not go with an association between IPSPs are told', () => {
    assert.deepEqual(
      problems(`signalling:
  localPointCode: 1
  applicationServers:
    - { name: ours, routingContext: 1 }
    - { name: b, routingContext: 2, pointCodes: [2] }
  associations:
    - { name: x, role: ipsp, peerApplicationServers: [ours], standby: true }
    - { name: y, role: ipsp, exchange: double, peerApplicationServers: [b, c] }
    - { name: z, role: ipsp, remote: { host: h }, peerApplicationServers: [b] }
map: { serviceCentreNumber: 491700000 }
`),
      [
        'f:7: signalling.associations[0].standby: does not go with the role ipsp; allowed: only with the role asp',
        'f:7: signalling.associations[0].peerApplicationServers: must name what the peer serves, with point codes of its own; allowed: names of application servers that have pointCodes',
        'f:8: signalling.associations[1].peerApplicationServers: has a routing context that none of ours has, as single exchange needs it; allowed: names of application servers with the routing contexts of ours; else exchange: double',
        'f:8: signalling.associations[1].exchange: is not that of the other associations with the role ipsp; allowed: single',
        'f:8: signalling.associations[1].remote.host: is missing, and another association with the role ipsp listens already; allowed: the address of the peer',
        'f:8: signalling.associations[1].peerApplicationServers[1]: there is no application server c; allowed: ours, b',
        'f:9: signalling.associations[2].peerApplicationServers: has a routing context that none of ours has, as single exchange needs it; allowed: names of application servers with the routing contexts of ours; else exchange: double',
      ],
    );
  });

  test('that is no YAML, or no map, is told so', () => {
    assert.match(problems('web: [1, 2')[0] ?? '', /^f:\d+: .*; allowed: YAML/);
    assert.deepEqual(problems('a: 1\na: 2'), ['f:2: Map keys must be unique; allowed: YAML, each key once']);
    assert.match(problems('- 1')[0] ?? '', /a map of sections/);
    assert.match(problems('')[0] ?? '', /is missing/);
    assert.match(problems('web: 3').at(-1) ?? '', /f:1: web: 3 is not allowed; allowed: keys: enabled, host/);
  });

  test('becomes an error with everything in it, for exit code 78', () => {
    const result = loadConfig('node: { id: 99 }');
    assert(!result.ok);
    const error = configError('callwake.yaml', result.problems);
    assert.equal(error.code, 'CW_CONFIG_INVALID');
    assert.match(error.message, /^3 things are wrong with callwake\.yaml:\n {2}callwake\.yaml:\d?/);
  });

  test('never ends in an exception, whatever the file says', () => {
    const lines = defaultConfigFile().split('\n');
    const scrap = fc.constantFrom(
      'null',
      '[]',
      '{}',
      '-1',
      '1e9',
      '"x"',
      'true',
      '[[1]]',
      '&a [*a]',
      '{ a: { b: 1 } }',
      '.nan',
      '~',
      '2026-01-01',
      '!!binary aGk=',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), scrap), { minLength: 1, maxLength: 12 }), (changes) => {
        const changed = [...lines];
        for (const [at, value] of changes) {
          const index = at % changed.length;
          changed[index] = (changed[index] ?? '').replace(/: .*$/, `: ${value}`);
        }
        const result = loadConfig(changed.join('\n'));
        if (!result.ok) for (const problem of result.problems) assert(problemText('f', problem).length > 5);
      }),
      { numRuns: 150 },
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        loadConfig(text);
      }),
      { numRuns: 300 },
    );
  });
});

test('a misspelt key is recognised, a different word is not', () => {
  const known = ['heartbeatMs', 'host', 'port', 'serviceKeys'];
  assert.equal(nearest('heartBeatMs', known), 'heartbeatMs');
  assert.equal(nearest('hsot', known), 'host');
  assert.equal(nearest('servicKey', known), 'serviceKeys');
  assert.equal(nearest('threads', known), undefined);
});
