import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { menuItems } from '../../src/selfcare/menu.ts';
import { ussdTable } from '../../src/selfcare/ussd-fsm.ts';
import { pagesOf } from '../../src/selfcare/ussd-pages.ts';
import { UssdSession, type UssdStep } from '../../src/selfcare/ussd-session.ts';
import { all, fitsUssd, reading, texts } from '../support/self-care-texts.ts';
import { checkTable } from '../types/fsm-check.ts';

const session = (language = 'en') => new UssdSession(texts(language), reading, fitsUssd);
const shown = (step: UssdStep) => (step.kind === 'ask' || step.kind === 'end' ? step.text.split('\n') : step);

test('the menu is sound and looks like its picture', (t) => checkTable(t, ussdTable));

test('S2 through the menu to a command and its answer', () => {
  const menu = session();
  assert.deepEqual(shown(menu.begin([])), [
    'Callwake',
    '1 Missed calls',
    '2 Notify me of a number',
    '3 Notices on and off',
    '4 Quiet hours',
    '5 Callers',
    '6 Privacy',
    '7 Settings',
    '8 Report fraud',
  ]);
  assert.deepEqual(shown(menu.heard('5')), [
    'Callers',
    '1 Block a number',
    '2 Allow a number',
    '3 Only listed: add a number',
    '4 All callers',
    '5 Show my lists',
    '0 Back',
  ]);
  assert.deepEqual(shown(menu.heard('1')), ['Which number?', '0 Back']);
  assert.deepEqual(menu.heard('0171 1234567'), {
    kind: 'do',
    command: { kind: 'block-caller', number: '491711234567' },
  });
  assert.deepEqual(menu.answered('Done.'), { kind: 'end', text: 'Done.' });
  assert.deepEqual(menu.heard('1'), { kind: 'over' });
});

test('S2 what ends something is asked for twice', () => {
  const menu = session();
  menu.begin(['3']);
  assert.deepEqual(shown(menu.heard('5')), ['Stop everything: are you sure?', '1 yes', '2 no']);
  assert.deepEqual(shown(menu.heard('2'))[0 as never], 'Notices on and off');
  menu.heard('5');
  assert.deepEqual(menu.heard('Yes!'), { kind: 'do', command: { kind: 'stop' } });
});

test('S2 direct strings go straight to the item, with what it needs', () => {
  assert.deepEqual(session().begin(['1']), { kind: 'do', command: { kind: 'list-missed' } });
  assert.deepEqual(session().begin(['2', '0171', '1234567']), {
    kind: 'do',
    command: { kind: 'notify-of', number: '491711234567' },
  });
  assert.deepEqual(session().begin(['4', '22', '7']), {
    kind: 'do',
    command: { kind: 'set-quiet-hours', hours: { fromMinute: 1320, toMinute: 420 } },
  });
  assert.deepEqual(
    shown(session().begin(['8', '01711234567']))[0 as never],
    'Report fraud +491711234567: are you sure?',
  );
  assert.deepEqual(
    shown(session().begin(['3', '9', '1']))[0 as never],
    'Please choose by number.',
    'not the 1 behind it',
  );
});

test('S2 languages to choose from, by number or by name', () => {
  const menu = session('de');
  const choices = shown(menu.begin(['7', '2']));
  assert.deepEqual(choices, [
    'Welche Sprache?',
    '1 English',
    '2 العربية',
    '3 Deutsch',
    '4 Русский',
    '0 Zurück',
    '00 Mehr',
  ]);
  assert.deepEqual(menu.heard('4'), { kind: 'do', command: { kind: 'set-language', language: 'ru' } });
  const named = session('de');
  named.begin(['7', '2']);
  assert.deepEqual(named.heard('russisch'), {
    kind: 'do',
    command: { kind: 'set-language', language: 'ru' },
  });
});

test('S2 a long answer in pages', () => {
  const menu = session();
  menu.begin(['1']);
  const lines = Array.from({ length: 20 }, (_, n) => `+4917112345${n} at 12:00, 3 times`);
  let step = menu.answered(lines.join('\n'));
  const read: string[] = [];
  for (; step.kind === 'ask'; step = menu.heard('00')) {
    assert.ok(fitsUssd(step.text) && step.text.endsWith('\n00 More'));
    read.push(...step.text.split('\n').slice(0, -1));
  }
  assert.ok(step.kind === 'end');
  assert.deepEqual([...read, ...step.text.split('\n')], lines);
});

