/** What is used of npm `sctp` 1.0.0, which brings no types of its own. */

declare module 'sctp' {
  const sctp: {
    defaults(parameters: Readonly<Record<string, number>>): Record<string, number>;
  };
  export default sctp;
}

declare module 'sctp/lib/serial.js' {
  export default class SerialNumber {
    constructor(value: number);
    number: number;
    inc(by: number): this;
  }
}

declare module 'sctp/lib/association.js' {
  import type { EventEmitter } from 'node:events';
  import type SerialNumber from 'sctp/lib/serial.js';

  export interface DataFlags {
    readonly B: unknown;
    readonly E: unknown;
    readonly U: unknown;
    readonly I: unknown;
  }

  /** A DATA chunk received, as the association takes it. */
  export interface DataChunk {
    readonly chunkType: 'data';
    readonly flags: DataFlags;
    readonly tsn: number;
    readonly stream_id: number;
    readonly ssn: number;
    readonly ppid: number;
    readonly user_data: Buffer;
    readonly last_in_packet: boolean;
  }

  export interface Sack {
    readonly a_rwnd: number;
    readonly c_tsn_ack: number;
    readonly sack_info?: {
      readonly gap_blocks: readonly { readonly start: number; readonly finish: number }[];
      readonly duplicate_tsn: readonly number[];
    };
  }

  /** What is taken over from the library's class; it is extended, never used alone. */
  export default class Association extends EventEmitter {
    constructor(
      endpoint: {
        readonly localPort: number;
        readonly a_rwnd: number;
        readonly associations_lookup: Record<string, unknown>;
        readonly associations: unknown[];
      },
      options: { my_tag: number; remotePort: number; OS: number; MIS: number },
    );
    state: string;
    OS: number;
    peer_rwnd: number;
    flightsize: number;
    cwnd: number;
    ssthresh: number;
    PMTU: number;
    RTO: number;
    rto_initial: number;
    rto_min: number;
    rto_max: number;
    sack_timeout: number;
    fastRecovery: boolean;
    rtoPending: false | { tsn: SerialNumber; sent: Date };
    my_next_tsn: SerialNumber;
    c_tsn_ack: SerialNumber | undefined;
    sent: Record<string, unknown>;
    queue: unknown[];
    readonly reassembly: {
      rwnd: number;
      have_gaps?: boolean;
      duplicates: number[];
      peer_ssn: number[];
      peer_c_tsn: SerialNumber;
      peer_max_tsn: SerialNumber;
      peer_min_tsn: SerialNumber;
    };
    onData(chunk: DataChunk): void;
    onSack(sack: Sack): void;
    SEND(
      message: Buffer,
      options: { stream_id: number; ppid: number; unordered?: boolean },
      callback: (error?: Error) => void,
    ): boolean;
    _updatePeer(init: {
      inbound_streams: number;
      initiate_tag: number;
      a_rwnd: number;
      initial_tsn: number;
    }): void;
    _down(): void;
    _sack(): void;
    scheduleSack(): void;
    _startT3(): void;
    _expireT3(): void;
    _retransmit(): void;
    _fastRetransmit(): boolean | undefined;
    _deliver(message: Buffer, stream: number, ppid: number): void;
    _sendChunk(type: string, options: unknown, destination?: unknown, callback?: unknown): void;
    _bundle(): void;
  }
}
