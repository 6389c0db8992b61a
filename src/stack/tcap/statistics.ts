/** What goes through TCAP by its users and their operations: plain numbers, read once a sample. */
import type { Code } from './service.ts';

/** Local operation codes of MAP and CAP fit an octet; others, and global ones, are counted together at the end. */
const CODES = 257;
const OTHER = CODES - 1;
/** SSNs are an octet (ITU-T Q.713 §3.4.2.2); 0 stands for none. */
const SUBSYSTEMS = 256;

const slotOf = (code: Code): number => (typeof code === 'number' && code >= 0 && code < OTHER ? code : OTHER);

/** Of the user at one subsystem. */
export class UserStatistics {
  begunByUs = 0;
  begunByPeer = 0;
  readonly #sent = new Float64Array(CODES);
  readonly #received = new Float64Array(CODES);

  sent(code: Code): void {
    const slot = slotOf(code);
    this.#sent[slot] = this.#sent[slot]! + 1;
  }

  received(code: Code): void {
    const slot = slotOf(code);
    this.#received[slot] = this.#received[slot]! + 1;
  }

  report(ssn: number): UserReport {
    const operations: OperationReport[] = [];
    for (let slot = 0; slot < CODES; slot++) {
      const sent = this.#sent[slot]!;
      const received = this.#received[slot]!;
      if (sent + received > 0) operations.push({ code: slot === OTHER ? -1 : slot, sent, received });
    }
    return { ssn, begunByUs: this.begunByUs, begunByPeer: this.begunByPeer, operations };
  }
}

export interface OperationReport {
  /** Local operation code; -1: all others. */
  readonly code: number;
  /** Invokes since this life of the stack began. */
  readonly sent: number;
  readonly received: number;
}

export interface UserReport {
  readonly ssn: number;
  readonly begunByUs: number;
  readonly begunByPeer: number;
  readonly operations: readonly OperationReport[];
}

export class TcapStatistics {
  readonly #users = new Array<UserStatistics | undefined>(SUBSYSTEMS).fill(undefined);

  /** @param ssn of our side; one that is not there counts as 0 */
  of(ssn: number | undefined): UserStatistics {
    const slot = ssn === undefined || !(ssn > 0 && ssn < SUBSYSTEMS) ? 0 : ssn;
    const known = this.#users[slot];
    if (known !== undefined) return known;
    const user = new UserStatistics();
    this.#users[slot] = user;
    return user;
  }

  report(): UserReport[] {
    return this.#users.flatMap((user, ssn) => (user === undefined ? [] : [user.report(ssn)]));
  }
}
