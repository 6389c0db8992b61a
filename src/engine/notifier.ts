/**
 * The notifier part: takes notices that are due from the shards, has them rendered in batches, and passes them on: to message
 * centres, where there are any, else to the signalling part. A batch that could not be rendered is handed in again; a notice that never can be is a lasting failure.
 */
import type { Clock } from '../types/clock.ts';
import type { Counters } from '../types/counters.ts';
import type { Log } from '../types/log.ts';
import type { CancelNotice, EffectKind, QueryNotice, SendNotice } from '../types/model/effect.ts';
import type { SubscriberEvent } from '../types/model/event.ts';
import { type EffectId, type Notice, ownerOf } from '../types/model/notice.ts';
import { type Delivery, ringKinds } from '../types/model/thread.ts';
import { isSubscriberNumber, partitionOf } from '../types/partition.ts';
import type { RingReader, RingWriter } from '../types/ports/ring.ts';
import type { Timers } from '../types/timers.ts';
import { encodeEvent } from '../wire/event.ts';
import { decodeReleasedEffect, encodeDelivery } from '../wire/thread.ts';
import { ChannelDesk } from './channel-desk.ts';
import { ReleaseQueue } from './release-queue.ts';
import type { RenderOutcome } from './renderer.ts';
import type { SmscStatus } from './smsc-status.ts';

export interface NotifierOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly counters: Counters;
  readonly log: Log;
  /** Renders a batch; `done` is called once, now or later. */
  readonly render: (batch: readonly Notice[], done: (outcome: RenderOutcome) => void) => void;
  /** Something came up outside a turn of work. */
  readonly wake: () => void;
  readonly fromShards: readonly RingReader[];
  readonly toSignalling: RingWriter;
  /** What has come of notices that did not go to the signalling part, and what message centres say. */
  readonly toShards: readonly RingWriter[];
  readonly shardOf: (partition: number) => number;
  readonly limits: NotifierLimits;
}

/** Message centres, as the notifier uses them. */
export interface MessageCentres {
  /** What they have not begun. */
  readonly waiting: number;
  readonly statuses: readonly SmscStatus[];
  deliver(delivery: Delivery): void;
  cancel(what: CancelNotice): void;
  query(what: QueryNotice): void;
  answerReceipt(token: number): void;
  /** A turn of work; returns how much there was. */
  doWork(): number;
}

export interface NotifierLimits {
  readonly batchMax: number;
  readonly batchesMax: number;
  /** Rendered notices that may wait for the signalling part, and outcomes for the shards, before no more are taken. */
  readonly waitingMax: number;
  /** Pause before a batch that failed is handed in again. */
  readonly retryMs: number;
}

export const defaultNotifierLimits: NotifierLimits = {
  batchMax: 200,
  batchesMax: 8,
  waitingMax: 2_000,
  retryMs: 100,
};

interface Job {
  readonly epoch: number;
  readonly effect: EffectId;
  readonly what: SendNotice;
  readonly returnedAtMs: number;
  /** Batches of this one notice in which the renderer broke down, though others went well in between. */
  crashes: number;
  /** Batches that had gone well when it did so last. */
  goneWell: number;
  readonly again: boolean;
}

const RETRY = 1;

/** Times that a notice, alone in its batch, may bring the renderer down before it is a lasting failure. */
const CRASHES_MAX = 3;

export class Notifier {
  readonly #options: NotifierOptions;
  readonly #out: ReleaseQueue;
  readonly #outcomes: readonly ReleaseQueue[];
  readonly channels: ChannelDesk;
  #centres: MessageCentres | undefined;
  readonly #retries = new Map<number, readonly Job[]>();
  #retryKey = 0;
  #batches = 0;
  #goneWell = 0;

  constructor(options: NotifierOptions) {
    this.#options = options;
    this.#out = new ReleaseQueue(options.toSignalling);
    this.#outcomes = options.toShards.map((ring) => new ReleaseQueue(ring));
    const { clock, counters } = options;
    this.channels = new ChannelDesk({ clock, counters, tell: (event) => this.tell(event) });
  }

  /** From now on notices go there. */
  useCentres(centres: MessageCentres): void {
    this.#centres = centres;
  }

  /** Something came up outside of a turn of work. */
  wake(): void {
    this.#options.wake();
  }

  /** For the actor of the subscriber. */
  tell(event: SubscriberEvent): void {
    if (!isSubscriberNumber(event.subscriber)) return;
    const shard = this.#options.shardOf(partitionOf(event.subscriber));
    this.#outcomes[shard]!.push(ringKinds.event, encodeEvent(event));
    this.#options.wake();
  }

