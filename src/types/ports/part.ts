/** A part of the engine that has a thread, or in the single-threaded engine a turn, of its own. */
export interface Part {
  /**
   * One turn of work, bounded; returns how much there was, 0 when there was nothing to do. The host has advanced the
   * timers before it. What comes up outside a turn (a socket, a promise) calls the host's `wake`.
   */
  doWork(): number;
  /** Nothing new is taken in from now on; what was begun goes on. */
  drain(): void;
  /** After `drain`: all that was begun is done. */
  readonly drained: boolean;
  /** Something waits for room in a ring: whoever makes it rings no bell, so the host is to look again soon. */
  readonly stalled?: boolean;
  /** Something that the host's owner tells it while it runs. */
  take?(order: unknown): void;
  /** Lets go of what it holds. Called once, when it is drained or when there is no more time. */
  close(): Promise<void>;
}
