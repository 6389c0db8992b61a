import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseTemplates, type TemplateFile } from '../../src/notice/templates.ts';
import type { Notice, NoticeContent } from '../../src/types/model/notice.ts';

/** dist/test/support → the root of the repository. */
const root = path.resolve(import.meta.dirname, '../../..');

export const englishSource = readFileSync(path.join(root, 'src/notice/templates/en.txt'), 'utf8');

export function templatesOf(source: string): TemplateFile {
  const parsed = parseTemplates(source);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.file;
}

export const english = templatesOf(englishSource);

/** A notice made on Saturday 21 November 2026, 14:30 in Berlin, unless `change` says otherwise. */
export function noticeOf(content: NoticeContent, change: Partial<Notice> = {}): Notice {
  return {
    id: { partition: 3, sequence: 12, index: 0 },
    recipient: '4915112345678',
    language: 'en',
    timeZone: 'Europe/Berlin',
    templateVersion: 1,
    createdAtMs: Date.UTC(2026, 10, 21, 13, 30, 0),
    reference: 7,
    content,
    ...change,
  };
}
