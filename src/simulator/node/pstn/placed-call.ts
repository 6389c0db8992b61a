/** A call that this exchange has set up: what is heard of it, and what is done about that. */
import { informationIndicators } from '../../../stack/isup/indicators.ts';
import type { IsupMessage } from '../../../stack/isup/message.ts';
import type { Call, CallUser, Release } from '../../../stack/isup/service.ts';
import { partyNumber } from './numbers.ts';

/** By kind of message. */
export type Reactions = Readonly<Partial<Record<string, (call: Call) => void>>>;

export interface Expected {
  readonly heard: readonly string[];
  /** By the other end; undefined: by this one. */
  readonly released?: { readonly by: Release['by']; readonly cause: number };
}

export class PlacedCall implements CallUser {
  /** Kinds of messages, in their order. */
  readonly heard: string[] = [];
  /** What is done at once when a message has come. */
  readonly #on: Reactions;
  readonly #caller: string;
  release: Release | undefined;

  constructor(caller: string, on: Reactions = {}) {
    this.#caller = caller;
    this.#on = on;
  }

  onAddressComplete(call: Call, message: IsupMessage): void {
    this.#hear(call, message);
  }

  onProgress(call: Call, message: IsupMessage): void {
    this.#hear(call, message);
  }

  onAnswer(call: Call, message: IsupMessage): void {
    this.#hear(call, message);
  }

  onSuspend(call: Call, message: IsupMessage): void {
    this.#hear(call, message);
  }

  onResume(call: Call, message: IsupMessage): void {
    this.#hear(call, message);
  }

  onMessage(call: Call, message: IsupMessage): void {
    this.#hear(call, message);
  }

  onInformationRequest(call: Call, message: IsupMessage): void {
    this.#hear(call, message);
    call.information({
      informationIndicators: informationIndicators.of({ callingPartyAddress: 3 }),
      callingPartyNumber: partyNumber(this.#caller),
    });
  }

  onRelease(_call: Call, release: Release): void {
    this.release = release;
  }

  /** What is otherwise than expected, in words; undefined: nothing. */
  difference({ heard, released }: Expected): string | undefined {
    if (this.heard.join() !== heard.join()) return `heard ${this.heard.join()} instead of ${heard.join()}`;
    const came = this.release && `by ${this.release.by} with ${this.release.cause.value}`;
    const wanted = released && `by ${released.by} with ${released.cause}`;
    return came === wanted
      ? undefined
      : `released ${came ?? 'by nobody'} instead of ${wanted ?? 'by nobody'}`;
  }

  #hear(call: Call, { kind }: IsupMessage): void {
    this.heard.push(kind);
    this.#on[kind]?.(call);
  }
}
