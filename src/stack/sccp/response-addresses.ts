/** The addresses of an answer to a message, from those that it came with. */
import type { SccpAddress, Unitdata } from './service.ts';

export interface LocalIdentity {
  readonly ssn: number;
  readonly pointCode?: number;
  /** Our own address, when answers shall not carry the one that we were called by. */
  readonly address?: SccpAddress;
}

/**
 * Called and calling address of an answer. The peer is called by the address that it gave; we call ourselves by the
 * address that it used, with our own SSN, so that its next message comes back here (ITU-T Q.714 §2.7). Where it routed
 * on SSN, our point code says where we are.
 */
export function responseAddresses(
  received: Pick<Unitdata, 'called' | 'calling'>,
  local: LocalIdentity,
): { readonly called: SccpAddress; readonly calling: SccpAddress } {
  const { called, calling } = received;
  if (local.address !== undefined) return { called: calling, calling: local.address };
  const { globalTitle } = called;
  const title = globalTitle === undefined ? {} : { globalTitle };
  if (called.routing === 'gt')
    return { called: calling, calling: { routing: 'gt', ssn: local.ssn, ...title } };
  return {
    called: calling,
    calling: {
      routing: 'ssn',
      ...(local.pointCode === undefined ? {} : { pointCode: local.pointCode }),
      ssn: local.ssn,
      ...title,
    },
  };
}
