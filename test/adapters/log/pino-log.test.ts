import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLog, type LogOptions } from '../../../src/adapters/log/pino-log.ts';

function lines(options: LogOptions, act: (log: ReturnType<typeof createLog>) => void): string[] {
  const written: string[] = [];
  act(createLog({ ...options, write: (line) => written.push(line) }));
  return written;
}

test('as JSON a line has level, time, event and fields, an error its message and stack', () => {
  const [line, failed] = lines({ format: 'json', fields: { node: 'a' } }, (log) => {
    log.warn('association-down', { peer: 'stp-b' });
    log.error('shard-failed', { error: new Error('out of room') });
  });
  const { time, ...fields } = JSON.parse(line!) as Record<string, unknown>;
  assert.deepEqual(fields, { level: 'warn', node: 'a', peer: 'stp-b', event: 'association-down' });
  assert.ok(!Number.isNaN(Date.parse(String(time))));
  const { error } = JSON.parse(failed!) as { error: { message: string; stack: string } };
  assert.equal(error.message, 'out of room');
  assert.match(error.stack, /pino-log\.test/);
});

test('as text a line reads at a glance, and no field can forge another line', () => {
  const [line, forged, failed] = lines({ format: 'text' }, (log) => {
    log.info('started', { port: 8080, peers: ['a', 'b'] });
    log.info('started', { name: 'x\n12:00 error forged', 'two words': 1 });
    log.error('failed', { error: Object.assign(new Error('in use'), { code: 'CW_PORT_IN_USE' }) });
  });
  assert.match(line!, /^\d\d:\d\d:\d\d\.\d{3} info {2}started port=8080 peers="\[\\"a\\",\\"b\\"\]"\n$/);
  assert.equal(forged!.split('\n').length, 2);
  assert.match(failed!, /error {1}failed error="in use \(CW_PORT_IN_USE\)"/);
});

test('nothing below the level is written', () => {
  assert.deepEqual(
    lines({ format: 'json', level: 'error' }, (log) => {
      log.info('a');
      log.warn('b');
    }),
    [],
  );
});
