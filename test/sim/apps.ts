/** The apps of people who read their notices in an inbox (N8): each is opened now and then, and says what it has shown. */
import type { CommandDesk } from '../../src/engine/command-desk.ts';
import { renderPush } from '../../src/notice/render-push.ts';
import type { TemplateFile } from '../../src/notice/templates.ts';
import { Zones } from '../../src/notice/zones.ts';
import type { Mailboxes } from '../../src/simulator/mailboxes.ts';
import type { Person } from '../../src/simulator/person.ts';
import { isUnread } from '../../src/types/model/inbox.ts';
import { type EffectId, effectKey, type Notice } from '../../src/types/model/notice.ts';
import type { SubscriberState } from '../../src/types/model/state.ts';
import { randomBelow, randomFraction, SeededRandom } from '../../src/types/random.ts';
import type { Timers } from '../../src/types/timers.ts';

export interface AppsOptions {
  readonly seed: number;
  readonly lookMaxMs: number;
  /** Of the world. */
  readonly timers: Timers;
  readonly templates: readonly TemplateFile[];
  readonly mailboxes: () => Mailboxes;
  /** When it came to the inbox, by the id of its effect. */
  readonly placedAtMs: (id: string) => number;
  /** That it was read is durable: what an actor shows may be forgotten yet. */
  readonly isReadForGood: (id: string) => boolean;
  /** Undefined: no engine runs. */
  readonly desk: () => CommandDesk | undefined;
}

const SHARE_REMOVED = 0.3;
const LOOKS_AGAIN_MS = 300;

export class Apps {
  readonly #options: AppsOptions;
  readonly #random: SeededRandom;
  readonly #zones = new Zones();
  /** Ids of entries that the engine keeps as read, and the person has seen. */
  readonly #seen = new Map<Person, Set<string>>();

  constructor(options: AppsOptions) {
    this.#options = options;
    this.#random = new SeededRandom(options.seed);
  }

  start(people: readonly Person[]): void {
    for (const person of people)
      if (person.preferences?.channels?.includes('inbox') === true) {
        this.#seen.set(person, new Set());
        this.#openLater(person);
      }
  }

  #openLater(person: Person): void {
    const { timers, lookMaxMs } = this.#options;
    const afterMs = 1 + randomBelow(this.#random, lookMaxMs);
    timers.start(afterMs, { onTimer: () => this.#open(person) }, 0, 0);
  }

  /** An answer that a kill has taken along is waited for by nobody. */
  #open(person: Person): void {
    this.#openLater(person);
    this.#options.desk()?.get(person.number, (state) => this.#shown(person, state));
  }

  /**
   * A notice is told when the engine keeps it as read: until then it may yet go another way. What was shown and not said is shown
   * again, so that nothing is told by halves.
   */
  #shown(person: Person, state: SubscriberState | undefined): void {
    const seen = this.#seen.get(person);
    const inbox = state?.inbox;
    if (seen === undefined || inbox === undefined) return;
    const read: EffectId[] = [];
    const removed: EffectId[] = [];
    for (const entry of inbox.entries) {
      const { id } = entry.notice;
      if (isUnread(entry)) {
        read.push(id);
        continue;
      }
      if (!this.#options.isReadForGood(effectKey(id))) continue;
      if (!seen.has(effectKey(id))) this.#told(person, entry.notice);
      seen.add(effectKey(id));
      if (randomFraction(this.#random) < SHARE_REMOVED) removed.push(id);
    }
    if (read.length + removed.length === 0 && !inbox.isPassedBy) return;
    this.#options.desk()?.command(person.number, { kind: 'open-inbox', read, removed }, () => {
      const look = () => this.#options.desk()?.get(person.number, (now) => this.#shown(person, now));
      look();
      // What waited for another channel comes now, and is looked for.
      if (inbox.isPassedBy) this.#options.timers.start(LOOKS_AGAIN_MS, { onTimer: () => void look() }, 0, 0);
    });
  }

  #told(person: Person, notice: Notice): void {
    const { templates, mailboxes, placedAtMs } = this.#options;
    const id = effectKey(notice.id);
    const { body } = renderPush(notice, templates, { zones: this.#zones });
    mailboxes().entry(person, {
      id,
      text: body,
      writtenAtMs: notice.createdAtMs,
      placedAtMs: placedAtMs(id),
    });
  }
}
