/** Holds what the network saw against what was done to the engine: whether the invariants held, and with what figures. */
import { type Check, check } from './check.ts';
import type { Down, NetworkVerdict, Repetition, Testimony, Unacknowledged } from './network-messages.ts';

export interface Disturbances {
  /** When the engine, or a part of it, or the way to it, was away. */
  readonly downs: readonly Down[];
  /** When something that did deliveries died. */
  readonly deaths: readonly number[];
}

export interface JudgementInput extends Disturbances {
  /** When the machine stood still, whatever was done to the engine. */
  readonly standstills: readonly Down[];
  readonly verdict: NetworkVerdict;
  readonly drainMs: number;
  readonly drainBoundMs: number;
  readonly callsToldMin: number;
  readonly lateMax: number;
  /**
   * Of faults upon each other: for how long after something was away an answer may still be on its way, as the engine makes up for
   * what has waited, and SCTP for what was lost.
   */
  readonly answersLateMs: number;
}

/**
 * A phone has a message, and the engine does not have it in its journal yet: its answer is on its way, or in a window. Milliseconds, on a
 * machine that is busy with other things: a second.
 */
export const REPEAT_WINDOW_MS = 1_000;
/** From the return of what was away to the first message over it, as the clocks of two processes tell it. */
const SLACK_MS = 100;

/** What has waited meanwhile is made up for; calls that come then may still wait longer for their answer than they may. */
const CATCHING_UP_MS = 1_000;
/** An association whose other end has died without a word is found out within this. */
const FOUND_OUT_MS = 10_000;

/**
 * Whether something was away in the life of a call, from its attempt until the network knew what became of its report; or the network
 * found out in it that something had been: what was armed before counts as of another life then (`Aliveness`); or the engine was not
 * there for the network yet, after something had been away.
 */
export function metDown(
  { startedAtMs, settledAtMs }: Unacknowledged,
  downs: readonly Down[],
  { changedAtMs, inactive }: Pick<Testimony, 'changedAtMs' | 'inactive'>,
): boolean {
  const lived = ({ fromMs, untilMs }: Down): boolean =>
    startedAtMs <= untilMs + CATCHING_UP_MS && settledAtMs >= fromMs - SLACK_MS;
  if (downs.some(lived)) return true;
  const changes = changedAtMs.map((atMs): Down => ({ fromMs: atMs, untilMs: atMs }));
  return [...changes, ...inactive]
    .filter(lived)
    .some(({ fromMs: beganMs }) =>
      downs.some(({ fromMs, untilMs }) => beganMs >= fromMs && beganMs <= untilMs + FOUND_OUT_MS),
    );
}

/** The death between two arrivals of a message, less than the window after the first one. */
export function deathOf({ beforeAtMs, atMs }: Repetition, deaths: readonly number[]): number | undefined {
  return deaths.find((death) => death <= atMs && Math.abs(death - beforeAtMs) <= REPEAT_WINDOW_MS);
}

/** A death after the first arrival of a message, whose answer something that was away had kept on its way until then. */
export function lateDeathOf(
  { beforeAtMs, atMs }: Repetition,
  { downs, deaths }: Disturbances,
  answersLateMs: number,
): number | undefined {
  if (
    !downs.some(
      ({ fromMs, untilMs }) =>
        fromMs <= beforeAtMs + REPEAT_WINDOW_MS && beforeAtMs <= untilMs + answersLateMs,
    )
  )
    return undefined;
  return deaths.find((death) => death >= beforeAtMs && death <= atMs && death <= beforeAtMs + answersLateMs);
}

export function judge(input: JudgementInput): Check[] {
  const { verdict, downs, deaths, answersLateMs } = input;
  const { report, testimony, counters } = verdict;
  const troubles = [...downs, ...input.standstills];
  const unexplained = testimony.unacknowledged.filter((call) => !metDown(call, troubles, testimony));
  const unprompted = testimony.repetitions.filter(
    (repetition) =>
      (deathOf(repetition, deaths) ?? lateDeathOf(repetition, input, answersLateMs)) === undefined,
  );
  const words = report.faults
    .filter(({ kind }) => kind !== 'late')
    .map(({ kind, phone, why }) => `${kind} ${phone}: ${why}`)
    .join('; ');
  const unanswered = testimony.unacknowledged.filter(({ answered }) => !answered);
  return [
    check(
      'load',
      `missed calls told, at least ${input.callsToldMin}`,
      report.callsTold,
      report.callsTold >= input.callsToldMin,
    ),
    check(
      'I1',
      `lost, of ${report.callsMissed} missed calls`,
      `${report.lost}${words === '' ? '' : ` (${words})`}`,
      report.lost === 0,
    ),
    check(
      'I1',
      `unacknowledged and not in flight at a fault, of ${report.unacknowledged} unacknowledged`,
      unexplained.length === 0 ? 0 : `${unexplained.length} (${describe(unexplained, input)})`,
      unexplained.length === 0,
    ),
    check('I3', `doubled, of ${report.noticesDelivered} notices`, report.doubled, report.doubled === 0),
    check('I3', 'wrong', report.wrong, report.wrong === 0),
    check(
      'I3',
      `repeated and not in flight at a death, of ${report.repeated} repeated`,
      unprompted.length === 0 ? 0 : `${unprompted.length} (${describeRepetitions(unprompted, deaths)})`,
      unprompted.length === 0,
    ),
    check(
      'I6',
      `ms until all was told, at most ${input.drainBoundMs}`,
      Math.round(input.drainMs),
      report.drained,
    ),
    check('I6', `late, at most ${input.lateMax}`, report.late, report.late <= input.lateMax),
    check(
      'I7',
      `calls without an answer outside of a fault, of ${counters['simulator.ssf.default-handling'] ?? 0} whose Tssf ended`,
      unanswered.filter((call) => !metDown(call, troubles, testimony)).length,
      unanswered.every((call) => metDown(call, troubles, testimony)),
    ),
  ];
}

/** The first few, by how they lie to the death before they came again. */
function describeRepetitions(repetitions: readonly Repetition[], deaths: readonly number[]): string {
  return repetitions
    .slice(0, 5)
    .map(({ beforeAtMs, atMs }) => {
      const death = deaths.findLast((deathMs) => deathMs <= atMs);
      const first =
        death === undefined ? 'no death before' : `first ${Math.round(beforeAtMs - death)} ms from a death`;
      return `${first}, again ${Math.round(atMs - beforeAtMs)} ms later`;
    })
    .join('; ');
}

/** The first few, by how they lie to the fault before them. */
function describe(calls: readonly Unacknowledged[], { downs, verdict }: JudgementInput): string {
  return calls
    .slice(0, 5)
    .map(({ startedAtMs, settledAtMs, answered }) => {
      const down = downs.findLast(({ fromMs }) => fromMs <= settledAtMs);
      const after =
        down === undefined
          ? 'no fault before it'
          : `${Math.round(startedAtMs - down.untilMs)} ms after a fault`;
      const changed = verdict.testimony.changedAtMs.findLast((atMs) => atMs <= settledAtMs + SLACK_MS) ?? 0;
      return `begun ${after}, ${answered ? '' : 'not '}answered, settled after ${Math.round(settledAtMs - startedAtMs)} ms, ${Math.round(settledAtMs - changed)} ms after an association came or went`;
    })
    .join('; ');
}
