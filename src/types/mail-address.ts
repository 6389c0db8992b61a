/** Addresses of e-mail: what can be written in an envelope and a header without quotes (RFC 5321 §4.1.2, RFC 6531 §3.3). */
import { domainToASCII } from 'node:url';

export interface MailAddress {
  /** local@domain, the domain in its ASCII form. */
  readonly text: string;
  readonly domain: string;
  /** The local part has other characters than ASCII: only where both ends speak SMTPUTF8 (RFC 6531 §3.2). */
  readonly needsSmtpUtf8: boolean;
}

/** RFC 5321 §4.5.3.1: octets. */
const LOCAL_MAX = 64;
const DOMAIN_MAX = 253;
const ADDRESS_MAX = 254;

const ATOM = String.raw`[\p{L}\p{M}\p{N}!#$%&'*+/=?^_\x60{|}~-]+`;
const LOCAL = new RegExp(String.raw`^${ATOM}(?:\.${ATOM})*$`, 'u');
const DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;
const LABELS = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Undefined: it is none, or one that is not used here: with a quoted local part, or an address literal. */
export function readMailAddress(text: string): MailAddress | undefined {
  if (text.length > ADDRESS_MAX) return undefined;
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0)).normalize('NFC');
  const written = text.slice(at + 1);
  if (!LOCAL.test(local) || !DOMAIN.test(written)) return undefined;
  const domain = domainToASCII(written);
  if (!LABELS.test(domain) || /(?:^|\.)\d+$/.test(domain)) return undefined;
  const address = `${local}@${domain}`;
  if (Buffer.byteLength(local) > LOCAL_MAX || domain.length > DOMAIN_MAX) return undefined;
  if (Buffer.byteLength(address) > ADDRESS_MAX) return undefined;
  return { text: address, domain, needsSmtpUtf8: /[^\x20-\x7e]/.test(local) };
}
