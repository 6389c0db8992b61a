import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { menuItems } from '../../src/selfcare/menu.ts';
import { readKeywords } from '../../src/selfcare/read-keywords.ts';
import { folded, isNear } from '../../src/selfcare/words.ts';
import type { SelfCareCommand } from '../../src/types/model/self-care.ts';
import { all, reading, texts } from '../support/self-care-texts.ts';

const read = (text: string, language = 'en') => readKeywords(text, texts(language), reading);
const B = '491711234567';

const said: readonly [language: string, text: string, command: SelfCareCommand][] = [
  ['en', 'LIST', { kind: 'list-missed' }],
  ['en', ' d ', { kind: 'list-missed' }],
  ['en', 'Please open!', { kind: 'open-missed-calls' }],
  ['en', 'stop', { kind: 'stop' }],
  ['en', 'ＳＴＯＰ．', { kind: 'stop' }],
  ['en', 'Stop, I do not want this', { kind: 'stop' }],
  ['en', 'notify off', { kind: 'close-notify-me' }],
  ['en', 'NOTIFY ON', { kind: 'open-notify-me' }],
  ['en', 'Notify me of +49 (171) 123-45 67, please', { kind: 'notify-of', number: B }],
  ['en', 'notify 0171 1234567', { kind: 'notify-of', number: B }],
  ['en', 'notify 0049-171-1234567', { kind: 'notify-of', number: B }],
  ['en', 'notify ０１７１１２３４５６７', { kind: 'notify-of', number: B }],
  ['en', '+491711234567 block', { kind: 'block-caller', number: B }],
  ['en', 'NOTIFY', { kind: 'incomplete', argument: 'number' }],
  ['en', 'quiet 22-7', { kind: 'set-quiet-hours', hours: { fromMinute: 1320, toMinute: 420 } }],
  [
    'en',
    'Quiet hours from 10:30 pm to 7 am',
    { kind: 'set-quiet-hours', hours: { fromMinute: 1350, toMinute: 420 } },
  ],
  ['en', 'quiet 2230 0700', { kind: 'set-quiet-hours', hours: { fromMinute: 1350, toMinute: 420 } }],
  ['en', 'quiet 0-24', { kind: 'incomplete', argument: 'hours' }],
  ['en', 'quiet 25-7', { kind: 'incomplete', argument: 'hours' }],
  ['en', 'QUIET OFF', { kind: 'set-quiet-hours', hours: 'off' }],
  ['en', 'language german', { kind: 'set-language', language: 'de' }],
  ['en', 'Deutsch', { kind: 'set-language', language: 'de' }],
  ['en', 'language klingon', { kind: 'incomplete', argument: 'language' }],
  ['en', 'channel e-mail and sms', { kind: 'set-channels', channels: ['e-mail', 'sms'] }],
  ['en', 'privacy nobody', { kind: 'set-privacy', who: 'nobody' }],
  ['en', 'fraud 0171 1234567', { kind: 'report-fraud', number: B }],
  ['de', 'Bitte Liste', { kind: 'list-missed' }],
  ['de', 'KÜNDIGEN', { kind: 'stop' }],
  ['de', 'Kundigen', { kind: 'stop' }],
  ['de', 'schließen', { kind: 'close-missed-calls' }],
  ['de', 'HELP', { kind: 'help' }],
  ['de', 'Melde 0171/1234567', { kind: 'notify-of', number: B }],
  ['de', 'Ruhe von 22 bis 7 Uhr', { kind: 'set-quiet-hours', hours: { fromMinute: 1320, toMinute: 420 } }],
  ['de', 'Ruhe aus', { kind: 'set-quiet-hours', hours: 'off' }],
  ['de', 'Sprache: englisch', { kind: 'set-language', language: 'en' }],
  ['de', 'Privat alle', { kind: 'set-privacy', who: 'everyone' }],
  ['ru', 'СТОП!', { kind: 'stop' }],
  ['zh', '通知0171 1234567', { kind: 'notify-of', number: '491711234567' }],
  ['ja', '「停止」', { kind: 'stop' }],
  ['fr', 'Résilier', { kind: 'stop' }],
  ['uk', 'Так, будь ласка', { kind: 'confirm' }],
  ['hi', 'हाँ', { kind: 'confirm' }],
  ['he', 'עצור', { kind: 'stop' }],
  ['ru', 'язык русский', { kind: 'set-language', language: 'ru' }],
  ['ru', 'сообщи 0171 1234567', { kind: 'notify-of', number: B }],
  ['ar', 'أَعْلِمْني ٠١٧١١٢٣٤٥٦٧', { kind: 'notify-of', number: B }],
  ['ar', 'اعلمني ۰۱۷۱۱۲۳۴۵۶۷', { kind: 'notify-of', number: B }],
  ['ar', 'هدوء ٢٢-٧', { kind: 'set-quiet-hours', hours: { fromMinute: 1320, toMinute: 420 } }],
  ['ar', 'خصوصية لا أحد', { kind: 'set-privacy', who: 'nobody' }],
  ['ar', 'قف', { kind: 'stop' }],
];

