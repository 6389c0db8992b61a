/** What a request to the inbox asks for, from its path and body. */
import { z } from 'zod';
import { parseEffectKey } from '../../types/model/effect-key.ts';
import type { EffectId } from '../../types/model/notice.ts';
import { isSubscriberNumber } from '../../types/partition.ts';

/** A subscriber has no more entries. */
const IDS_MAX = 100;
const PATH = /^\/v1\/subscribers\/(?:\+|%2[bB])?(\d{1,20})\/inbox$/;

const id = z.string().transform((written, context): EffectId => {
  const read = parseEffectKey(written);
  if (read !== undefined) return read;
  context.issues.push({ code: 'custom', input: written, message: 'is no id of an entry' });
  return z.NEVER;
});
const ids = z.array(id, { error: 'is to be a list of ids' }).max(IDS_MAX, `has at most ${IDS_MAX} ids`);
const order = z.strictObject({ read: ids.default([]), removed: ids.default([]) });

export type InboxOrder = z.output<typeof order>;

/** E.164 digits; undefined: the path is not one of an inbox. */
export function subscriberIn(path: string): string | undefined {
  const [, digits = ''] = PATH.exec(path) ?? [];
  return isSubscriberNumber(digits) ? digits : undefined;
}

/** A sentence that says what is wrong, or what the app says. */
export function readOrder(body: Uint8Array): InboxOrder | string {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return 'The body is not JSON in UTF-8.';
  }
  const read = order.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue?.path.join('.') ?? '';
  return `${where === '' ? 'The body' : where}: ${issue?.message ?? 'is not as it should be'}`;
}
