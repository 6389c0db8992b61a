/** The way out that stands in each e-mail (RFC 2369 §3.2, RFC 8058 §3.1), as the configuration has it. */
import type { Config } from '../../config/schema/config.ts';
import type { MailMessage } from '../../types/model/channel-message.ts';
import { OperatingError } from '../../types/operating-error.ts';
import { readSecret } from '../secret.ts';
import { UnsubscribeTokens } from './token.ts';

type Keys = Config['channels']['eMail']['unsubscribe'];

export type WayOut = (message: MailMessage) => NonNullable<MailMessage['unsubscribe']>;

const SECRET_CHARACTERS_MIN = 32;

/** Undefined: e-mails have none. @throws OperatingError `CW_SECRET_MISSING` */
export function unsubscribeTokens({ secrets }: Keys): UnsubscribeTokens | undefined {
  if (secrets.length === 0) return undefined;
  const read = secrets.map((reference) => {
    const secret = readSecret(reference);
    if (secret.length >= SECRET_CHARACTERS_MIN) return secret;
    throw new OperatingError(
      'CW_SECRET_MISSING',
      `a secret of channels.eMail.unsubscribe.secrets has fewer than ${SECRET_CHARACTERS_MIN} characters`,
      { reference },
    );
  });
  return new UnsubscribeTokens(read);
}

/** @throws OperatingError `CW_SECRET_MISSING` */
export function wayOut(keys: Keys): WayOut | undefined {
  const tokens = unsubscribeTokens(keys);
  if (tokens === undefined) return undefined;
  const { url, mailto } = keys;
  return ({ subscriber, to }) => {
    const token = tokens.seal(subscriber, to);
    return {
      ...(url === undefined ? {} : { oneClick: `${url.replace(/\/$/, '')}/${token}` }),
      ...(mailto === undefined ? {} : { mailto: `${mailto}?subject=${token}` }),
    };
  };
}
