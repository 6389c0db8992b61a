/**
 * Routes of an ASP (RFC 4666 §4.5): which signalling gateways lead to a destination, what each gateway says about it, and
 * whether it can be reached at all. A gateway is up while traffic is active with one of its SGPs at least.
 */
import type { RouteConfig } from './configuration.ts';

export type DestinationStatus = 'available' | 'restricted' | 'unavailable';

/** Point codes, beyond the configured ones, whose status is kept per gateway. */
const STATUSES_MAX = 4096;

export interface Gateway {
  readonly name: string;
  up: boolean;
  /** What it said about destinations since it came up; those not in here are available. */
  readonly statuses: Map<number, DestinationStatus>;
}

/** Gateways of one priority. */
type Group = readonly Gateway[];

export interface RouteTableUser {
  onReachable(pointCode: number): void;
  onUnreachable(pointCode: number): void;
  /** A status that was not kept, because the bound was reached. */
  onStatusDropped(): void;
}

export class RouteTable {
  readonly #gateways = new Map<string, Gateway>();
  readonly #routes = new Map<number, readonly Group[]>();
  readonly #default: readonly Group[];
  /** Destinations whose users are told: the configured ones, and those that a gateway spoke about. */
  readonly #reachable = new Map<number, boolean>();
  readonly #user: RouteTableUser;

  constructor(gateways: Iterable<string>, routes: readonly RouteConfig[], user: RouteTableUser) {
    for (const name of gateways) this.#gateways.set(name, { name, up: false, statuses: new Map() });
    this.#user = user;
    let fallback: readonly Group[] = [];
    for (const { destination, via } of routes) {
      const groups: Gateway[][] = [];
      for (const priority of [...new Set(via.map((one) => one.priority))].sort((a, b) => a - b))
        groups.push(
          via
            .filter((one) => one.priority === priority)
            .flatMap((one) => this.#gateways.get(one.signallingGateway) ?? []),
        );
      if (destination === 'default') fallback = groups;
      else {
        this.#routes.set(destination, groups);
        this.#reachable.set(destination, false);
      }
    }
    this.#default = fallback;
  }

  get destinations(): ReadonlyMap<number, boolean> {
    return this.#reachable;
  }

  get configured(): Iterable<number> {
    return this.#routes.keys();
  }

  /** Gateways towards a destination, best priority first. */
  groups(pointCode: number): readonly Group[] {
    return this.#routes.get(pointCode) ?? this.#default;
  }

  gateway(name: string): Gateway | undefined {
    return this.#gateways.get(name);
  }

  /** The gateway came up (everything behind it counts as available) or went down. */
  setUp(name: string, up: boolean): void {
    const gateway = this.#gateways.get(name);
    if (gateway === undefined || gateway.up === up) return;
    gateway.up = up;
    gateway.statuses.clear();
    for (const pointCode of this.#reachable.keys()) this.#tell(pointCode);
  }

  /** A gateway's word on a point code, or on all the known ones that share its upper bits with a cluster. */
  setStatus(name: string, pointCode: number, mask: number, status: DestinationStatus): void {
    const gateway = this.#gateways.get(name);
    if (gateway === undefined) return;
    if (mask === 0) return this.#set(gateway, pointCode, status);
    const same = (other: number) => mask >= 24 || other >>> mask === pointCode >>> mask;
    for (const known of [...this.#reachable.keys()]) if (same(known)) this.#set(gateway, known, status);
  }

  #set(gateway: Gateway, pointCode: number, status: DestinationStatus): void {
    if (status === 'available') gateway.statuses.delete(pointCode);
    else if (gateway.statuses.size < STATUSES_MAX || gateway.statuses.has(pointCode))
      gateway.statuses.set(pointCode, status);
    else return this.#user.onStatusDropped();
    this.#tell(pointCode);
  }

  isReachable(pointCode: number): boolean {
    for (const group of this.groups(pointCode))
      for (const gateway of group)
        if (gateway.up && gateway.statuses.get(pointCode) !== 'unavailable') return true;
    return false;
  }

  /** Every gateway that leads there says restricted. */
  isRestricted(pointCode: number): boolean {
    let restricted = false;
    for (const group of this.groups(pointCode))
      for (const gateway of group) {
        if (!gateway.up) continue;
        const status = gateway.statuses.get(pointCode);
        if (status === undefined || status === 'available') return false;
        if (status === 'restricted') restricted = true;
      }
    return restricted;
  }

  #tell(pointCode: number): void {
    const reachable = this.isReachable(pointCode);
    // A destination that was never spoken about was reachable over the default route.
    const before = this.#reachable.get(pointCode) ?? true;
    if (!this.#reachable.has(pointCode)) {
      if (reachable) return;
      if (this.#reachable.size >= STATUSES_MAX + this.#routes.size) return this.#user.onStatusDropped();
    }
    this.#reachable.set(pointCode, reachable);
    if (reachable === before) return;
    if (reachable) this.#user.onReachable(pointCode);
    else this.#user.onUnreachable(pointCode);
  }
}
