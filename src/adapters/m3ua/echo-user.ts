/**
 * The MTP3 user of a plain M3UA endpoint: prints what comes, and sends transfers back to where they came from. What came
 * back of our own is not sent again, so that two echo users come to rest.
 */
import type { MtpStatusCause, MtpTransfer, MtpUser } from '../../stack/m3ua/mtp.ts';
import { type PointCodeNotation, pointCodeText } from '../../types/point-code.ts';
import { type Primitive, transferPrimitive } from './primitives.ts';

export interface EchoUserOptions {
  readonly notation: PointCodeNotation;
  readonly print: (primitive: Primitive) => void;
  /** Absent: nothing is sent back. */
  readonly transfer?: (transfer: MtpTransfer) => boolean;
}

/** Octets of transfers of our own that are waited for at most; older ones count as lost. */
const SENT_OCTETS_MAX = 1_048_576;

export class EchoUser implements MtpUser {
  readonly #options: EchoUserOptions;
  /** What we sent of ourselves, as it comes back, with how often it may. */
  readonly #sent = new Map<string, number>();
  #sentOctets = 0;

  constructor(options: EchoUserOptions) {
    this.#options = options;
  }

  /** A transfer of our own goes out. */
  sent({ opc, dpc, si, data }: MtpTransfer): void {
    const key = keyOf(dpc, opc, si, data);
    const count = this.#sent.get(key);
    this.#sent.set(key, (count ?? 0) + 1);
    if (count === undefined) this.#sentOctets += key.length;
    for (const oldest of this.#sent.keys()) {
      if (this.#sentOctets <= SENT_OCTETS_MAX) return;
      this.#forget(oldest);
    }
  }

  onTransfer(transfer: MtpTransfer): void {
    const { notation, print, transfer: send } = this.#options;
    const isEcho = this.#isEcho(transfer);
    print({
      ...transferPrimitive('MTP-TRANSFER.ind', transfer, notation),
      ...(isEcho ? { echo: true } : {}),
    });
    if (send === undefined || isEcho) return;
    const back = { ...transfer, opc: transfer.dpc, dpc: transfer.opc };
    const accepted = send(back);
    print({ ...transferPrimitive('MTP-TRANSFER.req', back, notation), accepted });
  }

  onPause(pointCode: number): void {
    this.#say('MTP-PAUSE.ind', pointCode);
  }

  onResume(pointCode: number): void {
    this.#say('MTP-RESUME.ind', pointCode);
  }

  onStatus(pointCode: number, cause: MtpStatusCause, level: number): void {
    this.#say('MTP-STATUS.ind', pointCode, cause === 'congestion' ? { cause, level } : { cause });
  }

  #isEcho({ opc, dpc, si, data }: MtpTransfer): boolean {
    if (this.#sent.size === 0) return false;
    const key = keyOf(opc, dpc, si, data);
    const count = this.#sent.get(key);
    if (count === undefined) return false;
    if (count === 1) this.#forget(key);
    else this.#sent.set(key, count - 1);
    return true;
  }

  #forget(key: string): void {
    if (this.#sent.delete(key)) this.#sentOctets -= key.length;
  }

  #say(primitive: string, pointCode: number, rest: Readonly<Record<string, unknown>> = {}): void {
    const { notation, print } = this.#options;
    print({ primitive, pointCode: pointCodeText(pointCode, notation), ...rest });
  }
}

const keyOf = (opc: number, dpc: number, si: number, data: Uint8Array): string =>
  `${opc} ${dpc} ${si} ${Buffer.from(data).toString('latin1')}`;