  get status(): NotifierStatus {
    const { batchesMax } = this.#options.limits;
    const smscs = this.#centres?.statuses ?? [];
    return { batches: this.#batches, batchesMax, waiting: this.#waiting, smscs };
  }

  doWork(): number {
    let work = 0;
    const { limits, fromShards } = this.#options;
    for (const ring of fromShards) {
      if (this.#batches >= limits.batchesMax || this.#waiting >= limits.waitingMax) break;
      work += this.#takeBatch(ring);
    }
    work += this.#centres?.doWork() ?? 0;
    return work + this.#flush();
  }

  /** Something waits for room in a ring. */
  get stalled(): boolean {
    return this.#waiting > 0;
  }

  /** Rendered notices, and outcomes of those that cannot be. */
  get #waiting(): number {
    let sum = this.#out.depth;
    for (const { depth } of this.#outcomes) sum += depth;
    return sum + (this.#centres?.waiting ?? 0);
  }

  onTimer(_kind: number, key: number): void {
    const jobs = this.#retries.get(key);
    this.#retries.delete(key);
    if (jobs !== undefined) this.#render(jobs);
  }

  #takeBatch(ring: RingReader): number {
    const jobs: Job[] = [];
    let last = -1;
    const { counters, log, limits } = this.#options;
    const count = ring.read((kind, record, position) => {
      last = position;
      const released = kind === ringKinds.releasedEffect ? decodeReleasedEffect(record) : undefined;
      if (released?.ok === true) {
        const { epoch, effect, returnedAtMs, again } = released.value;
        const { id, what } = effect;
        if (what.kind === 'send-notice') {
          jobs.push({ epoch, effect: id, what, returnedAtMs, again, crashes: 0, goneWell: -1 });
          return;
        }
        if (this.#toCentres(what)) return;
      }
      counters.count('notifier.input-damaged');
      log.error('notifier.input-damaged', { kind });
    }, limits.batchMax);
    // What is taken here is not kept: a life that ends loses it, and the next epoch brings it again.
    if (last >= 0) ring.release(last);
    if (jobs.length > 0) {
      this.#batches++;
      this.#render(jobs);
    }
    return count;
  }

  /** False: it is nothing for them. Where there are none any more, what they had is not asked for. */
  #toCentres(what: EffectKind): boolean {
    switch (what.kind) {
      case 'answer-receipt':
        this.#centres?.answerReceipt(what.answerToken);
        return true;
      case 'cancel-notice':
        this.#centres?.cancel(what);
        return true;
      case 'query-notice':
        this.#centres?.query(what);
        return true;
      case 'recall-notice':
        this.channels.recall(what.effect);
        return true;
      default:
        return false;
    }
  }

  #render(jobs: readonly Job[]): void {
    this.#options.counters.count('notifier.batches');
    this.#options.render(
      jobs.map(({ what }) => what.notice),
      (outcome) => this.#rendered(jobs, outcome),
    );
  }

  #rendered(jobs: readonly Job[], outcome: RenderOutcome): void {
    const { counters, log, wake } = this.#options;
    if (!outcome.ok) {
      counters.count(`notifier.batch-${outcome.code}`);
      if (outcome.code !== 'busy')
        log.warn('notifier.batch-failed', { code: outcome.code, detail: outcome.detail });
      if (outcome.code === 'crashed' || outcome.code === 'timed-out') return this.#narrow(jobs);
      return this.#again(jobs);
    }
    this.#batches--;
    this.#goneWell++;
    for (const fault of outcome.faults) log.error('notifier.notice-faulty', { fault });
    for (const [index, job] of jobs.entries()) {
      const rendered = outcome.rendered[index];
      if (rendered === undefined) {
        this.#failed(job);
        continue;
      }
      const { epoch, effect, what, returnedAtMs, again } = job;
      if (rendered.messages !== undefined) {
        this.channels.deliver(effect, what, rendered.messages, again);
        continue;
      }
      const delivery: Delivery = { epoch, ...what, effect, ...rendered, returnedAtMs, again };
      if (this.#centres === undefined) this.#out.push(ringKinds.delivery, encodeDelivery(delivery));
      else this.#centres.deliver(delivery);
    }
    counters.count('notifier.rendered', jobs.length);
    this.#flush();
    wake();
  }

  /** One notice may have brought the renderer down: what fails is split until it is alone, and then given up in the end. */
  #narrow(jobs: readonly Job[]): void {
    if (jobs.length > 1) {
      this.#batches++;
      const half = jobs.length >> 1;
      this.#again(jobs.slice(0, half));
      this.#again(jobs.slice(half));
      return;
    }
    for (const job of jobs) {
      // A renderer that breaks down over everything says nothing of this notice.
      if (this.#goneWell > job.goneWell) job.crashes++;
      job.goneWell = this.#goneWell;
      if (job.crashes < CRASHES_MAX) return this.#again(jobs);
      this.#failed(job);
    }
    this.#batches--;
    this.#flush();
    this.#options.wake();
  }

  #again(jobs: readonly Job[]): void {
    const key = ++this.#retryKey;
    this.#retries.set(key, jobs);
    this.#options.timers.start(this.#options.limits.retryMs, this, RETRY, key);
  }

  #failed({ effect, what }: Job): void {
    const { clock, counters } = this.#options;
    counters.count('notifier.notice-faulty');
    const atMs = clock.now();
    this.tell({
      subscriber: ownerOf(what.notice),
      atMs,
      what: {
        kind: 'notice-outcome',
        effect,
        result: 'permanent',
        partsDelivered: what.firstPart,
        uncertain: false,
        onWaitingList: false,
        storedAs: '',
        startedAtMs: atMs,
        detail: 'cannot be rendered',
      },
    });
  }

  #flush(): number {
    let moved = this.#out.flush();
    for (const queue of this.#outcomes) moved += queue.flush();
    return moved;
  }
}

export interface NotifierStatus {
  /** Under way, and how many may be. */
  readonly batches: number;
  readonly batchesMax: number;
  readonly waiting: number;
  readonly smscs?: readonly SmscStatus[];
}
