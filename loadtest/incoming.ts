/** One message from the engine, read by offsets: M3UA DATA, a UDT or XUDT in one piece, and the transaction portion of TCAP. */
import { decodeData } from '../src/stack/m3ua/data.ts';
import { decodeMessage as decodeSccp, MESSAGE_TYPE } from '../src/stack/sccp/message.ts';
import { ComponentReader } from '../src/stack/tcap/component-reader.ts';
import type { Component } from '../src/stack/tcap/service.ts';
import { TransactionPortion } from '../src/stack/tcap/transaction-portion.ts';

/** Of SCCP management (ITU-T Q.713 §3.4.2.2). */
const SSN_MANAGEMENT = 1;

export class Incoming {
  readonly portion = new TransactionPortion();
  readonly #components = new ComponentReader();

  /** 'other': of no interest to us, SCCP's own say. */
  read(message: Uint8Array): 'tcap' | 'other' | 'unreadable' {
    const data = decodeData(message);
    if (!data.ok) return 'unreadable';
    const octets = userDataOf(data.data);
    if (octets === undefined) {
      const sccp = decodeSccp(data.data);
      return sccp.ok && sccp.value.called.ssn === SSN_MANAGEMENT ? 'other' : 'unreadable';
    }
    if (this.portion.read(octets)) return 'tcap';
    const sccp = decodeSccp(data.data);
    return sccp.ok && sccp.value.called.ssn === SSN_MANAGEMENT ? 'other' : 'unreadable';
  }

  /** The first component; null: there is none that is sound. */
  component(): Component | null {
    const { portion } = this;
    if (portion.componentOffset < 0) return null;
    const { octets, componentOffset, componentEnd } = portion;
    const first = this.#components.reset(octets, componentOffset, componentEnd).next();
    return first === null || first.kind === 'fault' ? null : first;
  }
}

/** Undefined: it is neither, or in several pieces. */
function userDataOf(sccp: Uint8Array): Uint8Array | undefined {
  const pointerAt = sccp[0] === MESSAGE_TYPE.UDT ? 4 : sccp[0] === MESSAGE_TYPE.XUDT ? 5 : -1;
  if (pointerAt < 0 || pointerAt >= sccp.length) return undefined;
  if (pointerAt === 5 && sccp[6] !== 0) {
    const whole = decodeSccp(sccp);
    if (!whole.ok || whole.value.segmentation !== undefined) return undefined;
  }
  const at = pointerAt + (sccp[pointerAt] as number);
  const end = at + 1 + (sccp[at] ?? 0);
  return at < sccp.length && end <= sccp.length ? sccp.subarray(at + 1, end) : undefined;
}
