/** Examples in the documents are sound: configurations, metrics, counters, files of subscribers. */
import { strict as assert } from 'node:assert';
import { Readable } from 'node:stream';
import { describe, test } from 'node:test';
import { readSubscriberFile } from '../../src/adapters/engine/subscriber-file.ts';
import { METRICS } from '../../src/adapters/metrics/descriptors.ts';
import { keyTree } from '../../src/config/introspection.ts';
import { loadConfig } from '../../src/config/load.ts';
import { configSchemas } from '../../src/config/schema/config.ts';
import { ProfileReader } from '../../src/provisioning/reader.ts';
import { counterRow } from '../../src/types/counter-table.ts';
import { ERROR_TABLE } from '../../src/types/error-table.ts';
import { filesBelow } from '../support/sources.ts';

const documents = filesBelow('.', '.md');

function blocks(language: string): { readonly file: string; readonly text: string }[] {
  const fence = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm');
  return documents.flatMap(({ file, text }) =>
    [...text.matchAll(fence)].map(([, block]) => ({ file, text: block! })),
  );
}

describe('examples in the documents', () => {
  test('files of subscribers are such as callwake takes', async () => {
    const numbering = { countryCode: '49', nationalPrefix: '0', internationalPrefix: '00' };
    const reader = new ProfileReader(numbering);
    for (const format of ['csv', 'ndjson'] as const) {
      const files = blocks(format);
      assert(files.length > 0);
      for (const { file, text } of files)
        for await (const line of readSubscriberFile(Readable.from([text]), { reader, format }))
          assert.notEqual(line.kind, 'fault', `${file}: ${JSON.stringify(line)}`);
    }
  });

  test('configurations are such as callwake takes', () => {
    const configurations = blocks('yaml').filter(({ text }) => /^signalling:/m.test(text));
    assert(configurations.length > 0);
    for (const { file, text } of configurations) {
      const loaded = loadConfig(text);
      assert(loaded.ok, `${file}: ${loaded.ok ? '' : JSON.stringify(loaded.problems)}`);
    }
  });

  test('configuration keys that they name are keys', () => {
    const tree = keyTree(configSchemas.itu);
    const sections = [...tree.children.keys()];
    for (const { file, text } of documents) {
      if (file.includes('state-machines')) continue;
      for (const [, named] of text.matchAll(/`([a-z]\w*(?:\.\w+)+)(?:\[\])?(?:: [^`]*)?`/g)) {
        const path = named!.split('.');
        if (!sections.includes(path[0]!) || counterRow(named!) !== undefined) continue;
        let node = tree.children.get(path[0]!);
        for (const step of path.slice(1)) node = node?.children.get(step);
        assert(node !== undefined, `${file}: there is no key ${named}`);
      }
    }
  });

  test('metrics and counters that they name are there', () => {
    const metrics = new Set([
      ...METRICS.map(({ name }) => name),
      'callwake_events_total',
      'callwake_latency_seconds',
    ]);
    for (const { file, text } of documents) {
      for (const [, name] of text.matchAll(/\b(callwake_[a-z_0-9]+)/g))
        assert(metrics.has(name!.replace(/_(bucket|sum|count)$/, '')), `${file}: there is no metric ${name}`);
      for (const [, name] of text.matchAll(/event="([\w.-]+)"/g))
        assert(counterRow(name!) !== undefined, `${file}: there is no counter ${name}`);
    }
  });

  test('error codes that they name are in the table', () => {
    const codes = new Set<string>(ERROR_TABLE.map(({ code }) => code));
    for (const { file, text } of documents)
      for (const [code] of text.matchAll(/\bCW_[A-Z_]+\b/g))
        assert(codes.has(code), `${file}: there is no ${code}`);
  });
});
