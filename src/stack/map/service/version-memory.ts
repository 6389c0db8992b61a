/**
 * Which peers have refused a context of a later version, and what they took (3GPP TS 29.002 §5.1): so that not every dialogue
 * pays a refusal. Only those that have refused take room; after a while they are asked again, as they may have been renewed.
 */
import type { Counters } from '../../../types/counters.ts';
import type { ApplicationContext } from '../../ros/application-context.ts';

export interface VersionMemoryOptions {
  readonly now: () => number;
  readonly counters: Counters;
  /** Entries at most; the oldest gives way. */
  readonly entriesMax?: number;
  readonly ageMaxMs?: number;
}

const ENTRIES_MAX = 65_536;
const AGE_MAX_MS = 3_600_000;

interface Entry {
  readonly version: number;
  readonly sinceMs: number;
}

export class VersionMemory {
  readonly #entries = new Map<string, Entry>();
  readonly #options: VersionMemoryOptions;

  constructor(options: VersionMemoryOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  /**
   * Of the contexts of one procedure, the latest version first, the one to begin with.
   *
   * @param destination the digits that the peer is addressed by
   */
  first(destination: string, contexts: readonly ApplicationContext[]): ApplicationContext {
    const [latest] = contexts;
    const key = `${destination} ${familyOf(latest!)}`;
    const known = this.#entries.get(key);
    if (known === undefined) return latest!;
    if (this.#options.now() - known.sinceMs > (this.#options.ageMaxMs ?? AGE_MAX_MS)) {
      this.#entries.delete(key);
      return latest!;
    }
    return contexts.find(({ version }) => version <= known.version) ?? latest!;
  }

  /** The peer has refused a later one than this. */
  learn(destination: string, contexts: readonly ApplicationContext[], taken: ApplicationContext): void {
    const { counters, entriesMax = ENTRIES_MAX } = this.#options;
    counters.count(`map.fall-back.v${taken.version}`);
    const key = `${destination} ${familyOf(contexts[0]!)}`;
    this.#entries.delete(key);
    if (this.#entries.size >= entriesMax) {
      counters.count('map.version-forgotten');
      for (const oldest of this.#entries.keys()) {
        this.#entries.delete(oldest);
        break;
      }
    }
    this.#entries.set(key, { version: taken.version, sinceMs: this.#options.now() });
  }
}

/** The procedure: in versions 1 and 2 short messages have one context for both directions, so that of the latest counts. */
function familyOf({ objectIdentifier }: ApplicationContext): string {
  return `${objectIdentifier[6] ?? ''}`;
}
