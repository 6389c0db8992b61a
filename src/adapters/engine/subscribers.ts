/** Subscribers by way of the command desk, as promises: what the desk refuses is tried again, an answer that is lost ends the wait. */
import type { CommandDesk } from '../../engine/command-desk.ts';
import { changedProfile, withLaterFields } from '../../provisioning/profile-change.ts';
import type { SubscriberChange } from '../../provisioning/reader.ts';
import type { DefaultsOf } from '../../provisioning/series.ts';
import type { AdminCommand, OpenInbox } from '../../types/model/event.ts';
import { type Profile, sameProfile } from '../../types/model/profile.ts';
import type { SubscriberState } from '../../types/model/state.ts';
import type { SearchPage, SearchStep } from '../../types/model/thread.ts';
import { OperatingError } from '../../types/operating-error.ts';
import { partitionCount } from '../../types/partition.ts';
import { InTurn } from './in-turn.ts';
import { mergePages } from './merge-pages.ts';
import type { NumberAccess } from './number-access.ts';
import {
  type ChangeOptions,
  type ChangeOutcome,
  type Presence,
  presenceOf,
  type SubscriberAccess,
  type SubscriberEntry,
} from './subscriber-access.ts';

/** Pause before the desk is asked again. */
const RETRY_MS = 5;

export class EngineSubscribers implements SubscriberAccess, NumberAccess {
  readonly #desk: CommandDesk;
  readonly #defaultsOf: DefaultsOf;
  readonly #patienceMs: number;
  /** What is read and then changed is not changed in between, at least not from here. */
  readonly #inTurn = new InTurn();

  /**
   * @param defaultsOf what new subscribers have where nothing is said
   * @param patienceMs how long an answer may take: a shard that starts anew after a crash may need seconds
   */
  constructor(desk: CommandDesk, defaultsOf: DefaultsOf, patienceMs = 20_000) {
    this.#desk = desk;
    this.#defaultsOf = defaultsOf;
    this.#patienceMs = patienceMs;
  }

  async get(number: string): Promise<Profile | undefined> {
    return (await this.state(number))?.profile;
  }

  async presence(number: string): Promise<Presence | undefined> {
    const state = await this.state(number);
    return state?.profile === undefined ? undefined : presenceOf(state);
  }

  /** All that is known of a subscriber; undefined: there is no such one. */
  state(number: string): Promise<SubscriberState | undefined> {
    return this.#ask((done) => this.#desk.get(number, done));
  }

  put(number: string, profile: Profile): Promise<'changed' | 'unchanged'> {
    return this.#inTurn.run(number, async () => {
      const before = await this.get(number);
      if (before !== undefined && sameProfile(before, profile)) return 'unchanged';
      await this.#command(number, { kind: 'set-profile', profile: withLaterFields(profile, before) });
      return 'changed';
    });
  }

  change(changes: readonly SubscriberChange[], options: ChangeOptions): Promise<readonly ChangeOutcome[]> {
    return Promise.all(changes.map((one) => this.#inTurn.run(one.number, () => this.#change(one, options))));
  }

  async #change(
    { number, change }: SubscriberChange,
    { replace, dryRun }: ChangeOptions,
  ): Promise<ChangeOutcome> {
    const before = await this.get(number);
    const profile = changedProfile(before, change, this.#defaultsOf(number), replace);
    if (before !== undefined && sameProfile(before, profile)) return 'unchanged';
    if (!dryRun) await this.#command(number, { kind: 'set-profile', profile });
    return before === undefined ? 'added' : 'changed';
  }

  remove(number: string): Promise<boolean> {
    return this.#inTurn.run(number, async () => {
      if ((await this.get(number)) === undefined) return false;
      await this.#command(number, { kind: 'remove' });
      return true;
    });
  }

  list(after: string, limit: number): Promise<SubscriberEntry[]> {
    return mergePages(partitionCount, after, limit, async (partition, from, count) =>
      (await this.#page(partition, from, count)).flatMap(({ number, profile }) =>
        profile === undefined ? [] : [{ number, profile }],
      ),
    );
  }

  search(step: SearchStep): Promise<SearchPage> {
    return this.#ask((done) => this.#desk.search(step, done));
  }

  shardPartitions(): Promise<readonly number[]> {
    return Promise.resolve(this.#desk.aPartitionOfEach);
  }

  forget(subscriber: string, number: string): Promise<void> {
    return this.#inTurn.run(subscriber, () => this.#command(subscriber, { kind: 'forget-number', number }));
  }

  /** N6: no more e-mail to this address. */
  closeEMail(number: string, address: string): Promise<void> {
    return this.#inTurn.run(number, () => this.#command(number, { kind: 'close-e-mail', address }));
  }

  /** N8: what the subscriber's app has shown, and what is to go. */
  openInbox(number: string, order: Omit<OpenInbox, 'kind'>): Promise<void> {
    return this.#inTurn.run(number, () => this.#command(number, { kind: 'open-inbox', ...order }));
  }

  #page(partition: number, after: string, count: number): Promise<readonly SubscriberState[]> {
    return this.#ask((done) => this.#desk.page(partition, after, count, done));
  }

  #command(number: string, command: AdminCommand['command']): Promise<void> {
    return this.#ask((done) => this.#desk.command(number, command, done));
  }

  #ask<T>(send: (done: (answer: T) => void) => number): Promise<T> {
    const giveUpAtMs = performance.now() + this.#patienceMs;
    return new Promise<T>((resolve, reject) => {
      const trySend = (): void => {
        const nowMs = performance.now();
        if (nowMs >= giveUpAtMs) return reject(busy('has no room for a command'));
        const token = send((answer) => {
          clearTimeout(patience);
          resolve(answer);
        });
        const patience = setTimeout(
          () => {
            if (token === 0) return trySend();
            this.#desk.forget(token);
            reject(busy('did not answer a command'));
          },
          token === 0 ? RETRY_MS : giveUpAtMs - nowMs,
        );
      };
      trySend();
    });
  }
}

function busy(what: string): OperatingError {
  return new OperatingError('CW_ENGINE_BUSY', `the engine ${what} in time: try again`);
}
