import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { PoolRenderer, type PoolRendererOptions } from '../../../src/adapters/notifier/pool-renderer.ts';
import {
  builtInTemplateFile,
  builtInTemplateFiles,
  loadTemplateFiles,
} from '../../../src/adapters/notifier/template-files.ts';
import { DirectRenderer } from '../../../src/engine/renderer.ts';
import { Zones } from '../../../src/notice/zones.ts';
import { addressOf } from '../../../src/stack/sms/address.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import type { Notice } from '../../../src/types/model/notice.ts';
import { english, englishSource, noticeOf } from '../../support/notices.ts';

const sender = addressOf('Missed call');
assert(sender.ok);
const originatingAddress = sender.value;
const direct = new DirectRenderer([english], { originatingAddress, zones: new Zones() });
const frail = new URL('../../support/frail-notifier-worker.js', import.meta.url).href;

const batchOf = (count: number, change: Partial<Notice> = {}): Notice[] =>
  Array.from({ length: count }, (_, index) =>
    noticeOf(
      {
        kind: 'missed-calls',
        callers: Array.from({ length: 1 + (index % 7) }, (_line, at) => ({
          caller: `49151${1000 + at}`,
          calls: 1 + at,
          lastAtMs: Date.UTC(2026, 10, 21, 12, index % 60),
          reason: 'busy',
        })),
        furtherCalls: index % 3,
      },
      { reference: index % 256, ...change },
    ),
  );

const withPool = async (
  change: Partial<PoolRendererOptions>,
  use: (pool: PoolRenderer, counters: CountersMap) => Promise<void>,
) => {
  const counters = new CountersMap();
  const pool = new PoolRenderer({
    templateSources: [englishSource],
    originatingAddress,
    counters,
    ...change,
  });
  try {
    await use(pool, counters);
  } finally {
    await pool.close();
  }
};

