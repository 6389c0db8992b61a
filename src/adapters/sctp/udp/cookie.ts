/**
 * The State Cookie (RFC 9260 §5.1.3): what an INIT asked for, given back to who asked and kept nowhere here, so that a
 * flood of INITs costs no memory. It is bound to the address and ports it was sent to.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Init } from '../../../stack/sctp/chunk.ts';

const MAC_OCTETS = 32;
const BODY_OCTETS = 36;
/** Valid.Cookie.Life (RFC 9260 §16). */
const LIFE_MS = 60_000;

export interface Cookie {
  /** Our verification tag, and our initial TSN. */
  readonly ownTag: number;
  /** What the peer's INIT said. */
  readonly peer: Init;
  /** Both tags of the association that was there when the INIT came, else 0 (RFC 9260 §5.2.2). */
  readonly ownTieTag: number;
  readonly peerTieTag: number;
}

export class CookieJar {
  readonly #key = randomBytes(32);
  readonly #now: () => number;

  /** @param now monotonic milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** `path` names the address and ports that it is for. */
  seal(cookie: Cookie, path: string): Buffer {
    const octets = Buffer.alloc(MAC_OCTETS + BODY_OCTETS);
    const body = octets.subarray(MAC_OCTETS);
    body.writeDoubleBE(this.#now(), 0);
    body.writeUInt32BE(cookie.ownTag, 8);
    body.writeUInt32BE(cookie.ownTieTag, 12);
    body.writeUInt32BE(cookie.peerTieTag, 16);
    body.writeUInt32BE(cookie.peer.initiateTag, 20);
    body.writeUInt32BE(cookie.peer.advertisedWindow, 24);
    body.writeUInt16BE(cookie.peer.outboundStreams, 28);
    body.writeUInt16BE(cookie.peer.inboundStreams, 30);
    body.writeUInt32BE(cookie.peer.initialTsn, 32);
    octets.set(this.#mac(body, path));
    return octets;
  }

  /** undefined: not ours. A stale one comes back with how many milliseconds late it is. */
  open(octets: Buffer, path: string): { readonly cookie: Cookie; readonly lateMs: number } | undefined {
    if (octets.length !== MAC_OCTETS + BODY_OCTETS) return undefined;
    const body = octets.subarray(MAC_OCTETS);
    if (!timingSafeEqual(this.#mac(body, path), octets.subarray(0, MAC_OCTETS))) return undefined;
    return {
      cookie: {
        ownTag: body.readUInt32BE(8),
        ownTieTag: body.readUInt32BE(12),
        peerTieTag: body.readUInt32BE(16),
        peer: {
          initiateTag: body.readUInt32BE(20),
          advertisedWindow: body.readUInt32BE(24),
          outboundStreams: body.readUInt16BE(28),
          inboundStreams: body.readUInt16BE(30),
          initialTsn: body.readUInt32BE(32),
        },
      },
      lateMs: Math.max(0, this.#now() - body.readDoubleBE(0) - LIFE_MS),
    };
  }

  #mac(body: Buffer, path: string): Buffer {
    return createHmac('sha256', this.#key).update(body).update(path).digest();
  }
}
