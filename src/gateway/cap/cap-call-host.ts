/** What all CAP calls of a gateway share. */
import type { Clock } from '../../types/clock.ts';
import type { Counters } from '../../types/counters.ts';
import type { TrafficTapPoint } from '../../types/ports/traffic-tap.ts';
import type { Timers } from '../../types/timers.ts';
import type { NumberingOptions } from '../numbers.ts';
import type { SubscriberGateway } from '../subscriber-gateway.ts';
import type { Lateness } from './lateness.ts';

export type ArmMode = 'interrupted' | 'notify';

export interface CapGatewayOptions {
  /** Service keys of our terminating service, none for all; a call with another one is let go untouched. */
  readonly serviceKeys: readonly number[];
  /** Service keys by which calls of subscribers of ours are triggered (O-CSI): whoever makes one is there (A5). */
  readonly originatingServiceKeys: readonly number[];
  /** Calls that are watched at once; further ones go on without us. */
  readonly callsMax: number;
  /** How tBusy and tNoAnswer are armed: so that the call waits for our answer, or so that we are told. */
  readonly armBusy: ArmMode;
  readonly armNoAnswer: ArmMode;
  /** Timer of our operations. */
  readonly operationMs: number;
  /** How long a call is kept waiting for its miss to be durable. */
  readonly answerDeadlineMs: number;
  readonly numbering: NumberingOptions;
  /** C9: a call to a subscriber abroad that is told as missed is released with its cause, and not let go on. Absent: let go on. */
  readonly roamingCalls?: 'continue' | 'release';
  /** R4: calls of callers of these categories are let go untouched (ITU-T Q.763 §3.11). Absent: of none. */
  readonly excludedCategories?: readonly number[];
}

export interface CapGatewayPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly counters: Counters;
  readonly subscribers: SubscriberGateway;
  /** From initialDP to its first answer. */
  readonly onAnswered: (latencyMs: number, how: 'armed' | 'let-go') => void;
  /** A subscriber's decision did not come in time; so many are waited for. */
  readonly onLate: (deciding: number) => void;
  /** Absent: nothing is ever recorded. */
  readonly traffic?: TrafficTapPoint;
}

/** The gateway as its calls see it. */
export interface CapCallHost extends CapGatewayPorts {
  readonly traffic: TrafficTapPoint;
  readonly options: CapGatewayOptions;
  /** The argument of requestReportBCSMEvent, which is the same for every call. */
  readonly armEvents: Uint8Array;
  /** …and for one that is followed to its end. */
  readonly armToTheEnd: Uint8Array;
  /** Calls that are followed while the parties talk. */
  talking: number;
  /** How long initialDPs were on their way, by the node that sent them. */
  readonly lateness: Lateness;
  /** Calls that wait for a subscriber's decision. */
  deciding: number;
  /** Starts the time that a call may be kept waiting; returns the timer. */
  startDeadline(token: number): number;
  /** Nothing more will come for this call. */
  forget(token: number): void;
}
