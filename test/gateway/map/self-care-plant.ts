/** Self-care above scripted dialogues, with actors that answer when they are told to. */

import { mapAcceptor } from '../../../src/gateway/map/map-acceptor.ts';
import { type SelfCareOptions, type SelfCareParts, selfCareParts } from '../../../src/gateway/self-care.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import type { AnswerSelfCare } from '../../../src/types/model/effect.ts';
import type { SubscriberEvent } from '../../../src/types/model/event.ts';
import type { SelfCareCommand } from '../../../src/types/model/self-care.ts';
import { ScriptedDialogue } from '../../support/scripted-dialogue.ts';
import { all } from '../../support/self-care-texts.ts';

export const A = '491710000001';
export const SERVICE_CENTRE = '491700000';
const profile = { missedCalls: true, notifyMe: 'off', language: 'en', timeZone: 'UTC' } as const;
const nobody = { onComponent: fail, onDelimiter: fail, onInvokeTimeout: fail, onAbort: fail };

function fail(): never {
  throw new Error('the dialogue has no user');
}

export class SelfCarePlant {
  readonly counters = new CountersMap();
  readonly events: SubscriberEvent[] = [];
  readonly outcomes: SubscriberEvent[] = [];
  readonly #greets: number[] = [];
  readonly parts: SelfCareParts;
  nowMs = 5;
  room = true;

  constructor(change: Partial<SelfCareOptions> = {}) {
    this.parts = selfCareParts(
      {
        texts: all,
        serviceNumbers: ['4321'],
        ussdCode: '*123',
        ussdAnswerMs: 60_000,
        ussdSessionsMax: 2,
        answersPerHour: 30,
        sameTextPerHour: 4,
        newcomer: undefined,
        defaultLanguage: 'en',
        offsetMs: () => 0,
        ...change,
      },
      {
        clock: { now: () => this.nowMs, monotonic: () => this.nowMs },
        counters: this.counters,
        numbering: { countryCode: '49', nationalPrefix: '0', internationalPrefix: '00' },
        serviceCentre: SERVICE_CENTRE,
        firstToken: 100,
        actors: {
          greet: (token) => {
            if (this.room) this.#greets.push(token);
            return this.room;
          },
          report: (event) => {
            if (this.room) this.events.push(event);
            return this.room;
          },
          outcome: (_partition, event) => void this.outcomes.push(event),
        },
      },
    );
  }

  begin(name: readonly number[] | undefined): ScriptedDialogue {
    const { atServiceCentre, atGsmScf } = this.parts;
    const acceptor = mapAcceptor([...atServiceCentre, ...atGsmScf], this.counters);
    const dialogue = new ScriptedDialogue(nobody, name);
    const user = acceptor.onBegin(dialogue, {});
    if (user === 'refuse-context') throw new Error('refused');
    dialogue.user = user;
    return dialogue;
  }

  /** The actor says whose language it is. */
  greeted(language = 'en'): void {
    const token = this.#greets.shift();
    if (token === undefined) throw new Error('nobody was greeted');
    this.parts.desk.greeted(token, language);
  }

  /** What was said last. */
  get command(): SelfCareCommand | undefined {
    const what = this.events.at(-1)?.what;
    return what?.kind === 'self-care' ? what.command : undefined;
  }

  /** What was said last is durable, and this is the answer. */
  durable(answer: Partial<AnswerSelfCare['answer']> = {}): void {
    const event = this.events.at(-1);
    if (event?.what.kind !== 'self-care') throw new Error('nothing was said');
    const { way, answerToken } = event.what;
    this.parts.desk.answered(
      { partition: 3, sequence: 7, index: 0 },
      {
        kind: 'answer-self-care',
        way,
        subscriber: event.subscriber,
        answerToken,
        answer: { kind: 'own-number', profile, atMs: 5, ...answer },
      },
      true,
    );
  }

  count(name: string): number {
    return this.counters.values.get(name) ?? 0;
  }
}
