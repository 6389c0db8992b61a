/** Two nodes with MAP over TCAP over an SCCP in memory; what their users are told is written down. */
import type { Operation } from '../../../../src/stack/asn1/index.ts';
import { MapResponder, openMapDialogue } from '../../../../src/stack/map/service/map-service.ts';
import type {
  MapDialogue,
  MapOpenRequest,
  MapOutcome,
  MapUser,
  OnOpen,
} from '../../../../src/stack/map/service/service.ts';
import type { ApplicationContext } from '../../../../src/stack/ros/application-context.ts';
import type { Unitdata } from '../../../../src/stack/sccp/service.ts';
import { Tcap } from '../../../../src/stack/tcap/tcap.ts';
import { CountersMap } from '../../../../src/types/counters.ts';
import { TimingWheel } from '../../../../src/types/timing-wheel.ts';
import { MemorySccp, titled } from '../../../support/memory-sccp.ts';

export const A = titled('1', 8);
export const B = titled('2', 6);

export class Plant {
  readonly timers = new TimingWheel();
  readonly counters = new CountersMap();
  readonly sccp = new MemorySccp();
  readonly a = this.#tcap('1', 1);
  readonly b = this.#tcap('2', 2);
  /** `a open accepted`, `b sendIMSI` … in the order in which it happened. */
  readonly told: string[] = [];

  #tcap(name: string, node: number): Tcap {
    const { timers, counters } = this;
    return new Tcap({ sccp: this.sccp.node(name), timers, counters, node, bootEpoch: 1 });
  }

  /** A user that writes down what it is told; `answers` may do something besides. */
  user(name: 'a' | 'b', answers: MapUser = {}): MapUser {
    const note = (what: string) => this.told.push(`${name} ${what}`);
    return {
      onOpenConfirm: (dialogue, confirm) => {
        note(
          confirm.accepted
            ? 'open accepted'
            : `open refused ${confirm.reason}${confirm.alternative === undefined ? '' : ` ${confirm.alternative.slice(-2).join('.')}`}`,
        );
        answers.onOpenConfirm?.(dialogue, confirm);
      },
      onInvoke: (dialogue, indication) => {
        note(indication.operation.name ?? '');
        answers.onInvoke?.(dialogue, indication);
      },
      onDelimiter: (dialogue) => {
        note('delimiter');
        answers.onDelimiter?.(dialogue);
      },
      onClose: (dialogue) => {
        note('close');
        answers.onClose?.(dialogue);
      },
      onAbort: (dialogue, abort) => {
        note(
          abort.kind === 'user'
            ? `user abort ${Object.keys(abort.choice ?? {}).join()}`.trimEnd()
            : `provider abort ${abort.reason} ${abort.source}`,
        );
        answers.onAbort?.(dialogue, abort);
      },
      onNotice: (_dialogue, problem) => void note(`notice ${problem}`),
    };
  }

  /** B serves these contexts. */
  serve(contexts: readonly ApplicationContext[], answers: MapUser | OnOpen): void {
    const onOpen = typeof answers === 'function' ? answers : () => this.user('b', answers);
    this.b.accept(6, new MapResponder(contexts, this.counters, onOpen));
  }

  open(context: ApplicationContext, options: Partial<MapOpenRequest> = {}): MapDialogue {
    const dialogue = openMapDialogue(this.a, this.counters, {
      localAddress: A,
      remoteAddress: B,
      applicationContext: context,
      user: this.user('a'),
      ...options,
    });
    if (dialogue === null) throw new Error('no dialogue is free');
    return dialogue;
  }

  /** Asks, and writes the outcome down. */
  ask<P, R>(dialogue: MapDialogue, operation: Operation<P, R>, argument: P): void {
    dialogue.invoke(operation, argument, (outcome) => this.told.push(`a ${outcomeText(outcome)}`));
  }

  /** Lets what is on its way arrive. */
  run(ms = 0): void {
    this.timers.advance(this.timers.now() + ms + 10);
  }

  /** An ABORT of a foreign node for A's dialogue: without anything, or with a P-Abort cause. */
  toA(dialogue: MapDialogue, rest: readonly number[]): void {
    const { id } = dialogue.tcap;
    const transaction = [0x49, 4, (id >>> 24) & 255, (id >>> 16) & 255, (id >>> 8) & 255, id & 255];
    const data = Uint8Array.of(0x67, transaction.length + rest.length, ...transaction, ...rest);
    this.sccp.deliver({ called: A, calling: B, data, returnOption: false });
    this.run();
  }

  get sent(): readonly Unitdata[] {
    return this.sccp.sent;
  }
}

export function outcomeText(outcome: MapOutcome): string {
  switch (outcome.kind) {
    case 'result':
      return 'result';
    case 'error':
      return `error ${outcome.error?.name ?? outcome.code}`;
    case 'provider-error':
      return outcome.error;
  }
}
