/**
 * Reassembly of segmented messages (ITU-T Q.714 §4.1.1.2): by calling address, origin and local reference, in order,
 * within T(reassembly), bounded in number and in octets. What fails is handed back as its first segment (§4.1.1.2.3).
 */
import type { TimerListener, Timers } from '../../types/timers.ts';
import { DATA_OCTETS_MAX } from './destinations.ts';
import type { DataMessage } from './message.ts';
import type { Segmentation } from './optional-part.ts';
import type { ReturnCauseName } from './return-causes.ts';
import { SEGMENTS_MAX } from './segmentation.ts';
import type { SccpAddress } from './service.ts';

export interface ReassemblyOptions {
  readonly timers: Timers;
  readonly reassemblyMs: number;
  readonly reassembliesMax: number;
  readonly octetsMax: number;
  /** A message in reassembly came to nothing; `first` is its first segment with data of its own. */
  readonly onFailed: (first: DataMessage, opc: number, sls: number, cause: ReturnCauseName) => void;
  readonly count: (name: string) => void;
}

interface Underway {
  readonly id: number;
  readonly key: string;
  readonly first: DataMessage;
  readonly opc: number;
  readonly sls: number;
  readonly segments: Uint8Array[];
  octets: number;
  /** What the next segment must say of how many follow it. */
  remaining: number;
  timer: number;
}

export class Reassembly implements TimerListener {
  readonly #options: ReassemblyOptions;
  readonly #byKey = new Map<string, Underway>();
  readonly #byId = new Map<number, Underway>();
  #nextId = 1;
  #octets = 0;

  constructor(options: ReassemblyOptions) {
    this.#options = options;
  }

  get underway(): number {
    return this.#byKey.size;
  }

  /** How full the table is, 0 … 1. */
  get fullness(): number {
    return Math.max(this.#byKey.size / this.#options.reassembliesMax, this.#octets / this.#options.octetsMax);
  }

  /** Takes a segment. Returns the whole message, with data of its own, when this was the last one. */
  take(message: DataMessage, segmentation: Segmentation, opc: number, sls: number): DataMessage | undefined {
    const key = `${segmentation.localReference} ${addressKey(message.calling, opc)}`;
    const before = this.#byKey.get(key);
    if (segmentation.first) {
      if (before !== undefined) this.#fail(before, 'error-in-message-transport', 'first-again');
      if (segmentation.remaining === 0) return message;
      this.#start(key, message, segmentation, opc, sls);
      return undefined;
    }
    if (before === undefined) {
      this.#options.count('sccp.reassembly.no-first');
      return undefined;
    }
    if (segmentation.originalClass !== before.first.segmentation?.originalClass) {
      this.#fail(before, 'error-in-message-transport', 'other-class');
      return undefined;
    }
    if (segmentation.remaining !== before.remaining) {
      this.#fail(before, 'error-in-message-transport', 'out-of-sequence');
      return undefined;
    }
    if (!this.#keep(before, message.data)) return undefined;
    before.remaining--;
    if (segmentation.remaining > 0) return undefined;
    this.#forget(before);
    const data = new Uint8Array(before.octets);
    let at = 0;
    for (const segment of before.segments) {
      data.set(segment, at);
      at += segment.length;
    }
    this.#options.count('sccp.reassembly.done');
    return { ...before.first, data };
  }

  onTimer(_kind: number, id: number): void {
    const underway = this.#byId.get(id);
    if (underway !== undefined) this.#fail(underway, 'error-in-message-transport', 'timeout');
  }

  #start(key: string, message: DataMessage, segmentation: Segmentation, opc: number, sls: number): void {
    const { timers, reassemblyMs, reassembliesMax } = this.#options;
    if (segmentation.remaining >= SEGMENTS_MAX || this.#byKey.size >= reassembliesMax) {
      this.#options.count('sccp.reassembly.full');
      this.#options.onFailed(message, opc, sls, 'destination-cannot-reassemble');
      return;
    }
    const data = message.data.slice();
    const underway: Underway = {
      id: this.#nextId++,
      key,
      first: { ...message, data },
      opc,
      sls,
      segments: [],
      octets: 0,
      remaining: segmentation.remaining - 1,
      timer: 0,
    };
    this.#byKey.set(key, underway);
    this.#byId.set(underway.id, underway);
    underway.timer = timers.start(reassemblyMs, this, 0, underway.id);
    this.#keep(underway, data);
  }

  #keep(underway: Underway, data: Uint8Array): boolean {
    if (underway.octets + data.length > DATA_OCTETS_MAX) {
      this.#fail(underway, 'destination-cannot-reassemble', 'too-long');
      return false;
    }
    if (this.#octets + data.length > this.#options.octetsMax) {
      this.#fail(underway, 'destination-cannot-reassemble', 'octets');
      return false;
    }
    underway.segments.push(data === underway.first.data ? data : data.slice());
    underway.octets += data.length;
    this.#octets += data.length;
    return true;
  }

  #fail(underway: Underway, cause: ReturnCauseName, why: string): void {
    this.#forget(underway);
    this.#options.count(`sccp.reassembly.failed.${why}`);
    this.#options.onFailed(underway.first, underway.opc, underway.sls, cause);
  }

  #forget(underway: Underway): void {
    this.#options.timers.stop(underway.timer);
    this.#byKey.delete(underway.key);
    this.#byId.delete(underway.id);
    this.#octets -= underway.octets;
  }
}

/** A title names its node; without one the node is that of the routing label. */
function addressKey({ routing, pointCode, ssn, globalTitle }: SccpAddress, opc: number): string {
  const title =
    globalTitle === undefined
      ? opc
      : `${globalTitle.gti}/${globalTitle.translationType ?? ''}/${globalTitle.numberingPlan ?? ''}/${globalTitle.natureOfAddress ?? ''}/${globalTitle.digits}`;
  return `${routing} ${pointCode ?? ''} ${ssn ?? ''} ${title}`;
}
