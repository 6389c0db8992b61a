/** Reads a recording's file: piece by piece, so that its size is none of memory, and trusting nothing in it. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import type { RecordingEnd, RecordingHeader, TimedFact } from '../../types/model/traffic.ts';
import { OperatingError } from '../../types/operating-error.ts';
import { summedEnd } from '../../wire/recording.ts';
import { MAGIC, RECORDING_VERSION, readFrames } from './frames.ts';

export interface RecordingRead {
  readonly header: RecordingHeader;
  /** Undefined: it broke off, and is whole up to there. */
  readonly end: RecordingEnd | undefined;
  readonly octets: number;
}

const PIECE_OCTETS = 1_048_576;

/**
 * Hands out the facts in their order. What it cannot read is refused as a whole: `onFact` may have been called by then.
 * @throws OperatingError `CW_RECORDING_DAMAGED`; errors of the system
 */
export function readRecording(file: string, onFact: (timed: TimedFact) => void): RecordingRead {
  const damaged = (why: string): OperatingError =>
    new OperatingError('CW_RECORDING_DAMAGED', `${file} is no recording that can be read: ${why}`, { file });
  const descriptor = openSync(file, 'r');
  try {
    const sum = createHash('sha256');
    let header: RecordingHeader | undefined;
    let end: { readonly end: RecordingEnd; readonly at: number; readonly sum: Uint8Array } | undefined;
    let facts = 0;
    /** Octets before `piece`. */
    let octets = 0;
    const piece = Buffer.alloc(PIECE_OCTETS);
    let held = 0;
    let isFirst = true;
    for (;;) {
      const read = readSync(descriptor, piece, held, piece.length - held, null);
      if (read === 0) break;
      held += read;
      let from = 0;
      if (isFirst) {
        if (held < MAGIC.length) continue;
        if (!MAGIC.every((octet, at) => piece[at] === octet)) throw damaged('it begins like something else');
        from = MAGIC.length;
        isFirst = false;
      }
      const whole = readFrames(piece.subarray(from, held), (frame, at) => {
        if (end !== undefined) throw damaged('something follows its end');
        if (header === undefined) {
          if (frame.kind !== 'header') throw damaged('it has no header');
          if (frame.header.version !== RECORDING_VERSION)
            throw damaged(`its form is ${frame.header.version}, and this version reads ${RECORDING_VERSION}`);
          header = frame.header;
        } else if (frame.kind === 'fact') {
          facts++;
          onFact(frame.timed);
        } else if (frame.kind === 'end') end = { end: frame.end, at: from + at, sum: frame.sum };
        else throw damaged('it has two headers');
      });
      if (!whole.ok) throw damaged(`octet ${octets + from + whole.offset}: ${whole.code}`);
      const used = from + whole.value;
      sum.update(piece.subarray(0, end?.at ?? used));
      octets += used;
      // What was decoded holds no view of it.
      piece.copyWithin(0, used, held);
      held -= used;
    }
    if (header === undefined) throw damaged('it has no header');
    if (end !== undefined) {
      if (held > 0) throw damaged('something follows its end');
      if (end.end.facts !== facts) throw damaged(`${facts} facts, and its end says ${end.end.facts}`);
      if (!sum.update(summedEnd(end.end)).digest().equals(end.sum)) throw damaged('its sum is another one');
    }
    return { header, end: end?.end, octets: octets + held };
  } finally {
    closeSync(descriptor);
  }
}
