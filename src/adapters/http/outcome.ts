/** What an HTTP answer says of a send, as far as it is the same for all who send over HTTP. */
import type { Fault, SendOutcome } from '../../connector/outcome.ts';
import type { PostAnswer } from './poster.ts';
import { NOT_PUBLIC_CODE } from './public-address.ts';

/** RFC 9110 §15.5.9, RFC 8470 §5.2, RFC 6585 §4: not this time. */
const AGAIN: ReadonlyMap<number, Fault> = new Map([
  [408, 'timeout'],
  [425, 'refused-for-now'],
  [429, 'throttled'],
]);

/**
 * The far side's 5xx are faults of its own, whatever they are of: it is asked again. A redirect is not followed: it would take
 * what is signed and private to where nobody has sent it.
 */
export function outcomeOf(answer: PostAnswer, success: 'accepted' | 'delivered'): SendOutcome {
  if (answer.kind === 'failed') return failure(answer.code, answer.uncertain);
  const { status } = answer;
  const detail = `HTTP ${status}`;
  if (status >= 200 && status < 300) return { kind: success, detail };
  const fault = AGAIN.get(status) ?? (status >= 500 ? 'failing' : undefined);
  if (fault === undefined) return { kind: 'refused', detail, gone: status === 410 };
  const { retryAfterMs } = answer;
  // 503 with a time is throttling in other words (RFC 9110 §15.6.4).
  return {
    kind: 'fault',
    fault: status === 503 && retryAfterMs !== undefined ? 'throttled' : fault,
    detail,
    uncertain: status === 408 || status === 504,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

function failure(code: string, uncertain: boolean): SendOutcome {
  if (code === NOT_PUBLIC_CODE) return { kind: 'refused', detail: 'no public address', gone: false };
  // HPE_…: there was an answer, which is none of HTTP.
  const fault = code === 'ETIMEDOUT' ? 'timeout' : code.startsWith('HPE_') ? 'failing' : 'unreachable';
  return { kind: 'fault', fault, detail: code, uncertain };
}
