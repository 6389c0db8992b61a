import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type CallServiceName,
  type SmsServiceName,
  scriptFor,
  serviceKeyOf,
} from '../../../src/simulator/gsm-scf/service-table.ts';
import { callback } from '../../../src/simulator/gsm-scf/services/leg-services.ts';
import {
  ASSISTING_NOBODY,
  ASSISTING_SSF,
} from '../../../src/simulator/gsm-scf/services/resource-services.ts';
import { calledParty, callScenarios, smsScenarios } from '../../../src/simulator/gsm-ssf/scenarios.ts';
import { assistContexts, callContexts, smsContexts } from '../../../src/stack/cap/service/contexts.ts';
import { Rig } from './rig.ts';

function rigOf(seen: Set<string>): Rig {
  const rig = new Rig({
    onOutcome: (phase, direction, operation, wrong) =>
      void seen.add(`${direction} ${operation} ${phase}${wrong === undefined ? '' : ` ${wrong}`}`),
  });
  rig.called = calledParty;
  rig.assistingBy = (number) =>
    number === ASSISTING_NOBODY ? 'nowhere' : number === ASSISTING_SSF ? 'gsmSSF' : 'gsmSRF';
  rig.script = scriptFor(callContexts[4]);
  rig.assistScript = scriptFor(assistContexts[4]);
  return rig;
}

const seen = new Set<string>();

for (const scenario of callScenarios) {
  for (const phase of scenario.phases) {
    test(`3GPP TS 29.078 §11 ${scenario.service}, phase ${phase}`, () => {
      const rig = rigOf(seen);
      const serviceKey = serviceKeyOf(scenario.service as CallServiceName);
      const call = rig.call(scriptFor(callContexts[phase]), { ...scenario.call, phase, serviceKey });
      for (let seconds = 0; seconds < 60; seconds++) {
        rig.advance(1000);
        const failing =
          scenario.failsSegment === undefined ? undefined : call.segments.get(scenario.failsSegment);
        if (failing !== undefined) call.fail(failing, 41);
      }
      for (const line of scenario.shows)
        assert(
          call.record.lines.includes(line),
          `${line}: ${call.record.lines.join('\n')}\n${rig.scf.failures.join()}`,
        );
      for (const line of scenario.fromScf ?? [])
        assert(rig.ssf.lastFromScf?.record.lines.includes(line), line);
      rig.atRest();
      for (const name of scenario.answers)
        assert(seen.has(`received ${name} ${phase}`), `${name} was not received well`);
      for (const name of scenario.tells)
        assert(seen.has(`sent ${name} ${phase}`), `${name} was not sent well`);
    });
  }
}

for (const { service, phases, message, shows, answers, tells } of smsScenarios) {
  for (const phase of phases) {
    test(`3GPP TS 29.078 §12 ${service}, ${message.direction} ${message.outcome}, phase ${phase}`, () => {
      const rig = rigOf(seen);
      const serviceKey = serviceKeyOf(service as SmsServiceName);
      const sms = rig.message(scriptFor(smsContexts[phase]), { ...message, phase, serviceKey });
      rig.advance(60_000);
      for (const line of shows)
        assert(
          sms.record.lines.includes(line),
          `${line}: ${sms.record.lines.join('\n')}\n${rig.scf.failures.join()}`,
        );
      assert.equal(sms.state, 'Idle');
      rig.atRest();
      for (const name of answers) assert(seen.has(`received ${name} ${phase}`), name);
      for (const name of tells) assert(seen.has(`sent ${name} ${phase}`), name);
    });
  }
}

test('3GPP TS 29.078 §11.21 the gsmSCF makes a call of two legs, and connects them', () => {
  const rig = rigOf(seen);
  rig.callFromScf(callback('4915190000001', '4915190000002'));
  rig.advance(60_000);
  const lines = rig.ssf.lastFromScf?.record.lines ?? [];
  assert.deepEqual(rig.scf.failures, [], lines.join('\n'));
  for (const line of [
    'leg 1 in segment 1 for 4915190000001',
    'leg 2 in segment 2 for 4915190000002',
    'leg 2 to segment 1',
  ])
    assert(lines.includes(line), lines.join('\n'));
  rig.atRest();
});
