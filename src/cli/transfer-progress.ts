/** How far an import or an export is: one line that changes on a terminal, else a line now and then. */

export interface ProgressOutput {
  write(text: string): void;
  readonly isTerminal: boolean;
}

export interface Transferred {
  readonly rows: number;
  /** Of the file; 0 when that is not known. */
  readonly octets: number;
}

const TERMINAL_EVERY_MS = 250;
const LINE_EVERY_MS = 10_000;

export class TransferProgress {
  readonly #output: ProgressOutput;
  readonly #totalOctets: number;
  readonly #nowMs: () => number;
  readonly #begun: Transferred & { readonly atMs: number };
  #saidAtMs: number;
  #shownLength = 0;

  /**
   * @param totalOctets of the file; 0: nobody knows
   * @param begun what was done before, by an import that is gone on with
   */
  constructor(
    output: ProgressOutput,
    totalOctets: number,
    nowMs: () => number = () => performance.now(),
    begun: Transferred = { rows: 0, octets: 0 },
  ) {
    this.#output = output;
    this.#totalOctets = totalOctets;
    this.#nowMs = nowMs;
    this.#begun = { ...begun, atMs: nowMs() };
    this.#saidAtMs = nowMs();
  }

  say(done: Transferred): void {
    const nowMs = this.#nowMs();
    const { isTerminal } = this.#output;
    if (nowMs - this.#saidAtMs < (isTerminal ? TERMINAL_EVERY_MS : LINE_EVERY_MS)) return;
    this.#saidAtMs = nowMs;
    const text = this.#text(done, nowMs);
    if (!isTerminal) return this.#output.write(`${text}\n`);
    this.#output.write(`\r${text.padEnd(this.#shownLength)}`);
    this.#shownLength = text.length;
  }

  /** Takes the changing line away. */
  end(): void {
    if (this.#shownLength > 0) this.#output.write(`\r${' '.repeat(this.#shownLength)}\r`);
    this.#shownLength = 0;
  }

  #text({ rows, octets }: Transferred, nowMs: number): string {
    const seconds = Math.max(0.001, (nowMs - this.#begun.atMs) / 1_000);
    const rate = Math.round((rows - this.#begun.rows) / seconds);
    const words = [`${rows} rows`, `${rate}/s`];
    if (this.#totalOctets > 0) {
      words.push(`${Math.floor((100 * octets) / this.#totalOctets)} % of ${megabytes(this.#totalOctets)}`);
      const pace = (octets - this.#begun.octets) / seconds;
      if (pace > 0) words.push(`${timeText((this.#totalOctets - octets) / pace)} left`);
    }
    return words.join(', ');
  }
}

function megabytes(octets: number): string {
  return octets < 1_000_000 ? `${Math.ceil(octets / 1_000)} kB` : `${Math.round(octets / 1_000_000)} MB`;
}

function timeText(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5_400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}

export const standardError: ProgressOutput = {
  write: (text) => void process.stderr.write(text),
  get isTerminal() {
    return process.stderr.isTTY;
  },
};
