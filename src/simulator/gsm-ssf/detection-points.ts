/** Which detection points the gsmSCF may arm, and what disarms them: 3GPP TS 23.078 §4.4.2, §4.4.3, §4.4.4. */
import type { BCSMEvent } from '../../stack/cap/types/bcsm-event.ts';
import type { DetectionPoint } from './bcsm-fsm.ts';
import { LEG_CALLED, LEG_CALLING, legNumber } from './leg-id.ts';

export type ArmedMode = 'interrupted' | 'notifyAndContinue';

interface EdpRule {
  readonly bcsm: 'O' | 'T';
  /** The first CAMEL phase that has it as EDP; a phase has what earlier ones have. */
  readonly phase: 1 | 2 | 3 | 4;
  /** The party whose event it is; `either`: the operation has to name it (3GPP TS 29.078 §11.27.1.1). */
  readonly party: 'calling' | 'called' | 'either';
  readonly modes: readonly ArmedMode[];
  /** Criteria that it may have. */
  readonly criteria?: 'applicationTimer' | 'midCallControlInfo' | 'dpSpecificCriteriaAlt';
  /** It may be armed so that it stays armed when it is met. */
  readonly rearms?: true;
}

const both: readonly ArmedMode[] = ['interrupted', 'notifyAndContinue'];

// biome-ignore format: a detection point a line
export const edpRules: Readonly<Partial<Record<DetectionPoint, EdpRule>>> = {
  collectedInfo:      { bcsm: 'O', phase: 4, party: 'calling', modes: ['interrupted'], criteria: 'dpSpecificCriteriaAlt' },
  routeSelectFailure: { bcsm: 'O', phase: 2, party: 'called',  modes: both },
  oCalledPartyBusy:   { bcsm: 'O', phase: 2, party: 'called',  modes: both },
  oNoAnswer:          { bcsm: 'O', phase: 2, party: 'called',  modes: both, criteria: 'applicationTimer' },
  oTermSeized:        { bcsm: 'O', phase: 4, party: 'called',  modes: both },
  oAnswer:            { bcsm: 'O', phase: 1, party: 'called',  modes: both },
  oMidCall:           { bcsm: 'O', phase: 4, party: 'either',  modes: both, criteria: 'midCallControlInfo', rearms: true },
  oChangeOfPosition:  { bcsm: 'O', phase: 4, party: 'calling', modes: ['notifyAndContinue'], criteria: 'dpSpecificCriteriaAlt', rearms: true },
  oServiceChange:     { bcsm: 'O', phase: 4, party: 'either',  modes: ['notifyAndContinue'], rearms: true },
  oDisconnect:        { bcsm: 'O', phase: 1, party: 'either',  modes: both },
  oAbandon:           { bcsm: 'O', phase: 2, party: 'calling', modes: both },
  tBusy:              { bcsm: 'T', phase: 2, party: 'called',  modes: both },
  tNoAnswer:          { bcsm: 'T', phase: 2, party: 'called',  modes: both, criteria: 'applicationTimer' },
  callAccepted:       { bcsm: 'T', phase: 4, party: 'called',  modes: both },
  tAnswer:            { bcsm: 'T', phase: 1, party: 'called',  modes: both },
  tMidCall:           { bcsm: 'T', phase: 4, party: 'either',  modes: both, criteria: 'midCallControlInfo', rearms: true },
  tChangeOfPosition:  { bcsm: 'T', phase: 4, party: 'called',  modes: ['notifyAndContinue'], criteria: 'dpSpecificCriteriaAlt', rearms: true },
  tServiceChange:     { bcsm: 'T', phase: 4, party: 'either',  modes: ['notifyAndContinue'], rearms: true },
  tDisconnect:        { bcsm: 'T', phase: 1, party: 'either',  modes: both },
  tAbandon:           { bcsm: 'T', phase: 2, party: 'calling', modes: both },
};

interface ImplicitDisarming {
  /** Of the leg that the event is of. */
  readonly sameLeg: readonly DetectionPoint[];
  readonly callingLeg?: readonly DetectionPoint[];
}

const oSetup: readonly DetectionPoint[] = [
  'routeSelectFailure',
  'oCalledPartyBusy',
  'oNoAnswer',
  'oTermSeized',
  'oAnswer',
];
const tSetup: readonly DetectionPoint[] = ['tBusy', 'tNoAnswer', 'callAccepted', 'tAnswer'];
const oGone: readonly DetectionPoint[] = [...oSetup, 'oMidCall', 'oServiceChange', 'oDisconnect'];
const tGone: readonly DetectionPoint[] = [
  ...tSetup,
  'tMidCall',
  'tServiceChange',
  'tDisconnect',
  'tChangeOfPosition',
];
const oCallingGone: readonly DetectionPoint[] = [
  'oAbandon',
  'oDisconnect',
  'oMidCall',
  'oChangeOfPosition',
  'oServiceChange',
];
const tCallingGone: readonly DetectionPoint[] = ['tAbandon', 'tDisconnect', 'tMidCall'];

/**
 * What cannot happen any more when an event has been met is disarmed without a word, whether the event was armed or not:
 * 3GPP TS 23.078 §4.4.4. The detection point itself is disarmed too, unless it is armed to stay so.
 */
// biome-ignore format: a detection point a line
export const implicitDisarming: Readonly<Partial<Record<DetectionPoint, ImplicitDisarming>>> = {
  routeSelectFailure: { sameLeg: oGone },
  oCalledPartyBusy:   { sameLeg: oGone },
  oNoAnswer:          { sameLeg: oGone },
  oAnswer:            { sameLeg: oSetup, callingLeg: ['oAbandon'] },
  oDisconnect:        { sameLeg: [...oGone, ...oCallingGone] },
  oAbandon:           { sameLeg: oCallingGone },
  tBusy:              { sameLeg: tGone },
  tNoAnswer:          { sameLeg: tGone },
  tAnswer:            { sameLeg: tSetup, callingLeg: ['tAbandon'] },
  tDisconnect:        { sameLeg: [...tGone, ...tCallingGone] },
  tAbandon:           { sameLeg: tCallingGone },
};

