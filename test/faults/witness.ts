/**
 * Stands beside the judge of a network process: remembers when things happened that the judge only counts, and, for a network
 * that is killed, writes down what the judge heard before anything follows from it, so that a later life goes on judging.
 */
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Judge, ReceivedNotice } from '../../src/simulator/judge/judge.ts';
import type { MissedCall } from '../../src/simulator/judge/missed-call.ts';
import type { SimulatedNetwork } from '../../src/simulator/network.ts';
import type { Person } from '../../src/simulator/person.ts';
import type { MissedReason } from '../../src/types/model/notice.ts';
import { type Repetition, sinceEpochMs, type Testimony, type Unacknowledged } from './network-messages.ts';

/** What the judge heard, one a line. People go by their numbers, calls by a count. */
type Heard =
  | {
      readonly kind: 'missed';
      readonly call: string;
      readonly called: string;
      readonly caller: string;
      readonly shown: boolean;
      readonly attemptedAtMs: number;
      readonly answered: boolean;
      readonly reportedAtMs: number;
      readonly reason: MissedReason;
      /** Call reference number, in hexadecimal. */
      readonly reference: string;
    }
  | {
      readonly kind: 'settled';
      readonly call: string;
      readonly certainty: 'certain' | 'maybe' | 'never';
      readonly atMs: number;
    }
  | { readonly kind: 'presence'; readonly phone: string; readonly there: boolean; readonly atMs: number }
  | { readonly kind: 'available'; readonly phone: string; readonly available: boolean; readonly atMs: number }
  | { readonly kind: 'delivered'; readonly phone: string; readonly message: ReceivedNotice };

export class Witness {
  readonly #judge: Judge;
  readonly #people = new Map<string, Person>();
  readonly #started = new Map<MissedCall, number>();
  /** By phone and octets: when it came last. */
  readonly #delivered = new Map<string, number>();
  readonly #unacknowledged: Unacknowledged[] = [];
  readonly #repetitions: Repetition[] = [];
  readonly #deliveredAtMs: number[] = [];
  readonly #changedAtMs: number[] = [];
  /** Until 0: still. */
  readonly #inactive: { readonly fromMs: number; untilMs: number }[] = [];
  readonly #file: number | undefined;
  readonly #names = new Map<MissedCall, string>();
  readonly #away = new Set<Person>();
  readonly #unavailable = new Set<Person>();
  #restoring = false;

  /** @param judgeFile see `NetworkProcessOptions` */
  constructor(network: SimulatedNetwork, judgeFile: string | undefined) {
    this.#judge = network.judge;
    for (const person of network.people) this.#people.set(person.number, person);
    const lines = judgeFile !== undefined && existsSync(judgeFile) ? readFileSync(judgeFile, 'utf8') : '';
    this.#attach();
    this.#restore(lines.split('\n').filter((line) => line.endsWith('}')));
    this.#file = judgeFile === undefined ? undefined : openSync(judgeFile, 'a');
    if (lines !== '' && !lines.endsWith('\n')) this.#writeText('\n');
    this.#settleWhatWasOpen();
    this.#everybodyIsBack();
  }

