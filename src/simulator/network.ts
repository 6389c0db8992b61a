/**
 * The network in a box: an STP, a GMSC/MSC/VLR, an HLR and phones, that Callwake's ASPs connect to, and the judge of what it
 * does. Pure: time, timers, randomness and the SCTP port come from the host.
 */
import type { M3uaStateChange } from '../stack/m3ua/snapshot.ts';
import { LatencyHistogram, summarize } from '../types/latency-histogram.ts';
import { SSN, titled } from './addresses.ts';
import { Aliveness } from './aliveness.ts';
import { Chance } from './chance.ts';
import { Hands } from './hands.ts';
import type { ShortMessage } from './handset.ts';
import { Hlr } from './hlr.ts';
import { Judge } from './judge/judge.ts';
import { Later } from './later.ts';
import { Mailboxes } from './mailboxes.ts';
import type { MapVersion } from './map-versions.ts';
import { MessageCentre } from './message-centre.ts';
import { MobileOriginated, type UssdStory } from './mobile-originated.ts';
import { Msc } from './msc.ts';
import type { Phase, SimulatedNetworkOptions, SimulationProgress } from './network-options.ts';
import { Nodes } from './nodes.ts';
import { type Person, subscriberFile, subscriberLines } from './person.ts';
import { populate } from './population.ts';
import { RandomLife } from './random-life.ts';
import type { SimulationReport } from './report.ts';
import { checkExpectations, peopleOf, play } from './scenario.ts';
import type { CallStory } from './ssf/call-story.ts';
import { SsfCall, type SsfHost } from './ssf/ssf-call.ts';
import type { UssdCall, UssdUser } from './ussd-calls.ts';

const TICK_MS = 100;
/** From the first active ASP to the first call: the engine may have other things to do first. */
const WARM_UP_MS = 1000;
/** A drain is over when nothing has reached a phone for so long. */
const QUIET_MS = 2000;
/** In a drain every phone is heard of once more, this long after all are back. */
const BUSY_AGAIN_AFTER_MS = 60_000;
const LAST_UPDATE_MS = 3000;

export class SimulatedNetwork {
  readonly people: readonly Person[];
  readonly judge: Judge;
  readonly msc: Msc;
  readonly hands: Hands;
  readonly centre: MessageCentre | undefined;
  readonly mailboxes: Mailboxes;
  readonly #options: SimulatedNetworkOptions;
  readonly #later: Later;
  readonly #chance: Chance;
  readonly #nodes: Nodes;
  readonly #aliveness: Aliveness;
  readonly #mobileOriginated: MobileOriginated;
  readonly #ssf: SsfHost;
  readonly #life: RandomLife;
  readonly #calls = new Set<SsfCall>();
  readonly #calling = new Map<Person, number>();
  /** Calls on their way to a phone that is there. */
  readonly #onPhone = new Map<Person, Set<SsfCall>>();
  /** By person, how many calls the person talks in. */
  readonly #talking = new Map<Person, number>();
  readonly #busySince = new Map<Person, number>();
  readonly #idpToAnswer = new LatencyHistogram();
  #phase: Phase = 'waiting';
  #callsAttempted = 0;
  #references = 0;
  /** By association, when all of them were heard last. */
  /** Of each association: messages that came, and when the last sign of life was among them. */
  #signs: ReadonlyMap<string, { readonly messages: number; readonly atMs: number }> = new Map();
  #active = false;
  #lastDeliveryMs = 0;
  #drainUntilMs = Infinity;
  #stopped = false;
  #startedAtMs = 0;
  readonly #startedWallMs: number;

