import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bcsmEvent } from '../../../src/simulator/gsm-scf/arguments.ts';
import { ArmedPoints, edpRules } from '../../../src/simulator/gsm-ssf/detection-points.ts';
import type { BCSMEvent } from '../../../src/stack/cap/types/bcsm-event.ts';

const legs = (id: number) => id <= 2;

test('3GPP TS 29.078 §11.27 only the events of the state model and of the phase can be armed', () => {
  for (const phase of [1, 2, 3, 4] as const) {
    for (const [point, rule] of Object.entries(edpRules)) {
      const leg = rule.party === 'calling' ? 1 : 2;
      const event = bcsmEvent(point as never, rule.modes[0]!, leg);
      const fault = new ArmedPoints().arm([event], rule.bcsm, phase, legs);
      assert.equal(
        fault,
        rule.phase > phase ? 'unexpectedDataValue' : undefined,
        `${point} in phase ${phase}`,
      );
      assert.equal(
        new ArmedPoints().arm([event], rule.bcsm === 'O' ? 'T' : 'O', phase, legs),
        'unexpectedDataValue',
      );
    }
  }
});

test('3GPP TS 29.078 §11.27 when one of the events is wrong none is armed', () => {
  const faults: [BCSMEvent, string][] = [
    [bcsmEvent('oDisconnect', 'interrupted'), 'missingParameter'],
    [bcsmEvent('oAnswer', 'interrupted', 3), 'unknownLegID'],
    [bcsmEvent('oAnswer', 'interrupted', 1), 'unknownLegID'],
    [bcsmEvent('oChangeOfPosition', 'interrupted', 1), 'unexpectedDataValue'],
    [
      { ...bcsmEvent('oAnswer', 'interrupted', 2), dpSpecificCriteria: { applicationTimer: 5 } },
      'unexpectedParameter',
    ],
    [{ ...bcsmEvent('oAnswer', 'interrupted', 2), automaticRearm: null }, 'unexpectedParameter'],
    [{ eventTypeBCSM: 99, monitorMode: 'interrupted' }, 'parameterOutOfRange'],
  ];
  for (const [event, fault] of faults) {
    const armed = new ArmedPoints();
    assert.equal(armed.arm([bcsmEvent('oAbandon', 'interrupted', 1), event], 'O', 4, legs), fault);
    assert.equal(armed.size, 0);
  }
});

test('3GPP TS 29.078 §11.27 transparent disarms, and what is armed to stay so stays so when it is met', () => {
  const armed = new ArmedPoints();
  armed.arm(
    [
      bcsmEvent('oAnswer', 'interrupted', 2),
      { ...bcsmEvent('oMidCall', 'interrupted', 2), automaticRearm: null },
    ],
    'O',
    4,
    legs,
  );
  armed.arm([bcsmEvent('oAnswer', 'transparent', 2)], 'O', 4, legs);
  assert.deepEqual(
    armed.all().map(({ point }) => point),
    ['oMidCall'],
  );
  assert.equal(armed.meet('oMidCall', 2)?.mode, 'interrupted');
  assert.equal(armed.meet('oMidCall', 2)?.mode, 'interrupted');
  armed.meet('oDisconnect', 2);
  assert.equal(armed.size, 0);
});
