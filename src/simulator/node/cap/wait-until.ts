import type { Later } from '../../later.ts';

const LOOK_MS = 50;

/** Resolves when `holds` does; rejects with `otherwise` when it does not within `limitMs`. */
export function waitUntil(
  later: Later,
  holds: () => boolean,
  limitMs: number,
  otherwise: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (leftMs: number): void => {
      if (holds()) resolve();
      else if (leftMs <= 0) reject(new Error(otherwise));
      else later.after(LOOK_MS, () => look(leftMs - LOOK_MS));
    };
    look(limitMs);
  });
}
