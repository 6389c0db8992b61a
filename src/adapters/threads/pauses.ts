/** What a thread spends on itself: pauses of its garbage collector, its heap, and how busy its event loop is. */
import { type EventLoopUtilization, PerformanceObserver, performance } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';

export interface RuntimeReport {
  /** Since the thread began. */
  readonly gcCount: number;
  readonly gcMs: number;
  /** The longest pause since the report before. */
  readonly gcLongestMs: number;
  readonly heapOctets: number;
  /** 0 … 1: the part of the time since the report before in which the event loop had work. */
  readonly busy: number;
}

/** Of the thread that makes it. The observer is told after a collection, and costs nothing between. */
export class PauseMeter {
  #count = 0;
  #ms = 0;
  #longestMs = 0;
  #loop: EventLoopUtilization = performance.eventLoopUtilization();
  readonly #observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) this.note(duration);
  });

  constructor() {
    this.#observer.observe({ entryTypes: ['gc'] });
  }

  note(pauseMs: number): void {
    this.#count++;
    this.#ms += pauseMs;
    if (pauseMs > this.#longestMs) this.#longestMs = pauseMs;
  }

  take(): RuntimeReport {
    const loop = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(loop, this.#loop);
    this.#loop = loop;
    const longestMs = this.#longestMs;
    this.#longestMs = 0;
    return {
      gcCount: this.#count,
      gcMs: this.#ms,
      gcLongestMs: longestMs,
      heapOctets: getHeapStatistics().used_heap_size,
      busy: Number.isFinite(utilization) ? Math.max(0, Math.min(1, utilization)) : 0,
    };
  }

  close(): void {
    this.#observer.disconnect();
  }
}
