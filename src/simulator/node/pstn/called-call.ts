/** A call that has come from the peer: its number says what happens to it. */
import {
  eventInformation,
  facilityIndicator,
  informationRequestIndicators,
} from '../../../stack/isup/indicators.ts';
import type { IsupMessage, Message } from '../../../stack/isup/message.ts';
import type { MessageParameters } from '../../../stack/isup/messages.ts';
import type { Call, CallUser, Release } from '../../../stack/isup/service.ts';
import type { Later } from '../../later.ts';
import { cause, causeOfForwarded, type Ending, endingOf } from './numbers.ts';

const STEP_MS = 20;
/** Between a call and the one that seizes a circuit at the same time; the same signalling link is selected for both. */
export const GLARE_CIRCUITS = 16;

/** Messages that are said back. */
const ECHOED = ['USR', 'FAC', 'NRM', 'LPR', 'APM', 'PRI'] as const;

/** What a call needs of the exchange that it has come to. */
export interface CalledExchange {
  readonly number: string;
  readonly later: Later;
  /** A call to the peer over this circuit, in the same moment. */
  callBack(cic: number): void;
  /** Something went wrong that nobody waits for. */
  failed(why: string): void;
}

export class CalledCall implements CallUser {
  readonly #exchange: CalledExchange;
  readonly #call: Call;
  readonly #iam: MessageParameters<'IAM'>;
  #digits: string;
  #isOffered = false;
  #facilityRequests = 0;

  constructor(exchange: CalledExchange, call: Call, iam: MessageParameters<'IAM'>) {
    this.#exchange = exchange;
    this.#call = call;
    this.#iam = iam;
    this.#digits = iam.calledPartyNumber.digits;
    if (iam.optionalForwardCallIndicators?.simpleSegmentation && iam.userToUserInformation === undefined)
      exchange.failed('an IAM in two has come without its segment');
    this.#offer();
  }

  onDigits(_call: Call, digits: string): void {
    this.#digits += digits;
    if (!this.#isOffered) this.#offer();
  }

  onInformation(_call: Call, { parameters }: Message<'INF'>): void {
    if (parameters.callingPartyNumber === undefined) this.#exchange.failed('INF does not say who calls');
    this.#ring(() => undefined);
  }

  onMessage(call: Call, message: IsupMessage): void {
    if (message.kind === 'IDR') call.send('IRS', {});
    else if (message.kind === 'FAR') this.#facility(call);
    else if (ECHOED.some((kind) => kind === message.kind))
      echo(call, message as Message<(typeof ECHOED)[number]>);
  }

  onRelease(_call: Call, { by, cause: { value } }: Release): void {
    if (by === 'timer' || by === 'protocol')
      this.#exchange.failed(`a call to ${this.#digits} was released by ${by} with ${value}`);
  }

  #offer(): void {
    const ending = endingOf(this.#exchange.number, this.#digits);
    if (ending === undefined) {
      this.#call.needDigits();
      return;
    }
    this.#isOffered = true;
    if (ending === null) this.#call.release(cause.unallocatedNumber);
    else this.#take(ending);
  }

  #take(ending: Ending): void {
    const call = this.#call;
    switch (ending) {
      case 'busy':
        call.release(cause.userBusy);
        return;
      case 'service':
        call.release(this.#causeForCaller());
        return;
      case 'answersAtOnce':
        call.answer();
        return;
      case 'asksWhoCalls':
        call.requestInformation({
          informationRequestIndicators: informationRequestIndicators.of({ callingPartyAddress: true }),
        });
        return;
      case 'hangsUp':
        return this.#ring(() => this.#comeAndGo());
      case 'callsBack':
        return this.#ring(() => this.#exchange.callBack(this.#call.cic + GLARE_CIRCUITS));
      case 'answers':
      case 'talks':
        return this.#ring(() => undefined);
    }
  }

  /** The redirection information says why the call was forwarded to the service (ITU-T Q.763 §3.45). */
  #causeForCaller(): number {
    const { redirectionInformation, redirectingNumber, originalCalledNumber } = this.#iam;
    if (
      redirectionInformation === undefined ||
      redirectingNumber === undefined ||
      originalCalledNumber === undefined
    )
      return cause.facilityRejected;
    return causeOfForwarded.get(redirectionInformation.reason) ?? cause.normalUnspecified;
  }

  #ring(then: () => void): void {
    const call = this.#call;
    call.addressComplete();
    this.#inSteps([
      () => call.progress({ eventInformation: eventInformation.of({ event: 1 }) }),
      () => {
        call.answer();
        then();
      },
    ]);
  }

  #comeAndGo(): void {
    const call = this.#call;
    this.#inSteps([() => call.suspend(), () => call.resume(), () => call.release(cause.normalClearing)]);
  }

  /** The first is accepted, others are rejected. */
  #facility(call: Call): void {
    const indicator = facilityIndicator.of({ facility: 2 });
    if (this.#facilityRequests++ === 0) call.send('FAA', { facilityIndicator: indicator });
    else
      call.send('FRJ', {
        facilityIndicator: indicator,
        causeIndicators: { codingStandard: 0, location: 4, value: cause.facilityRejected },
      });
  }

  #inSteps(steps: readonly (() => unknown)[]): void {
    const [first, ...rest] = steps;
    if (first === undefined) return;
    this.#exchange.later.after(STEP_MS, () => {
      if (this.#call.ended) return;
      first();
      this.#inSteps(rest);
    });
  }
}

function echo<K extends (typeof ECHOED)[number]>(call: Call, { kind, parameters }: Message<K>): void {
  call.send(kind, parameters);
}
