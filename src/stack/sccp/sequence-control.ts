/** Signalling link selection (ITU-T Q.714 §4.1): round robin for class 0, one value per sequence for class 1. */
const SLS_MASK = 0x0f;

export class SequenceControl {
  #next = 0;

  /** The SLS of a message: that of its sequence, or for class 0 the next one. */
  select(sequenceControl: number | undefined): number {
    if (sequenceControl !== undefined) return sequenceControl & SLS_MASK;
    this.#next = (this.#next + 1) & SLS_MASK;
    return this.#next;
  }
}
