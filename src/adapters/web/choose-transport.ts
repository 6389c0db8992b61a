import type { Log } from '../../types/log.ts';
import { createNodeTransport } from './node-transport.ts';
import type { WebHandlers, WebTransport } from './transport.ts';
import { createUwsTransport, loadUws } from './uws-transport.ts';

/** uWebSockets.js where its binary loads, unless something else is wished for. Main thread only. */
export async function chooseTransport(
  wish: 'automatic' | 'uws' | 'node',
  log: Log,
  handlers: WebHandlers,
): Promise<{ transport: WebTransport; name: 'uws' | 'node' }> {
  if (wish !== 'node') {
    const library = await loadUws();
    if (!(library instanceof Error)) return { transport: createUwsTransport(library, handlers), name: 'uws' };
    if (wish === 'uws') throw library;
    log.info('web-transport-fallback', { using: 'node:http with ws', because: library.message });
  }
  return { transport: createNodeTransport(handlers), name: 'node' };
}
