/** What an ISUP node is told about itself and its circuits. */
import { CIC_MAX } from './message.ts';
import { TIMER_NAMES, TIMERS, type Times } from './timers.ts';

/** The routing label takes 4 of the 272 octets of a signalling information field (ITU-T Q.703 §2.3.8). */
export const MTP_MESSAGE_OCTETS_MAX = 268;

/** Circuits to one exchange, with consecutive codes. Of several groups to one exchange none may share a code. */
export interface CircuitGroupConfig {
  readonly name: string;
  /** Of the exchange at the other end. */
  readonly pointCode: number;
  readonly firstCic: number;
  /** 1 … 4096 circuits. */
  readonly circuits: number;
  /** Which end sets calls up; default both. */
  readonly direction?: 'both' | 'incoming' | 'outgoing';
}

export interface IsupConfig {
  readonly pointCode: number;
  /** Network indicator 0 … 3; default 2 (national). */
  readonly networkIndicator?: number;
  readonly groups: readonly CircuitGroupConfig[];
  /** The longest message that is sent; default `MTP_MESSAGE_OCTETS_MAX`. */
  readonly messageOctetsMax?: number;
  /** Location in causes of our own (ITU-T Q.850 §2.2.3); default 4, the public network serving the remote user. */
  readonly causeLocation?: number;
  /** When T11 ends before the user has answered an IAM, ACM is sent for it (ITU-T Q.764 §2.1.4); default false. */
  readonly earlyAddressComplete?: boolean;
  readonly times?: Partial<Times>;
}

/** Everything that is wrong with a configuration, in words. */
export function configurationProblems(config: IsupConfig): string[] {
  const found: string[] = [];
  const seen = new Set<number>();
  const names = new Set<string>();
  for (const { name, pointCode, firstCic, circuits } of config.groups) {
    if (names.has(name)) found.push(`circuit group "${name}" is there twice`);
    names.add(name);
    if (pointCode === config.pointCode) found.push(`circuit group "${name}" leads to this exchange itself`);
    const last = firstCic + circuits - 1;
    if (!(firstCic >= 0 && circuits >= 1 && last <= CIC_MAX)) {
      found.push(`circuit group "${name}": circuits ${firstCic} to ${last} are not within 0 to ${CIC_MAX}`);
      continue;
    }
    for (let cic = firstCic; cic <= last; cic++) {
      const key = pointCode * (CIC_MAX + 1) + cic;
      if (seen.has(key)) {
        found.push(`circuit group "${name}": circuit ${cic} to ${pointCode} is in another group as well`);
        break;
      }
      seen.add(key);
    }
  }
  for (const name of TIMER_NAMES) {
    const given = config.times?.[name];
    const { minMs, maxMs } = TIMERS[name];
    if (given !== undefined && (given < minMs || given > maxMs))
      found.push(`${name} is ${given} ms, and may be ${minMs} to ${maxMs}`);
  }
  return found;
}
