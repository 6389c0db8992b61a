import type { Snapshot } from '../live-source.ts';
import { byId, make, setSeverity, setText } from './dom.ts';
import { duration, localTime, plural } from './format.ts';
import type { LinkState } from './link.ts';
import { addressOf } from './page-list.ts';
import { findProblems, type Problem } from './problems.ts';
import { type Severity, SHAPES, SIGNS } from './signs.ts';

/** How many of what is wrong are named in the line; the rest is counted. */
const NAMED_MAX = 3;

export interface StatusFacts {
  readonly link: LinkState;
  /** The server is silent though the socket is open. */
  readonly stale: boolean;
  /** Since the last sample came. */
  readonly ageMs: number;
  /** In ms of `performance.now()`. */
  readonly now: number;
  readonly snapshot: Snapshot | undefined;
  /** When it was paused, on the server's clock; undefined: it runs. */
  readonly pausedAtMs: number | undefined;
}

/** One line that can be read from three metres: is it well, and if not, where. */
export class Status {
  readonly #root = byId('status');
  readonly #shape = document.getElementById('status-shape');
  readonly #headline = byId('status-headline');
  readonly #detail = byId('status-detail');
  readonly #link = byId('status-link');
  #shown = '';

  update(facts: StatusFacts): void {
    setText(this.#link, linkText(facts));
    const { link, snapshot } = facts;
    if (snapshot === undefined) {
      if (link.kind === 'denied') this.#say('unknown', 'Not allowed in', [], link.reason);
      else if (link.kind === 'broken')
        this.#say('unknown', 'No connection', [], 'The server does not answer. Does "callwake" run there?');
      else this.#say('unknown', 'Connecting …', [], 'Waiting for the first sample.');
      return;
    }
    const age = duration(facts.ageMs);
    const problems = findProblems(snapshot);
    const before =
      problems.length === 0 ? 'All was well then.' : `${plural(problems.length, 'problem')} then.`;
    if (link.kind === 'denied') this.#say('unknown', `Data is ${age} old`, [], `${link.reason} ${before}`);
    else if (link.kind === 'broken' || link.kind === 'connecting')
      this.#say('unknown', `Data is ${age} old`, [], `The connection to the server is lost. ${before}`);
    else if (facts.stale)
      this.#say('unknown', `Data is ${age} old`, [], `The engine sends no new samples. ${before}`);
    else if (problems.length === 0) this.#say('well', 'All well', [], wellText(snapshot));
    else this.#say(problems[0]!.severity, headlineOf(problems), problems, '');
  }

  #say(severity: Severity, headline: string, problems: readonly Problem[], text: string): void {
    setText(this.#headline, headline);
    const key = JSON.stringify([severity, headline, problems, text]);
    if (key === this.#shown) return;
    this.#shown = key;
    setSeverity(this.#root, severity === 'well' ? '' : severity);
    this.#shape?.setAttribute('d', SHAPES[severity]);
    document.title = `${severity === 'well' ? '' : `${SIGNS[severity]} `}${headline} · Callwake`;
    if (problems.length === 0) {
      this.#detail.replaceChildren(text);
      return;
    }
    const links = problems.slice(0, NAMED_MAX).map(({ section, subject, text: what }) => {
      const link = make('a', '', describe(subject, what));
      link.href = addressOf(section);
      return link;
    });
    const more = problems.length - links.length;
    this.#detail.replaceChildren(...links, ...(more > 0 ? [`and ${more} more`] : []));
  }
}

/** An alarm's text names its subject already. */
function describe(subject: string, text: string): string {
  if (subject === '' || text.includes(subject)) return text;
  return `${subject}: ${text}`;
}

function headlineOf(problems: readonly Problem[]): string {
  const worst = problems[0]!;
  const count = (severity: Problem['severity']): number =>
    problems.filter((problem) => problem.severity === severity).length;
  const numbers: string[] = [];
  if (count('critical') > 0) numbers.push(`${count('critical')} critical`);
  if (count('warning') > 0) numbers.push(plural(count('warning'), 'warning'));
  if (numbers.length === 0) return worst.section === 'alarms' ? 'State unknown' : 'Nothing to watch yet';
  return worst.subject === '' ? numbers.join(', ') : `${numbers.join(', ')}: ${worst.subject}`;
}

function wellText({ associations, shards, totals }: Snapshot): string {
  const active = associations.filter(({ asState }) => asState === 'AS-ACTIVE').length;
  const calls =
    totals.callsAttempted === 0
      ? 'no call has come yet'
      : `${plural(totals.callsMissed, 'missed call')} since start`;
  return `${active} of ${plural(associations.length, 'association')} in service · ${plural(shards.length, 'shard')} · ${calls}`;
}

function linkText({ link, stale, ageMs, now, pausedAtMs }: StatusFacts): string {
  if (pausedAtMs !== undefined) return `Paused at ${localTime(pausedAtMs)}`;
  if (link.kind === 'broken' || link.kind === 'denied')
    return `Next try in ${duration(Math.max(0, link.retryAt - now))}`;
  if (link.kind === 'connecting') return '';
  return stale ? `Silent for ${duration(ageMs)}` : 'Live';
}
