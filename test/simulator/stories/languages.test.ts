import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtInTemplateFiles, loadTemplateFiles } from '../../../src/adapters/notifier/template-files.ts';
import { loadSelfCareTexts } from '../../../src/adapters/selfcare/text-files.ts';
import { folded } from '../../../src/selfcare/words.ts';
import { Story } from '../story.ts';

const loaded = loadTemplateFiles(builtInTemplateFiles());
assert.ok(loaded.ok);
const languages = loaded.files.map(({ language }) => language);

/** The word in Latin letters that a text asks for. */
const keywordIn = (text: string, word: RegExp): string => word.exec(text)?.[0] ?? `(none in: ${text})`;

for (const language of languages)
  test(`N9 S5 in ${language}: the keywords that the texts name are understood, on the phone that they came to`, async () => {
    const story = await Story.begin({
      allLanguages: true,
      people: { anna: {}, ben: { language, preferences: { teaser: true } } },
      classes: [{ welcome: true }],
    });
    const read = (): string => {
      const { inbox } = story.person('ben').handset;
      assert.ok(inbox.length > 0, 'nothing came');
      return inbox.at(-1)!.text;
    };
    const stop = keywordIn(read(), /\bSTOP\b/);
    story.reads('anna', /^Welcome/);
    story.calls('anna', 'ben');
    const teaser = read();
    assert.ok(!teaser.includes(story.person('anna').number), 'a hint names nobody');
    story.replies('ben', keywordIn(teaser, /(?<![A-Za-z])D(?![A-Za-z])/));
    assert.match(read(), new RegExp(`\\+${story.person('anna').number}`), 'the list');
    story.replies('ben', stop);
    const count = story.person('ben').handset.inbox.length;
    assert.equal(count, 4, 'welcome, hint, list, goodbye');
    story.calls('anna', 'ben');
    story.reads('ben', /./, /./, /./, /./);
    story.over();
  });

for (const language of languages)
  test(`S5 in ${language}: the yes that the text asks for opens the service`, async () => {
    const story = await Story.begin({
      allLanguages: true,
      people: { anna: {}, ben: { subscribed: false } },
      classes: [{ doubleOptIn: true }],
    });
    story.reads('anna', /YES/);
    story.orders('ben', { missedCalls: true, language });
    const asked = story.person('ben').handset.inbox.at(-1)?.text ?? '';
    const yes = loadSelfCareTexts([]).texts.find((texts) => texts.language === language)?.words.yes[0] ?? '';
    assert.ok(yes !== '' && folded(asked).includes(folded(yes)), `${yes} in ${asked}`);
    story.calls('anna', 'ben');
    story.replies('ben', yes);
    story.calls('anna', 'ben');
    const [, opened, notice, more] = story.person('ben').handset.inbox;
    assert.ok(opened !== undefined && notice !== undefined && more === undefined);
    assert.ok(notice.text.includes(story.person('anna').number), notice.text);
  });
