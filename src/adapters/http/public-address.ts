/**
 * Which addresses a request may go to that others have a say in: those of the public internet. Without this an address that is
 * given to us could make us talk to what is behind our firewall.
 */
import type { LookupAddress, LookupAllOptions, LookupOneOptions, LookupOptions } from 'node:dns';
import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Special-purpose addresses that are not globally reachable (RFC 6890 §2.2.2, §2.2.3, and what was registered since). */
// biome-ignore format: a family a line
const NOT_PUBLIC = {
  ipv4: [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12],
         ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15],
         ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 3]],
  // Public are those of 2000::/3 alone, and of these not the ones that are for documents, for tunnels, or have an IPv4 address in them.
  ipv6: [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]],
} as const;

const blocked = new BlockList();
for (const [address, prefix] of NOT_PUBLIC.ipv4) blocked.addSubnet(address, prefix, 'ipv4');
for (const [address, prefix] of NOT_PUBLIC.ipv6) blocked.addSubnet(address, prefix, 'ipv6');
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');

export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !blocked.check(address, 'ipv4');
    case 6:
      return global6.check(address, 'ipv6') && !blocked.check(address, 'ipv6');
    default:
      return false;
  }
}

export const NOT_PUBLIC_CODE = 'ENOTPUBLIC';

type Found = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;
type Lookup = (
  host: string,
  options: LookupOptions,
  found: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

const systemAll: Lookup = (host, options, found) =>
  systemLookup(host, { ...options, all: true } as LookupAllOptions, found);

/**
 * Looks a host up, and gives of its addresses the public ones. The connection is made to what is given here, so that a name
 * cannot have another address when it is connected than it had when it was checked.
 */
export function publicLookup(lookup: Lookup = systemAll): LookupFunction {
  return (host: string, options: LookupOptions | LookupOneOptions, found: Found) => {
    lookup(host, options, (error, addresses) => {
      if (error !== null) return found(error, []);
      const allowed = addresses.filter(({ address }) => isPublicAddress(address));
      const [first] = allowed;
      if (first === undefined) {
        const refusal = new Error(`${host} has no public address`);
        return found(Object.assign(refusal, { code: NOT_PUBLIC_CODE }), []);
      }
      if (options.all === true) found(null, allowed);
      else found(null, first.address, first.family);
    });
  };
}
