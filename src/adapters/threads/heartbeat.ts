/** A heart beats in shared memory as long as the event loop of its thread turns; the supervisor looks at it. */

const beatMs = 100;

export function heartbeatMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(4);
}

export function beatsOf(memory: SharedArrayBuffer): number {
  return Atomics.load(new Int32Array(memory), 0);
}

export interface Heartbeat {
  stop(): void;
}

/** `onLag` is told, at every beat, how many ms the loop was late. The beat keeps no thread alive. */
export function startHeartbeat(memory: SharedArrayBuffer, onLag: (lagMs: number) => void): Heartbeat {
  const beats = new Int32Array(memory);
  let dueMs = performance.now() + beatMs;
  const interval = setInterval(() => {
    const nowMs = performance.now();
    Atomics.add(beats, 0, 1);
    onLag(Math.max(0, nowMs - dueMs));
    dueMs = nowMs + beatMs;
  }, beatMs);
  interval.unref();
  return { stop: () => clearInterval(interval) };
}
