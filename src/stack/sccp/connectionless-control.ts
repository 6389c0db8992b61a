/**
 * SCCP connectionless control, SCLC (ITU-T Q.714 §4): makes messages out of what a user sends and of what is passed on,
 * cuts them into segments, and makes those that return what did not arrive.
 */

import type { Counters } from '../../types/counters.ts';
import type { Mutable } from '../../types/mutable.ts';
import type { PointCodeBits } from './address.ts';
import type { Destination, Destinations } from './destinations.ts';
import { type DataMessage, type SccpMessage, type ServiceMessage, writeMessage } from './message.ts';
import { RETURN_CAUSE, type ReturnCauseName } from './return-causes.ts';
import { carriage, type NoCarriage } from './segmentation.ts';
import type { SccpAddress, Unitdata } from './service.ts';
import { IMPORTANCE_MAX, importanceOf } from './traffic-limitation.ts';

export interface ConnectionlessOptions {
  readonly counters: Counters;
  readonly destinations: Destinations;
  readonly pointCodeBits: PointCodeBits;
  readonly hopCounter: number;
  /** First segmentation local reference; 24 bits of it are used. */
  readonly localReference: number;
  /** MTP-TRANSFER.request to a node; the octets may be used again after the call. */
  readonly transfer: (pointCode: number, sls: number, importance: number, octets: Uint8Array) => boolean;
}

/** Room for an LUDT with the most data that there may be, and the longest addresses. */
const SCRATCH_OCTETS = 4096 + 1024;

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
export type SendOutcome = 'sent' | 'not-transferred' | NoCarriage | 'error-in-local-processing';

