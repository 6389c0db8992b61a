/**
 * A short message as a command (S1). Forgiving: case, marks, punctuation, order and further words do not matter, keywords are those
 * of the subscriber's language and of the first one, and a word that is nearly a keyword is taken for it, where it can only be one
 * and harms nobody.
 */
import type { SelfCareCommand } from '../types/model/self-care.ts';
import { commandOf, type ItemId, itemOf } from './menu.ts';
import { type ReadingPorts, readArgument } from './read-argument.ts';
import type { SelfCareTexts } from './texts.ts';
import { folded, isNear, wordsOf } from './words.ts';

/** Words that are looked at. */
const WORDS_MAX = 60;
/** A word of so many letters is near a keyword that differs in one letter, or in two. */
const ONE_LETTER_FROM = 4;
const TWO_LETTERS_FROM = 8;

/** `texts`: of the subscriber's language. */
export function readKeywords(text: string, texts: SelfCareTexts, ports: ReadingPorts): SelfCareCommand {
  const spoken = texts === ports.all[0] ? [texts] : [texts, ...ports.all.slice(0, 1)];
  const fillers = new Set(
    spoken.flatMap(({ words }) => words.fillers.flatMap((word) => wordsOf(folded(word)))),
  );
  const words = wordsOf(folded(text)).slice(0, WORDS_MAX);
  const first = words.findIndex((word) => !fillers.has(word));
  if (first < 0) return { kind: 'not-understood' };
  const said = words.slice(first);
  const exact = exactly(words, first, spoken);
  if (exact === undefined && isYes(said, fillers, spoken)) return { kind: 'confirm' };
  const id = exact ?? nearly(said, fillers, spoken);
  if (id !== undefined) {
    const item = itemOf(id);
    if (item.argument === undefined) return commandOf(item);
    return commandOf(item, readArgument(item.argument, text, texts, ports));
  }
  // The name of a language alone.
  const language = said.length <= 2 ? readArgument('language', text, texts, ports) : undefined;
  return language === undefined ? { kind: 'not-understood' } : commandOf(itemOf('set-language'), language);
}

/** Yes, and nothing but yes. */
function isYes(
  said: readonly string[],
  fillers: ReadonlySet<string>,
  spoken: readonly SelfCareTexts[],
): boolean {
  const plain = said.filter((word) => !fillers.has(word)).join(' ');
  return spoken.some(({ words }) => words.yes.some((yes) => wordsOf(folded(yes)).join(' ') === plain));
}

/** The first keyword, the longest where several begin there. One of weight has to come first, `first` being the first word that says something. */
function exactly(
  said: readonly string[],
  first: number,
  spoken: readonly SelfCareTexts[],
): ItemId | undefined {
  const longest = Math.max(...spoken.map(({ phraseWordsMax }) => phraseWordsMax));
  for (let start = 0; start < said.length; start++) {
    for (let length = Math.min(longest, said.length - start); length > 0; length--) {
      const phrase = said.slice(start, start + length).join(' ');
      for (const { phrases } of spoken) {
        const id = phrases.get(phrase);
        if (id !== undefined && (start <= first || itemOf(id).weighty !== true)) return id;
      }
    }
  }
  return undefined;
}

/** The item that a word is nearly a keyword of; none where it may be several, or one of weight. */
function nearly(
  said: readonly string[],
  fillers: ReadonlySet<string>,
  spoken: readonly SelfCareTexts[],
): ItemId | undefined {
  for (const word of said) {
    if (word.length < ONE_LETTER_FROM || fillers.has(word) || /\d/.test(word)) continue;
    const ids = new Set<ItemId>();
    for (const { phrases } of spoken) {
      for (const [phrase, id] of phrases) {
        if (phrase.includes(' ') || phrase.length < ONE_LETTER_FROM) continue;
        if (isNear(word, phrase, phrase.length >= TWO_LETTERS_FROM ? 2 : 1)) ids.add(id);
      }
    }
    const [id] = ids;
    if (id !== undefined && ids.size === 1 && itemOf(id).weighty !== true) return id;
  }
  return undefined;
}
