/**
 * What is said over the control socket: a JSON object a line, each request with an id that its answer has too. Answers may
 * come in another order than requests.
 */
import { z } from 'zod';
import { e164, language, timeZone } from '../../config/rules.ts';
import type { Profile } from '../../types/model/profile.ts';
import { remembered } from '../engine/remembered.ts';
import type { SubscriberEntry } from '../engine/subscriber-access.ts';
import { KEPT_DIGITS_MAX, RECORD_MS_MAX, RECORD_OCTETS } from './control-bounds.ts';

export const CONTROL_SOCKET = 'control.sock';

/** Octets of a request's line. */
export const REQUEST_OCTETS_MAX = 65_536;
/** Characters of an answer's line. */
export const ANSWER_LENGTH_MAX = 4_194_304;
/** Subscribers of one answer. */
export const LIST_MAX = 1_000;

const id = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const number = z
  .string()
  .max(15)
  .refine((text) => e164.read(text) === text, { message: e164.allowed });
const profile = z.strictObject({
  missedCalls: z.boolean(),
  notifyMe: z.enum(['off', 'always']),
  language: z.string().max(100).refine(remembered(language.holds), { message: language.allowed }),
  timeZone: z.string().max(100).refine(remembered(timeZone.holds), { message: timeZone.allowed }),
});

export const controlRequest = z.discriminatedUnion('op', [
  z.strictObject({ id, op: z.literal('get'), number }),
  z.strictObject({ id, op: z.literal('put'), number, profile }),
  z.strictObject({ id, op: z.literal('remove'), number }),
  z.strictObject({
    id,
    op: z.literal('list'),
    after: z.string().regex(/^\d{0,15}$/),
    limit: z.number().int().min(1).max(LIST_MAX),
  }),
  z.strictObject({ id, op: z.literal('status') }),
  z.strictObject({ id, op: z.literal('backup'), to: z.string().min(1).max(4096) }),
  z.strictObject({
    id,
    op: z.literal('record'),
    to: z.string().min(1).max(4096),
    forMs: z.number().min(1).max(RECORD_MS_MAX),
    octetsMax: z.number().int().min(RECORD_OCTETS.min).max(RECORD_OCTETS.max),
    keptDigits: z.number().int().min(0).max(KEPT_DIGITS_MAX),
  }),
  z.strictObject({ id, op: z.literal('record-stop') }),
  z.strictObject({ id, op: z.literal('record-status') }),
]);
export type ControlRequest = z.output<typeof controlRequest>;

const answerId = { id };
export const controlAnswer = z.union([
  z.object({ ...answerId, ok: z.literal(true), result: z.unknown() }),
  z.object({ ...answerId, ok: z.literal(false), code: z.string(), message: z.string() }),
]);
export type ControlAnswer = z.output<typeof controlAnswer>;

/** A profile as the engine has it; what is stored was checked. */
const storedProfile = z.object({
  missedCalls: z.boolean(),
  notifyMe: z.enum(['off', 'always']),
  language: z.string(),
  timeZone: z.string(),
});

/** What the answers hold, by operation. A profile that is not there is null. */
export const controlResults = {
  get: storedProfile.nullable(),
  put: z.enum(['changed', 'unchanged']),
  remove: z.boolean(),
  backup: z.object({ shards: z.array(z.unknown()), files: z.array(z.unknown()) }).loose(),
  record: z.object({
    reason: z.enum(['time', 'size', 'stopped', 'signalling-ended']),
    tookMs: z.number(),
    facts: z.number(),
    dropped: z.number(),
    ofEarlier: z.number(),
    octets: z.number(),
  }),
  'record-stop': z.boolean(),
  'record-status': z.object({
    underWay: z.boolean(),
    tookMs: z.number(),
    facts: z.number(),
    octets: z.number(),
  }),
  list: z.array(z.object({ number: z.string(), profile: storedProfile })),
} as const;

/** A profile without the fields that only a later version knows: they stay where they are. */
export function plainProfile({ missedCalls, notifyMe, language, timeZone }: Profile): Profile {
  return { missedCalls, notifyMe, language, timeZone };
}

export function plainEntry({ number, profile }: SubscriberEntry): SubscriberEntry {
  return { number, profile: plainProfile(profile) };
}
