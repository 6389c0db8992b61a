/** A notice that an SMSC has taken and has not delivered yet; proto/handed-over.proto is its form at rest. */
import type { Notice, NoticeContent } from './notice.ts';

/** Messages at an SMSC, by which they are replaced, cancelled, asked for. */
export interface SmscMessages {
  /** Name of the SMSC in the configuration. */
  readonly smsc: string;
  /** message_id of each part, in order, as the SMSC gave it. */
  readonly messageIds: readonly string[];
  /** One message in the SMSC's default alphabet: another one like it can take its place. */
  readonly plain: boolean;
  /** N4: the number that they come from; absent: the operator's address. */
  readonly originator?: string;
}

export interface HandedOverTo extends SmscMessages {
  /** The SMSC gives up then. */
  readonly validUntilMs: number;
  /** False: the SMSC does not let go of it; what comes is told after it. */
  readonly replaceable: boolean;
}

export interface HandedOver extends HandedOverTo {
  readonly notice: Notice;
  /** Of `messageIds`, those whose receipt says that they are delivered. */
  readonly delivered: readonly string[];
  /** What the replacement under way says beyond it; undefined: none is under way. */
  readonly added: NoticeContent | undefined;
}
