/** Associations and signalling points as the page shows them, from snapshots of the M3UA endpoint. */

import type { Config } from '../../config/schema/config.ts';
import type { AssociationSnapshot, M3uaSnapshot } from '../../stack/m3ua/snapshot.ts';
import { namedNotation, pointCodeText as textOf } from '../../types/point-code.ts';
import type { Association, PointCode } from '../../web/live-source.ts';

type Signalling = Pick<Config['signalling'], 'associations' | 'applicationServers' | 'pointCodeFormat'>;
interface Flowed {
  readonly sent: number;
  readonly received: number;
  readonly octetsSent: number;
  readonly octetsReceived: number;
}

type AspState = Association['aspState'];
type AsState = Association['asState'];

/** What SCTP is doing, by the state of the association at the ASP (`association-fsm.ts`). */
const SCTP_STATES: Readonly<Record<string, Association['state']>> = {
  UP: 'established',
  CONNECTING: 'connecting',
  WAITING: 'connecting',
};

const AS_RANK: readonly AsState[] = ['AS-DOWN', 'AS-INACTIVE', 'AS-PENDING', 'AS-ACTIVE'];

export class LiveNetwork {
  readonly #signalling: Signalling;
  /** By association or point code: what was shown last, and since when. */
  readonly #since = new Map<string, { state: string; sinceMs: number }>();
  #messages = new Map<string, Flowed>();
  #atMs = 0;
  #rates = new Map<string, Flowed>();
  #snapshot: M3uaSnapshot | undefined;

  constructor(signalling: Signalling) {
    this.#signalling = signalling;
  }

  /** @param monotonicMs when it was taken */
  take(snapshot: M3uaSnapshot, monotonicMs: number): void {
    const seconds = (monotonicMs - this.#atMs) / 1_000;
    const messages = new Map<string, Flowed>();
    this.#rates = new Map();
    for (const one of snapshot.associations) {
      const { name, messagesSent: sent, messagesReceived: received, octetsSent, octetsReceived } = one;
      messages.set(name, { sent, received, octetsSent, octetsReceived });
      const before = this.#messages.get(name);
      if (before === undefined || seconds <= 0) continue;
      // A thread that was started anew counts from 0.
      this.#rates.set(name, {
        sent: Math.max(0, sent - before.sent) / seconds,
        received: Math.max(0, received - before.received) / seconds,
        octetsSent: Math.max(0, octetsSent - before.octetsSent) / seconds,
        octetsReceived: Math.max(0, octetsReceived - before.octetsReceived) / seconds,
      });
    }
    this.#messages = messages;
    this.#atMs = monotonicMs;
    this.#snapshot = snapshot;
  }

  /** The thread that holds them is gone, and they with it. */
  lost(): void {
    this.#snapshot = undefined;
    this.#rates.clear();
  }

  /** @param nowMs wall time */
  associations(nowMs: number): Association[] {
    const known = new Map(this.#snapshot?.associations.map((one) => [one.name, one]));
    const servers = asStates(this.#snapshot?.associations ?? []);
    return this.#signalling.associations
      .filter(({ role }) => role !== 'sgp')
      .map(({ name, remote }) => {
        const seen = known.get(name);
        const state = (seen === undefined ? undefined : SCTP_STATES[seen.state]) ?? 'closed';
        const aspState = seen === undefined ? 'ASP-DOWN' : aspStateOf(seen);
        const asState = worst((seen?.traffic ?? []).map((one) => servers.get(one.applicationServer)));
        const rate = this.#rates.get(name);
        return {
          name,
          peer:
            seen !== undefined && seen.address !== '' ? seen.address : `${remote.host ?? ''}:${remote.port}`,
          state,
          aspState,
          asState,
          messagesInPerSecond: rate?.received ?? 0,
          messagesOutPerSecond: rate?.sent ?? 0,
          queuedOctets: seen?.queuedOctets ?? 0,
          messagesIn: seen?.messagesReceived ?? 0,
          messagesOut: seen?.messagesSent ?? 0,
          octetsInPerSecond: rate?.octetsReceived ?? 0,
          octetsOutPerSecond: rate?.octetsSent ?? 0,
          octetsIn: seen?.octetsReceived ?? 0,
          octetsOut: seen?.octetsSent ?? 0,
          congestion: seen?.congestion ?? 0,
          traffic: (seen?.traffic ?? []).map((one) => ({
            applicationServer: one.applicationServer,
            routingContext: this.#routingContextOf(one.applicationServer),
            aspState: one.state,
            asState: servers.get(one.applicationServer) ?? 'AS-DOWN',
          })),
          sinceMs: this.#sinceOf(`association ${name}`, `${state} ${aspState} ${asState}`, nowMs),
        };
      });
  }

  /** @param nowMs wall time */
  pointCodes(nowMs: number): PointCode[] {
    return (this.#snapshot?.destinations ?? []).map(
      ({ pointCode, reachable, congestion = 0, restricted = false }) => {
        const text = pointCodeText(pointCode, this.#signalling.pointCodeFormat);
        const state = !reachable
          ? 'unavailable'
          : congestion > 0
            ? 'congested'
            : restricted
              ? 'restricted'
              : 'available';
        return {
          pointCode: text,
          name: '',
          state,
          sinceMs: this.#sinceOf(`point code ${text}`, state, nowMs),
        };
      },
    );
  }

  #routingContextOf(applicationServer: string): string {
    const server = this.#signalling.applicationServers.find(({ name }) => name === applicationServer);
    return server?.routingContext === undefined ? '' : String(server.routingContext);
  }

  #sinceOf(key: string, state: string, nowMs: number): number {
    const known = this.#since.get(key);
    if (known?.state === state) return known.sinceMs;
    this.#since.set(key, { state, sinceMs: nowMs });
    return nowMs;
  }
}

/** The ASP's state towards this signalling gateway: active when it is so for one AS at least (RFC 4666 §4.3.1). */
function aspStateOf({ aspState, traffic }: AssociationSnapshot): AspState {
  if (traffic.some(({ state }) => state === 'ASP-ACTIVE' || state === 'ASP-INACTIVE-SENT'))
    return 'ASP-ACTIVE';
  return aspState === 'ASP-UP' ? 'ASP-INACTIVE' : 'ASP-DOWN';
}

/**
 * The state of every application server as the ASP can tell it: active with one ASP of ours that is (RFC 4666 §4.3.2). That
 * of another process that shares the AS is not known here.
 */
function asStates(associations: readonly AssociationSnapshot[]): ReadonlyMap<string, AsState> {
  const states = new Map<string, AsState>();
  for (const { aspState, traffic } of associations) {
    for (const { applicationServer, state } of traffic) {
      const own: AsState =
        state === 'ASP-ACTIVE' || state === 'ASP-INACTIVE-SENT'
          ? 'AS-ACTIVE'
          : aspState === 'ASP-UP'
            ? 'AS-INACTIVE'
            : 'AS-DOWN';
      const known = states.get(applicationServer) ?? 'AS-DOWN';
      states.set(applicationServer, AS_RANK.indexOf(own) > AS_RANK.indexOf(known) ? own : known);
    }
  }
  return states;
}

function worst(states: readonly (AsState | undefined)[]): AsState {
  let least: AsState | undefined;
  for (const state of states) {
    if (state !== undefined && (least === undefined || AS_RANK.indexOf(state) < AS_RANK.indexOf(least)))
      least = state;
  }
  return least ?? 'AS-DOWN';
}

/** As the configuration writes it. */
export function pointCodeText(pointCode: number, format: Signalling['pointCodeFormat']): string {
  return textOf(pointCode, namedNotation(format));
}
