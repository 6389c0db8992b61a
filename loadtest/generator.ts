/**
 * The generator: begins calls and alerts at their planned times, whatever the engine does (open loop), goes through their
 * dialogues, answers those of the engine, and knows of each dialogue how it ended.
 */

import { machineClock } from '../src/adapters/clock.ts';
import { TcpSctpPort } from '../src/adapters/sctp/tcp.ts';
import { UdpSctpPort } from '../src/adapters/sctp/udp/port.ts';
import { PartHost } from '../src/adapters/threads/part-host.ts';
import { encodeTimeAndTimezone } from '../src/stack/cap/time-and-timezone.ts';
import { M3uaSgp } from '../src/stack/m3ua/sgp.ts';
import { messageTags, pAbortCauses } from '../src/stack/tcap/tags.ts';
import { civilOf } from '../src/types/civil-time.ts';
import { CountersMap } from '../src/types/counters.ts';
import { silentLog } from '../src/types/log.ts';
import { SeededRandom } from '../src/types/random.ts';
import { Dialogues, SlotQueue, waits } from './dialogues.ts';
import { DueHeap } from './due-heap.ts';
import { FastPort, type FastUser } from './fast-port.ts';
import { Handsets } from './handsets.ts';
import { Incoming } from './incoming.ts';
import { templatesFor } from './messages.ts';
import { NetworkSide, RELAY_BIT } from './network-side.ts';
import { NoticeAccount } from './notice-account.ts';
import {
  CALL_ENDS,
  type CallEnd,
  type GeneratorLimits,
  type LatencyName,
  type LoadReport,
  type NetworkPlan,
  type Phase,
  type Sample,
} from './plan.ts';
import { type Account, closed, newAccount, type Played, Playing } from './playing.ts';
import { Sampling } from './sampling.ts';
import type { Template } from './template.ts';

export interface GeneratorOptions {
  readonly network: NetworkPlan;
  readonly limits: GeneratorLimits;
  /** Indexes of subscribers are below it. */
  readonly subscribers: number;
  readonly seed: number;
  /** Who says that a phone is off: the HLR asked for the way, or the MSC given the message. */
  readonly absence: 'hlr' | 'msc';
  /** Of the starts: several generators begin one after the other. 0 … 1. */
  readonly offset?: number;
}

/** Of these nobody is told. */
const isMissed = (end: CallEnd): boolean => end !== 'answered' && end !== 'network-trouble';

/** How an abort is told, by its P-Abort cause; a user's abort has none. */
const ABORTS = new Map<number, string>(
  Object.entries(pAbortCauses).map(([name, cause]) => [cause, `P-Abort: ${name}`]),
);

/** How a dialogue that waited too long is told, by what it waited for. */
const WAITED_FOR: Readonly<Record<number, string>> = {
  [waits.answer]: 'no answer to initialDP within T(SSF)',
  [waits.end]: 'no answer to a report within T(SSF)',
  [waits.alert]: 'no answer to an alert within the HLR’s timer',
};

const TICK_MS = 1;
const EXPIRE_EVERY_MS = 100;
/** A report that found no room is tried again so soon. */
const AGAIN_MS = 10;

export class Generator implements FastUser {
  readonly #options: GeneratorOptions;
  readonly #templates: ReturnType<typeof templatesFor>;
  readonly #incoming = new Incoming();
  readonly #dialogues: Dialogues;
  readonly #rings: DueHeap;
  /** Alerts to be given again: subscribers. */
  readonly #repeats: SlotQueue;
  readonly #account: NoticeAccount;
  readonly #handsets: Handsets;
  readonly #network: NetworkSide;
  readonly #port: FastPort;
  readonly #host = new PartHost({ clock: machineClock });
  readonly #sgp: M3uaSgp;
  readonly #random: SeededRandom;
  /** Answers that found no room in the association, in their order. */
  #waiting: Uint8Array[] = [];
  #calls = newAccount();
  #alerts = newAccount();
  #playing: Playing | undefined;
  #abandoned = false;
  #sampling: Sampling | undefined;
  #unexpected = 0;
  #lost = 0;
  #active = 0;
  #timer: NodeJS.Timeout | undefined;
  #expiredAtMs = 0;
  #second = -1;
  #heardAtMs = 0;

