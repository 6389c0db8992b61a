import { InvalidArgumentError } from 'commander';
import type { HostAndPort } from '../simulator/host-and-port.ts';

export type { HostAndPort };

/** `127.0.0.1:2905`, `[::1]:0`, for commander. */
export function hostAndPort(text: string): HostAndPort {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:\s]+)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  const host = match?.[1] ?? match?.[2];
  if (host === undefined || !(port <= 65_535))
    throw new InvalidArgumentError('An address and a port, 0 for any that is free: 127.0.0.1:2905.');
  return { host, port };
}
