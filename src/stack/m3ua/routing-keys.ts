/**
 * Routing keys and what they lead to (RFC 4666 §1.4.2): which AS a message is for, whether two keys are the same, and
 * whether a message could match both, which registration must not allow (§4.4.1).
 */

/** One destination of a key with what narrows it down; what is absent is any. */
export interface RoutingKeyEntry {
  readonly pointCode: number;
  readonly serviceIndicators?: readonly number[] | undefined;
  readonly originatingPointCodes?: readonly number[] | undefined;
}

export interface RoutingKey {
  readonly networkAppearance?: number | undefined;
  readonly entries: readonly RoutingKeyEntry[];
}

interface Candidate<T> {
  readonly entry: RoutingKeyEntry;
  readonly networkAppearance: number | undefined;
  readonly to: T;
}

export class RoutingKeys<T> {
  readonly #keys = new Map<T, RoutingKey>();
  readonly #byPointCode = new Map<number, readonly Candidate<T>[]>();

  add(key: RoutingKey, to: T): void {
    this.#keys.set(to, key);
    for (const entry of key.entries) {
      const candidates = [
        ...(this.#byPointCode.get(entry.pointCode) ?? []),
        { entry, networkAppearance: key.networkAppearance, to },
      ];
      // What says more is looked at first.
      candidates.sort((a, b) => narrowness(b.entry) - narrowness(a.entry));
      this.#byPointCode.set(entry.pointCode, candidates);
    }
  }

  remove(to: T): void {
    this.#keys.delete(to);
    for (const [pointCode, candidates] of this.#byPointCode) {
      const left = candidates.filter((one) => one.to !== to);
      if (left.length === 0) this.#byPointCode.delete(pointCode);
      else this.#byPointCode.set(pointCode, left);
    }
  }

  /** Where a message goes: by destination, narrowed down by what the keys say. */
  find(dpc: number, opc: number, si: number, networkAppearance?: number): T | undefined {
    const candidates = this.#byPointCode.get(dpc);
    if (candidates === undefined) return undefined;
    for (const one of candidates) {
      const { serviceIndicators, originatingPointCodes } = one.entry;
      if (serviceIndicators !== undefined && !serviceIndicators.includes(si)) continue;
      if (originatingPointCodes !== undefined && !originatingPointCodes.includes(opc)) continue;
      if (sameNetwork(one.networkAppearance, networkAppearance)) return one.to;
    }
    return undefined;
  }

  /** Everything that a point code is a destination of. */
  *at(pointCode: number): Iterable<T> {
    for (const { to } of this.#byPointCode.get(pointCode) ?? []) yield to;
  }

  pointCodes(): Iterable<number> {
    return this.#byPointCode.keys();
  }

  /** What has exactly this key. */
  equal(key: RoutingKey): T | undefined {
    const wanted = canonical(key);
    for (const [to, known] of this.#keys) if (canonical(known) === wanted) return to;
    return undefined;
  }

  /** What has a key that some message matches as well as this one. */
  overlapping(key: RoutingKey): T | undefined {
    for (const entry of key.entries)
      for (const { entry: other, networkAppearance, to } of this.#byPointCode.get(entry.pointCode) ?? [])
        if (
          sameNetwork(networkAppearance, key.networkAppearance) &&
          meet(entry.serviceIndicators, other.serviceIndicators) &&
          meet(entry.originatingPointCodes, other.originatingPointCodes)
        )
          return to;
    return undefined;
  }

  is(to: T, key: RoutingKey): boolean {
    const known = this.#keys.get(to);
    return known !== undefined && canonical(known) === canonical(key);
  }
}

const narrowness = ({ serviceIndicators, originatingPointCodes }: RoutingKeyEntry): number =>
  (serviceIndicators === undefined ? 0 : 1) + (originatingPointCodes === undefined ? 0 : 2);

const sameNetwork = (one: number | undefined, other: number | undefined): boolean =>
  one === undefined || other === undefined || one === other;

const meet = (one: readonly number[] | undefined, other: readonly number[] | undefined): boolean =>
  one === undefined || other === undefined || one.some((value) => other.includes(value));

const sorted = (values: readonly number[] | undefined): string =>
  values === undefined ? 'any' : [...new Set(values)].sort((a, b) => a - b).join(',');

function canonical({ networkAppearance, entries }: RoutingKey): string {
  const each = entries.map(
    (one) => `${one.pointCode}/${sorted(one.serviceIndicators)}/${sorted(one.originatingPointCodes)}`,
  );
  return [networkAppearance ?? 'none', ...[...new Set(each)].sort()].join(' ');
}