  get testimony(): Testimony {
    return {
      unacknowledged: this.#unacknowledged,
      repetitions: this.#repetitions,
      deliveredAtMs: this.#deliveredAtMs,
      changedAtMs: this.#changedAtMs,
      inactive: this.#inactive.map(({ fromMs, untilMs }) => ({
        fromMs,
        untilMs: untilMs === 0 ? sinceEpochMs() : untilMs,
      })),
    };
  }

  changed(): void {
    this.#changedAtMs.push(sinceEpochMs());
  }

  /** The state of the application server that the engine serves. */
  serverIs(state: string): void {
    const last = this.#inactive.at(-1);
    const isInactive = last?.untilMs === 0;
    if (state === 'AS-ACTIVE') {
      if (isInactive) last.untilMs = sinceEpochMs();
    } else if (!isInactive) this.#inactive.push({ fromMs: sinceEpochMs(), untilMs: 0 });
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
  }

  #attach(): void {
    const judge = this.#judge;
    const { missed, settled, presence, available, delivered } = {
      missed: judge.missed.bind(judge),
      settled: judge.settled.bind(judge),
      presence: judge.presence.bind(judge),
      available: judge.available.bind(judge),
      delivered: judge.delivered.bind(judge),
    };
    judge.missed = (call) => {
      this.#started.set(call, sinceEpochMs() - (Date.now() - call.attemptedAtMs));
      if (!this.#names.has(call)) this.#names.set(call, `${process.pid}.${this.#names.size}`);
      const { called, caller, shown, attemptedAtMs, answered, reportedAtMs, reason } = call;
      this.#write({
        kind: 'missed',
        call: this.#names.get(call) ?? '',
        called: called.number,
        caller: caller.number,
        ...{ shown, attemptedAtMs, answered, reportedAtMs, reason },
        reference: Buffer.from(call.reference).toString('hex'),
      });
      missed(call);
    };
    judge.settled = (call, certainty, atMs) => {
      this.#write({ kind: 'settled', call: this.#names.get(call) ?? '', certainty, atMs });
      const startedAtMs = this.#started.get(call);
      this.#started.delete(call);
      if (certainty !== 'certain' && startedAtMs !== undefined && !this.#restoring)
        this.#unacknowledged.push({ startedAtMs, settledAtMs: sinceEpochMs(), answered: call.answered });
      settled(call, certainty, atMs);
    };
    judge.presence = (person, there, atMs) => {
      this.#write({ kind: 'presence', phone: person.number, there, atMs });
      presence(person, there, atMs);
    };
    judge.available = (person, isAvailable, atMs) => {
      this.#write({ kind: 'available', phone: person.number, available: isAvailable, atMs });
      available(person, isAvailable, atMs);
    };
    judge.delivered = (person, message) => {
      // No two notices to one phone have the same time stamp; the phone itself has forgotten what an earlier life of it took.
      const key = `${person.number} ${JSON.stringify(message.stamp)} ${message.text}`;
      const before = this.#delivered.get(key);
      const atMs = sinceEpochMs();
      this.#delivered.set(key, atMs);
      this.#write({ kind: 'delivered', phone: person.number, message });
      if (!this.#restoring) {
        this.#deliveredAtMs.push(atMs);
        if (before !== undefined) this.#repetitions.push({ beforeAtMs: before, atMs });
      }
      delivered(person, { ...message, identical: message.identical || before !== undefined });
    };
  }

  #restore(lines: readonly string[]): void {
    this.#restoring = true;
    const calls = new Map<string, MissedCall>();
    for (const line of lines) {
      const heard = JSON.parse(line) as Heard;
      switch (heard.kind) {
        case 'missed': {
          const called = this.#person(heard.called);
          const caller = this.#person(heard.caller);
          const { shown, attemptedAtMs, answered, reportedAtMs, reason } = heard;
          const call: MissedCall = {
            ...{ called, caller, shown, attemptedAtMs, answered, reportedAtMs, reason },
            reference: Buffer.from(heard.reference, 'hex'),
            certainty: 'open',
            settledAtMs: 0,
            duty: 'due',
          };
          calls.set(heard.call, call);
          this.#names.set(call, heard.call);
          this.#judge.missed(call);
          break;
        }
        case 'settled': {
          const call = calls.get(heard.call);
          if (call !== undefined) this.#judge.settled(call, heard.certainty, heard.atMs);
          break;
        }
        case 'presence':
          this.#judge.presence(this.#person(heard.phone), heard.there, heard.atMs);
          break;
        case 'available':
          this.#judge.available(this.#person(heard.phone), heard.available, heard.atMs);
          break;
        case 'delivered':
          this.#judge.delivered(this.#person(heard.phone), heard.message);
          break;
      }
    }
    this.#restoring = false;
  }

  /** What was on its way when the network was killed: nobody knows any more whether the engine took it. */
  #settleWhatWasOpen(): void {
    for (const call of [...this.#started.keys()]) this.#judge.settled(call, 'maybe', Date.now());
  }

  /** A network that starts finds every phone there. */
  #everybodyIsBack(): void {
    for (const person of [...this.#away]) this.#judge.presence(person, true, Date.now());
    for (const person of [...this.#unavailable]) this.#judge.available(person, true, Date.now());
  }

  #person(number: string): Person {
    const person = this.#people.get(number);
    if (person === undefined) throw new Error(`${number} is nobody of this network: another seed?`);
    return person;
  }

  #write(heard: Heard): void {
    if (heard.kind === 'presence') note(this.#away, this.#person(heard.phone), heard.there);
    if (heard.kind === 'available') note(this.#unavailable, this.#person(heard.phone), heard.available);
    if (!this.#restoring) this.#writeText(`${JSON.stringify(heard)}\n`);
  }

  /** With one write each: a kill loses what was not written, and what it led to has not happened then either. */
  #writeText(text: string): void {
    if (this.#file !== undefined) writeSync(this.#file, text);
  }
}

function note(without: Set<Person>, person: Person, has: boolean): void {
  if (has) without.delete(person);
  else without.add(person);
}
