import { BerReader, CONSTRUCTED } from '../asn1/ber.ts';
import { messageTags, pAbortCauses, transactionTags } from './tags.ts';

/** A transaction id is 1 … 4 octets (ITU-T Q.773 §4.2.1.3); what is echoed keeps their number. */
const idSizeMaxOctets = 4;

/** What an element of the transaction portion is to the order and to the rules of each message type. */
const originating = 1;
const destination = 2;
const abortCause = 4;
const dialogue = 8;
const component = 16;
/** One of these, but primitive where it is constructed or the other way round: badly formatted (ITU-T Q.772 table 1). */
const wrongForm = -1;

const knownTags = new Set<number>(Object.values(transactionTags));

/** Elements that a message type may have and those that it must have (ITU-T Q.773 §4.2.1, table 3 ff.). */
function allowedIn(messageType: number): number {
  switch (messageType) {
    case messageTags.begin:
      return originating | dialogue | component;
    case messageTags.continue:
      return originating | destination | dialogue | component;
    case messageTags.end:
      return destination | dialogue | component;
    case messageTags.abort:
      return destination | abortCause | dialogue;
    default:
      return dialogue | component;
  }
}

function requiredIn(messageType: number): number {
  switch (messageType) {
    case messageTags.begin:
      return originating;
    case messageTags.continue:
      return originating | destination;
    case messageTags.end:
    case messageTags.abort:
      return destination;
    default:
      return component;
  }
}

/**
 * The transaction portion of one message as offsets into its octets. One object is used for all messages:
 *
 *     | message type | length | OTID | DTID | P-Abort cause | dialogue portion | component portion |
 *
 * When `read` gives false, `fault` is the P-Abort cause to answer with, and the transaction ids are those that could be
 * derived nevertheless (ITU-T Q.774 §3.3.4).
 */
export class TransactionPortion {
  octets: Uint8Array = new Uint8Array(0);
  /** Identifier octet of the message; see `messageTags`. */
  messageType = 0;
  originatingId = 0;
  /** 0: there is none. */
  originatingSizeOctets = 0;
  destinationId = 0;
  destinationSizeOctets = 0;
  /** P-Abort cause of an abort message, −1 when it has none. */
  abortCause = -1;
  /** Contents of the dialogue portion; −1 when there is none. */
  dialogueOffset = -1;
  dialogueEnd = -1;
  /** Contents of the component portion; −1 when there is none. */
  componentOffset = -1;
  componentEnd = -1;
  /** P-Abort cause for the peer, −1 when the transaction portion is sound. */
  fault = -1;

  readonly #reader = new BerReader();

  read(octets: Uint8Array): boolean {
    this.octets = octets;
    this.messageType = octets.length > 0 ? (octets[0] as number) : 0;
    this.originatingId = 0;
    this.originatingSizeOctets = 0;
    this.destinationId = 0;
    this.destinationSizeOctets = 0;
    this.abortCause = -1;
    this.dialogueOffset = -1;
    this.dialogueEnd = -1;
    this.componentOffset = -1;
    this.componentEnd = -1;
    this.fault = -1;
    if (this.#elements()) return true;
    this.#deriveIds();
    return false;
  }

  /**
   * The ids of a message of which only the beginning may be there, as N-NOTICE gives it back. False when there are none.
   */
  readIds(octets: Uint8Array): boolean {
    this.octets = octets;
    this.messageType = octets.length > 0 ? (octets[0] as number) : 0;
    this.#deriveIds();
    return this.originatingSizeOctets + this.destinationSizeOctets > 0;
  }

  #elements(): boolean {
    const reader = this.#reader.reset(this.octets);
    if (!reader.next() || reader.offset !== this.octets.length) {
      return this.#fail(
        this.#known() ? pAbortCauses.badlyFormattedTransactionPortion : pAbortCauses.unrecognizedMessageType,
      );
    }
    if (!this.#known()) return this.#fail(pAbortCauses.unrecognizedMessageType);
    const allowed = allowedIn(this.messageType);
    let seen = 0;
    reader.enter();
    while (reader.next()) {
      const element = this.#element(reader);
      if (element === wrongForm) return this.#fail(pAbortCauses.badlyFormattedTransactionPortion);
      // Each element once, in the order of the ASN.1, and only where the message type has it.
      if (element === 0 || (element & allowed) === 0 || element <= seen) {
        return this.#fail(pAbortCauses.incorrectTransactionPortion);
      }
      seen |= element;
    }
    if (reader.failureCode !== '') return this.#fail(pAbortCauses.badlyFormattedTransactionPortion);
    const required = requiredIn(this.messageType);
    if ((seen & required) !== required) return this.#fail(pAbortCauses.incorrectTransactionPortion);
    // An abort has a cause of the provider or a dialogue portion of the user, not both.
    if ((seen & (abortCause | dialogue)) === (abortCause | dialogue)) {
      return this.#fail(pAbortCauses.incorrectTransactionPortion);
    }
    return true;
  }

