/** Self-care as one whole: what the operator sets, and the parts that it makes. */
import { LoopGuard, type LoopLimits } from '../selfcare/loop-guard.ts';
import type { ReadingPorts } from '../selfcare/read-argument.ts';
import type { SelfCareTexts } from '../selfcare/texts.ts';
import type { Clock } from '../types/clock.ts';
import type { Counters } from '../types/counters.ts';
import type { NewcomerOf } from '../types/model/event.ts';
import type { CentreMessage, CentreMessageTaken } from '../types/model/thread.ts';
import { readNumber } from '../types/written-number.ts';
import type { ServedContexts } from './map/map-acceptor.ts';
import { mobileOriginatedService } from './map/mo-short-message.ts';
import { ussdService } from './map/ussd-dialogue.ts';
import { MobileOriginated } from './mobile-originated.ts';
import { fromAddress, type NumberingOptions } from './numbers.ts';
import { type SelfCareActors, SelfCareDesk } from './self-care-desk.ts';
import { SmsSelfCare } from './sms-self-care.ts';

export interface SelfCareOptions extends LoopLimits {
  /** In all languages, one at least; the first is for whom no other is. */
  readonly texts: readonly SelfCareTexts[];
  /** As subscribers dial them; none: nothing is taken by short message. */
  readonly serviceNumbers: readonly string[];
  /** `*123`; undefined: there is no menu. */
  readonly ussdCode: string | undefined;
  readonly ussdAnswerMs: number;
  readonly ussdSessionsMax: number;
  /** Strangers may open a service, and become subscribers with these. */
  readonly newcomer: NewcomerOf | undefined;
  readonly defaultLanguage: string;
  readonly offsetMs: (timeZone: string, atMs: number) => number | undefined;
}

export interface SelfCarePorts {
  readonly clock: Clock;
  readonly counters: Counters;
  readonly actors: SelfCareActors;
  readonly numbering: NumberingOptions;
  /** E.164 digits of our service centre. */
  readonly serviceCentre: string;
  readonly firstToken: number;
}

export interface SelfCareParts {
  readonly desk: SelfCareDesk;
  readonly shortMessages: SmsSelfCare;
  /** A short message that a message centre brought; `then` is called once, now or later. */
  readonly fromCentre: (message: CentreMessage, then: (how: CentreMessageTaken['how']) => void) => void;
  /** What is served as a service centre, and as gsmSCF. */
  readonly atServiceCentre: readonly ServedContexts[];
  readonly atGsmScf: readonly ServedContexts[];
  /** A text of ours goes to a subscriber. */
  readonly wrote: (subscriber: string, text: string) => void;
}

export function selfCareParts(options: SelfCareOptions, ports: SelfCarePorts): SelfCareParts {
  const { texts, serviceNumbers, ussdCode, ussdAnswerMs, ussdSessionsMax, newcomer } = options;
  const { clock, counters, actors, numbering, serviceCentre, firstToken } = ports;
  const reading: ReadingPorts = { all: texts, toNumber: (dialled) => readNumber(dialled, numbering) ?? '' };
  const ours = new Set(
    [...serviceNumbers, ...serviceNumbers.map(reading.toNumber)].filter((one) => one !== ''),
  );
  const guard = new LoopGuard(options, [...ours, serviceCentre]);
  const wrote = (subscriber: string, text: string) => guard.wrote(subscriber, text);
  const desk = new SelfCareDesk(
    { ...options, all: texts, clock, counters, actors, newcomer, onWritten: wrote },
    firstToken,
  );
  const shortMessages = new SmsSelfCare({ counters, desk, guard, reading, serviceNumbers: ours });
  const receiver = new MobileOriginated({ clock, counters, selfCare: shortMessages });
  const mobileOriginated = { clock, counters, numbering, serviceCentre, selfCare: shortMessages, receiver };
  const ussd = { counters, desk, reading, numbering, answerMs: ussdAnswerMs, sessionsMax: ussdSessionsMax };
  return {
    desk,
    shortMessages,
    fromCentre: (message, then) => {
      if (!shortMessages.isService(message.receiver)) return then('not-ours');
      const { senderNature: nature, senderPlan: plan, sender: digits, ...said } = message;
      const sender = /^\d+$/.test(digits) ? fromAddress({ nature, plan, digits }, numbering) : '';
      receiver.take({ ...said, sender, concatenation: message }, then);
    },
    atServiceCentre: serviceNumbers.length === 0 ? [] : [mobileOriginatedService(mobileOriginated)],
    atGsmScf: ussdCode === undefined ? [] : [ussdService({ ...ussd, code: ussdCode })],
    wrote,
  };
}
