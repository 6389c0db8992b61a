import { failure, type Result, success } from '../../types/result.ts';
import { ComponentReader } from './component-reader.ts';
import { ComponentStage } from './component-stage.ts';
import { type DialogueApdu, readDialoguePortion } from './dialogue-portion.ts';
import { MessageWriter, noTransactionId, type TransactionId } from './message-writer.ts';
import type { Component } from './service.ts';
import { messageTags } from './tags.ts';
import { TransactionPortion } from './transaction-portion.ts';

export type MessageType = keyof typeof messageTags;

/** A whole message as a value (ITU-T Q.773 §4.2.1), for who looks at traffic; the service itself works on offsets. */
export interface TcapMessage {
  readonly type: MessageType;
  readonly originatingTransactionId?: TransactionId;
  readonly destinationTransactionId?: TransactionId;
  /** P-Abort cause of an abort. */
  readonly abortCause?: number;
  readonly dialogue?: DialogueApdu;
  readonly components: readonly Component[];
}

const types = new Map(Object.entries(messageTags).map(([type, tag]) => [tag as number, type as MessageType]));

/**
 * Reads a message; views of `octets` are in what is returned. Failures: `tcap.transaction.N` with the P-Abort cause that
 * answers it (ITU-T Q.774 §3.3.4), `tcap.dialogue`, `tcap.component.N` with the general problem (ITU-T Q.774 §3.2.2.2).
 */
export function decodeMessage(octets: Uint8Array): Result<TcapMessage> {
  const portion = new TransactionPortion();
  const sound = portion.read(octets);
  const type = types.get(portion.messageType);
  if (!sound || type === undefined)
    return failure(`tcap.transaction.${portion.fault}`, 0, 'ITU-T Q.773 §4.2.1');
  let dialogue: DialogueApdu | null = null;
  if (portion.dialogueOffset >= 0) {
    dialogue = readDialoguePortion(octets, portion.dialogueOffset, portion.dialogueEnd);
    if (dialogue === null) return failure('tcap.dialogue', portion.dialogueOffset, 'ITU-T Q.773 §4.2.3');
  }
  const components: Component[] = [];
  if (portion.componentOffset >= 0) {
    const reader = new ComponentReader().reset(octets, portion.componentOffset, portion.componentEnd);
    for (let component = reader.next(); component !== null; component = reader.next()) {
      if (component.kind === 'fault') {
        return failure(`tcap.component.${component.code}`, portion.componentOffset, 'ITU-T Q.773 §4.2.2');
      }
      components.push(component);
    }
  }
  const { originatingId, originatingSizeOctets, destinationId, destinationSizeOctets, abortCause } = portion;
  const ids = {
    ...(originatingSizeOctets === 0
      ? {}
      : { originatingTransactionId: { id: originatingId, sizeOctets: originatingSizeOctets } }),
    ...(destinationSizeOctets === 0
      ? {}
      : { destinationTransactionId: { id: destinationId, sizeOctets: destinationSizeOctets } }),
  };
  return success({
    type,
    ...ids,
    ...(abortCause < 0 ? {} : { abortCause }),
    ...(dialogue === null ? {} : { dialogue }),
    components,
  });
}

/** Writes a message, with minimal definite lengths. Failure: `tcap.tooLong` past 64 kB of components. */
export function encodeMessage(message: TcapMessage): Result<Uint8Array> {
  const stage = new ComponentStage(0xffff);
  if (!message.components.every((component) => stage.put(component))) {
    return failure('tcap.tooLong', 0, 'ITU-T Q.773 §4.2.1');
  }
  const octets = new MessageWriter().write(
    messageTags[message.type],
    message.originatingTransactionId ?? noTransactionId,
    message.destinationTransactionId ?? noTransactionId,
    message.dialogue ?? null,
    stage.octets.subarray(0, stage.sizeOctets),
    message.abortCause ?? -1,
  );
  return success(octets);
}
