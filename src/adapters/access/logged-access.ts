/** The subscribers of an engine with a line in the access log for whatever is looked at or changed. */
import type { SubscriberChange } from '../../provisioning/reader.ts';
import type { Profile } from '../../types/model/profile.ts';
import type { SearchPage, SearchStep } from '../../types/model/thread.ts';
import type { NumberAccess } from '../engine/number-access.ts';
import type {
  ChangeOptions,
  ChangeOutcome,
  Presence,
  SubscriberAccess,
  SubscriberEntry,
} from '../engine/subscriber-access.ts';
import type { Access, Who } from './access-log.ts';

export interface AccessRecorder {
  record(who: Who, did: Access, numbers: readonly string[]): void;
}

export class LoggedAccess implements SubscriberAccess, NumberAccess {
  readonly #access: SubscriberAccess & NumberAccess;
  readonly #recorder: AccessRecorder;
  readonly #who: Who;
  /** Whom the search that is under way is about. */
  #searched = '';

  constructor(access: SubscriberAccess & NumberAccess, recorder: AccessRecorder, who: Who) {
    this.#access = access;
    this.#recorder = recorder;
    this.#who = who;
  }

  get(number: string): Promise<Profile | undefined> {
    this.#record('look', [number]);
    return this.#access.get(number);
  }

  presence(number: string): Promise<Presence | undefined> {
    this.#record('look', [number]);
    return this.#access.presence(number);
  }

  put(number: string, profile: Profile): Promise<'changed' | 'unchanged'> {
    this.#record('change', [number]);
    return this.#access.put(number, profile);
  }

  change(changes: readonly SubscriberChange[], options: ChangeOptions): Promise<readonly ChangeOutcome[]> {
    this.#record(
      options.dryRun ? 'look' : 'change',
      changes.map(({ number }) => number),
    );
    return this.#access.change(changes, options);
  }

  remove(number: string): Promise<boolean> {
    this.#record('remove', [number]);
    return this.#access.remove(number);
  }

  async list(after: string, limit: number): Promise<SubscriberEntry[]> {
    const entries = await this.#access.list(after, limit);
    this.#record(
      'list',
      entries.map(({ number }) => number),
    );
    return entries;
  }

  search(step: SearchStep): Promise<SearchPage> {
    // A search has thousands of steps: its first one tells.
    const begins = step.place === 'records' && step.partition === 0 && step.after === '';
    if (step.number !== '' && (begins || step.number !== this.#searched))
      this.#record('search', [step.number]);
    this.#searched = step.number;
    return this.#access.search(step);
  }

  shardPartitions(): Promise<readonly number[]> {
    return this.#access.shardPartitions();
  }

  forget(subscriber: string, number: string): Promise<void> {
    if (subscriber === number) this.#record('forget', [number]);
    return this.#access.forget(subscriber, number);
  }

  #record(did: Access, numbers: readonly string[]): void {
    this.#recorder.record(this.#who, did, numbers);
  }
}
