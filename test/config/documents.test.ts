import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import { defaultConfigFile } from '../../src/config/default-file.ts';
import { type KeyNode, keyTree } from '../../src/config/introspection.ts';
import { loadConfig } from '../../src/config/load.ts';
import { configReference } from '../../src/config/reference.ts';
import { configSchemas } from '../../src/config/schema/config.ts';
import { assertGolden } from '../support/golden.ts';

describe('documents of the configuration', () => {
  test('config/callwake.yaml is up to date', () => assertGolden('config/callwake.yaml', defaultConfigFile()));

  test('docs/configuration.md is up to date', () => assertGolden('docs/configuration.md', configReference()));

  test('the default file is valid, and says nothing but defaults and what is required', () => {
    const whole = loadConfig(defaultConfigFile());
    const least = loadConfig(
      'signalling:\n  localPointCode: 2-100-7\nmap:\n  serviceCentreNumber: +491700000\n',
    );
    assert(whole.ok, JSON.stringify(whole));
    assert(least.ok, JSON.stringify(least));
    assert.deepEqual(whole.config, least.config);
  });

  test('every key says what it is and what it allows, and names its unit', () => {
    const walk = (path: string, node: KeyNode): void => {
      for (const [key, child] of node.children) {
        const at = `${path}.${key}`;
        assert(child.document !== undefined, `${at} is not documented`);
        assert.match(child.document.description, /^[0-9A-Z].*\.$/s, `${at} is described in a sentence`);
        assert(child.document.allowed !== '', at);
        assert.doesNotMatch(key, /(Time|Timeout|Interval|Size|Delay)$/, `${at} has no unit`);
        if (child.required) assert(child.document.example !== undefined || child.kind !== 'value', at);
        walk(at, child);
      }
    };
    for (const schema of Object.values(configSchemas)) walk('', keyTree(schema));
  });

  test('nothing listens beyond this machine by default', () => {
    const loaded = loadConfig(defaultConfigFile());
    assert(loaded.ok);
    assert.equal(loaded.config.web.host, '127.0.0.1');
    assert.deepEqual(loaded.config.signalling.associations, []);
  });
});
