/** Live frames in octets, each encoded once however many browsers get it. */
import type { Counters } from '../../types/counters.ts';
import { encodeAlarmHistory, encodeHello, encodeHistory, encodeSnapshot } from '../../web/live-codec.ts';
import type { LiveSource, Point } from '../../web/live-source.ts';

/** What a browser that comes back has already. */
export interface Known {
  /** When the engine that it knows has started: another one's sequences say nothing. */
  readonly startedAtMs: number;
  /** The last sample that it has. */
  readonly sequence: number;
}

/** Browsers that come back together lack much the same: so many answers of different length are kept. */
const PARTIAL_MAX = 64;

export class LiveFrames {
  readonly #source: LiveSource;
  readonly #counters: Counters;
  #hello: { readonly startedAtMs: number; readonly frame: Uint8Array } | undefined;
  #snapshot: { readonly sequence: number; readonly frame: Uint8Array } | undefined;
  #alarms: { readonly version: number; readonly frame: Uint8Array } | undefined;
  /** Of the sample `#historyOf`, by the sequence that was asked for; -1: all. */
  readonly #histories = new Map<number, Uint8Array>();
  #historyOf = -1;

  constructor(source: LiveSource, counters: Counters) {
    this.#source = source;
    this.#counters = counters;
  }

  hello(): Uint8Array {
    const hello = this.#source.hello();
    if (this.#hello?.startedAtMs !== hello.startedAtMs)
      this.#hello = { startedAtMs: hello.startedAtMs, frame: this.#encoded(encodeHello(hello)) };
    return this.#hello.frame;
  }

  snapshot(): Uint8Array {
    const snapshot = this.#source.snapshot();
    if (this.#snapshot?.sequence !== snapshot.sequence)
      this.#snapshot = { sequence: snapshot.sequence, frame: this.#encoded(encodeSnapshot(snapshot)) };
    return this.#snapshot.frame;
  }

  alarmHistory(): Uint8Array {
    const history = this.#source.alarmHistory();
    if (this.#alarms?.version !== history.version)
      this.#alarms = { version: history.version, frame: this.#encoded(encodeAlarmHistory(history)) };
    return this.#alarms.frame;
  }

  /** All of the last hour, or what came after what is known. */
  history(known: Known | undefined): Uint8Array {
    const { sequence } = this.#source.snapshot();
    if (sequence !== this.#historyOf) this.#histories.clear();
    this.#historyOf = sequence;
    const points = this.#source.history();
    const after =
      known !== undefined && known.startedAtMs === this.#source.hello().startedAtMs
        ? lacking(points, known.sequence)
        : undefined;
    const key = after === undefined ? -1 : (known?.sequence ?? -1);
    const made = this.#histories.get(key);
    if (made !== undefined) return made;
    const frame = this.#encoded(encodeHistory(after ?? points, after !== undefined));
    if (this.#histories.size < PARTIAL_MAX) this.#histories.set(key, frame);
    return frame;
  }

  #encoded(frame: Uint8Array): Uint8Array {
    this.#counters.count('web.live.encoded');
    return frame;
  }
}

/** What came after the sample that is known; undefined when that is no longer one of the points, so that all must be sent. */
function lacking(points: readonly Point[], sequence: number): readonly Point[] | undefined {
  const at = points.findIndex((point) => point.sequence === sequence);
  return at < 0 ? undefined : points.slice(at + 1);
}

/** `of=1790000000000&after=42`, as the page asks when it comes back. Anything else is nothing known. */
export function knownIn(query: string): Known | undefined {
  const words = new URLSearchParams(query);
  const number = (name: string): number => {
    const text = words.get(name) ?? '';
    return /^\d{1,15}$/.test(text) ? Number(text) : -1;
  };
  const startedAtMs = number('of');
  const sequence = number('after');
  return startedAtMs < 0 || sequence < 0 ? undefined : { startedAtMs, sequence };
}