  constructor(options: SimulatedNetworkOptions) {
    this.#options = options;
    const { plan, clock, timers, counters, random } = options;
    const { numbers, times, life } = plan;
    this.#startedWallMs = clock.now();
    this.#later = new Later(timers);
    this.#chance = new Chance(random);
    const { scenario } = options;
    this.people =
      options.people ??
      (scenario === undefined ? populate(plan, this.#chance, clock.now()) : peopleOf(scenario, plan));
    const { trouble } = options;
    this.judge = new Judge(times, trouble?.engineClock, plan.people.ruled?.withheld);
    for (const person of this.people) this.judge.available(person, true, clock.now());
    this.#aliveness = new Aliveness(clock, times.takenAfterMs);
    this.#nodes = new Nodes({
      ...options,
      ...trouble,
      onStateChange: (change) => this.#onStateChange(change),
    });
    const lmsis = new Map<Person, Uint8Array>();
    for (const [index, person] of this.people.entries())
      if (this.#chance.happens(life.lmsi))
        lmsis.set(person, Uint8Array.of(1, index >> 16, (index >> 8) & 0xff, index & 0xff));
    const lmsiOf = (person: Person) => lmsis.get(person);
    const { bootEpoch } = this.#nodes;
    const hlrVersionOf = (person: Person) =>
      // In version 1 little tells under which other number the HLR has stored somebody, or that its list is full.
      drawnVersion(
        Number(person.imsi.slice(-4)) + bootEpoch,
        person.storedNumber === person.number && !person.waitingListFull ? life.hlrVersion1 : 0,
        life.hlrVersion2,
      );
    const mscVersion = drawnVersion(bootEpoch, life.mscVersion1, life.mscVersion2);
    const common = { plan, clock, counters, later: this.#later, judge: this.judge, lmsiOf };
    const hlr = new Hlr(
      {
        ...common,
        tcap: this.#nodes.hlr,
        contactAgeMs: (person) => this.msc.contactAgeMs(person),
        isTalking: (person) => (this.#talking.get(person) ?? 0) > 0,
        enquiries: options.enquiries ?? 'allowed',
        isGone: () => trouble?.isGone?.('hlr') ?? false,
        refuses: () => trouble?.refuses?.('hlr') ?? false,
        alertVersion: () => (this.#chance.happens(life.alertVersion1) ? 1 : 2),
        mapVersionOf: hlrVersionOf,
      },
      this.people,
    );
    const onShortMessage = (person: Person, message: ShortMessage): void => {
      this.#lastDeliveryMs = clock.monotonic();
      options.onShortMessage?.(person, message);
    };
    this.mailboxes = new Mailboxes({
      clock,
      people: this.people,
      judge: this.judge,
      onArrived: () => {
        this.#lastDeliveryMs = clock.monotonic();
      },
    });
    if (options.smsc !== undefined)
      this.centre = new MessageCentre({
        ...options,
        behaviour: options.smsc,
        people: this.people,
        judge: this.judge,
        onShortMessage,
      });
    this.msc = new Msc(
      {
        ...common,
        tcap: this.#nodes.msc,
        refuses: () => trouble?.refuses?.('msc') ?? false,
        mapVersion: mscVersion,
        hlr,
        isBusyForShortMessage: (person) => this.#isBusyForShortMessage(person),
        onLeft: (person) => {
          for (const call of this.#onPhone.get(person) ?? []) call.phoneLost();
        },
        onAvailable: ({ number }) => this.centre?.smsc.available(number),
        onShortMessage,
      },
      this.people,
    );
    const { msc, hlr: hlrTcap } = this.#nodes;
    this.#mobileOriginated = new MobileOriginated({ plan, msc, hlr: hlrTcap, counters });
    this.#ssf = {
      ...common,
      tcap: this.#nodes.msc,
      aliveness: this.#aliveness,
      localAddress: titled(numbers.msc, SSN.cap),
      scfAddress: titled(numbers.gsmScf, SSN.cap),
      obstacle: (person) => this.msc.obstacle(person),
      nextReference: () => this.#nextReference(),
      forgotten: (transactionId, met) => this.#nodes.tap.watch(transactionId, met),
      onAnswered: (latencyMs) => this.#idpToAnswer.record(latencyMs),
      onPhone: (call) => {
        const { called } = call.story;
        const calls = this.#onPhone.get(called);
        if (calls === undefined) this.#onPhone.set(called, new Set([call]));
        else calls.add(call);
      },
      onOver: (call) => this.#callOver(call),
      isTalking: (person) => (this.#talking.get(person) ?? 0) > 0,
      talks: ({ caller, called }, forMs) => {
        for (const person of [caller, called]) this.#talks(person, forMs);
      },
      onMissed: (call) => options.onMissed?.(call),
    };
    this.hands = new Hands({
      plan,
      clock,
      people: this.people,
      later: this.#later,
      msc: this.msc,
      call: (story) => this.call(story),
      isCalling: (person) => this.#calling.has(person),
      stage: () =>
        this.#phase === 'living'
          ? 'living'
          : this.#phase === 'draining' || this.#phase === 'drained'
            ? 'ending'
            : 'beginning',
    });
    this.#life = new RandomLife({
      plan,
      clock,
      people: this.people,
      chance: this.#chance,
      later: this.#later,
      msc: this.msc,
      call: (story) => this.call(story),
      isCalling: (person) => this.#calling.has(person),
      isHeld: (person) => this.hands.isHeld(person),
    });
  }

  /** What the engine has to know of the people: a file for `callwake subscriber import`. */
  get subscriberFile(): string {
    return subscriberFile(this.people);
  }

  /** The same with all that they have ordered, as NDJSON. */
  get subscriberLines(): string {
    return subscriberLines(this.people);
  }

  /** Listens for the engine; returns the port in use. Life begins when an ASP is active. */
  async start(): Promise<number> {
    const port = await this.#nodes.sgp.start();
    this.#startedAtMs = this.#options.clock.monotonic();
    this.#tick();
    return port;
  }

  /** Associations are closed, nothing more happens. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#life.stop();
    await this.#nodes.sgp.stop();
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** An engine is there. */
  get isActive(): boolean {
    return this.#active;
  }

  /** What can be shown while it goes on. */
  get progress(): SimulationProgress {
    const { judge } = this;
    return {
      phase: this.#phase,
      callsAttempted: this.#callsAttempted,
      callsMissed: judge.callsMissed,
      noticesDelivered: judge.noticesDelivered,
      notifyMeDelivered: judge.notifyMeDelivered,
      doubled: judge.verdicts.count('doubled'),
      wrong: judge.verdicts.count('wrong'),
      callsTold: judge.callsTold,
      openCalls: this.#calls.size,
      unsettled: judge.unsettled,
    };
  }

  call(story: CallStory): void {
    this.#callsAttempted++;
    const { caller } = story;
    this.#calling.set(caller, (this.#calling.get(caller) ?? 0) + 1);
    const call = new SsfCall(this.#ssf, story);
    this.#calls.add(call);
    call.start();
  }

  /** A phone that is on sends a short message to a service; what it is answered is no notice. */
  sendShortMessage(
    from: Person,
    to: string,
    text: string,
    /** Of each part, and how many there are. */
    then: (taken: boolean, parts: number) => void,
  ): void {
    if (from.handset.radio !== 'on') return then(false, 1);
    this.judge.spoke(from);
    this.#mobileOriginated.send(from, to, text, then);
  }

  /** A phone that is on dials a code, and types what `answer` says to each page; undefined: it leaves the menu. */
  dial(
    from: Person,
    code: string,
    answer: (page: string) => string | undefined,
    then: (story: UssdStory) => void,
  ): void {
    if (from.handset.radio !== 'on') return then({ pages: [], ended: 'aborted' });
    this.#mobileOriginated.dial(from, code, answer, then);
  }

  /** The same, page by page; undefined: no call was begun. */
  openUssd(from: Person, code: string, user: UssdUser): UssdCall | undefined {
    return from.handset.radio === 'on' ? this.#mobileOriginated.calls.dial(from, code, user) : undefined;
  }

  /** The person orders something: `said`, in words of its own. From now on it is not known here what the person has ordered. */
  orders(person: Person, said: string): void {
    this.judge.orders(person, said);
  }

  /** A phone that is on makes a call whose O-CSI triggers the gsmSCF; `then` hears whether it goes on. */
  callOut(from: Person, to: Person, then: (goesOn: boolean) => void): void {
    if (from.handset.radio !== 'on') return then(false);
    this.#mobileOriginated.call(from, to, then);
  }

  /** No more calls; everybody comes back and has room; what is due is waited for, up to the plan's bound. */
  drain(): void {
    if (this.#phase === 'draining' || this.#phase === 'drained') return;
    this.#phase = 'draining';
    this.#life.stop();
    const { clock, plan } = this.#options;
    this.#drainUntilMs = clock.monotonic() + plan.times.drainMs;
    this.#lastDeliveryMs = clock.monotonic();
    for (const person of this.people) {
      this.msc.comeBack(person);
      this.msc.freeMemory(person);
      this.#later.after(LAST_UPDATE_MS, () => this.msc.updateLocation(person));
    }
  }

  /** What was due has been told, or the bound has passed. */
  get drained(): boolean {
    return this.#phase === 'drained';
  }

  /** The verdict; what is due now counts as lost. To be asked once, when the run is over. */
  report(): SimulationReport {
    const { judge } = this;
    const { clock } = this.#options;
    const settled = judge.due === 0 && judge.unsettled === 0;
    judge.close(clock.now());
    const { scenario } = this.#options;
    if (scenario !== undefined) checkExpectations(scenario, this.people, judge, clock.now());
    const { verdicts } = judge;
    const percentiles = ({ counts }: LatencyHistogram) => {
      const { p50Ms, p99Ms } = summarize(counts);
      return { p50: p50Ms, p99: p99Ms };
    };
    return {
      callsAttempted: this.#callsAttempted,
      callsMissed: judge.callsMissed,
      callsTold: judge.callsTold,
      absences: judge.absences,
      noticesDelivered: judge.noticesDelivered,
      notifyMeDelivered: judge.notifyMeDelivered,
      right: judge.right,
      lost: verdicts.count('lost'),
      doubled: verdicts.count('doubled'),
      wrong: verdicts.count('wrong'),
      late: verdicts.count('late'),
      rulesBroken: verdicts.count('rule'),
      repeated: judge.repeated,
      unacknowledged: judge.unacknowledged,
      letGo: judge.letGo,
      unanswered: judge.unanswered,
      byFigures: judge.byFigures,
      peopleUnbound: judge.peopleUnbound,
      unexpected: verdicts.count('expected'),
      drained: settled,
      idpToAnswerMs: percentiles(this.#idpToAnswer),
      reachableToNoticeMs: percentiles(judge.returnToNotice),
      durationMs: Math.round(clock.monotonic() - this.#startedAtMs),
      faults: verdicts.details,
    };
  }

  #talks(person: Person, forMs: number): void {
    const { clock } = this.#options;
    const count = (by: number): number => {
      const talks = (this.#talking.get(person) ?? 0) + by;
      this.#talking.set(person, talks);
      return talks;
    };
    if (count(1) === 1) this.judge.line(person, false, clock.now());
    this.#later.after(forMs, () => {
      if (count(-1) === 0) this.judge.line(person, true, clock.now());
    });
  }

  #callOver(call: SsfCall): void {
    if (!this.#calls.delete(call)) return;
    const { caller, called } = call.story;
    this.#onPhone.get(called)?.delete(call);
    const count = this.#calling.get(caller) ?? 0;
    if (count <= 1) this.#calling.delete(caller);
    else this.#calling.set(caller, count - 1);
  }

  /** Seconds of the start, and a count: another run has other ones. */
  #nextReference(): Uint8Array {
    const reference = new Uint8Array(8);
    const view = new DataView(reference.buffer);
    view.setUint32(0, Math.floor(this.#startedWallMs / 1000) >>> 0);
    view.setUint32(4, ++this.#references);
    return reference;
  }

  #onStateChange({ kind, to }: M3uaStateChange): void {
    if (kind === 'association') this.#aliveness.lifeEnded();
    else if (kind === 'traffic') this.#aliveness.lifeEnded();
    if (kind === 'as') this.#active = to === 'AS-ACTIVE';
    if (kind === 'as' && to === 'AS-ACTIVE' && this.#phase === 'waiting') {
      this.#phase = 'warming-up';
      this.#later.after(WARM_UP_MS, () => this.#begin());
    }
  }

  #begin(): void {
    if (this.#phase !== 'warming-up') return;
    this.#phase = 'living';
    const { scenario, plan } = this.#options;
    if (scenario === undefined) return this.#life.start();
    const { msc, people } = this;
    play(scenario, { plan, msc, people, later: this.#later, call: (story) => this.call(story) });
  }

  /** Once in a while, and not again for a while. */
  #isBusyForShortMessage(person: Person): boolean {
    const { clock, plan } = this.#options;
    if (this.#phase !== 'living') return false;
    const now = clock.monotonic();
    if (now - (this.#busySince.get(person) ?? -Infinity) < BUSY_AGAIN_AFTER_MS) return false;
    if (!this.#chance.happens(plan.life.busyForShortMessage)) return false;
    this.#busySince.set(person, now);
    return true;
  }

  #tick(): void {
    if (this.#stopped) return;
    this.#listen();
    if (this.#phase === 'draining' && this.#isSettled()) this.#phase = 'drained';
    this.#later.after(this.#options.tickMs ?? TICK_MS, () => this.#tick());
  }

  /**
   * A sign of life counts when there is one from every way to the engine: what went a silent way may be lost. One that comes
   * while the engine takes nothing in proves nothing, then or later.
   */
  #listen(): void {
    if (this.#aliveness.pending === 0) return;
    const isStuck = this.#options.trouble?.isStuck?.() === true;
    const now = this.#options.clock.monotonic();
    const { associations } = this.#nodes.sgp.snapshot();
    const signs = new Map<string, { readonly messages: number; readonly atMs: number }>();
    let leastMs = now;
    for (const { name, messagesReceived } of associations) {
      const last = this.#signs.get(name) ?? { messages: 0, atMs: Number.NEGATIVE_INFINITY };
      const isSign = messagesReceived !== last.messages && !isStuck;
      const atMs = isSign ? now : last.atMs;
      signs.set(name, { messages: messagesReceived, atMs });
      leastMs = Math.min(leastMs, atMs);
    }
    this.#signs = signs;
    if (!isStuck && associations.length > 0) this.#aliveness.heard(leastMs);
  }

  #isSettled(): boolean {
    const now = this.#options.clock.monotonic();
    if (now >= this.#drainUntilMs) return true;
    if (this.#calls.size > 0 || this.judge.unsettled > 0) return false;
    if (now - this.#lastDeliveryMs < QUIET_MS) return false;
    return this.judge.due === 0;
  }
}

/** Out of a number that goes with the seed, so that what life draws stays what the seed makes of it. */
function drawnVersion(number: number, version1: number, version2: number): MapVersion {
  const fraction = ((number * 37) % 128) / 128;
  return fraction < version1 ? 1 : fraction < version1 + version2 ? 2 : 3;
}
