import type { CapDialogue } from '../../stack/cap/service/cap-dialogue.ts';
import type { fromSsfPhase4, toSsfPhase4 } from '../../stack/cap/service/operation-sets.ts';
import type { Later } from '../later.ts';
import type { Bcsm, BcsmEvent } from './bcsm-fsm.ts';
import type { CallRecord, Reply } from './call-script.ts';
import type { ChargedCall } from './charging.ts';
import type { ArmedPoints } from './detection-points.ts';
import type { EventDetails } from './event-information.ts';
import type { Leg, LegSegment } from './leg.ts';
import type { GsmSsfPorts } from './ports.ts';
import type { SpecializedResource } from './specialized-resource.ts';

/** The widest set: what an earlier phase does not have is left out by the dialogue. */
export type SsfDialogue = CapDialogue<typeof fromSsfPhase4, typeof toSsfPhase4>;

/** A call under control, as the operations of the gsmSCF see it. */
export interface ControlledCall {
  readonly ports: GsmSsfPorts;
  readonly later: Later;
  readonly record: CallRecord;
  readonly phase: 1 | 2 | 3 | 4;
  readonly kind: 'O' | 'T';
  readonly armed: ArmedPoints;
  readonly segments: Map<number, LegSegment>;
  readonly legs: Map<number, Leg>;
  readonly dialogue: SsfDialogue;
  readonly isControlled: boolean;
  readonly due: {
    charge(leg: Leg): ChargedCall;
    chargeResource(segment: LegSegment): ChargedCall;
    drop(): void;
  };
  /** What a releaseCall under way releases with. */
  releaseCause: number;
  /** What the table's actions of an operation under way do. */
  askResource: ((resource: SpecializedResource) => void) | undefined;
  connectAssisting: ((segment: LegSegment) => void) | undefined;
  disconnectAssisting: ((segment: LegSegment) => void) | undefined;
  now(): number;
  newSegment(id: number): LegSegment;
  addLeg(id: number, segment: LegSegment, bcsm: Bcsm): Leg;
  moveLeg(leg: Leg, to: LegSegment): void;
  releaseLeg(leg: Leg, cause: number): void;
  reroute(leg: Leg, number: string): void;
  collectMore(): void;
  canConnect(segment: LegSegment): boolean;
  nextReply(): Reply | undefined;
  onNetwork(leg: Leg, event: BcsmEvent, details: EventDetails): void;
  settle(): void;
}
