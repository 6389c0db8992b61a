import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { builtInTemplateFiles, loadTemplateFiles } from '../../src/adapters/notifier/template-files.ts';
import { alphabetOf } from '../../src/stack/sms/data-coding.ts';
import { decodeSmsDeliver } from '../../src/stack/sms/sms-deliver.ts';
import { userDataText } from '../../src/stack/sms/user-data.ts';
import { tsharkMissing, tsharkSms } from '../support/tshark-sms.ts';
import { PocketPlant, profile } from './pocket-plant.ts';

const A = '491710000001';
const loaded = loadTemplateFiles(builtInTemplateFiles());
assert.ok(loaded.ok);
const languages = loaded.files.map(({ language }) => language);

/** What a subscriber's phone gets over MAP after one call while it was busy. */
function toldIn(language: string): Uint8Array {
  const plant = new PocketPlant();
  const subscriber = '491710000002';
  plant.subscribe(subscriber, { ...profile, language });
  plant.network.call(A, subscriber);
  plant.run(1000);
  const { inbox } = plant.network.handset(subscriber);
  assert.equal(inbox.length, 1, language);
  return Buffer.from(inbox[0] ?? '', 'hex');
}

const scripts: Readonly<Record<string, RegExp>> = {
  ar: /^\p{Script=Arabic}/u,
  he: /^\p{Script=Hebrew}/u,
  hi: /^\+\d+ \p{Script=Devanagari}/u,
  ja: /^[\p{Script=Han}\p{Script=Hiragana}]/u,
  ru: /^\p{Script=Cyrillic}/u,
  uk: /^\p{Script=Cyrillic}/u,
  zh: /^\p{Script=Han}/u,
};

test('N10 a missed call is told in each language over MAP, in one short message', () => {
  const texts = languages.map((language) => {
    const message = decodeSmsDeliver(toldIn(language));
    assert.ok(message.ok);
    const { dataCodingScheme, userData } = message.value;
    const text = userDataText(dataCodingScheme, userData);
    const script = scripts[language];
    assert.match(text, script ?? /^\p{Script=Latin}/u, language);
    assert.equal(alphabetOf(dataCodingScheme), script === undefined ? 'gsm7' : 'ucs2', language);
    assert.match(text, /\+491710000001/);
    assert.match(text, /12[:h.]00/, 'the time of the call');
    return text;
  });
  assert.equal(new Set(texts).size, languages.length, 'each in its own words');
});

test('N10 3GPP TS 23.038 §6.2 Wireshark reads the same texts', { skip: tsharkMissing() ?? false }, () => {
  const tpdus = languages.map(toldIn);
  const read = tsharkSms(tpdus, ['gsm_sms.sms_text']).map(([text]) => text);
  const ours = tpdus.map((octets) => {
    const message = decodeSmsDeliver(octets);
    assert.ok(message.ok);
    return userDataText(message.value.dataCodingScheme, message.value.userData);
  });
  assert.deepEqual(read, ours);
});

test('every built-in file ends with a new line, and holds no mark of direction that cannot be seen', () => {
  for (const file of builtInTemplateFiles()) {
    const source = readFileSync(file, 'utf8');
    assert.ok(source.endsWith('\n'), file);
    assert.doesNotMatch(source, /[\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u, file);
  }
});
