/**
 * One MTP3 service over an ASP and an IPSP: what a peer IPSP stands for goes to it directly, everything else over the
 * signalling gateways.
 */
import type { M3uaAsp } from './asp.ts';
import type { M3uaIpsp } from './ipsp.ts';
import type { MtpService, MtpTransfer, MtpUser } from './mtp.ts';
import type { M3uaSnapshot } from './snapshot.ts';

export class CombinedMtp implements MtpService {
  readonly #asp: M3uaAsp | undefined;
  readonly #ipsp: M3uaIpsp | undefined;

  constructor(asp: M3uaAsp | undefined, ipsp: M3uaIpsp | undefined) {
    this.#asp = asp;
    this.#ipsp = ipsp;
  }

  /** Sets the associations up. Rejects with an operating error when an address cannot be listened on. */
  async start(): Promise<void> {
    this.#asp?.start();
    await this.#ipsp?.start();
  }

  /** Leaves the network in order. `stopped` is called once, when all is down. */
  stop(stopped: () => void = () => undefined): void {
    let left = 1;
    const one = (): void => {
      left--;
      if (left === 0) stopped();
    };
    for (const endpoint of [this.#asp, this.#ipsp]) {
      if (endpoint === undefined) continue;
      left++;
      endpoint.stop(one);
    }
    one();
  }

  /** Whether traffic is active for an AS on some association: anything can be sent at all. */
  get isActive(): boolean {
    return this.#asp?.isActive === true || this.#ipsp?.isActive === true;
  }

  transfer(request: MtpTransfer): boolean {
    return (this.#towards(request.dpc) ?? this.#ipsp)?.transfer(request) ?? false;
  }

  congestionLevel(pointCode: number): number {
    return this.#towards(pointCode)?.congestionLevel(pointCode) ?? 0;
  }

  bind(si: number, user: MtpUser): void {
    this.#asp?.bind(si, user);
    this.#ipsp?.bind(si, user);
  }

  setReading(reading: boolean): void {
    this.#asp?.setReading(reading);
    this.#ipsp?.setReading(reading);
  }

  get isBehind(): boolean {
    return this.#asp?.isBehind === true || this.#ipsp?.isBehind === true;
  }

  snapshot(): M3uaSnapshot {
    const each = [this.#asp, this.#ipsp].flatMap((endpoint) => endpoint?.snapshot() ?? []);
    return {
      role: each[0]?.role ?? 'asp',
      associations: each.flatMap(({ associations }) => associations),
      applicationServers: each.flatMap(({ applicationServers }) => applicationServers),
      destinations: each.flatMap(({ destinations }) => destinations),
    };
  }

  #towards(pointCode: number): M3uaAsp | M3uaIpsp | undefined {
    if (this.#ipsp?.leadsTo(pointCode) === true) return this.#ipsp;
    return this.#asp;
  }
}