  /** Which element this is; 0 when it is none, or its contents are wrong; or `wrongForm`. */
  #element(reader: BerReader): number {
    const offset = reader.contentOffset;
    const end = reader.contentEnd;
    switch (reader.identifier) {
      case transactionTags.originatingTransactionId:
        this.originatingSizeOctets = idSizeOctets(offset, end);
        this.originatingId = idAt(this.octets, offset, this.originatingSizeOctets);
        return this.originatingSizeOctets === 0 ? 0 : originating;
      case transactionTags.destinationTransactionId:
        this.destinationSizeOctets = idSizeOctets(offset, end);
        this.destinationId = idAt(this.octets, offset, this.destinationSizeOctets);
        return this.destinationSizeOctets === 0 ? 0 : destination;
      case transactionTags.pAbortCause:
        if (end - offset !== 1) return 0;
        this.abortCause = this.octets[offset] as number;
        return abortCause;
      case transactionTags.dialoguePortion:
        this.dialogueOffset = offset;
        this.dialogueEnd = end;
        return dialogue;
      case transactionTags.componentPortion:
        // Without components there is no portion for them (ITU-T Q.772 table 1).
        if (offset === end) return 0;
        this.componentOffset = offset;
        this.componentEnd = end;
        return component;
      default:
        return knownTags.has(reader.identifier ^ CONSTRUCTED) ? wrongForm : 0;
    }
  }

  #known(): boolean {
    const type = this.messageType;
    return (
      type === messageTags.begin ||
      type === messageTags.continue ||
      type === messageTags.end ||
      type === messageTags.abort ||
      type === messageTags.unidirectional
    );
  }

  #fail(cause: number): false {
    this.fault = cause;
    return false;
  }

  /** Looks for the ids at the head of a message whose lengths cannot be trusted. */
  #deriveIds(): void {
    const { octets } = this;
    this.originatingSizeOctets = 0;
    this.destinationSizeOctets = 0;
    if (octets.length < 2) return;
    const first = octets[1] as number;
    let at = 2 + (first > 0x80 ? first & 0x7f : 0);
    for (let element = 0; element < 2 && at + 2 <= octets.length; element++) {
      const tag = octets[at] as number;
      const size = octets[at + 1] as number;
      if (size < 1 || size > idSizeMaxOctets || at + 2 + size > octets.length) return;
      if (tag === transactionTags.originatingTransactionId) {
        this.originatingSizeOctets = size;
        this.originatingId = idAt(octets, at + 2, size);
      } else if (tag === transactionTags.destinationTransactionId) {
        this.destinationSizeOctets = size;
        this.destinationId = idAt(octets, at + 2, size);
      } else return;
      at += 2 + size;
    }
  }
}

function idSizeOctets(offset: number, end: number): number {
  const size = end - offset;
  return size <= idSizeMaxOctets ? size : 0;
}

function idAt(octets: Uint8Array, offset: number, sizeOctets: number): number {
  let id = 0;
  for (let at = offset; at < offset + sizeOctets; at++) id = id * 256 + (octets[at] as number);
  return id;
}
