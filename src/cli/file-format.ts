/** The form of a file of subscribers, by its name. */
import type { FileFormat } from '../adapters/engine/subscriber-file.ts';

export function fileFormat(file: string, format?: FileFormat): FileFormat {
  return format ?? (/\.(ndjson|jsonl|json)$/i.test(file) ? 'ndjson' : 'csv');
}
