/**
 * Two spellings of one message_id. Some SMSCs write it in submit_sm_resp in hexadecimal and in the receipt's text in decimal, with zeros
 * before it or without, in capitals or not.
 */

/** Takes from a set what a message id means, in whatever spelling; false: it is not among them. */
export function deleteSpelling(messageIds: Set<string>, messageId: string): boolean {
  if (messageIds.delete(messageId)) return true;
  const meant = messageIdKeys(messageId);
  for (const own of messageIds)
    if (messageIdKeys(own).some((key) => meant.includes(key))) return messageIds.delete(own);
  return false;
}

/** A spelling that is the same for all of them, as a key; other identifiers are their own, in lower case. */
export function messageIdKeys(messageId: string): readonly string[] {
  const text = messageId.trim().toLowerCase();
  const keys = [text];
  if (/^[0-9a-f]{1,16}$/.test(text)) keys.push(BigInt(`0x${text}`).toString());
  if (/^[0-9]{1,20}$/.test(text)) keys.push(BigInt(text).toString());
  return [...new Set(keys)];
}
