/** How far a run is, in the terminal: one line that is written anew where it can be, else a line now and then. */
import type { Recorder } from './recorder.ts';

const EVERY_MS = 5_000;

export interface Screen {
  /** A line of its own. */
  line(text: string): void;
  /** Writes over the line before; undefined where that cannot be done. */
  readonly rewrite?: (text: string) => void;
}

export class Progress {
  readonly #screen: Screen;
  #saidAtMs = -Infinity;
  #open = false;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  /** Something that stays. */
  say(text: string): void {
    this.#end();
    this.#screen.line(text);
  }

  second(nowMs: number, startedAtMs: number, ofS: number | undefined, recorder: Recorder): void {
    const { rewrite } = this.#screen;
    if (rewrite === undefined && nowMs - this.#saidAtMs < EVERY_MS) return;
    const text = progressText((nowMs - startedAtMs) / 1_000, ofS, recorder);
    if (text === undefined) return;
    this.#saidAtMs = nowMs;
    if (rewrite === undefined) return this.#screen.line(text);
    rewrite(text);
    this.#open = true;
  }

  close(): void {
    this.#end();
  }

  #end(): void {
    if (this.#open) this.#screen.line('');
    this.#open = false;
  }
}

export function progressText(atS: number, ofS: number | undefined, recorder: Recorder): string | undefined {
  const last = recorder.last();
  if (last === undefined) return undefined;
  const { counts, answer, late } = last;
  const look = recorder.lastLook();
  const failed = counts.refused + counts.aborted + counts.unanswered + counts.unsent;
  const parts = [
    `${Math.floor(atS)} s${ofS === undefined ? '' : ` of ${Math.round(ofS)} s`}`,
    `planned ${counts.planned}/s`,
    `served ${counts.served}/s`,
    ...(counts.letGo > 0 ? [`let go ${counts.letGo}/s`] : []),
    ...(failed > 0 ? [`failed ${failed}/s`] : []),
    `answer p99 ${answer === undefined ? '–' : `${shortMs(answer.p99Ms)} ms`}`,
    ...(look?.engineCpu === undefined || look.engineCpu === null
      ? []
      : [
          `engine ${Math.round(100 * look.engineCpu)} % CPU, ${Math.round(look.engineAnonymousMiB ?? 0)} MiB`,
        ]),
    `generator late p99 ${late === undefined ? '–' : `${shortMs(late.p99Ms)} ms`}`,
  ];
  return parts.join(' · ');
}

function shortMs(ms: number): string {
  return ms >= 10 ? ms.toFixed(0) : ms.toFixed(1);
}