describe('notifier pool', () => {
  test('renders batches to the same octets as on the calling thread, in their order', () =>
    withPool({ threads: 2 }, async (pool, counters) => {
      const batches = [batchOf(50), batchOf(1), [], batchOf(200, { timeZone: 'Mars/Base' })];
      const outcomes = await Promise.all(batches.map((batch) => pool.render(batch)));
      outcomes.forEach((outcome, index) => {
        assert(outcome.ok);
        assert.deepEqual(outcome.rendered, direct.renderNow(batches[index] ?? []).rendered);
        assert.deepEqual(outcome.faults, []);
      });
      assert.equal(counters.get('notifier.notice.rendered'), 251);
      assert.equal(counters.get('notifier.fallback.time-zone'), 200);
    }));

  test('a notice that cannot be rendered takes no other with it', () =>
    withPool({}, async (pool, counters) => {
      const broken = noticeOf({ kind: 'missed-calls', callers: [], furtherCalls: 1 });
      const outcome = await pool.render([broken, { ...broken, content: undefined as never }, broken]);
      assert(outcome.ok);
      assert.deepEqual(
        outcome.rendered.map((notice) => notice?.text),
        ['You missed a call.', undefined, 'You missed a call.'],
      );
      assert.equal(outcome.faults.length, 1);
      assert.equal(counters.get('notifier.notice.fault'), 1);
    }));

  test('N10 each subscriber is written to in the language that was ordered, through the pool', async () => {
    const loaded = loadTemplateFiles(builtInTemplateFiles());
    assert(loaded.ok);
    const templateSources = loaded.sources;
    await withPool({ templateSources }, async (pool, counters) => {
      const languages = ['ar', 'pl', 'PT-br', 'tlh'];
      const batch = languages.flatMap((language) => batchOf(1, { language }));
      const outcome = await pool.render(batch);
      assert(outcome.ok);
      const texts = outcome.rendered.map((notice) => notice?.text.split(/[ :]/)[0]);
      assert.deepEqual(texts, ['مكالمة', 'Nieodebrane', 'Chamada', 'You']);
      assert.equal(counters.get('notifier.fallback.language'), 1);
    });
  });

  test('more batches than may wait are refused, and the others are rendered', () =>
    withPool({ waitingMax: 2 }, async (pool, counters) => {
      const outcomes = await Promise.all(Array.from({ length: 5 }, () => pool.render(batchOf(20))));
      assert.deepEqual(
        outcomes.map((outcome) => (outcome.ok ? 'rendered' : outcome.code)),
        ['rendered', 'rendered', 'rendered', 'busy', 'busy'],
      );
      assert.equal(counters.get('notifier.batch.busy'), 2);
      assert.equal(pool.pending, 0);
      assert.equal((await pool.render(batchOf(1))).ok, true);
    }));

  for (const end of ['exit', 'throw'])
    test(`a worker that dies (${end}) fails its batch as a value, and the next one is rendered`, () =>
      withPool({ workerFile: frail }, async (pool, counters) => {
        const batch = batchOf(3, { recipient: end });
        const outcome = await pool.render(batch);
        assert.equal(outcome.ok ? 'rendered' : outcome.code, 'crashed');
        assert.equal(counters.get('notifier.batch.crashed'), 1);
        const again = await pool.render(batch.map((notice) => ({ ...notice, recipient: '4915112345678' })));
        assert.equal(again.ok, true);
      }));

  test('a worker that never ends is ended, and the next batch is rendered', () =>
    withPool({ workerFile: frail, batchTimeoutMs: 1500 }, async (pool, counters) => {
      const outcome = await pool.render(batchOf(1, { recipient: 'hang' }));
      assert.equal(outcome.ok ? 'rendered' : outcome.code, 'timed-out');
      assert.equal(counters.get('notifier.batch.timed-out'), 1);
      assert.equal((await pool.render(batchOf(1))).ok, true);
    }));

  test('workers that cannot even start fail batches, again and again, as values', () =>
    withPool({ templateSources: ['nonsense'] }, async (pool, counters) => {
      for (let index = 0; index < 3; index++) {
        const outcome = await pool.render(batchOf(1));
        assert.equal(outcome.ok ? 'rendered' : outcome.code, 'crashed');
      }
      assert.equal(counters.get('notifier.batch.crashed'), 3);
    }));

  test('a closed renderer says so, also to the batch that it had', async () => {
    const counters = new CountersMap();
    const pool = new PoolRenderer({
      templateSources: [englishSource],
      originatingAddress,
      counters,
      workerFile: frail,
    });
    const held = pool.render(batchOf(1, { recipient: 'hang' }));
    await pool.close();
    for (const outcome of [await held, await pool.render(batchOf(1))])
      assert.equal(outcome.ok ? 'rendered' : outcome.code, 'closed');
  });

  test('works with NODE_ENV=production and lets the process end', () => {
    const root = new URL('../../../', import.meta.url);
    const script = `
      import { PoolRenderer } from '${new URL('src/adapters/notifier/pool-renderer.js', root).href}';
      import { builtInTemplateFile, loadTemplateFiles } from '${new URL('src/adapters/notifier/template-files.js', root).href}';
      import { CountersMap } from '${new URL('src/types/counters.js', root).href}';
      const { sources } = loadTemplateFiles([builtInTemplateFile]);
      const pool = new PoolRenderer({ templateSources: sources, originatingAddress: ${JSON.stringify(originatingAddress)}, counters: new CountersMap() });
      const outcome = await pool.render(${JSON.stringify(batchOf(1))});
      console.log(outcome.rendered[0].text);
      await pool.close();
    `;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: 'production' },
    });
    assert.equal(output.trim(), direct.renderNow(batchOf(1)).rendered[0]?.text);
  });
});

describe('template files', () => {
  test('the built-in one is found beside the code', () => {
    const loaded = loadTemplateFiles([builtInTemplateFile]);
    assert(loaded.ok);
    assert.equal(loaded.files[0]?.language, 'en');
  });

  test('all that is wrong is said, with the file', () => {
    const loaded = loadTemplateFiles(['/no/such/file', builtInTemplateFile, builtInTemplateFile]);
    assert(!loaded.ok);
    assert.deepEqual(
      loaded.problems.map(({ path, line }) => [path, line]),
      [
        ['/no/such/file', 0],
        [builtInTemplateFile, 0],
      ],
    );
  });
});

test('the renderer on the calling thread answers at once, and as a promise', async () => {
  const batch = batchOf(4);
  assert.deepEqual(await direct.render(batch), { ok: true, ...direct.renderNow(batch) });
});
