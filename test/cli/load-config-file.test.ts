import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { loadConfigFile } from '../../src/cli/load-config-file.ts';
import { OperatingError } from '../../src/types/operating-error.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function written(config: unknown): { file: string; folder: string } {
  const folder = temporaryFolder();
  const file = path.join(folder, 'callwake.yaml');
  writeFileSync(file, JSON.stringify(config));
  return { file, folder };
}

const sound = {
  signalling: {
    localPointCode: '2-100-1',
    applicationServers: [{ name: 'callwake', routingContext: 1 }],
    associations: [{ name: 'stp', remote: { host: '127.0.0.1', port: 2905 } }],
  },
  sccp: { translations: [{ digits: '*', targets: [{ pointCode: '2-1-1' }] }] },
  map: { serviceCentreNumber: '+491700000001' },
  cap: { serviceKeys: [1] },
};

test('paths of the file count from its folder, wherever the command was called', () => {
  const { file, folder } = written({
    ...sound,
    node: { dataDirectory: 'data' },
    notices: { templateFiles: ['texts/de.txt', '/etc/en.txt'] },
    subscribers: { importFile: '../people.csv' },
  });
  const config = loadConfigFile(file);
  assert.equal(config.node.dataDirectory, path.join(folder, 'data'));
  assert.deepEqual(config.notices.templateFiles, [path.join(folder, 'texts/de.txt'), '/etc/en.txt']);
  assert.equal(config.subscribers.importFile, path.join(path.dirname(folder), 'people.csv'));
});

test('the engine is no signalling gateway: the role is refused with its place and what there is instead', () => {
  const { associations, applicationServers } = sound.signalling;
  const { file } = written({
    ...sound,
    signalling: {
      ...sound.signalling,
      applicationServers: [...applicationServers, { name: 'theirs', routingContext: 2, pointCodes: [200] }],
      associations: [...associations, { name: 'lab', role: 'sgp', applicationServers: ['theirs'] }],
    },
  });
  assert.throws(
    () => loadConfigFile(file),
    (error) => {
      assert.ok(error instanceof OperatingError);
      assert.equal(error.code, 'CW_CONFIG_INVALID');
      assert.match(error.message, /signalling\.associations\[1\]\.role/);
      assert.match(error.message, /callwake m3ua --role sgp/);
      return true;
    },
  );
});

test('a file that is not there is the file system’s own error, with its path', () => {
  assert.throws(() => loadConfigFile('/nowhere/callwake.yaml'), { code: 'ENOENT' });
});
