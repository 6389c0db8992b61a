/**
 * The signalling gateway's own side (RFC 4666 §1.4.3): its point codes with the users that sit there, and what is told of
 * them to ASPs: available, restricted or not, and how congested.
 */
import type { MtpUser } from './mtp.ts';
import type { DestinationStatus } from './route-table.ts';

export interface SgpDestination {
  readonly pointCode: number;
  readonly users: Map<number, MtpUser>;
  status: DestinationStatus;
  /** 0: not congested. */
  congestionLevel: number;
  /** Messages that came for it while it was congested. */
  congestedMessages: number;
}

export class SgpDestinations {
  readonly #byPointCode = new Map<number, SgpDestination>();

  constructor(pointCodes: Iterable<number>) {
    for (const pointCode of pointCodes)
      this.#byPointCode.set(pointCode, {
        pointCode,
        users: new Map(),
        status: 'available',
        congestionLevel: 0,
        congestedMessages: 0,
      });
  }

  get(pointCode: number): SgpDestination | undefined {
    return this.#byPointCode.get(pointCode);
  }

  all(): Iterable<SgpDestination> {
    return this.#byPointCode.values();
  }

  /** Whether a user is bound anywhere. */
  has(user: MtpUser): boolean {
    for (const { users } of this.#byPointCode.values())
      for (const one of users.values()) if (one === user) return true;
    return false;
  }

  /** Tells the users at every point code but the one concerned; who is bound several times, once. */
  tell(concerned: number, say: (user: MtpUser) => void): void {
    const told = new Set<MtpUser>();
    for (const { pointCode, users } of this.#byPointCode.values())
      if (pointCode !== concerned) for (const user of users.values()) told.add(user);
    for (const user of told) say(user);
  }
}
