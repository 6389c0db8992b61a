/**
 * Simple segmentation (ITU-T Q.764 §2.1.12): a message that is longer than MTP carries says so in its optional call
 * indicators, and some of its parameters follow in an SGM.
 */
import { optionalBackwardCallIndicators, optionalForwardCallIndicators } from './call-indicators.ts';
import type { Message } from './message.ts';
import type { MessageKind, MessageParameters } from './messages.ts';

/** The parameters that an SGM may hold (ITU-T Q.763 table 49), those that are long first. */
const MOVABLE = [
  'userToUserInformation',
  'accessTransport',
  'genericDigits',
  'genericNotificationIndicator',
  'genericNumber',
] as const;
type Movable = (typeof MOVABLE)[number];

/** Messages that may be segmented. */
const KINDS: ReadonlySet<MessageKind> = new Set<MessageKind>(['IAM', 'ACM', 'ANM', 'CON', 'CPG']);

export interface Segmented<K extends MessageKind> {
  readonly first: MessageParameters<K>;
  readonly segment: MessageParameters<'SGM'>;
}

/** The message in two, the first within what `fits` allows; undefined when that cannot be. */
export function segmented<K extends MessageKind>(
  kind: K,
  parameters: MessageParameters<K>,
  fits: (first: MessageParameters<K>) => boolean,
): Segmented<K> | undefined {
  if (!KINDS.has(kind)) return undefined;
  const first: Record<string, unknown> = { ...parameters };
  if (kind === 'IAM') {
    const given = (parameters as MessageParameters<'IAM'>).optionalForwardCallIndicators;
    first['optionalForwardCallIndicators'] = {
      ...optionalForwardCallIndicators.of(given ?? {}),
      simpleSegmentation: true,
    };
  } else {
    const given = (parameters as MessageParameters<'ACM'>).optionalBackwardCallIndicators;
    first['optionalBackwardCallIndicators'] = {
      ...optionalBackwardCallIndicators.of(given ?? {}),
      simpleSegmentation: true,
    };
  }
  const segment: Partial<Record<Movable, unknown>> = {};
  for (const key of MOVABLE) {
    if (first[key] === undefined) continue;
    segment[key] = first[key];
    delete first[key];
    const whole = first as unknown as MessageParameters<K>;
    if (fits(whole)) return { first: whole, segment: segment as MessageParameters<'SGM'> };
  }
  return undefined;
}

/** The IAM with what its segment has brought; what stands in the IAM itself goes before. */
export function withSegment(iam: Message<'IAM'>, { parameters }: Message<'SGM'>): Message<'IAM'> {
  const joined: Record<string, unknown> = { ...iam.parameters };
  for (const key of MOVABLE) {
    const brought: unknown = parameters[key];
    const there = joined[key];
    if (there === undefined && brought !== undefined) joined[key] = brought;
    else if (Array.isArray(there) && Array.isArray(brought))
      joined[key] = (there as readonly unknown[]).concat(brought as readonly unknown[]);
  }
  return { ...iam, parameters: joined as unknown as MessageParameters<'IAM'> };
}
