import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { AlarmBoard } from '../../../src/adapters/engine/alarm-board.ts';
import { connectorConditions } from '../../../src/adapters/engine/connector-conditions.ts';
import { at, ConnectorPlant, fault } from '../../connector/connector-plant.ts';

const texts = (plant: ConnectorPlant): string[] => {
  const board = new AlarmBoard();
  board.update(0, connectorConditions([plant.connector.status]));
  board.update(60_000, connectorConditions([plant.connector.status]));
  return board.standing.map(({ severity, text }) => `${severity}: ${text}`);
};

test('N6 N8 a channel that is down is an alarm that says why, one that is slowed another, and one that is full', () => {
  const plant = new ConnectorPlant();
  plant.offer('a');
  plant.advance(100);
  assert.deepEqual(texts(plant), []);
  const down = new ConnectorPlant(() => at(1, fault('unreachable')), { triesMax: 10 });
  for (let item = 0; item < 9; item++) down.offer(`${item}`);
  down.advance(10);
  assert.deepEqual(texts(down), ['critical: The channel test is down: unreachable: as the script says.']);
  const slowed = new ConnectorPlant(() => at(1, fault('throttled')));
  slowed.offer('a');
  slowed.advance(10);
  assert.deepEqual(texts(slowed), [
    'warning: The channel test is slowed by its far side: 50.0 of 100 a second.',
  ]);
  const full = new ConnectorPlant(() => undefined, { waitingMax: 3, window: 1 });
  for (let item = 0; item < 4; item++) full.offer(`${item}`);
  assert.deepEqual(texts(full), [
    'warning: As many notices wait in the channel test as may (3); further ones go by the subscriber’s next channel, or later.',
  ]);
});
