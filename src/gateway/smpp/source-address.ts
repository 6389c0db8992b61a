/** source_addr of a message (SMPP 5.0 §4.7.29, §4.7.1, §4.7.2): the operator's, or the caller's (N4). */
import { isShortNumber } from '../../types/short-number.ts';
import type { SmscConfig } from './smsc-client.ts';

const INTERNATIONAL = 1;
/** Short numbers are sent as they are dialled. */
const UNKNOWN = 0;
const ISDN = 1;

export function sourceOf({ source }: Pick<SmscConfig, 'source'>, originator: string | undefined) {
  if (originator === undefined)
    return { sourceAddrTon: source.ton, sourceAddrNpi: source.npi, sourceAddr: source.address };
  const ton = isShortNumber(originator) ? UNKNOWN : INTERNATIONAL;
  return { sourceAddrTon: ton, sourceAddrNpi: ISDN, sourceAddr: originator };
}
