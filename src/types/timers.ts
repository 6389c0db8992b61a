/**
 * Timers of one thread, behind a port, so that a layer owns no clock. A timer is two numbers of the layer's own
 * (what fired, for whom), not a closure: a million of them pending are arrays, not objects.
 */
export interface Timers {
  /**
   * Starts a timer of `delayMs` (≥ 0, rounded up to the wheel's tick). When it ends, `listener.onTimer(kind, key)` is
   * called once. Returns a handle for `stop`; a handle is never 0, so that 0 can stand for "not running".
   */
  start(delayMs: number, listener: TimerListener, kind: number, key: number): number;
  /** Stops a running timer; a handle that has ended, was stopped or is 0 is ignored. */
  stop(handle: number): void;
  /** Milliseconds, monotonic: the time that this thread's timers go by. */
  now(): number;
}

export interface TimerListener {
  onTimer(kind: number, key: number): void;
}
