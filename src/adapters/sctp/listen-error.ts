import { OperatingError } from '../../types/operating-error.ts';

/** What kept a socket from its address, as an operating error that says which setting to change. */
export function listenError(error: Error, host: string, port: number): OperatingError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const context = { host, port, system: code };
  switch (code) {
    case 'EADDRINUSE':
      return new OperatingError(
        'CW_PORT_IN_USE',
        `${host}:${port} is in use by another program: set another port for this link, or 0 for any free one`,
        context,
        error,
      );
    case 'EACCES':
      return new OperatingError(
        'CW_PORT_DENIED',
        `${host}:${port} needs privileges that this process has not: set a port above 1023`,
        context,
        error,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new OperatingError(
        'CW_ADDRESS_NOT_HERE',
        `${host} is no address of this machine: set the host of this link to one that is`,
        context,
        error,
      );
    default:
      return new OperatingError(
        'CW_LISTEN_FAILED',
        `cannot listen on ${host}:${port}: ${error.message}`,
        context,
        error,
      );
  }
}