for (const [language, text, command] of said)
  test(`S1 said in ${language}: ${text}`, () => assert.deepEqual(read(text, language), command));

test('S1 a word that is nearly one: taken where it can only be one and harms nobody', () => {
  assert.deepEqual(read('langauge german'), { kind: 'set-language', language: 'de' });
  assert.deepEqual(read('statsu'), { kind: 'status' });
  assert.deepEqual(read('blok 0171 1234567'), { kind: 'block-caller', number: B });
  for (const near of ['stpo', 'sstop', 'unsubscrib', 'cloze', 'frawd 0171 1234567', 'raport 0171 1234567'])
    assert.deepEqual(read(near), { kind: 'not-understood' }, near);
  assert.deepEqual(read('lista', 'de'), { kind: 'not-understood' }, 'a list, or the lists');
});

test('S1 what ends or accuses has to come first', () => {
  assert.deepEqual(read('never stop'), { kind: 'not-understood' });
  assert.deepEqual(read('this is no fraud 0171 1234567'), { kind: 'not-understood' });
  assert.deepEqual(read('please stop'), { kind: 'stop' });
});

test('S1 every keyword of every language says its item, in that language', () => {
  for (const spoken of all) {
    for (const { id, argument } of menuItems) {
      for (const keyword of spoken.words[`keywords.${id}`]) {
        const command = readKeywords(keyword, spoken, reading);
        const fits = command.kind === id || (command.kind === 'incomplete' && command.argument === argument);
        assert.ok(fits, `${spoken.language}: ${keyword} is ${JSON.stringify(command)}, not ${id}`);
      }
    }
  }
});

test('S1 every word in capitals that an answer tells to send is understood', () => {
  for (const spoken of all) {
    for (const key of ['answer.help', 'answer.not-understood', 'answer.stopped', 'answer.stranger']) {
      for (const [word] of spoken.write(key, {}).matchAll(/(?<!\p{L})\p{Lu}{2,}(?!\p{L})/gu)) {
        const command = readKeywords(word, spoken, reading);
        assert.notEqual(command.kind, 'not-understood', `${spoken.language} ${key}: ${word}`);
      }
    }
  }
});

test('S1 whatever is written is read as something', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: 'grapheme', maxLength: 900 }),
  );
  fc.assert(
    fc.property(text, fc.constantFrom(...all), (written, spoken) => {
      assert.ok(readKeywords(written, spoken, reading).kind);
    }),
    { numRuns: 500 },
  );
  assert.deepEqual(read('9'.repeat(100_000)), { kind: 'not-understood' });
  assert.deepEqual(read('a '.repeat(100_000)), { kind: 'not-understood' });
});

test('words are compared without case, marks and scripts of digits', () => {
  assert.equal(folded('Ｓｃｈließen ٢٣ २३ ２３ Ёж'), 'schliessen 23 23 23 еж');
  assert.ok(isNear('abcd', 'abdc', 1), 'swapped');
  assert.ok(isNear('abcd', 'abc', 1) && isNear('abcd', 'abxd', 1) && !isNear('abcd', 'axyd', 1));
});
