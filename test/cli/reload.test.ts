/** SIGHUP to a running engine: the translations of its file are taken anew, and nothing else of it. */
import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../support/temporary-folder.ts';

const main = path.resolve(import.meta.dirname, '../../src/cli/main.js');

const fileText = (translations: string) => `
node: { dataDirectory: data }
signalling:
  transport: memory
  localPointCode: 2-100-7
  associations: [{ name: stp, remote: { host: stp, port: 2905 } }]
sccp: { translations: [${translations}] }
map: { serviceCentreNumber: 491700000 }
shards: { count: 1 }
store: { mapSizeOctets: 16777216 }
web: { enabled: false }
log: { format: json }
`;

test('SIGHUP takes the translations of the file anew; when the file is wrong all of it is said, and the engine goes on', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'callwake.yaml');
  writeFileSync(file, fileText(''));
  const engine = spawn(process.execPath, [main, 'run', '--config', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(engine, 'close');
  let said = '';
  let look = (): void => undefined;
  engine.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    look();
  });
  /** The first line from here on with this in it. */
  const heard = (words: string): Promise<string> =>
    new Promise((resolve, reject) => {
      look = () => {
        const line = said.split('\n').find((one) => one.includes(words));
        if (line === undefined) return;
        said = '';
        resolve(line);
      };
      void ended.then(() => reject(new Error(`${words} was never said: ${said}`)));
      look();
    });
  try {
    await heard('engine.started');
    writeFileSync(file, fileText("{ digits: '49*', targets: [{ pointCode: 5 }] }"));
    engine.kill('SIGHUP');
    // Ours leads here, and the one of the file.
    assert.match(await heard('sccp.translation-replaced'), /"rules":2/);
    writeFileSync(file, fileText("{ digits: 4x, targets: [] }, { digits: '1*', targets: [{ strip: 0 }] }"));
    engine.kill('SIGHUP');
    const refused = await heard('config.not-taken');
    for (const key of [
      'translations[0].digits',
      'translations[0].targets',
      'translations[1].targets[0].pointCode',
    ])
      assert.ok(refused.includes(key), key);
    writeFileSync(
      file,
      fileText("{ digits: '*', targets: [{ pointCode: 5 }] }, { digits: '1*', targets: [{ pointCode: 6 }] }"),
    );
    engine.kill('SIGHUP');
    assert.match(await heard('sccp.translation-replaced'), /"rules":3/);
  } finally {
    engine.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true });
  }
  assert.equal(engine.exitCode, 0);
});
