import { BerWriter } from '../asn1/ber.ts';
import { type DialogueApdu, writeDialoguePortion } from './dialogue-portion.ts';
import { messageTags, transactionTags } from './tags.ts';

/** A transaction id with its number of octets; 0 octets: there is none. */
export interface TransactionId {
  readonly id: number;
  readonly sizeOctets: number;
}

export const noTransactionId: TransactionId = { id: 0, sizeOctets: 0 };

/** Writes whole messages, from their last octet to their first. What it returns is valid until the next message. */
export class MessageWriter {
  readonly #writer = new BerWriter(4096);

  write(
    messageType: number,
    originating: TransactionId,
    destination: TransactionId,
    apdu: DialogueApdu | null,
    components: Uint8Array | null,
    abortCause = -1,
  ): Uint8Array {
    const writer = this.#writer.reset();
    if (components !== null && components.length > 0) {
      writer.bytes(components);
      writer.header(transactionTags.componentPortion, 0);
    }
    if (apdu !== null) writeDialoguePortion(writer, apdu);
    if (abortCause >= 0) {
      const mark = writer.written;
      writer.octet(abortCause);
      writer.header(transactionTags.pAbortCause, mark);
    }
    writeId(writer, transactionTags.destinationTransactionId, destination);
    writeId(writer, transactionTags.originatingTransactionId, originating);
    writer.header(messageType, 0);
    return writer.octets();
  }

  /** ABORT with a P-Abort cause (ITU-T Q.773 §4.2.1.5). */
  providerAbort(destination: TransactionId, cause: number): Uint8Array {
    return this.write(messageTags.abort, noTransactionId, destination, null, null, cause);
  }
}

function writeId(writer: BerWriter, tag: number, { id, sizeOctets }: TransactionId): void {
  if (sizeOctets === 0) return;
  let rest = id;
  for (let octet = 0; octet < sizeOctets; octet++) {
    writer.octet(rest & 0xff);
    rest = Math.floor(rest / 256);
  }
  writer.octet(sizeOctets);
  writer.octet(tag);
}
