/**
 * One message centre and our links to it: requests go over any link that may carry them and has room, what comes is handed on. A
 * centre that throttles is left alone for a while that doubles; where submissions have a rate (A8), that halves, and comes back step by
 * step.
 */
import { SendRate } from '../../connector/send-rate.ts';
import type { BodyOf, RequestName } from '../../stack/smpp/commands.ts';
import { type LinkConfig, type LinkPorts, type LinkUser, SmppLink } from '../../stack/smpp/link.ts';
import type { Pdu } from '../../stack/smpp/pdu.ts';
import type { SmppSession } from '../../stack/smpp/session.ts';
import type { Concatenation } from '../../stack/smpp/short-message.ts';
import type { Tlv } from '../../stack/smpp/tlv.ts';
import type { Answered } from '../../stack/smpp/window.ts';
import type { TimerListener } from '../../types/timers.ts';

export interface SmscConfig {
  /** In the state of subscribers, the log and metrics: it stays the same as long as the centre has messages of ours. */
  readonly name: string;
  readonly links: readonly LinkConfig[];
  readonly concatenation: Concatenation;
  readonly serviceType: string;
  readonly validityMs: number;
  /** registered_delivery (SMPP 5.0 §4.7.21). */
  readonly registeredDelivery: number;
  readonly source: { readonly ton: number; readonly npi: number; readonly address: string };
  readonly destination: { readonly ton: number; readonly npi: number };
  /** What the centre can; a refusal teaches that it cannot. */
  readonly replacesIfPresent: boolean;
  readonly replaces: boolean;
  readonly cancels: boolean;
  /** Beginnings of the numbers that it is for; none: all. */
  readonly prefixes: readonly string[];
  /** Submissions a second at most; 0: as many as the windows take. */
  readonly submitsPerSecond: number;
}

export interface SmscUser {
  /** There is room for requests, and there was none; or a link is up. */
  roomy(smsc: SmscClient): void;
  /** deliver_sm, data_sm, alert_notification. */
  request(smsc: SmscClient, session: SmppSession, pdu: Pdu): void;
}

const THROTTLED_FIRST_MS = 250;
const THROTTLED_MAX_MS = 8_000;

const PAUSE = 1;
const RATE = 2;

export class SmscClient implements LinkUser, TimerListener {
  readonly config: SmscConfig;
  /** What it can, as far as it has been learnt. */
  readonly can: { replaceIfPresent: boolean; replace: boolean; cancel: boolean };
  readonly #links: readonly SmppLink[];
  readonly #ports: Omit<LinkPorts, 'user'>;
  readonly #user: SmscUser;
  #next = 0;
  #throttledMs = 0;
  #timer = 0;
  readonly #rate: SendRate | undefined;
  #rateTimer = 0;

  constructor(config: SmscConfig, ports: Omit<LinkPorts, 'user'>, user: SmscUser) {
    this.config = config;
    const { replacesIfPresent: replaceIfPresent, replaces: replace, cancels: cancel } = config;
    this.can = { replaceIfPresent, replace, cancel };
    this.#ports = ports;
    this.#user = user;
    const { submitsPerSecond } = config;
    if (submitsPerSecond > 0) this.#rate = new SendRate(submitsPerSecond, () => ports.timers.now());
    this.#links = config.links.map((link) => new SmppLink(link, { ...ports, user: this }));
  }

  open(): void {
    for (const link of this.#links) link.open();
  }

  close(): void {
    this.#ports.timers.stop(this.#timer);
    this.#ports.timers.stop(this.#rateTimer);
    for (const link of this.#links) link.close();
  }

  /** Something could be sent, if there is room. */
  get isUp(): boolean {
    return this.#links.some(({ session }) => session !== undefined && session.mode !== 'receiver');
  }

  /** One more submission could begin; where only the rate forbids it, `roomy` says when it does no longer. */
  get hasRoom(): boolean {
    if (this.#timer !== 0 || !this.#links.some(({ session }) => canSend(session))) return false;
    const waitMs = this.#rate?.waitMs() ?? 0;
    if (waitMs > 0 && this.#rateTimer === 0)
      this.#rateTimer = this.#ports.timers.start(waitMs, this, RATE, 0);
    return waitMs === 0;
  }

  /** Submissions that the rate allows now; 0: there is none. */
  get perSecond(): number {
    return this.#rate?.perSecond ?? 0;
  }

  get isThrottled(): boolean {
    return this.#timer !== 0 || (this.#rate !== undefined && this.#rate.perSecond < this.#rate.perSecondMax);
  }

  /** Over the links in turn. False: there is no room, and nothing was sent. */
  send<C extends RequestName>(
    command: C,
    body: BodyOf<C>,
    tlvs: readonly Tlv[],
    answered: Answered,
  ): boolean {
    if (this.#timer !== 0) return false;
    for (let tries = 0; tries < this.#links.length; tries++) {
      this.#next = (this.#next + 1) % this.#links.length;
      const session = this.#links[this.#next]!.session;
      if (!canSend(session) || !session.request(command, body, tlvs, answered)) continue;
      if (command === 'submit_sm' || command === 'replace_sm') this.#rate?.take();
      return true;
    }
    return false;
  }

  /** It said so: nothing more for a while. */
  throttled(): void {
    const { timers, counters } = this.#ports;
    counters.count('smpp.throttled');
    this.#rate?.throttled();
    if (this.#timer !== 0) return;
    this.#throttledMs = Math.min(THROTTLED_MAX_MS, Math.max(THROTTLED_FIRST_MS, this.#throttledMs * 2));
    this.#timer = timers.start(this.#throttledMs, this, PAUSE, 0);
  }

  /** It took something. */
  took(): void {
    this.#throttledMs = 0;
  }

  onTimer(kind: number): void {
    if (kind === RATE) this.#rateTimer = 0;
    else this.#timer = 0;
    this.#user.roomy(this);
  }

  up(): void {
    this.#user.roomy(this);
  }

  roomy(): void {
    this.#user.roomy(this);
  }

  request(_link: SmppLink, session: SmppSession, pdu: Pdu): void {
    this.#user.request(this, session, pdu);
  }

  down(): void {
    if (!this.isUp) this.#ports.log.warn('smpp.smsc-gone', { smsc: this.config.name });
  }
}

function canSend(session: SmppSession | undefined): session is SmppSession {
  return session?.hasRoom === true && session.mode !== 'receiver';
}
