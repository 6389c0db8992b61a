/** A report that was written before. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { OperatingError } from '../src/types/operating-error.ts';
import { REPORT_FORMAT, type RunReport } from './report.ts';

/**
 * @param place the folder of a report, or its report.json
 * @throws OperatingError `CW_CONFIG_INVALID`: it is none, or of another version; and the file system's own errors
 */
export function readReport(place: string): RunReport {
  let file = place;
  let text: string;
  try {
    if (statSync(place).isDirectory()) file = path.join(place, 'report.json');
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw Object.assign(error as NodeJS.ErrnoException, { path: file });
  }
  const report = parsed(text) as Partial<RunReport> | null | undefined;
  const isReport = typeof report === 'object' && report !== null && 'format' in report;
  if (!isReport) throw new OperatingError('CW_CONFIG_INVALID', `${file} is no report of callwake load`);
  const { format } = report as { format: unknown };
  if (format !== REPORT_FORMAT)
    throw new OperatingError(
      'CW_CONFIG_INVALID',
      `${file} has format ${JSON.stringify(format)}, and this version reads ${REPORT_FORMAT}: play the load again`,
    );
  const parts = ['configuration', 'verdict', 'total', 'load', 'curves', 'series', 'machine'] as const;
  const missing = parts.filter((part) => typeof report[part] !== 'object');
  if (missing.length > 0)
    throw new OperatingError('CW_CONFIG_INVALID', `${file} is not whole: ${missing.join(', ')} is missing`);
  return report as RunReport;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
