/** The connections below SMPP: TCP or TLS in the adapter, a queue in the simulation. */

export interface SmppConnection {
  /** False: it is gone. */
  send(octets: Uint8Array): boolean;
  /** Octets that were sent and wait. */
  readonly queuedOctets: number;
  /** Ends it, behind what was sent. */
  close(): void;
}

/** What a connection has for whom it belongs to; `SmppSession` is one. */
export interface SmppReceiver {
  received(octets: Uint8Array): void;
  /** What waited was taken. */
  drained(): void;
  /** Once, and nothing after it. */
  disconnected(): void;
}

export interface SmppPeer {
  readonly host: string;
  readonly port: number;
  /** With TLS; the peer's certificate is verified unless it says otherwise. */
  readonly tls: boolean;
}

export interface SmppPortUser {
  /** The connection stands. */
  up(connection: SmppConnection): SmppReceiver;
  /** It could not be made; `up` was not called. */
  failed(code: string): void;
}

export interface SmppPort {
  /** Calls a peer; neither callback comes from within. Returns what gives it up: then none comes any more. */
  connect(peer: SmppPeer, user: SmppPortUser): () => void;
}
