/** Time, as a port: the real one reads the machine's clocks, the seeded one is moved by the scheduler. */
export interface Clock {
  /** Wall time in milliseconds since 1970-01-01T00:00Z; may step when the machine's clock is set. */
  now(): number;
  /** Milliseconds since some start; never goes back. Timers and latencies use this one. */
  monotonic(): number;
}
