import { createServer } from 'node:net';
import { OperatingError } from '../../types/operating-error.ts';

/** What to tell the operator when the web server cannot have its address: names the setting to change. */
export function listenError(host: string, port: number, cause: unknown): OperatingError {
  const reason = (cause as NodeJS.ErrnoException | undefined)?.code;
  const context = { host, port, setting: 'web.port' };
  if (reason === 'EACCES')
    return new OperatingError(
      'CW_PORT_DENIED',
      `this user may not listen on port ${port}: set web.port to 1024 or above`,
      context,
      cause,
    );
  if (reason === 'EADDRNOTAVAIL' || reason === 'ENOTFOUND')
    return new OperatingError(
      'CW_ADDRESS_NOT_HERE',
      `${host} is no address of this machine: set web.host to one that is, 127.0.0.1 for this machine alone`,
      { host, port, setting: 'web.host' },
      cause,
    );
  return new OperatingError(
    'CW_PORT_IN_USE',
    `port ${port} on ${host} is in use: set web.port to another one, or to 0 for any that is free`,
    context,
    cause,
  );
}

/** Why an address cannot be had, for a library that does not say. Undefined when it can be had after all. */
export function probeAddress(host: string, port: number): Promise<unknown> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', resolve);
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });
}
