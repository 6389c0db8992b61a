/** What a browser may do with the pages, and who may ask for them. */

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const SECURITY_HEADERS: readonly (readonly [string, string])[] = [
  ['Content-Security-Policy', CONTENT_SECURITY_POLICY],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
];

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/**
 * The names that this server answers to; undefined: any. On loopback only loopback's own, so that a foreign page cannot
 * reach it through a name that was made to point here (DNS rebinding).
 */
export function allowedHosts(
  listenHost: string,
  configured: readonly string[] | undefined,
): ReadonlySet<string> | undefined {
  if (configured !== undefined) return new Set(configured.map((host) => host.toLowerCase()));
  return isLoopback(listenHost) ? new Set([...LOOPBACK, listenHost.toLowerCase()]) : undefined;
}

/** `[::1]:8080` → `[::1]`. */
export function hostName(hostHeader: string): string {
  return hostHeader.toLowerCase().replace(/:\d+$/, '');
}

/** A browser says from which page a WebSocket is opened: only ours may. A client that is no browser says nothing. */
export function originAllowed(origin: string, hostHeader: string, further: readonly string[]): boolean {
  if (origin === '' || further.includes(origin)) return true;
  const match = /^https?:\/\/([^/]+)$/.exec(origin.toLowerCase());
  return match !== null && match[1] === hostHeader.toLowerCase();
}
