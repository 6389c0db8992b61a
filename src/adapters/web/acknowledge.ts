/** The one thing that a page may ask for: that an alarm counts as seen. */
import type { LiveSource } from '../../web/live-source.ts';
import { originAllowed } from './security.ts';
import type { WebRequest } from './transport.ts';

export const ACKNOWLEDGE_PATH = '/alarms/acknowledge';

export type AcknowledgeOutcome =
  | { readonly status: 204 }
  | { readonly status: 400 | 403 | 404 | 413 | 415; readonly because: string };

const TEXT_MAX = 200;

/**
 * A page of another origin cannot send it: a browser names the origin, and without our leave it sends no JSON across origins.
 * A client that is no browser names none.
 */
export function acknowledge(
  request: WebRequest,
  source: LiveSource,
  origins: readonly string[],
): AcknowledgeOutcome {
  if (!originAllowed(request.origin, request.host, origins) || request.fetchSite === 'cross-site')
    return { status: 403, because: 'A page from elsewhere may not acknowledge alarms.' };
  if (!source.hello().acknowledge)
    return { status: 403, because: 'Alarms are not acknowledged here: see web.allowAcknowledge.' };
  if (!/^application\/json\s*(;|$)/i.test(request.contentType))
    return { status: 415, because: 'Send JSON, with Content-Type: application/json.' };
  if (request.body === 'too-long') return { status: 413, because: 'The body is too long.' };
  const what = alarmNamed(request.body);
  if (what === undefined)
    return { status: 400, because: 'Send {"code": "…", "subject": "…"}, as the alarm has them.' };
  return source.acknowledge(what.code, what.subject)
    ? { status: 204 }
    : { status: 404, because: 'No such alarm stands (any more).' };
}

function alarmNamed(body: Uint8Array | undefined): { code: string; subject: string } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body ?? new Uint8Array()));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('code' in value) || !('subject' in value))
    return undefined;
  const { code, subject } = value;
  if (typeof code !== 'string' || typeof subject !== 'string') return undefined;
  return code === '' || code.length > TEXT_MAX || subject.length > TEXT_MAX ? undefined : { code, subject };
}
