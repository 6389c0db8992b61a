/** Records the traffic of a running engine: the signalling thread taps, a thread of its own writes, and this one passes on. */
import { Worker } from 'node:worker_threads';
import type { RecordingEndReason } from '../../types/model/traffic.ts';
import { OperatingError } from '../../types/operating-error.ts';
import { machineClock } from '../clock.ts';
import type { RecorderOrder, RecorderReport } from './recorder-worker.ts';
import type { TrafficOrder, TrafficReport } from './traffic-recorder.ts';
import type { RecordingSummary, WriteRecordingOptions } from './write-recording.ts';

export interface RecordingRequest {
  /** A file that is not there. */
  readonly to: string;
  readonly forMs: number;
  readonly octetsMax: number;
  /** Leading digits of each number that stay. */
  readonly keptDigits: number;
}

export interface RecordingStatus {
  /** What comes in now is in it. */
  readonly underWay: boolean;
  readonly tookMs: number;
  readonly facts: number;
  readonly octets: number;
}

export interface LiveRecordingOptions {
  readonly version: string;
  /** To the signalling thread. */
  readonly tell: (order: TrafficOrder) => void;
  readonly isSignallingAlive: () => boolean;
}

const ENTRY = new URL('./recorder-worker.js', import.meta.url);
/** For the last words of the signalling thread. */
const END_MS = 2_000;

interface UnderWay {
  readonly worker: Worker;
  readonly done: Promise<RecordingSummary>;
  /** Nothing of it is left. */
  readonly over: Promise<void>;
  readonly startedAtMs: number;
  isTapped: boolean;
  facts: number;
  octets: number;
  /** Why it ends, once it does. */
  reason: RecordingEndReason | undefined;
  timer: NodeJS.Timeout | undefined;
}

export class LiveRecording {
  readonly #options: LiveRecordingOptions;
  #token = 0;
  #underWay: UnderWay | undefined;

  constructor(options: LiveRecordingOptions) {
    this.#options = options;
  }

  get status(): RecordingStatus {
    const underWay = this.#underWay;
    if (underWay === undefined) return { underWay: false, tookMs: 0, facts: 0, octets: 0 };
    const { facts, octets, isTapped } = underWay;
    return { underWay: isTapped, tookMs: this.#tookMs(underWay), facts, octets };
  }

  /** Resolves when the recording has ended. @throws OperatingError `CW_RECORD_FAILED` */
  async run(request: RecordingRequest): Promise<RecordingSummary> {
    if (this.#underWay !== undefined)
      throw failed('another recording is being made: wait for its end, or end it with callwake record stop');
    if (!this.#options.isSignallingAlive())
      throw failed('the signalling thread is being started anew: try again');
    const { forMs, octetsMax, to, keptDigits } = request;
    const startedAtMs = machineClock.now();
    const engineVersion = this.#options.version;
    const workerData: WriteRecordingOptions = { to, octetsMax, keptDigits, engineVersion, startedAtMs };
    const worker = new Worker(ENTRY, { workerData, name: 'recorder' });
    const token = ++this.#token;
    const done = new Promise<RecordingSummary>((resolve, reject) => {
      worker.on('message', (report: RecorderReport) => {
        switch (report.kind) {
          case 'ready':
            if (underWay.reason !== undefined) return this.#finish(0);
            this.#options.tell({ kind: 'record', token });
            underWay.timer = setTimeout(() => void this.end('time'), forMs);
            return;
          case 'written':
            underWay.facts = report.facts;
            underWay.octets = report.octets;
            this.#options.tell({ kind: 'traffic-written', token });
            if (report.full) void this.end('size');
            return;
          case 'done':
            return resolve(report.summary);
          case 'failed':
            return reject(new OperatingError(report.code, report.message, { to }));
        }
      });
      worker.on('error', (error) => reject(failed(`the recording broke off: ${String(error)}`)));
      worker.once('exit', () => reject(failed('the recording broke off: its thread has ended')));
    });
    let isOver: () => void = () => undefined;
    const over = new Promise<void>((resolve) => {
      isOver = resolve;
    });
    const underWay: UnderWay = {
      worker,
      done,
      over,
      startedAtMs: machineClock.monotonic(),
      isTapped: false,
      facts: 0,
      octets: 0,
      reason: undefined,
      timer: undefined,
    };
    this.#underWay = underWay;
    try {
      return await done;
    } finally {
      this.#options.tell({ kind: 'record-stop', token });
      clearTimeout(underWay.timer);
      this.#underWay = undefined;
      await worker.terminate();
      isOver();
    }
  }

  /** Whether a message of the signalling thread was for this. */
  take(message: unknown): boolean {
    const report = message as TrafficReport | { readonly kind: undefined };
    switch (report.kind) {
      case 'traffic-begun':
        if (report.token === this.#token && this.#underWay !== undefined) this.#underWay.isTapped = true;
        return true;
      case 'traffic':
        if (report.token === this.#token) this.#order({ kind: 'chunk', octets: report.octets });
        return true;
      case 'traffic-end':
        if (report.token === this.#token) this.#finish(report.dropped);
        return true;
      default:
        return false;
    }
  }

  /** Ends the recording that is under way, and resolves when its file is whole. False: there was none. */
  async end(reason: RecordingEndReason): Promise<boolean> {
    const underWay = this.#underWay;
    if (underWay === undefined) return false;
    if (underWay.reason === undefined) {
      underWay.reason = reason;
      clearTimeout(underWay.timer);
      underWay.timer = setTimeout(() => this.#finish(0), END_MS);
      this.#options.tell({ kind: 'record-stop', token: this.#token });
    }
    await underWay.over;
    return true;
  }

  /** What it had in hand is lost: what was recorded until then is kept. */
  signallingEnded(): void {
    if (this.#underWay === undefined) return;
    this.#underWay.reason ??= 'signalling-ended';
    this.#finish(0);
  }

  #finish(dropped: number): void {
    const underWay = this.#underWay;
    if (underWay === undefined) return;
    clearTimeout(underWay.timer);
    const reason = underWay.reason ?? 'stopped';
    this.#order({ kind: 'end', reason, tookMs: this.#tookMs(underWay), dropped });
  }

  #order(order: RecorderOrder): void {
    const transfer = order.kind === 'chunk' ? [order.octets.buffer as ArrayBuffer] : [];
    this.#underWay?.worker.postMessage(order, transfer);
  }

  #tookMs({ startedAtMs }: UnderWay): number {
    return Math.round(machineClock.monotonic() - startedAtMs);
  }
}

function failed(message: string): OperatingError {
  return new OperatingError('CW_RECORD_FAILED', message);
}
