/** Makes a backup in a thread of its own: copying is plain reading and writing, and keeps nobody from work. */
import { parentPort, workerData } from 'node:worker_threads';
import { OperatingError } from '../../types/operating-error.ts';
import { type WriteBackupOptions, writeBackup } from '../store/backup/write-backup.ts';
import type { BackupReport } from './live-backup.ts';

const report = (message: BackupReport): void => parentPort?.postMessage(message);

try {
  report({ kind: 'done', manifest: await writeBackup(workerData as WriteBackupOptions) });
} catch (error) {
  if (!(error instanceof OperatingError)) throw error;
  report({ kind: 'failed', code: error.code, message: error.message });
}
