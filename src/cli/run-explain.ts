/** What `callwake explain` does. */

import { machineClock } from '../adapters/clock.ts';
import { type Explanation, explainSubscriber, findNotice } from '../adapters/engine/explanation.ts';
import { noticeRenderer } from '../adapters/engine/notice-text.ts';
import type { Config } from '../config/schema/config.ts';
import { ofNotice, within } from '../explain/excerpt.ts';
import type { Story } from '../explain/story.ts';
import { parseEffectKey } from '../types/model/effect-key.ts';
import { EXIT } from './exit-codes.ts';
import type { ExplainOptions } from './explain.ts';
import { masked, plainTimes } from './explain-json.ts';
import { explanationText } from './explain-text.ts';
import type { Explained } from './explained.ts';
import type { Terminal } from './program.ts';
import { type Reached, withSubscribers } from './reach-subscribers.ts';

export function runExplain(options: ExplainOptions, terminal: Terminal): Promise<number> {
  return withSubscribers(options, async (subscribers, config) => {
    const found = await whom(options, subscribers, terminal);
    if (found === undefined) return EXIT.failed;
    // Whoever asks is in the access log by this.
    await subscribers.get(found.subscriber);
    const { story: whole, journal } = await explainSubscriber(subscribers, found.subscriber);
    const story = excerpt(whole, found.id, options);
    if (isEmpty(story) && !story.now.isSubscribed) {
      const shown = options.showNumbers ? found.subscriber : String(masked(found.subscriber));
      terminal.error(
        `callwake: nothing is known of ${shown}: it is not subscribed, and ${journalWords(journal)}\n`,
      );
      return EXIT.failed;
    }
    const explained = withTexts(story, journal, config);
    if (options.format === 'json') {
      const plain = plainTimes(explained);
      terminal.out(`${JSON.stringify(options.showNumbers ? plain : masked(plain), undefined, 1)}\n`);
    } else terminal.out(explanationText(options.showNumbers ? explained : (masked(explained) as Explained)));
    return EXIT.ok;
  });
}

interface Whom {
  readonly subscriber: string;
  /** Of the one notice that is asked for. */
  readonly id?: string;
}

async function whom(
  { msisdn, notice = '' }: ExplainOptions,
  subscribers: Reached,
  terminal: Terminal,
): Promise<Whom | undefined> {
  if (msisdn !== undefined) return { subscriber: msisdn };
  const id = parseEffectKey(notice);
  if (id === undefined) {
    terminal.error(`callwake: ${notice} is no id of a notice: 12.34567.1 is one\n`);
    return undefined;
  }
  const found = await findNotice(subscribers, id);
  if ('subscriber' in found) return found;
  const { firstAtMs, firstWindow } = found;
  const journal = { sinceMs: firstAtMs, isWhole: firstWindow <= 1 };
  terminal.error(`callwake: there is no notice ${notice}: ${journalWords(journal)}\n`);
  return undefined;
}

function journalWords({ sinceMs, isWhole }: Pick<Explanation['journal'], 'sinceMs' | 'isWhole'>): string {
  if (sinceMs === 0) return 'the journal is empty';
  const since = new Date(sinceMs).toISOString();
  return isWhole
    ? `the journal has nothing of it since its beginning, ${since}`
    : `the journal reaches back to ${since}, and what came before is not there any more`;
}

function excerpt(story: Story, notice: string | undefined, { from, to }: ExplainOptions): Story {
  if (notice !== undefined) return ofNotice(story, notice);
  return from === undefined && to === undefined
    ? story
    : within(story, from ?? 0, to ?? Number.POSITIVE_INFINITY);
}

function isEmpty({ calls, notices, returns, queries }: Story): boolean {
  return calls.length + notices.length + returns.length + queries.length === 0;
}

function withTexts(story: Story, journal: Explanation['journal'], config: Config): Explained {
  const render = noticeRenderer(config);
  return {
    ...story,
    asOfMs: machineClock.now(),
    journal,
    notices: story.notices.map((one) => {
      const { text, parts, fallbacks } = render(one.notice);
      return { ...one, rendered: { text, parts: parts.length, fallbacks } };
    }),
  };
}
