/** What texts of a profile may be, beyond the rules that the configuration has too. */
import { language, timeZone } from '../config/rules.ts';

/** RFC 5321 §4.5.3.1: 64 octets before the sign, 254 in all. No quoted local parts, no address literals. */
export function isMailAddress(text: string): boolean {
  const match = /^([^\s@"(),:;<>[\\\]]{1,64})@([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)$/.exec(text);
  return match !== null && Buffer.byteLength(text) <= 254 && /^[^.]+(\.[^.]+)+$/.test(match[2]!);
}

/** W3C Push API §8: the resource is reached over HTTPS. */
export function isPushEndpoint(text: string): boolean {
  return text.length <= 2_048 && /^https:\/\/[^\s/]/.test(text) && URL.canParse(text);
}

/** The octets of base64url without padding (RFC 4648 §5); undefined when it is none. */
export function octetsOf(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined;
  const octets = Buffer.from(text, 'base64url');
  return octets.toString('base64url') === text ? new Uint8Array(octets) : undefined;
}

export function octetsText(octets: Uint8Array): string {
  return Buffer.from(octets).toString('base64url');
}

export function canonicalLanguage(text: string): string | undefined {
  return language.holds(text) ? Intl.getCanonicalLocales(text)[0] : undefined;
}

export function canonicalTimeZone(text: string): string | undefined {
  if (!timeZone.holds(text)) return undefined;
  return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
const UNFIT = /[\x00-\x1f\x7f-\x9f\u2028\u2029]|\p{Surrogate}/u;

/** One line that a person reads. */
export function isPlainLine(text: string): boolean {
  return text !== '' && !UNFIT.test(text);
}
