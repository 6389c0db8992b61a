/** What flows through the engine, by kind: made from its counters, and from what TCAP counts by user and operation. */

import { SUBSYSTEMS } from '../../engine/signalling/signalling.ts';
import { capApplicationContexts } from '../../stack/cap/application-contexts.ts';
import { mapApplicationContexts } from '../../stack/map/application-contexts.ts';
import type { UserReport } from '../../stack/tcap/statistics.ts';
import type { Flow, FlowFamily } from '../../web/live-source.ts';

/** A counter by its whole name, or all that begin so and end in one word. */
type FlowRow = readonly [family: FlowFamily, counter: string, name: string];

// biome-ignore format: a row a line
const ROWS: readonly FlowRow[] = [
  ['cause', 'call.missed.busy', 'busy'],
  ['cause', 'call.missed.no-answer', 'no-answer'],
  ['cause', 'call.missed.not-reachable', 'not-reachable'],
  ['cause', 'call.missed.abandoned', 'abandoned'],
  ['cause', 'call.missed.barred', 'barred'],
  ['return', 'reachability.alert', 'alert'],
  ['return', 'reachability.mm-event', 'mm-event'],
  ['return', 'reachability.detach', 'detach'],
  ['channel', 'notice.delivered.missed-calls', 'SMS: missed calls'],
  ['channel', 'notice.delivered.returns', 'SMS: is back'],
  ['channel', 'query.delivered', 'SMS type 0: is the phone there'],
  ['channel', 'channels.told.e-mail.delivered', 'E-mail'],
  ['channel', 'channels.told.webhook.delivered', 'Webhook'],
  ['channel', 'channels.told.web-push.delivered', 'Web push'],
  ['channel', 'channels.told.inbox.delivered', 'Inbox'],
  ['result', 'notice.delivered', 'delivered'],
  ['result', 'notice.absent', 'absent'],
  ['result', 'notice.memory-full', 'memory-full'],
  ['result', 'notice.temporary', 'temporary'],
  ['result', 'notice.permanent', 'permanent'],
  ['abort', 'tcap.received.pAbort', 'by the peer’s TCAP'],
  ['abort', 'tcap.received.uAbort', 'by the peer’s user'],
  ['abort', 'tcap.sent.uAbort', 'by our user'],
  ['retransmission', 'sctp.data.retransmitted', 'DATA sent again'],
  ['retransmission', 'sctp.fast-retransmit', 'of it, losses that were reported'],
  ['retransmission', 'sctp.t3.expired', 'of it, not acknowledged in time'],
];

const USERS: ReadonlyMap<number, string> = new Map([
  [SUBSYSTEMS.cap, 'CAP'],
  [SUBSYSTEMS.serviceCentre, 'MAP, service centre'],
  [SUBSYSTEMS.gsmScf, 'MAP, gsmSCF'],
]);

/** Operations by code, of all contexts of a protocol. One code is one operation for what we do; of versions the first name stands. */
const namesOf = (contexts: typeof mapApplicationContexts): ReadonlyMap<number, string> => {
  const names = new Map<number, string>();
  for (const { initiator, responder } of contexts.all)
    for (const operations of [initiator, responder])
      for (const { code, name } of operations.values()) {
        if (name !== undefined && !names.has(code)) names.set(code, name);
      }
  return names;
};
const CAP_NAMES = namesOf(capApplicationContexts);
const MAP_NAMES = namesOf(mapApplicationContexts);

export class LiveFlows {
  #before = new Map<string, number>();

  /** @param seconds since the last call */
  take(counters: ReadonlyMap<string, number>, users: readonly UserReport[], seconds: number): Flow[] {
    const values = new Map<string, number>();
    const flows: Flow[] = [];
    const add = (family: FlowFamily, name: string, value: number): void => {
      const key = `${family} ${name}`;
      values.set(key, value);
      // A thread that was started anew counts from 0.
      const grown = Math.max(0, value - (this.#before.get(key) ?? value));
      flows.push({ family, name, value, perSecond: grown / seconds });
    };
    for (const [family, counter, name] of ROWS) {
      const beside = family === 'result' ? toldBesideSms(counters, name) : 0;
      add(family, name, (counters.get(counter) ?? 0) + beside);
    }
    add('abort', 'by our TCAP', startingWith(counters, 'tcap.sent.pAbort.'));
    for (const { ssn, begunByUs, begunByPeer, operations } of users) {
      const user = USERS.get(ssn) ?? `subsystem ${ssn}`;
      add('begun', `${user}: by the peer`, begunByPeer);
      add('begun', `${user}: by us`, begunByUs);
      const names = ssn === SUBSYSTEMS.cap ? CAP_NAMES : MAP_NAMES;
      for (const { code, sent, received } of operations) {
        const operation = code < 0 ? 'others' : (names.get(code) ?? `operation ${code}`);
        if (received > 0) add('operation', `${user}: ${operation} received`, received);
        if (sent > 0) add('operation', `${user}: ${operation} sent`, sent);
      }
    }
    this.#before = values;
    return flows;
  }
}

/** Notices that ended so on a channel beside the short message. */
export function toldBesideSms(counters: ReadonlyMap<string, number>, result: string): number {
  let sum = 0;
  for (const channel of ['e-mail', 'webhook', 'web-push', 'inbox'])
    sum += counters.get(`channels.told.${channel}.${result}`) ?? 0;
  return sum;
}

function startingWith(counters: ReadonlyMap<string, number>, prefix: string): number {
  let sum = 0;
  for (const [name, value] of counters) if (name.startsWith(prefix)) sum += value;
  return sum;
}
