/** What a failure of SMTP says of the message (RFC 5321 §4.2, RFC 3463 §3). */
import type { Fault, SendOutcome } from '../../connector/outcome.ts';

export interface SmtpFailure {
  /** nodemailer's name for the step that failed. */
  readonly code: string;
  /** What the system or TLS said before that. */
  readonly originalCode?: string;
  readonly responseCode?: number;
  readonly response?: string;
  /** The command that was answered; CONN: none. */
  readonly command?: string;
}

/** @param wasSent all of the message was handed over, up to its last dot */
export function smtpOutcome(failure: SmtpFailure, wasSent: boolean): SendOutcome {
  const { code, originalCode, responseCode, response = '' } = failure;
  if (responseCode !== undefined && responseCode >= 400 && responseCode < 600)
    return replied(failure, responseCode, enhancedStatus(response));
  // Refused before anything was sent: too large for the relay, say.
  if (['EENVELOPE', 'EMESSAGE'].includes(code) && response === '' && !wasSent)
    return { kind: 'refused', detail: code, gone: false };
  const fault = FAULTS[code] ?? 'unreachable';
  return { kind: 'fault', fault, detail: originalCode ?? code, uncertain: wasSent };
}

const FAULTS: Readonly<Record<string, Fault>> = {
  ETIMEDOUT: 'timeout',
  EPROTOCOL: 'failing',
  EAUTH: 'failing',
  EENVELOPE: 'failing',
  EMESSAGE: 'failing',
};

function replied({ code, command }: SmtpFailure, reply: number, status: string): SendOutcome {
  const detail = status === '' ? `${reply}` : `${reply} ${status}`;
  const fault = (kind: Fault): SendOutcome => ({ kind: 'fault', fault: kind, detail, uncertain: false });
  if (reply === 421) return fault('throttled');
  // What is said of us and not of this message: greeting, login, sender; 503: the order of commands.
  const isOfUs = !['EENVELOPE', 'EMESSAGE'].includes(code) || command === 'MAIL FROM' || reply === 503;
  if (reply < 500) {
    // 4.1.x and 4.2.x are of this address or mailbox (RFC 3463 §3.2, §3.3).
    if (reply === 452 || (reply === 450 && !/^4\.[12]\./.test(status))) return fault('throttled');
    return fault(isOfUs ? 'failing' : 'refused-for-now');
  }
  return isOfUs ? fault('failing') : { kind: 'refused', detail, gone: GONE.test(status) };
}

/** No such mailbox, no such system, moved without an address (RFC 3463 §3.2; RFC 7505 §4). */
const GONE = /^5\.1\.(?:1|2|6|10)$/;

/** RFC 2034 §4. */
function enhancedStatus(response: string): string {
  return /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})(?:\s|$)/.exec(response)?.[1] ?? '';
}