/** What all messages that are made of one have alike. */
type Common = Pick<DataMessage, 'called' | 'calling' | 'returnOption' | 'importance' | 'other'> & {
  readonly protocolClass: number;
  readonly hopCounter: number;
};

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
    const { data, calling, returnOption, importance } = request;
    const common: Mutable<Common> = {
      called,
      calling,
      returnOption,
      protocolClass: request.sequenceControl === undefined ? 0 : 1,
      hopCounter: this.#options.hopCounter,
    };
    if (importance !== undefined) common.importance = Math.min(importance, IMPORTANCE_MAX);
    return this.#carry(common, data, false, undefined, pointCode, sls, importanceOf(request));
  }

  /**
   * Passes a data message on, as another kind of message where the way ahead asks for that (message change, ITU-T Q.714 §4.1.2). A UDT
   * that goes on from translator to translator becomes an XUDT: without a hop counter two tables that lead to each other would send it
   * to and fro for ever.
   */
  relay(message: DataMessage, toTranslator: boolean, pointCode: number, sls: number): SendOutcome {
    const { segmentation, kind } = message;
    // One that is a segment already goes on as it is.
    if (isPart(message)) return this.put(message, pointCode, sls);
    const common: Common = { ...message, hopCounter: message.hopCounter ?? this.#options.hopCounter };
    const extended = kind !== 'UDT' || toTranslator;
    const { localReference } = segmentation ?? {};
    return this.#carry(common, message.data, extended, localReference, pointCode, sls, importanceOf(message));
  }

  /** Whether a message that goes on to a translator there is ended by a hop counter, or has met none yet and comes from elsewhere. */
  keepsHops(message: DataMessage | ServiceMessage, pointCode: number, opc: number): boolean {
    if (this.#options.destinations.of(pointCode).messages !== 'udt') return true;
    // A segment goes on as it is, with its hop counter.
    return message.hopCounter === undefined ? pointCode !== opc : isPart(message);
  }

  /** Passes a service message on; what does not fit is cut off: the beginning says what came back. */
  relayService(message: ServiceMessage, toTranslator: boolean, pointCode: number, sls: number): SendOutcome {
    const { kind, called, calling, data, importance, other } = message;
    if (isPart(message)) return this.put(message, pointCode, sls);
    const extended = kind !== 'UDTS' || toTranslator;
    const what = { called, calling, dataLength: data.length, importance, other, extended };
    const how = carriage(what, this.#options.destinations.of(pointCode), this.#options.pointCodeBits);
    const hopCounter = message.hopCounter ?? this.#options.hopCounter;
    if (typeof how === 'string') return how;
    if (how.kind === 'UDT') return this.put({ ...plain(message), kind: 'UDTS' }, pointCode, sls);
    if (how.kind === 'XUDT') return this.put({ ...message, kind: 'XUDTS', hopCounter }, pointCode, sls);
    if (how.kind === 'LUDT') return this.put({ ...message, kind: 'LUDTS', hopCounter }, pointCode, sls);
    // The beginning of what is cut off is no segment: nothing follows it.
    const { segmentation: _whole, ...rest } = message;
    this.#options.counters.count('sccp.service-shortened');
    return this.put(
      { ...rest, kind: 'XUDTS', hopCounter, data: data.subarray(0, how.segmentOctets) },
      pointCode,
      sls,
    );
  }

  /** Encodes a message and hands it to MTP. */
  put(message: SccpMessage, pointCode: number, sls: number, importance = importanceOf(message)): SendOutcome {
    const length = writeMessage(this.#scratch, message, this.#options.pointCodeBits);
    // Addresses that a translation made too long for their message.
    if (length === 0) return 'error-in-local-processing';
    if (!this.#options.transfer(pointCode, sls, importance, this.#scratch.subarray(0, length)))
      return 'not-transferred';
    this.#options.counters.count(SENT[message.kind]);
    return 'sent';
  }

  /** The service message that returns one that did not arrive (ITU-T Q.714 §4.2): of its kind, as that found its way here. */
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

  /** Sends data in the kind of message that carries it there. */
  #carry(
    common: Common,
    data: Uint8Array,
    extended: boolean,
    localReference: number | undefined,
    pointCode: number,
    sls: number,
    weight: number,
  ): SendOutcome {
    const destination: Destination = this.#options.destinations.of(pointCode);
    const { called, calling, returnOption, protocolClass, importance, other } = common;
    const how = carriage(
      { called, calling, importance, other, dataLength: data.length, extended },
      destination,
      this.#options.pointCodeBits,
    );
    if (typeof how === 'string') return how;
    if (how.kind === 'UDT') {
      const message = { kind: 'UDT', protocolClass, returnOption, called, calling, data } as const;
      return this.put(message, pointCode, sls, weight);
    }
    if (how.kind === 'XUDT') return this.put(dataMessage('XUDT', common, data), pointCode, sls, weight);
    const originalClass = protocolClass === 0 ? 0 : 1;
    const reference = localReference ?? this.#nextReference();
    if (how.kind === 'LUDT') {
      // With a reference of its origin, so that a node on the way can cut it where it must (ITU-T Q.714 §4.1.1.1.2).
      const segmentation = { first: true, originalClass, remaining: 0, localReference: reference } as const;
      return this.put({ ...dataMessage('LUDT', common, data), segmentation }, pointCode, sls, weight);
    }
    for (let index = 0; index < how.count; index++) {
      const part = data.subarray(index * how.segmentOctets, (index + 1) * how.segmentOctets);
      const segment: DataMessage = {
        ...dataMessage('XUDT', common, part),
        // Segments must arrive in order, whatever the class of the whole (ITU-T Q.714 §4.1.1.1.2).
        protocolClass: 1,
        // The first segment alone asks to be returned: one notice for one message.
        returnOption: returnOption && index === 0,
        segmentation: {
          first: index === 0,
          originalClass,
          remaining: how.count - 1 - index,
          localReference: reference,
        },
      };
      const outcome = this.put(segment, pointCode, sls, weight);
      if (outcome !== 'sent') return outcome;
    }
    return 'sent';
  }

  #nextReference(): number {
    this.#localReference = (this.#localReference + 1) & 0xffffff;
    return this.#localReference;
  }
}

/** A plain literal, filled in afterwards: every message goes through here, and merging objects is dear. */
function dataMessage(kind: 'XUDT' | 'LUDT', common: Common, data: Uint8Array): DataMessage {
  const { called, calling, returnOption, protocolClass, hopCounter, importance, other } = common;
  const message: Mutable<DataMessage> = {
    kind,
    protocolClass,
    returnOption,
    called,
    calling,
    data,
    hopCounter,
  };
  if (importance !== undefined) message.importance = importance;
  if (other !== undefined) message.other = other;
  return message;
}

/** Whether it has a segment of a message, and not a whole one. */
function isPart({ segmentation }: SccpMessage): boolean {
  return segmentation !== undefined && !(segmentation.first && segmentation.remaining === 0);
}

/** What of a service message a UDTS has. */
function plain({ returnCause, called, calling, data }: ServiceMessage) {
  return { returnCause, called, calling, data };
}