/** Where a leg, or the attempt to reach it, is over. */
const ending: readonly DetectionPoint[] = [
  'routeSelectFailure',
  'oCalledPartyBusy',
  'oNoAnswer',
  'oDisconnect',
  'oAbandon',
  'tBusy',
  'tNoAnswer',
  'tDisconnect',
  'tAbandon',
];

export function endsLeg(point: DetectionPoint): boolean {
  return ending.includes(point);
}

/** Where the call can go to another destination: 3GPP TS 29.078 §11.9.2. */
export function letsConnect(point: DetectionPoint | undefined): boolean {
  if (point === undefined || point === 'oAbandon' || point === 'tAbandon') return false;
  return endsLeg(point) || ['collectedInfo', 'analyzedInformation', 'termAttemptAuthorized'].includes(point);
}

export interface ArmedPoint {
  readonly point: DetectionPoint;
  readonly leg: number;
  readonly mode: ArmedMode;
  readonly criteria: BCSMEvent['dpSpecificCriteria'];
  readonly rearms: boolean;
}

/** What is wrong with an event that is to be armed, as the error to answer with (3GPP TS 29.078 §10.1). */
export type ArmFault =
  | 'missingParameter'
  | 'parameterOutOfRange'
  | 'unexpectedDataValue'
  | 'unexpectedParameter'
  | 'unknownLegID';

/** The event detection points of one call segment association. */
export class ArmedPoints {
  readonly #armed = new Map<string, ArmedPoint>();

  get size(): number {
    return this.#armed.size;
  }

  /** Whether any is armed so that the call waits: that is what a control relationship is. */
  get anyInterrupted(): boolean {
    return [...this.#armed.values()].some(({ mode }) => mode === 'interrupted');
  }

  all(): readonly ArmedPoint[] {
    return [...this.#armed.values()];
  }

  find(point: DetectionPoint, leg: number): ArmedPoint | undefined {
    return this.#armed.get(`${point} ${leg}`);
  }

  /** Arms all of them or, when one is wrong, none. */
  arm(
    events: readonly BCSMEvent[],
    bcsm: 'O' | 'T',
    phase: 1 | 2 | 3 | 4,
    isLeg: (leg: number) => boolean,
  ): ArmFault | undefined {
    const wanted: (
      | ArmedPoint
      | { readonly point: DetectionPoint; readonly leg: number; readonly mode: 'transparent' }
    )[] = [];
    for (const event of events) {
      const one = readEvent(event, bcsm, phase, isLeg);
      if (typeof one === 'string') return one;
      wanted.push(one);
    }
    for (const one of wanted) {
      const key = `${one.point} ${one.leg}`;
      if (one.mode === 'transparent') this.#armed.delete(key);
      else this.#armed.set(key, one);
    }
    return undefined;
  }

  /** The event is met at a leg: returns how it was armed, and disarms what it disarms. */
  meet(point: DetectionPoint, leg: number): ArmedPoint | undefined {
    const met = this.find(point, leg);
    if (met?.rearms !== true) this.#armed.delete(`${point} ${leg}`);
    const disarms = implicitDisarming[point];
    for (const other of disarms?.sameLeg ?? []) this.#armed.delete(`${other} ${leg}`);
    for (const other of disarms?.callingLeg ?? []) this.#armed.delete(`${other} ${LEG_CALLING}`);
    return met;
  }

  disarmLeg(leg: number): void {
    for (const [key, one] of this.#armed) if (one.leg === leg) this.#armed.delete(key);
  }

  disarmAll(): void {
    this.#armed.clear();
  }
}

function readEvent(
  { eventTypeBCSM, monitorMode, legID, dpSpecificCriteria, automaticRearm }: BCSMEvent,
  bcsm: 'O' | 'T',
  phase: number,
  isLeg: (leg: number) => boolean,
):
  | ArmFault
  | ArmedPoint
  | { readonly point: DetectionPoint; readonly leg: number; readonly mode: 'transparent' } {
  if (typeof eventTypeBCSM !== 'string' || typeof monitorMode !== 'string') return 'parameterOutOfRange';
  const point = eventTypeBCSM;
  const rule = edpRules[point];
  if (rule === undefined || rule.bcsm !== bcsm || rule.phase > phase) return 'unexpectedDataValue';
  if (legID === undefined && rule.party === 'either') return 'missingParameter';
  const leg = legID === undefined ? (rule.party === 'calling' ? LEG_CALLING : LEG_CALLED) : legNumber(legID);
  if (leg === undefined || !isLeg(leg)) return 'unknownLegID';
  if (rule.party === 'calling' ? leg !== LEG_CALLING : rule.party === 'called' && leg === LEG_CALLING)
    return 'unknownLegID';
  if (monitorMode === 'transparent') return { point, leg, mode: monitorMode };
  if (!rule.modes.includes(monitorMode)) return 'unexpectedDataValue';
  if (
    dpSpecificCriteria !== undefined &&
    (rule.criteria === undefined || !(rule.criteria in dpSpecificCriteria))
  )
    return 'unexpectedParameter';
  if (automaticRearm !== undefined && rule.rearms === undefined) return 'unexpectedParameter';
  return {
    point,
    leg,
    mode: monitorMode,
    criteria: dpSpecificCriteria,
    rearms: automaticRearm !== undefined,
  };
}
