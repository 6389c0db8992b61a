/**
 * What is said over the control socket: a JSON object a line, each request with an id that its answer has too. Answers may
 * come in another order than requests.
 */
import { z } from 'zod';
import type { ProfileReader } from '../../provisioning/reader.ts';
import type { Profile } from '../../types/model/profile.ts';
import { partitionCount } from '../../types/partition.ts';
import { decodeProfile, encodeProfile } from '../../wire/profile.ts';
import { CHANGES_MAX } from '../engine/subscriber-access.ts';
import { KEPT_DIGITS_MAX, RECORD_MS_MAX, RECORD_OCTETS } from './control-bounds.ts';

export const CONTROL_SOCKET = 'control.sock';

/** Octets of a request's line. A batch of an import has a few lines of the longest kind, or many short ones. */
export const REQUEST_OCTETS_MAX = 1_048_576;
/** Characters of an answer's line. */
export const ANSWER_LENGTH_MAX = 4_194_304;
/** Subscribers of one answer; fewer where their profiles are longer than this. */
export const LIST_MAX = 1_000;
export const LIST_LENGTH_MAX = 2_097_152;

const id = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Requests; their profiles are checked as all that come from outside. */
export function controlRequests({ schemas }: ProfileReader) {
  const { number, profile, change } = schemas;
  return z.discriminatedUnion('op', [
    z.strictObject({ id, op: z.literal('get'), number }),
    z.strictObject({ id, op: z.literal('presence'), number }),
    z.strictObject({ id, op: z.literal('put'), number, profile }),
    z.strictObject({
      id,
      op: z.literal('change'),
      replace: z.boolean(),
      dryRun: z.boolean(),
      entries: z.array(z.strictObject({ number, change })).min(1).max(CHANGES_MAX),
    }),
    z.strictObject({ id, op: z.literal('remove'), number }),
    z.strictObject({
      id,
      op: z.literal('list'),
      after: z.string().regex(/^\d{0,15}$/),
      limit: z.number().int().min(1).max(LIST_MAX),
    }),
    // Who asks, for the access log.
    z.strictObject({
      id,
      op: z.literal('hello'),
      user: z.string().max(100),
      processId: z.int().min(0),
      command: z.string().max(100),
    }),
    z.strictObject({
      id,
      op: z.literal('search'),
      // Empty with a sequence.
      number: z.union([number, z.literal('')]),
      place: z.enum(['records', 'journal', 'outbox']),
      partition: z
        .int()
        .min(0)
        .max(partitionCount - 1),
      after: z.string().max(100),
      sequence: z.int().min(1).optional(),
    }),
    z.strictObject({ id, op: z.literal('shard-partitions') }),
    z.strictObject({ id, op: z.literal('forget'), subscriber: number, number }),
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
}
export type ControlRequest = z.output<ReturnType<typeof controlRequests>>;

const answerId = { id };
export const controlAnswer = z.union([
  z.object({ ...answerId, ok: z.literal(true), result: z.unknown() }),
  z.object({ ...answerId, ok: z.literal(false), code: z.string(), message: z.string() }),
]);
export type ControlAnswer = z.output<typeof controlAnswer>;

/** A profile of an answer: as it is stored, so that nothing is lost of what another version or another way has put there. */
const storedProfile = z.string().transform((text, context): Profile => {
  const profile = decodeProfile(Buffer.from(text, 'base64'));
  if (profile.ok) return profile.value;
  context.addIssue({ code: 'custom', message: profile.code });
  return z.NEVER;
});

export function storedForm(profile: Profile): string {
  return Buffer.from(encodeProfile(profile)).toString('base64');
}

function octetsOfText(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}

/** What the answers hold, by operation. A profile that is not there is null. */
export const controlResults = {
  get: storedProfile.nullable(),
  presence: z
    .object({
      absent: z.boolean(),
      absentSinceMs: z.number(),
      reachableAtMs: z.number(),
      reachableBy: z.string(),
    })
    .nullable(),
  put: z.enum(['changed', 'unchanged']),
  change: z.array(z.enum(['added', 'changed', 'unchanged'])),
  remove: z.boolean(),
  hello: z.null(),
  search: z.object({
    hits: z.array(z.object({ key: z.string(), octets: z.string().transform(octetsOfText) })),
    after: z.string(),
    done: z.boolean(),
    looked: z.number(),
    unreadable: z.number(),
    firstWindow: z.number(),
    lastWindow: z.number(),
    firstAtMs: z.number(),
  }),
  'shard-partitions': z.array(z.int()),
  forget: z.null(),
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