  constructor(options: GeneratorOptions) {
    const { network, limits, subscribers } = options;
    this.#options = options;
    this.#random = new SeededRandom(options.seed);
    this.#templates = templatesFor(network);
    this.#dialogues = new Dialogues(limits.dialoguesMax);
    this.#rings = new DueHeap(limits.dialoguesMax);
    this.#repeats = new SlotQueue(subscribers);
    this.#account = new NoticeAccount(subscribers);
    this.#handsets = new Handsets(subscribers, this.#account);
    this.#network = new NetworkSide({
      templates: this.#templates,
      handsets: this.#handsets,
      absence: options.absence,
      firstSubscriber: network.firstSubscriber,
      send: (template) => this.#sendLater(template),
    });
    const counters = new CountersMap();
    const { queueOctetsMax } = limits;
    this.#port = new FastPort(
      network.transport === 'tcp'
        ? new TcpSctpPort({ counters, queueOctetsMax })
        : new UdpSctpPort({ clock: machineClock, counters, queueOctetsMax }),
      this,
    );
    this.#host.run({
      doWork: () => 0,
      drain: () => undefined,
      drained: true,
      close: () => Promise.resolve(),
    });
    this.#sgp = new M3uaSgp({
      sctp: this.#port,
      timers: this.#host.timers,
      counters,
      log: silentLog,
      config: {
        listen: { host: network.host, port: network.port },
        localPointCodes: [network.peerPointCode],
        applicationServers: [
          {
            name: 'callwake',
            pointCodes: [network.enginePointCode],
            routingContext: network.routingContext,
            ...(network.associations > 1 ? { trafficMode: 'loadshare' as const } : {}),
          },
        ],
      },
    });
  }

  /** Listens; returns the port. */
  async start(): Promise<number> {
    const port = await this.#sgp.start();
    const tick = (): void => {
      this.#tick();
      this.#timer = setTimeout(tick, TICK_MS);
    };
    tick();
    return port;
  }

  get isActive(): boolean {
    const [server] = this.#sgp.snapshot().applicationServers;
    const { associations } = this.#options.network;
    return this.#active >= associations && server?.state === 'AS-ACTIVE';
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#sgp.stop();
    await this.#port.close();
    await this.#host.stop(0);
  }

  /** From now on, what happens in each second is told; `startedAtMs` since the epoch is the beginning of the first. */
  sample(startedAtMs: number, tell: (sample: Sample) => void): void {
    this.#sampling = new Sampling(startedAtMs - performance.timeOrigin, tell);
  }

  /** Plays a phase, and waits until each of its dialogues has come to its end, or it is abandoned. */
  async play(phase: Phase, withinMs: number): Promise<Played> {
    const playing = new Playing(phase, this.#random, this.#options.offset);
    const messagesBefore = this.#account.messages;
    this.#abandoned = false;
    this.#playing = playing;
    if (phase.everybodyReturns === true) this.#returnEverybody(phase.ratePerSecond);
    const endMs = playing.startedAtMs + phase.forMs + (phase.rampMs ?? 0) + (phase.ringMs ?? 0) + withinMs;
    await until(
      () =>
        this.#abandoned ||
        performance.now() > endMs ||
        (playing.allTaken && this.#dialogues.open === 0 && this.#repeats.size === 0),
    );
    this.#playing = undefined;
    return playing.result(this.#account.messages - messagesBefore);
  }

  /** Ends what is played at once: nobody is there any more to answer. */
  abandon(): void {
    this.#abandoned = true;
  }

  /** Waits until the engine has said nothing for `quietMs`, for `withinMs` at most. True when it fell quiet. */
  async settle(quietMs: number, withinMs: number): Promise<boolean> {
    const startedAtMs = performance.now();
    const quiet = (): boolean => performance.now() - Math.max(startedAtMs, this.#heardAtMs) >= quietMs;
    await until(() => quiet() || performance.now() - startedAtMs >= withinMs);
    return quiet();
  }

  report(): LoadReport {
    const { routing, routingAbsent, forwards, forwardsAbsent, reports, unexpected } = this.#network;
    return {
      notices: this.#account.report(),
      calls: closed(this.#calls),
      alerts: closed(this.#alerts),
      engine: { routing, routingAbsent, forwards, forwardsAbsent, reports },
      unexpected: this.#unexpected + unexpected,
      associationsLost: this.#lost,
    };
  }

  // What the association brings.

  associations(active: number, lost: boolean): void {
    if (lost) this.#lost++;
    if (active === 0) this.#waiting = [];
    this.#active = active;
  }

  drained(): void {
    this.#flush();
  }

  data(message: Uint8Array): void {
    const nowMs = performance.now();
    const kind = this.#incoming.read(message);
    if (kind !== 'tcap') {
      if (kind === 'unreadable') this.#unexpected++;
      return;
    }
    this.#heardAtMs = nowMs;
    const { portion } = this.#incoming;
    const { destinationId, messageType } = portion;
    if (messageType === messageTags.begin || destinationId >= RELAY_BIT) {
      this.#network.take(this.#incoming);
      return;
    }
    const slot = this.#dialogues.slotOf(destinationId);
    if (slot < 0) {
      // What was given up is answered late; it was counted when it was given up.
      this.#unexpected++;
      return;
    }
    if (messageType === messageTags.continue) this.#continued(slot, nowMs);
    else if (messageType === messageTags.end) this.#ended(slot, nowMs);
    else this.#aborted(slot, portion.abortCause);
  }

  // Dialogues of ours.

  #tick(): void {
    const nowMs = performance.now();
    this.#setTime();
    this.#flush();
    for (let id = this.#rings.takeDue(nowMs); id >= 0; id = this.#rings.takeDue(nowMs)) {
      const slot = this.#dialogues.slotOf(id);
      if (slot >= 0) this.#sendReport(slot, nowMs);
    }
    const playing = this.#playing;
    if (playing !== undefined) {
      for (let atMs = playing.nextAtMs; atMs <= nowMs; atMs = playing.nextAtMs)
        this.#begin(playing, atMs, nowMs);
      this.#repeatAlerts(nowMs);
    }
    this.#sampling?.tick(nowMs, this.#account.messages, this.#active);
    if (nowMs - this.#expiredAtMs >= EXPIRE_EVERY_MS) {
      this.#expiredAtMs = nowMs;
      this.#dialogues.expire(nowMs, (slot) => this.#expired(slot));
    }
  }

  /** A call that cannot be begun goes on without the engine; an alert waits at the HLR. */
  #begin(playing: Playing, plannedAtMs: number, nowMs: number): void {
    const { beginOctetsMax, alertRepeatMs } = this.#options.limits;
    const { kind, subscriber, cause, ringMs } = playing.take();
    this.#sampling?.count('planned');
    this.#record('late', nowMs - plannedAtMs);
    const hasRoom = this.#active > 0 && this.#port.queuedOctets <= beginOctetsMax;
    const slot = hasRoom ? this.#dialogues.take() : -1;
    if (slot >= 0) {
      this.#dialogues.plannedAtMs[slot] = plannedAtMs;
      this.#dialogues.subscriber[slot] = subscriber;
      this.#dialogues.cause[slot] = cause;
      this.#dialogues.ringMs[slot] = ringMs;
      if (kind === 'alert' ? this.#alert(slot, nowMs) : this.#call(slot, kind, nowMs)) return;
    }
    if (kind === 'alert' && alertRepeatMs > 0 && this.#repeats.push(subscriber, nowMs + alertRepeatMs))
      return;
    playing.unsent();
    this.#sampling?.count('unsent');
    this.#failed(
      this.#active === 0
        ? 'not sent: no association'
        : hasRoom && slot < 0
          ? 'not sent: the generator has as many dialogues as it may'
          : 'not sent: the association has no room',
    );
  }

  #call(slot: number, end: CallEnd, nowMs: number): boolean {
    const { initialDP } = this.#templates;
    const dialogues = this.#dialogues;
    const subscriber = dialogues.subscriber[slot] as number;
    const call = this.#account.newCall(subscriber);
    dialogues.call[slot] = call;
    dialogues.end[slot] = CALL_ENDS.indexOf(end);
    initialDP.setId('originating', dialogues.idOf(slot));
    initialDP.setId('reference', call);
    initialDP.setIndex('subscriber', this.#options.network.firstSubscriber + subscriber);
    initialDP.setIndex('caller', call);
    if (!this.#port.send(initialDP.octets)) {
      dialogues.free(slot);
      return false;
    }
    this.#count('calls', 'begun');
    dialogues.waiting[slot] = waits.answer;
    dialogues.untilMs[slot] = nowMs + this.#options.limits.callTimerMs;
    return true;
  }

  #alert(slot: number, nowMs: number): boolean {
    const { alert } = this.#templates;
    const dialogues = this.#dialogues;
    const subscriber = dialogues.subscriber[slot] as number;
    alert.setId('originating', dialogues.idOf(slot));
    alert.setIndex('subscriber', this.#options.network.firstSubscriber + subscriber);
    if (!this.#port.send(alert.octets)) {
      dialogues.free(slot);
      return false;
    }
    this.#handsets.switch(subscriber, false);
    this.#count('alerts', 'begun');
    dialogues.waiting[slot] = waits.alert;
    dialogues.untilMs[slot] = nowMs + this.#options.limits.alertTimerMs;
    return true;
  }

  #repeatAlerts(nowMs: number): void {
    const { beginOctetsMax } = this.#options.limits;
    while (this.#port.queuedOctets <= beginOctetsMax) {
      const subscriber = this.#repeats.takeDue(nowMs);
      if (subscriber < 0) return;
      const slot = this.#dialogues.take();
      if (slot >= 0) {
        this.#dialogues.plannedAtMs[slot] = nowMs;
        this.#dialogues.subscriber[slot] = subscriber;
        if (this.#alert(slot, nowMs)) continue;
      }
      this.#repeats.push(subscriber, nowMs + this.#options.limits.alertRepeatMs);
      return;
    }
  }

  #returnEverybody(ratePerSecond: number): void {
    const nowMs = performance.now();
    const owed = this.#account.owed();
    let returns = 0;
    for (let subscriber = 0; subscriber < this.#options.subscribers; subscriber++)
      if (owed[subscriber] === 1 || this.#handsets.isOff(subscriber))
        this.#repeats.push(subscriber, nowMs + (1_000 * returns++) / ratePerSecond);
  }

  #continued(slot: number, nowMs: number): void {
    const dialogues = this.#dialogues;
    if (dialogues.waiting[slot] !== waits.answer) {
      this.#unexpected++;
      return;
    }
    this.#record('answer', nowMs - (dialogues.plannedAtMs[slot] as number));
    dialogues.peer[slot] = this.#incoming.portion.originatingId;
    dialogues.waiting[slot] = waits.ring;
    const ringMs = dialogues.ringMs[slot] as number;
    if (ringMs === 0) this.#sendReport(slot, nowMs);
    else this.#rings.push(dialogues.idOf(slot), nowMs + ringMs);
  }

  #sendReport(slot: number, nowMs: number): void {
    const dialogues = this.#dialogues;
    const end = CALL_ENDS[dialogues.end[slot] as number]!;
    const cause = dialogues.cause[slot] as number;
    const template = cause === 0 ? this.#templates.report[end] : this.#templates.failed(cause);
    template.setId('originating', dialogues.idOf(slot));
    template.setId('destination', dialogues.peer[slot] as number);
    if (!this.#port.send(template.octets)) {
      this.#rings.push(dialogues.idOf(slot), nowMs + AGAIN_MS);
      return;
    }
    if (isMissed(end)) this.#account.reported(dialogues.call[slot] as number);
    if (end === 'not-reachable') this.#handsets.switch(dialogues.subscriber[slot] as number, true);
    dialogues.waiting[slot] = waits.end;
    dialogues.reportedAtMs[slot] = nowMs;
    dialogues.untilMs[slot] = nowMs + this.#options.limits.callTimerMs;
  }

  #ended(slot: number, nowMs: number): void {
    const dialogues = this.#dialogues;
    switch (dialogues.waiting[slot]) {
      case waits.answer:
        this.#record('answer', nowMs - (dialogues.plannedAtMs[slot] as number));
        this.#count('calls', 'letGo');
        break;
      case waits.ring:
        this.#count('calls', 'letGo');
        break;
      case waits.end:
        this.#record('report', nowMs - (dialogues.reportedAtMs[slot] as number));
        if (isMissed(CALL_ENDS[dialogues.end[slot] as number]!))
          this.#account.acknowledged(dialogues.call[slot] as number);
        this.#count('calls', 'served');
        break;
      default: {
        const served = this.#incoming.component()?.kind === 'result';
        if (served) this.#record('answer', nowMs - (dialogues.plannedAtMs[slot] as number));
        this.#count('alerts', served ? 'served' : 'refused');
        if (!served) {
          this.#failed('alert answered with an error');
          this.#alertAgain(slot);
        }
      }
    }
    dialogues.free(slot);
  }

  #aborted(slot: number, cause: number): void {
    const what = cause === pAbortCauses.resourceLimitation ? 'refused' : 'aborted';
    this.#failed(ABORTS.get(cause) ?? 'aborted by the user of the dialogue');
    this.#over(slot, what);
  }

  #expired(slot: number): void {
    this.#failed(WAITED_FOR[this.#dialogues.waiting[slot] as number] ?? 'no answer');
    this.#over(slot, 'unanswered');
  }

  #over(slot: number, how: 'refused' | 'aborted' | 'unanswered'): void {
    const isAlert = this.#dialogues.waiting[slot] === waits.alert;
    this.#count(isAlert ? 'alerts' : 'calls', how);
    if (isAlert) this.#alertAgain(slot);
    this.#dialogues.free(slot);
  }

  #alertAgain(slot: number): void {
    const { alertRepeatMs } = this.#options.limits;
    if (alertRepeatMs === 0) return;
    this.#repeats.push(this.#dialogues.subscriber[slot] as number, performance.now() + alertRepeatMs);
  }

  #count(whose: 'calls' | 'alerts', what: keyof Account): void {
    (whose === 'calls' ? this.#calls : this.#alerts)[what]++;
    const playing = this.#playing;
    if (playing !== undefined) playing[whose][what]++;
    this.#sampling?.count(what);
    if (what === 'letGo') this.#failed('call let go at once');
  }

  #failed(how: string): void {
    this.#playing?.failed(how);
  }

  #record(name: LatencyName, ms: number): void {
    this.#playing?.record(name, ms);
    this.#sampling?.record(name, ms);
  }

  /** An answer to the engine waits where there is no room: it is ours to give. */
  #sendLater(template: Template): void {
    if (this.#waiting.length === 0 && this.#port.send(template.octets)) return;
    this.#waiting.push(template.octets.slice());
  }

  #flush(): void {
    let sent = 0;
    while (sent < this.#waiting.length && this.#port.send(this.#waiting[sent]!)) sent++;
    if (sent > 0) this.#waiting = this.#waiting.slice(sent);
  }

  /** The calls' time of day, which changes once a second. */
  #setTime(): void {
    const nowMs = machineClock.now();
    const second = Math.floor(nowMs / 1_000);
    if (second === this.#second) return;
    this.#second = second;
    this.#templates.initialDP.setTime(encodeTimeAndTimezone({ ...civilOf(nowMs), zoneQuarters: 0 }));
  }
}

function until(condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (condition()) resolve();
      else setTimeout(look, 5);
    };
    look();
  });
}
