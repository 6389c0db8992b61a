/**
 * Between those who say something and their actors: asks an actor whom it is about, hands it what was said, and writes down what it
 * answers. Here are the languages; the actors have none. What is waited for is bounded in number and in time.
 */
import { type SelfCareTexts, textsIn } from '../selfcare/texts.ts';
import { type WritingPorts, writeAnswer } from '../selfcare/write-answer.ts';
import type { Clock } from '../types/clock.ts';
import type { Counters } from '../types/counters.ts';
import type { AnswerSelfCare } from '../types/model/effect.ts';
import type { NewcomerOf, SelfCare, SubscriberEvent } from '../types/model/event.ts';
import type { EffectId } from '../types/model/notice.ts';
import type { SelfCareAnswer, SelfCareCommand, SelfCareWay } from '../types/model/self-care.ts';

/** What self-care needs of the subscriber actors. */
export interface SelfCareActors {
  /** Asks who this is; `SelfCareDesk.greeted` follows with the token. False: there is no room. */
  greet(token: number, subscriber: string): boolean;
  /** False: there was no room, and nothing was taken over. */
  report(event: SubscriberEvent): boolean;
  /** Never refused. */
  outcome(partition: number, event: SubscriberEvent): void;
}

export interface SelfCareDeskPorts extends WritingPorts {
  readonly clock: Clock;
  readonly counters: Counters;
  readonly actors: SelfCareActors;
  /** With what a stranger becomes a subscriber; undefined: a stranger opens nothing. */
  readonly newcomer: NewcomerOf | undefined;
  /** This goes to a subscriber. */
  readonly onWritten: (subscriber: string, text: string) => void;
}

interface Waiting {
  readonly sinceMs: number;
  /** Undefined: nothing came of it. */
  readonly then: (came: SelfCareTexts | SelfCareAnswer | undefined) => void;
}

/** What is not durable by then was too much: the one who waits hears that it did not work. */
const WAIT_MAX_MS = 8_000;
const WAITING_MAX = 10_000;

export class SelfCareDesk {
  readonly #ports: SelfCareDeskPorts;
  /** In the order in which they came, and so in which they become late. */
  readonly #waiting = new Map<number, Waiting>();
  #token: number;

  /** @param firstToken tokens start above it: those of an earlier life mean nothing now */
  constructor(ports: SelfCareDeskPorts, firstToken: number) {
    this.#ports = ports;
    this.#token = firstToken;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Calls `then` with the texts in the subscriber's language, later; undefined: there is no telling now. */
  greet(subscriber: string, then: (texts: SelfCareTexts | undefined) => void): void {
    const token = this.#expect(then as Waiting['then']);
    if (token !== 0 && !this.#ports.actors.greet(token, subscriber)) this.#end(token, undefined);
  }

  /** Calls `then` with the answer when what was ordered is durable; undefined: it may be, or not. */
  order(
    subscriber: string,
    command: SelfCareCommand,
    way: SelfCareWay,
    then: (answer: SelfCareAnswer | undefined) => void,
  ): void {
    const { clock, counters, actors, newcomer } = this.#ports;
    const answerToken = this.#expect(then as Waiting['then']);
    if (answerToken === 0) return;
    counters.count(`self-care.command.${command.kind}`);
    const what: SelfCare = {
      kind: 'self-care',
      command,
      way,
      answerToken,
      ...(newcomer === undefined ? {} : { newcomer: newcomer(subscriber) }),
    };
    if (!actors.report({ subscriber, atMs: clock.now(), what })) this.#end(answerToken, undefined);
  }

  /** An actor says which language its subscriber speaks; empty: it knows nobody. */
  greeted(token: number, language: string): void {
    const { all, defaultLanguage } = this.#ports;
    this.#end(token, textsIn(all, language === '' ? defaultLanguage : language));
  }

  /** What was said is durable. `mine`: of this life of the threads; what an older one was asked for is asked for again. */
  answered(effect: EffectId, { way, subscriber, answerToken, answer }: AnswerSelfCare, mine: boolean): void {
    if (way === 'sms' && mine) {
      const { clock, actors, onWritten } = this.#ports;
      const text = this.write(answer);
      onWritten(subscriber, text);
      const what = { kind: 'answer-written', effect, text } as const;
      actors.outcome(effect.partition, { subscriber, atMs: clock.now(), what });
    }
    this.#end(answerToken, answer);
  }

  write(answer: SelfCareAnswer): string {
    return writeAnswer(answer, this.#ports);
  }

  /** Who has waited for too long waits no longer; whether anybody still does. */
  expire(): boolean {
    const now = this.#ports.clock.monotonic();
    for (const [token, { sinceMs }] of this.#waiting) {
      if (now - sinceMs < WAIT_MAX_MS) return true;
      this.#ports.counters.count('self-care.late');
      this.#end(token, undefined);
    }
    return false;
  }

  /** The token, or 0 when there is no room and `then` has been told so. */
  #expect(then: Waiting['then']): number {
    if (this.#waiting.size >= WAITING_MAX) {
      this.#ports.counters.count('self-care.no-room');
      then(undefined);
      return 0;
    }
    this.#waiting.set(++this.#token, { sinceMs: this.#ports.clock.monotonic(), then });
    return this.#token;
  }

  #end(token: number, came: Parameters<Waiting['then']>[0]): void {
    const waiting = this.#waiting.get(token);
    this.#waiting.delete(token);
    waiting?.then(came);
  }
}
