/**
 * The SCTP port: what M3UA sees of an association (RFC 9260 §11), whichever adapter stands behind it: memory, TCP framed
 * by the M3UA length, or SCTP over UDP encapsulation (RFC 6951). Upcalls never happen inside a call of the same
 * association's methods: an adapter defers them.
 */

/** Payload protocol identifier of M3UA (RFC 4666 §7.1). */
export const PPID_M3UA = 3;
/** The registered port of M3UA (RFC 4666 §7.2). */
export const PORT_M3UA = 2905;

export interface SctpAssociation {
  /** Unique within its port, never reused. */
  readonly id: number;
  /** For people: `127.0.0.1:2905`. */
  readonly peer: string;
  /** Streams that this side may send on, ≥ 1; stream numbers are `0 … outboundStreams - 1`. 1 over TCP. */
  readonly outboundStreams: number;
  /**
   * Queues one message, ordered within `stream`. The octets are taken over at once: the caller may reuse the buffer.
   * Returns false when nothing was queued, because the send queue is at its bound or the association is not up;
   * `drained` follows when there is room again.
   */
  send(message: Uint8Array, stream: number, ppid: number): boolean;
  /** Octets that wait to be sent or acknowledged: for congestion levels and metrics. */
  readonly queuedOctets: number;
  /** More has come than was handed on so far: an adapter that cannot say so leaves it out. */
  readonly behind?: boolean;
  /** Graceful: SHUTDOWN after what is queued. */
  close(): void;
  /** At once: ABORT. */
  abort(): void;
  /** Stops and goes on reading from the peer (back-pressure). An adapter may deliver up to one window after `pause`. */
  pause(): void;
  resume(): void;
}

/** COMMUNICATION UP, DATA ARRIVE, RESTART, COMMUNICATION LOST / SHUTDOWN COMPLETE of RFC 9260 §11.2. */
export interface SctpUser {
  up(association: SctpAssociation): void;
  /**
   * One whole message. `message` is a view of the adapter's receive buffer, valid during the call only: copy what is
   * kept. Over TCP `stream` is 0 and `ppid` is that of M3UA.
   */
  message(association: SctpAssociation, message: Uint8Array, stream: number, ppid: number): void;
  /** There is room again after `send` returned false. */
  drained(association: SctpAssociation): void;
  /**
   * The peer restarted: the association lives on, but everything above it starts afresh (RFC 9260 §5.2.4). What was
   * queued and not yet acknowledged is dropped. TCP cannot tell a restart: there it is `down` of the old association
   * and `up` of a new one, and a user must take either.
   */
  restarted(association: SctpAssociation): void;
  /** The last upcall of an association, exactly once, also for one that never came up. */
  down(association: SctpAssociation, reason: SctpDownReason): void;
}

/**
 * Why an association ended: `shutdown` the peer closed it gracefully, `aborted` the peer ended it at once, `lost` the
 * peer no longer answers, `refused` the peer would not have it, `closed-by-us` after `close` or `abort` here.
 */
export type SctpDownReason = 'shutdown' | 'aborted' | 'lost' | 'refused' | 'closed-by-us';

export interface SctpListenOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Streams offered each way; default 16. */
  readonly streams?: number;
  /** Associations at most; further ones are refused and counted. Default 64. */
  readonly associationsMax?: number;
}

export interface SctpConnectOptions {
  readonly host: string;
  readonly port: number;
  readonly streams?: number;
  /** The address to connect from; a peer that knows us by address and port needs both. Default: the system's choice. */
  readonly localHost?: string;
  /** The port to connect from; default any free port. */
  readonly localPort?: number;
}

export interface SctpListener {
  /** The port in use, also when 0 was asked for. */
  readonly port: number;
  /** Takes no more associations; those that are up live on. */
  close(): Promise<void>;
}

export interface SctpPort {
  /** Rejects with an operating error (`CW_PORT_IN_USE` …) when the address cannot be had. */
  listen(options: SctpListenOptions, user: SctpUser): Promise<SctpListener>;
  /**
   * Starts one attempt. Either `user.up` follows, or `user.down` with 'refused' or 'lost': trying again is the
   * business of the caller, who has the policy.
   */
  connect(options: SctpConnectOptions, user: SctpUser): SctpAssociation;
  /** Ends every association (`down` with 'closed-by-us' follows) and listener. */
  close(): Promise<void>;
}
