/** What somebody does with a phone of the simulated network from outside, and what is seen of it there; checked on both sides. */
import { z } from 'zod';

/** Characters of a short message: four parts in the alphabet of fewest. */
export const PHONE_TEXT_MAX = 268;
export const PHONE_ANSWER_MAX = 80;

const number = z.string().regex(/^\d{5,15}$/);
const id = z.int().min(1).max(Number.MAX_SAFE_INTEGER);
/** A code as it is dialled: it begins with * or #, and ends with #. */
const code = z
  .string()
  .max(PHONE_ANSWER_MAX)
  .regex(/^[*#][\d*#+]*#$/);
const text = z.string().min(1).max(PHONE_TEXT_MAX);
const answer = z.string().min(1).max(PHONE_ANSWER_MAX);

export const phoneOrder = z.discriminatedUnion('kind', [
  /** Is in somebody's hand for a while: the phone stays as it is. It is answered by its radio. */
  z.strictObject({ kind: z.literal('hold'), number }),
  z.strictObject({ kind: z.literal('power'), number, on: z.boolean() }),
  /** Somebody calls this phone, and is not answered. */
  z.strictObject({ kind: z.literal('ring'), number }),
  /** A short message to the service number. */
  z.strictObject({ kind: z.literal('send'), number, id, text }),
  z.strictObject({ kind: z.literal('dial'), number, code }),
  z.strictObject({ kind: z.literal('answer'), number, text: answer }),
  z.strictObject({ kind: z.literal('cancel'), number }),
  /** Many are without coverage for a while, and back at once. */
  z.strictObject({ kind: z.literal('outage') }),
]);
export type PhoneOrder = z.infer<typeof phoneOrder>;

export const phoneReport = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('radio'), number, radio: z.enum(['on', 'off', 'no-coverage']) }),
  /** What became of a short message: its service centre took it, or not; or the phone has no network. */
  z.strictObject({
    kind: z.literal('sent'),
    number,
    id,
    outcome: z.enum(['taken', 'refused', 'no-network']),
  }),
  z.strictObject({ kind: z.literal('page'), number, text: z.string().max(1_000), asks: z.boolean() }),
  /** 'refused': no call was begun, for the phone has one, or there are too many. */
  z.strictObject({
    kind: z.literal('ended'),
    number,
    how: z.enum(['result', 'error', 'left', 'aborted', 'no-network', 'refused']),
  }),
]);
export type PhoneReport = z.infer<typeof phoneReport>;
