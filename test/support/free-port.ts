import { type AddressInfo, createServer } from 'node:net';

/** A TCP port of loopback that nobody has now: for tests that listen on the same port twice. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