test('S2 three answers in a row that are none end the session, and so do questions without end', () => {
  const menu = session();
  menu.begin([]);
  assert.deepEqual(shown(menu.heard('77'))[0 as never], 'Please choose by number.');
  menu.heard('');
  assert.deepEqual(menu.heard('what?'), {
    kind: 'end',
    text: 'Sorry, we did not understand. Please try again.',
  });
  const endless = session();
  endless.begin([]);
  let questions = 0;
  while (endless.heard(questions % 2 === 0 ? '3' : '0').kind === 'ask') questions++;
  assert.ok(questions < 50, `${questions} questions`);
});

test('S2 what cannot be done is said, and who is gone hears nothing', () => {
  const menu = session('de');
  menu.begin(['1']);
  assert.deepEqual(menu.failed(), {
    kind: 'end',
    text: 'Das hat leider nicht geklappt. Bitte später noch einmal.',
  });
  const gone = session();
  gone.begin([]);
  assert.deepEqual(gone.lost(), { kind: 'over' });
  assert.deepEqual(gone.heard('1'), { kind: 'over' });
});

test('S2 every item can be reached in every language, and every page fits', () => {
  for (const spoken of all) {
    const reached = new Set<string>();
    const walk = (path: readonly string[]): void => {
      const menu = new UssdSession(spoken, reading, fitsUssd);
      let step = menu.begin(path);
      for (let pages = 0; step.kind === 'ask' && pages < 6; pages++) {
        assert.ok(fitsUssd(step.text), `${spoken.language} ${path.join('*')}: ${step.text}`);
        if (menu.state !== 'menu') break;
        step = menu.heard('00');
      }
    };
    for (let first = 1; first <= 8; first++) {
      walk([`${first}`]);
      for (let second = 1; second <= 5; second++) {
        walk([`${first}`, `${second}`]);
        for (const argument of ['01711234567', '22*7', '1']) {
          const menu = new UssdSession(spoken, reading, fitsUssd);
          let step = menu.begin([`${first}`, `${second}`, ...argument.split('*')]);
          if (step.kind === 'ask' && menu.state === 'confirmation') step = menu.heard('1');
          if (step.kind === 'do') reached.add(step.command.kind);
          const short = new UssdSession(spoken, reading, fitsUssd);
          step = short.begin([`${first}`, ...argument.split('*')]);
          if (step.kind === 'ask' && short.state === 'confirmation') step = short.heard('1');
          if (step.kind === 'do') reached.add(step.command.kind);
        }
      }
    }
    assert.deepEqual([...reached].sort(), menuItems.map(({ id }) => id).sort(), spoken.language);
  }
});

test('S2 whatever is typed, every page fits and the session ends', () => {
  const typed = fc.oneof(
    fc.constantFrom('0', '00', '1', '2', '3', '5', '8', 'yes', '22-7'),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...all),
      fc.array(typed, { maxLength: 6 }),
      fc.array(typed, { maxLength: 60 }),
      (spoken, path, inputs) => {
        const menu = new UssdSession(spoken, reading, fitsUssd);
        let step = menu.begin(path);
        for (const input of inputs) {
          if (step.kind === 'ask') assert.ok(fitsUssd(step.text), step.text);
          if (step.kind === 'do') step = menu.answered(`${input} `.repeat(9));
          else if (step.kind !== 'ask') break;
          else step = menu.heard(input);
        }
        if (step.kind === 'end') assert.ok(fitsUssd(step.text), step.text);
      },
    ),
    { numRuns: 300 },
  );
});

test('pages: a line that fits none is cut at a word, or where it has none; nothing is lost', () => {
  const fits = (text: string) => text.length <= 20;
  assert.deepEqual(pagesOf([], ['one two three four five'], [], 'more', fits), [
    'one two three\nmore',
    'four five',
  ]);
  const pages = pagesOf(['T'], ['x'.repeat(50)], ['B'], 'more', fits);
  assert.ok(pages.every(fits));
  assert.equal(pages.join('').replace(/[^x]/g, '').length, 50);
  assert.deepEqual(pagesOf([], [], [], 'more', fits), ['']);
  assert.deepEqual(
    pagesOf(['far too long a head for this'], ['x'], [], 'more', fits).length,
    1,
    'and no endless loop',
  );
});
