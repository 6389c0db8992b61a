/** Every timer of ISUP in one table (ITU-T Q.764 table A.1). What a network chooses lies between the two bounds. */

export interface TimerRow {
  readonly defaultMs: number;
  readonly minMs: number;
  readonly maxMs: number;
  /** From when to when it runs, and what is done when it ends. */
  readonly meaning: string;
  readonly clause: string;
}

const s = 1000;
const min = 60 * s;

// biome-ignore format: a timer a line
export const TIMERS = {
  T1:  { defaultMs: 15 * s,  minMs: 15 * s,  maxMs: 60 * s,  meaning: 'REL sent, RLC not received: REL again', clause: 'ITU-T Q.764 §2.9.6' },
  T2:  { defaultMs: 3 * min, minMs: 3 * min, maxMs: 3 * min, meaning: 'suspended by the user, not resumed: release', clause: 'ITU-T Q.764 §2.4' },
  T3:  { defaultMs: 2 * min, minMs: 2 * min, maxMs: 2 * min, meaning: 'overload at the other end: release', clause: 'ITU-T Q.764 §2.9.9' },
  T4:  { defaultMs: 5 * min, minMs: 5 * min, maxMs: 15 * min, meaning: 'user part of the other end not available: UPT again', clause: 'ITU-T Q.764 §2.13.2' },
  T5:  { defaultMs: 5 * min, minMs: 5 * min, maxMs: 15 * min, meaning: 'first REL sent, RLC not received: RSC, and maintenance is alerted', clause: 'ITU-T Q.764 §2.9.6' },
  T6:  { defaultMs: 1 * min, minMs: 1 * min, maxMs: 2 * min, meaning: 'suspended by the network, not resumed: release', clause: 'ITU-T Q.764 §2.4' },
  T7:  { defaultMs: 25 * s,  minMs: 20 * s,  maxMs: 30 * s,  meaning: 'address sent, neither ACM nor CON received: release', clause: 'ITU-T Q.764 §2.9.8.3' },
  T8:  { defaultMs: 12 * s,  minMs: 10 * s,  maxMs: 15 * s,  meaning: 'IAM with a continuity check received, COT not: release', clause: 'ITU-T Q.764 §2.9.8.3' },
  T9:  { defaultMs: 2 * min, minMs: 90 * s,  maxMs: 3 * min, meaning: 'ACM received, no answer: release', clause: 'ITU-T Q.764 §2.1.4' },
  T11: { defaultMs: 15 * s,  minMs: 15 * s,  maxMs: 20 * s,  meaning: 'address received, the called side not reached yet: ACM', clause: 'ITU-T Q.764 §2.1.4' },
  T12: { defaultMs: 15 * s,  minMs: 15 * s,  maxMs: 60 * s,  meaning: 'BLO sent, BLA not received: BLO again', clause: 'ITU-T Q.764 §2.9.4' },
  T13: { defaultMs: 5 * min, minMs: 5 * min, maxMs: 15 * min, meaning: 'first BLO sent, BLA not received: BLO, and maintenance is alerted', clause: 'ITU-T Q.764 §2.9.4' },
  T14: { defaultMs: 15 * s,  minMs: 15 * s,  maxMs: 60 * s,  meaning: 'UBL sent, UBA not received: UBL again', clause: 'ITU-T Q.764 §2.9.4' },
  T15: { defaultMs: 5 * min, minMs: 5 * min, maxMs: 15 * min, meaning: 'first UBL sent, UBA not received: UBL, and maintenance is alerted', clause: 'ITU-T Q.764 §2.9.4' },
  T16: { defaultMs: 15 * s,  minMs: 15 * s,  maxMs: 60 * s,  meaning: 'RSC sent, RLC not received: RSC again', clause: 'ITU-T Q.764 §2.9.3.1' },
  T17: { defaultMs: 5 * min, minMs: 5 * min, maxMs: 15 * min, meaning: 'first RSC sent, RLC not received: RSC, and maintenance is alerted', clause: 'ITU-T Q.764 §2.9.3.1' },
  T18: { defaultMs: 15 * s,  minMs: 15 * s,  maxMs: 60 * s,  meaning: 'CGB sent, CGBA not received: CGB again', clause: 'ITU-T Q.764 §2.9.4' },
  T19: { defaultMs: 5 * min, minMs: 5 * min, maxMs: 15 * min, meaning: 'first CGB sent, CGBA not received: CGB, and maintenance is alerted', clause: 'ITU-T Q.764 §2.9.4' },
  T20: { defaultMs: 15 * s,  minMs: 15 * s,  maxMs: 60 * s,  meaning: 'CGU sent, CGUA not received: CGU again', clause: 'ITU-T Q.764 §2.9.4' },
  T21: { defaultMs: 5 * min, minMs: 5 * min, maxMs: 15 * min, meaning: 'first CGU sent, CGUA not received: CGU, and maintenance is alerted', clause: 'ITU-T Q.764 §2.9.4' },
  T22: { defaultMs: 15 * s,  minMs: 15 * s,  maxMs: 60 * s,  meaning: 'GRS sent, GRA not received: GRS again', clause: 'ITU-T Q.764 §2.9.3.2' },
  T23: { defaultMs: 5 * min, minMs: 5 * min, maxMs: 15 * min, meaning: 'first GRS sent, GRA not received: GRS, and maintenance is alerted', clause: 'ITU-T Q.764 §2.9.3.2' },
  T24: { defaultMs: 2 * s,   minMs: 1,       maxMs: 2 * s,   meaning: 'check tone sent, not received: the continuity check has failed', clause: 'ITU-T Q.764 §2.1.8' },
  T25: { defaultMs: 5 * s,   minMs: 1 * s,   maxMs: 10 * s,  meaning: 'first continuity check failed: CCR, and the check again', clause: 'ITU-T Q.764 §2.1.8' },
  T26: { defaultMs: 1 * min, minMs: 1 * min, maxMs: 3 * min, meaning: 'second or later continuity check failed: CCR, and the check again', clause: 'ITU-T Q.764 §2.1.8' },
  T27: { defaultMs: 4 * min, minMs: 4 * min, maxMs: 4 * min, meaning: 'COT with a failure received, CCR not: RSC', clause: 'ITU-T Q.764 §2.1.8' },
  T28: { defaultMs: 10 * s,  minMs: 10 * s,  maxMs: 10 * s,  meaning: 'CQM sent, CQR not received: maintenance is alerted', clause: 'ITU-T Q.764 §2.8.3' },
  T29: { defaultMs: 450,     minMs: 300,     maxMs: 600,     meaning: 'congestion indicated: further indications are not heard', clause: 'ITU-T Q.764 §2.10' },
  T30: { defaultMs: 5 * s,   minMs: 5 * s,   maxMs: 10 * s,  meaning: 'congestion indicated: a step more traffic', clause: 'ITU-T Q.764 §2.10' },
  T33: { defaultMs: 12 * s,  minMs: 12 * s,  maxMs: 15 * s,  meaning: 'INR sent, INF not received: release', clause: 'ITU-T Q.764 §2.9.7' },
  T34: { defaultMs: 3 * s,   minMs: 2 * s,   maxMs: 4 * s,   meaning: 'segmented message received, SGM not: the call goes on without it', clause: 'ITU-T Q.764 §2.1.12' },
  T35: { defaultMs: 15 * s,  minMs: 15 * s,  maxMs: 20 * s,  meaning: 'more digits are needed, none came: release', clause: 'ITU-T Q.764 §2.2.6' },
  T36: { defaultMs: 10 * s,  minMs: 10 * s,  maxMs: 15 * s,  meaning: 'CCR received, neither COT nor REL: RSC', clause: 'ITU-T Q.764 §2.1.8' },
} as const satisfies Readonly<Record<string, TimerRow>>;

export type TimerName = keyof typeof TIMERS;
export type Times = Readonly<Record<TimerName, number>>;

export const TIMER_NAMES = Object.keys(TIMERS) as readonly TimerName[];
export const DEFAULT_TIMES = Object.fromEntries(
  TIMER_NAMES.map((name) => [name, TIMERS[name].defaultMs]),
) as Times;
