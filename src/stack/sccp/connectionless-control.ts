/**
 * SCCP connectionless control, SCLC (ITU-T Q.714 §4): makes messages out of what a user sends, and back; segments,
 * reassembles, and returns what did not arrive.
 */
import type { Counters } from '../../types/counters.ts';
import { type DataMessage, type SccpMessage, type ServiceMessage, writeMessage } from './message.ts';
import { RETURN_CAUSE, type ReturnCauseName } from './return-causes.ts';
import { carriage } from './segmentation.ts';
import type { SccpAddress, Unitdata } from './service.ts';

export interface ConnectionlessOptions {
  readonly counters: Counters;
  readonly messageOctetsMax: number;
  readonly hopCounter: number;
  /** First segmentation local reference; 24 bits of it are used. */
  readonly localReference: number;
  /** MTP-TRANSFER.request to a node; the octets may be used again after the call. */
  readonly transfer: (pointCode: number, sls: number, octets: Uint8Array) => boolean;
}

const SCRATCH_OCTETS = 4096 + 256;

const SENT = {
  UDT: 'sccp.udt.sent',
  UDTS: 'sccp.udts.sent',
  XUDT: 'sccp.xudt.sent',
  XUDTS: 'sccp.xudts.sent',
  LUDT: 'sccp.ludt.sent',
  LUDTS: 'sccp.ludts.sent',
} as const;

const SERVICE_KIND = { UDT: 'UDTS', XUDT: 'XUDTS', LUDT: 'LUDTS' } as const;

/** What became of a message: sent, or why not. */
export type SendOutcome = 'sent' | 'not-transferred' | 'segmentation-failure' | 'unqualified';

export class ConnectionlessControl {
  readonly #options: ConnectionlessOptions;
  readonly #scratch = new Uint8Array(SCRATCH_OCTETS);
  #localReference: number;

  constructor(options: ConnectionlessOptions) {
    this.#options = options;
    this.#localReference = options.localReference & 0xffffff;
  }

  /** Sends a user's data to a node, whole or in segments; all segments on one SLS. */
  send(request: Unitdata, called: SccpAddress, pointCode: number, sls: number): SendOutcome {
    const { data, calling, importance } = request;
    const how = carriage(
      called,
      calling,
      data.length,
      this.#options.messageOctetsMax,
      importance !== undefined,
    );
    if (how === undefined) return 'segmentation-failure';
    const protocolClass = request.sequenceControl === undefined ? 0 : 1;
    const { returnOption } = request;
    if (how.kind === 'UDT')
      return this.put({ kind: 'UDT', protocolClass, returnOption, called, calling, data }, pointCode, sls);
    const extended = {
      called,
      calling,
      returnOption,
      hopCounter: this.#options.hopCounter,
      ...(importance === undefined ? {} : { importance }),
    };
    if (how.kind === 'XUDT')
      return this.put({ kind: 'XUDT', protocolClass, ...extended, data }, pointCode, sls);
    this.#localReference = (this.#localReference + 1) & 0xffffff;
    for (let index = 0; index < how.count; index++) {
      const outcome = this.put(
        {
          kind: 'XUDT',
          // Segments must arrive in order, whatever the class of the whole (ITU-T Q.714 §4.1.1.2.2).
          protocolClass: 1,
          ...extended,
          // The first segment alone is asked for: one notice for one message.
          returnOption: returnOption && index === 0,
          segmentation: {
            first: index === 0,
            originalClass: protocolClass,
            remaining: how.count - 1 - index,
            localReference: this.#localReference,
          },
          data: data.subarray(index * how.segmentOctets, (index + 1) * how.segmentOctets),
        },
        pointCode,
        sls,
      );
      if (outcome !== 'sent') return outcome;
    }
    return 'sent';
  }

  /** Encodes a message and hands it to MTP. */
  put(message: SccpMessage, pointCode: number, sls: number): SendOutcome {
    const length = writeMessage(this.#scratch, message);
    if (length === 0) return 'unqualified';
    if (!this.#options.transfer(pointCode, sls, this.#scratch.subarray(0, length))) return 'not-transferred';
    this.#options.counters.count(SENT[message.kind]);
    return 'sent';
  }

  /** The service message that returns one that did not arrive (ITU-T Q.714 §4.2). */
  returned(message: DataMessage, cause: ReturnCauseName): ServiceMessage {
    const { segmentation, importance } = message;
    return {
      kind: SERVICE_KIND[message.kind],
      returnCause: RETURN_CAUSE[cause],
      called: message.calling,
      calling: message.called,
      data: message.data,
      ...(message.kind === 'UDT' ? {} : { hopCounter: this.#options.hopCounter }),
      ...(segmentation === undefined ? {} : { segmentation }),
      ...(importance === undefined ? {} : { importance }),
    };
  }
}
