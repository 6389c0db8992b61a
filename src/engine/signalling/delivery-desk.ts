/**
 * Deliveries under way: takes rendered notices and queries, runs each as one `SmsDelivery`, and hands the outcome to the
 * actor. The same effect is never under way twice, and one that ended a moment ago is answered from memory: a shard that
 * started anew may ask for it again.
 */
import type { Interrogation } from '../../gateway/map/interrogation.ts';
import { SmsDelivery } from '../../gateway/map/sms-delivery.ts';
import type { DeliveryJob, DeliveryOutcome, SmsDeliveryPorts } from '../../gateway/map/sms-delivery-ports.ts';
import { shortMessageType0 } from '../../stack/sms/short-message-type-0.ts';
import type { QueryReachability } from '../../types/model/effect.ts';
import type { NoticeOutcome, ReachabilityOutcome, SubscriberEvent } from '../../types/model/event.ts';
import { type EffectId, effectKey, ownerOf, sameEffect } from '../../types/model/notice.ts';
import type { Delivery } from '../../types/model/thread.ts';
import { RecentMap } from '../../types/recent-map.ts';

export interface DeliveryDeskOptions extends SmsDeliveryPorts {
  /** Deliveries under way at most; what comes beyond waits in the ring. */
  readonly deliveriesMax: number;
  /** A4; absent: nobody is asked. */
  readonly interrogation?: Interrogation;
  /** The HLR says that a subscriber was in contact with the network so long ago. */
  readonly onContact?: (subscriber: string, ageMs: number) => void;
  readonly onOutcome: (partition: number, event: SubscriberEvent) => void;
  /** A notice was handed to the network, `sinceReturnMs` after the return that set it off (−1: none did). */
  readonly onSent: (delivery: Delivery, sinceReturnMs: number) => void;
  readonly onNotice: (delivery: Delivery, outcome: DeliveryOutcome) => void;
}

/** Nothing was sent. */
const NOT_THERE = { result: 'absent', uncertain: false, onWaitingList: false, storedAs: '' } as const;

/** Outcomes remembered for shards that ask again. */
const RECENT_MAX = 10_000;

export class DeliveryDesk {
  readonly #options: DeliveryDeskOptions;
  readonly #underWay = new Set<string>();
  readonly #recent = new RecentMap<{ partition: number; event: SubscriberEvent }>(RECENT_MAX);

  constructor(options: DeliveryDeskOptions) {
    this.#options = options;
  }

  get underWay(): number {
    return this.#underWay.size;
  }

  /** Deliveries that may be begun now. */
  get room(): number {
    return Math.max(0, this.#options.deliveriesMax - this.#underWay.size);
  }

  deliver(delivery: Delivery): void {
    const { clock, counters, onSent, onNotice } = this.#options;
    const { notice, effect, parts, firstPart, priority, returnedAtMs, again, askedSinceMs, quietFromMs } =
      delivery;
    this.#run(
      ownerOf(notice),
      effect,
      {
        recipient: notice.recipient,
        parts,
        firstPart,
        priority,
        sinceMs: notice.createdAtMs,
        ...(quietFromMs === undefined ? {} : { quietFromMs }),
        onSent: () => {
          counters.count('notice.sent');
          // It goes out again with the same octets: an earlier try may have arrived.
          if (!sameEffect(notice.id, effect)) counters.count('notice.sent-again');
          onSent(delivery, returnedAtMs === 0 ? -1 : clock.now() - returnedAtMs);
        },
      },
      (ended) => {
        // An earlier life may have brought it: it must not be composed anew.
        const outcome = again && ended.result !== 'delivered' ? { ...ended, uncertain: true } : ended;
        counters.count(`notice.${outcome.result}`);
        if (outcome.result === 'delivered') counters.count(`notice.delivered.${notice.content.kind}`);
        if (outcome.uncertain) counters.count('notice.uncertain');
        onNotice(delivery, outcome);
        return { kind: 'notice-outcome', effect, ...outcome };
      },
      askedSinceMs,
    );
  }

  query(effect: EffectId, { subscriber, priority, askedSinceMs }: QueryReachability): void {
    const { clock, counters, options } = this.#options;
    const parts = [shortMessageType0(options.originatingAddress, clock.now())];
    const job = { recipient: subscriber, parts, firstPart: 0, priority };
    const eventOf = (outcome: DeliveryOutcome): ReachabilityOutcome => {
      counters.count(`query.${outcome.result}`);
      const { partsDelivered: _parts, uncertain: _uncertain, ...answer } = outcome;
      return { kind: 'reachability-outcome', effect, ...answer };
    };
    this.#run(subscriber, effect, job, eventOf, askedSinceMs);
  }

  /**
   * @param owner whose actor hears of the outcome
   * @param askedSinceMs the HLR is asked first whether the recipient is there
   */
  #run(
    owner: string,
    effect: EffectId,
    job: DeliveryJob,
    eventOf: (outcome: DeliveryOutcome) => NoticeOutcome | ReachabilityOutcome,
    askedSinceMs: number | undefined,
  ): void {
    const key = effectKey(effect);
    const { counters, clock, onOutcome } = this.#options;
    if (this.#underWay.has(key)) return counters.count('delivery.already-under-way');
    const recent = this.#recent.get(key);
    if (recent !== undefined) {
      counters.count('delivery.answered-from-memory');
      return onOutcome(recent.partition, recent.event);
    }
    this.#underWay.add(key);
    const tell = (outcome: DeliveryOutcome): void => {
      const event = { subscriber: owner, atMs: clock.now(), what: eventOf(outcome) };
      this.#recent.set(key, { partition: effect.partition, event });
      onOutcome(effect.partition, event);
    };
    const done = (): void => void this.#underWay.delete(key);
    const start = (): void => new SmsDelivery(this.#options, job, tell, done).start();
    const { interrogation, onContact } = this.#options;
    if (askedSinceMs === undefined || interrogation?.isAllowed !== true) return start();
    const startedAtMs = clock.now();
    interrogation.ask(job.recipient, askedSinceMs, ({ state, contactAgeMs, detail }) => {
      if (state !== 'not-reachable') {
        if (contactAgeMs !== undefined) onContact?.(job.recipient, contactAgeMs);
        return start();
      }
      const via = { channel: 'msc', node: '', parts: job.parts.length } as const;
      tell({ ...NOT_THERE, partsDelivered: job.firstPart, startedAtMs, detail, via });
      done();
    });
  }
}
