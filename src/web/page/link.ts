import { decodeFrame, type LiveFrame } from './frames.ts';

export type LinkState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** The socket ended; the next attempt is at `retryAt`, in ms of `performance.now()`. */
  | { readonly kind: 'broken'; readonly retryAt: number }
  /** The server said no, and why. */
  | { readonly kind: 'denied'; readonly reason: string; readonly retryAt: number };

const RETRY_FIRST_MS = 500;
const RETRY_MAX_MS = 10_000;
/** Silence of a socket that still seems open: it is given up for a new one. */
const SILENCE_MAX_MS = 20_000;

/** The WebSocket to the server, opened again for as long as the page is open. */
export class Link {
  readonly #frame: (frame: LiveFrame) => void;
  readonly #changed: () => void;
  readonly #known: () => string;
  #socket: WebSocket | undefined;
  #failures = 0;
  #lastFrameAt = 0;
  state: LinkState = { kind: 'connecting' };

  /** @param known what the page has already, so that it gets only what it lacks: a query, or '' */
  constructor(frame: (frame: LiveFrame) => void, changed: () => void, known: () => string) {
    this.#frame = frame;
    this.#changed = changed;
    this.#known = known;
    setInterval(() => {
      if (this.state.kind === 'live' && performance.now() - this.#lastFrameAt > SILENCE_MAX_MS)
        this.#socket?.close();
    }, 5000);
  }

  open(): void {
    const url = new URL('live', location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    url.search = this.#known();
    url.hash = '';
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    let opened = false;
    socket.addEventListener('open', () => {
      opened = true;
      this.#lastFrameAt = performance.now();
    });
    socket.addEventListener('message', ({ data }) => {
      const frame = data instanceof ArrayBuffer ? decodeFrame(new Uint8Array(data)) : undefined;
      if (frame === undefined) return;
      this.#lastFrameAt = performance.now();
      this.#failures = 0;
      if (this.state.kind !== 'live') this.#set({ kind: 'live' });
      this.#frame(frame);
    });
    socket.addEventListener('close', () => void this.#ended(opened));
  }

  async #ended(wasOpen: boolean): Promise<void> {
    const waitMs = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** Math.min(this.#failures, 10));
    this.#failures++;
    // Not all browsers at the same moment.
    const retryAt = performance.now() + waitMs * (0.75 + Math.random() / 2);
    this.#set({ kind: 'broken', retryAt });
    setTimeout(() => this.open(), Math.max(0, retryAt - performance.now()));
    if (wasOpen) return;
    const reason = await refusal();
    const { state } = this;
    if (reason !== undefined && (state.kind === 'broken' || state.kind === 'denied'))
      this.#set({ kind: 'denied', reason, retryAt });
  }

  #set(state: LinkState): void {
    this.state = state;
    this.#changed();
  }
}

/** A browser hides why a WebSocket was refused; the same door, asked as a page, says it. */
async function refusal(): Promise<string | undefined> {
  try {
    const response = await fetch('live', { cache: 'no-store' });
    if (response.status === 426 || response.ok) return undefined;
    return (await response.text()).trim().slice(0, 200);
  } catch {
    return undefined;
  }
}
