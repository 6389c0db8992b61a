/** A connector on virtual time, whose sends a script answers. */
import assert from 'node:assert/strict';
import { Connector, type ConnectorLimits } from '../../src/connector/connector.ts';
import type { Priority } from '../../src/connector/lanes.ts';
import type { End, Fault, SendOutcome } from '../../src/connector/outcome.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import { SeededRandom } from '../../src/types/random.ts';
import { TimingWheel } from '../../src/types/timing-wheel.ts';

/** An answer after a while; undefined: none ever comes. */
export type Script = (
  item: string,
  tries: number,
) => { readonly afterMs: number; readonly outcome: SendOutcome } | undefined;

export const accepted: SendOutcome = { kind: 'accepted', detail: '250' };
export const refused: SendOutcome = { kind: 'refused', detail: '550', gone: false };
export const fault = (kind: Fault, uncertain = false, retryAfterMs?: number): SendOutcome => ({
  kind: 'fault',
  fault: kind,
  detail: 'as the script says',
  uncertain,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});
export const at = (afterMs: number, outcome: SendOutcome = accepted) => ({ afterMs, outcome });

export const limits: ConnectorLimits = {
  window: 4,
  perSecond: 100,
  waitingMax: 20,
  sendMs: 5_000,
  triesMax: 4,
  ageMaxMs: 3_600_000,
};

export class ConnectorPlant {
  readonly timers = new TimingWheel();
  readonly counters = new CountersMap();
  readonly connector: Connector<string>;
  /** Sends begun, in their order. */
  readonly sent: { readonly item: string; readonly atMs: number }[] = [];
  readonly ends = new Map<string, End>();
  readonly underWay = new Map<string, () => void>();
  /** By item: what answers its last send. */
  readonly answers = new Map<string, (outcome: SendOutcome) => void>();
  underWayMost = 0;
  readonly #tries = new Map<string, number>();

  constructor(script: Script = () => at(10), changed: Partial<ConnectorLimits> = {}, seed = 1) {
    const { timers, counters } = this;
    this.connector = new Connector<string>(
      'test',
      { ...limits, ...changed },
      {
        timers,
        counters,
        random: new SeededRandom(seed),
        log: silentLog,
        send: (item, answered) => {
          assert(!this.underWay.has(item), `${item} is sent twice at once`);
          this.sent.push({ item, atMs: timers.now() });
          this.answers.set(item, answered);
          const tries = (this.#tries.get(item) ?? 0) + 1;
          this.#tries.set(item, tries);
          const answer = script(item, tries);
          if (answer?.afterMs === 0) {
            answered(answer.outcome);
            return () => undefined;
          }
          let handle = 0;
          const over = (): void => {
            timers.stop(handle);
            this.underWay.delete(item);
          };
          if (answer !== undefined) {
            const onTimer = (): void => {
              over();
              answered(answer.outcome);
            };
            handle = timers.start(answer.afterMs, { onTimer }, 0, 0);
          }
          this.underWay.set(item, over);
          this.underWayMost = Math.max(this.underWayMost, this.underWay.size);
          return over;
        },
        onEnd: (item, end) => {
          assert(!this.ends.has(item), `${item} ends twice`);
          this.ends.set(item, end);
        },
      },
    );
  }

  offer(item: string, priority: Priority = 'ordinary', key = item): boolean {
    return this.connector.offer({ key, priority, item });
  }

  advance(ms: number): void {
    const end = this.timers.now() + ms;
    for (let next = this.timers.nextDeadlineMs(); next <= end; next = this.timers.nextDeadlineMs())
      this.timers.advance(next);
    this.timers.advance(end);
  }

  result(item: string): string {
    const end = this.ends.get(item);
    return end === undefined ? 'in hand' : `${end.result}${end.uncertain ? ', uncertain' : ''}`;
  }

  get items(): readonly string[] {
    return this.sent.map(({ item }) => item);
  }
}
