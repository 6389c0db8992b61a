/**
 * What is done about messages and parameters that are not recognized (ITU-T Q.764 §2.9.5.2, §2.9.5.3), by an exchange that is
 * an end of the call: nothing can be passed on.
 */
import {
  type MessageInstructions,
  messageCompatibilityInformation,
  type ParameterInstructions,
} from './compatibility.ts';
import type { IsupMessage } from './message.ts';

/** ITU-T Q.850 §2.2.7.6: what a REL or CFN for such things says. */
export const UNRECOGNIZED_CAUSE = {
  messageNotImplemented: 97,
  parameterNotImplemented: 99,
  messageDiscarded: 110,
} as const;

export interface Verdict {
  readonly action: 'proceed' | 'discard' | 'release';
  /** The cause of the release, or of the confusion message that is sent; undefined: none is. */
  readonly cause?: number;
  /** Message type, or names of parameters. */
  readonly diagnostics: readonly number[];
}

const PROCEED: Verdict = { action: 'proceed', diagnostics: [] };

/** For a message that is recognized, with parameters that are not. */
export function judgeParameters(message: IsupMessage): Verdict {
  if (message.kind === 'opaque') return PROCEED;
  const codes = (message.other ?? [])
    .filter(({ reason }) => reason === 'unrecognized')
    .map(({ code }) => code);
  if (codes.length === 0) return PROCEED;
  const { parameterCompatibilityInformation: information } = message.parameters as {
    readonly parameterCompatibilityInformation?: readonly ParameterInstructions[];
  };
  const toNotify: number[] = [];
  let discardMessage: { readonly code: number; readonly notify: boolean } | undefined;
  for (const code of codes) {
    const asked = information?.find((one) => one.code === code);
    const fate = asked === undefined ? 'discard-parameter' : fateOfParameter(asked);
    // Without instructions the sender is told.
    const notify = asked?.sendNotification ?? true;
    if (fate === 'release')
      return {
        action: 'release',
        cause: UNRECOGNIZED_CAUSE.parameterNotImplemented,
        diagnostics: [code],
      };
    if (fate === 'discard-message') discardMessage ??= { code, notify };
    else if (notify) toNotify.push(code);
  }
  if (discardMessage !== undefined)
    return {
      action: 'discard',
      ...(discardMessage.notify ? { cause: UNRECOGNIZED_CAUSE.messageDiscarded } : {}),
      diagnostics: [discardMessage.code],
    };
  if (toNotify.length === 0) return PROCEED;
  return {
    action: 'proceed',
    cause: UNRECOGNIZED_CAUSE.parameterNotImplemented,
    diagnostics: toNotify,
  };
}

function fateOfParameter(asked: ParameterInstructions): ParameterInstructions['passOnNotPossible'] {
  if (asked.releaseCall) return 'release';
  if (asked.discardMessage) return 'discard-message';
  return asked.discardParameter ? 'discard-parameter' : asked.passOnNotPossible;
}

/** For a message of a type that is not recognized, or that this exchange has no procedure for. */
export function judgeMessage(type: number, body: Uint8Array): Verdict {
  const asked = instructionsIn(body);
  const cause = UNRECOGNIZED_CAUSE.messageNotImplemented;
  const diagnostics = [type];
  if (asked === undefined) return { action: 'discard', cause, diagnostics };
  if (asked.releaseCall) return { action: 'release', cause, diagnostics };
  if (!asked.discardMessage && asked.passOnNotPossible === 'release')
    return { action: 'release', cause, diagnostics };
  return asked.sendNotification
    ? { action: 'discard', cause, diagnostics }
    : { action: 'discard', diagnostics };
}

/** Messages that are new have an optional part and nothing else: their compatibility information is looked for there. */
function instructionsIn(body: Uint8Array): MessageInstructions | undefined {
  const pointer = body[0];
  if (pointer === undefined || pointer === 0) return undefined;
  for (let at = pointer; at + 1 < body.length && body[at] !== 0; at += 2 + body[at + 1]!) {
    if (body[at] !== messageCompatibilityInformation.code) continue;
    return messageCompatibilityInformation.decode(body.subarray(at + 2, at + 2 + body[at + 1]!));
  }
  return undefined;
}
