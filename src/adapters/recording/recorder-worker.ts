/** The thread that writes a recording: pseudonyms and disk keep nobody from work. */
import { parentPort, workerData } from 'node:worker_threads';
import type { RecordingEndReason } from '../../types/model/traffic.ts';
import { OperatingError } from '../../types/operating-error.ts';
import { type RecordingSummary, RecordingWriter, type WriteRecordingOptions } from './write-recording.ts';

export type RecorderOrder =
  | { readonly kind: 'chunk'; readonly octets: Uint8Array }
  | {
      readonly kind: 'end';
      readonly reason: RecordingEndReason;
      readonly tookMs: number;
      readonly dropped: number;
    };

export type RecorderReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'written'; readonly octets: number; readonly facts: number; readonly full: boolean }
  | { readonly kind: 'done'; readonly summary: RecordingSummary }
  | { readonly kind: 'failed'; readonly code: `CW_${string}`; readonly message: string };

const report = (message: RecorderReport): void => parentPort?.postMessage(message);

/** What the operator must put right is said, and ends the thread. */
function attempt(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof OperatingError)) throw error;
    report({ kind: 'failed', code: error.code, message: error.message });
    parentPort?.close();
  }
}

attempt(() => {
  const writer = new RecordingWriter(workerData as WriteRecordingOptions);
  parentPort?.on('message', (order: RecorderOrder) =>
    attempt(() => {
      if (order.kind === 'chunk') {
        writer.take(order.octets);
        const { octets, facts, full } = writer;
        report({ kind: 'written', octets, facts, full });
        return;
      }
      report({ kind: 'done', summary: writer.end(order.reason, order.tookMs, order.dropped) });
      parentPort?.close();
    }),
  );
  report({ kind: 'ready' });
});
