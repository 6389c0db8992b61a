/**
 * What an M3UA endpoint does, as primitives of RFC 4666 §1.6 and ITU-T Q.704, a JSON object each: state changes become
 * `M-ASP_UP.cnf`, `M-AS_ACTIVE.ind` and the like.
 */
import type { MtpTransfer } from '../../stack/m3ua/mtp.ts';
import type { M3uaStateChange } from '../../stack/m3ua/snapshot.ts';
import { type PointCodeNotation, pointCodeText } from '../../types/point-code.ts';

export type Primitive = Readonly<Record<string, unknown>> & { readonly primitive: string };

/** @param side of an ASP, whose requests are confirmed, or of an SGP, which is indicated those of others */
export function stateChangePrimitive(change: M3uaStateChange, side: 'asp' | 'sgp'): Primitive {
  const { kind, name, applicationServer, from, to } = change;
  switch (kind) {
    case 'association':
      return { primitive: associationPrimitive(from, to), association: name, from, to };
    case 'asp':
      return { primitive: aspPrimitive(from, to, side), association: name, from, to };
    case 'traffic':
      return {
        primitive: trafficPrimitive(from, to, side),
        association: name,
        as: applicationServer,
        from,
        to,
      };
    case 'as':
      return { primitive: asPrimitive(to), as: name, from, to };
  }
}

function associationPrimitive(from: string, to: string): string {
  if (to === 'UP') return from === 'CONNECTING' ? 'M-SCTP_ESTABLISH.cnf' : 'M-SCTP_ESTABLISH.ind';
  return from === 'UP' || from === 'CLOSING' ? 'M-SCTP_RELEASE.ind' : 'M-SCTP_STATUS.ind';
}

function aspPrimitive(from: string, to: string, side: 'asp' | 'sgp'): string {
  // What was asked for is confirmed, what the other side did is indicated.
  const asked = side === 'asp' && !from.startsWith('remote ') && from.endsWith('-SENT');
  const kind = asked ? 'cnf' : 'ind';
  const state = to.replace('remote ', '');
  if (state === 'ASP-UP' || state === 'ASP-INACTIVE') return `M-ASP_UP.${kind}`;
  if (state === 'ASP-DOWN' && (kind === 'ind' || from === 'ASP-DOWN-SENT')) return `M-ASP_DOWN.${kind}`;
  return 'M-ASP_STATUS.ind';
}

function trafficPrimitive(from: string, to: string, side: 'asp' | 'sgp'): string {
  const asked = side === 'asp' && from.endsWith('-SENT');
  if (to === 'ASP-ACTIVE') return `M-ASP_ACTIVE.${asked ? 'cnf' : 'ind'}`;
  if (to === 'ASP-INACTIVE' && from === 'ASP-INACTIVE-SENT') return 'M-ASP_INACTIVE.cnf';
  if (to === 'ASP-INACTIVE' && from === 'ASP-ACTIVE') return 'M-ASP_INACTIVE.ind';
  return 'M-ASP_STATUS.ind';
}

function asPrimitive(to: string): string {
  if (to === 'AS-ACTIVE' || to === 'AS-INACTIVE' || to === 'AS-DOWN') return `M-${to.replace('-', '_')}.ind`;
  return 'M-AS_STATUS.ind';
}

/** MTP-TRANSFER, with its data in hexadecimal. */
export function transferPrimitive(
  primitive: 'MTP-TRANSFER.req' | 'MTP-TRANSFER.ind',
  transfer: MtpTransfer,
  notation: PointCodeNotation,
): Primitive {
  const { opc, dpc, si, ni, mp, sls, data } = transfer;
  return {
    primitive,
    opc: pointCodeText(opc, notation),
    dpc: pointCodeText(dpc, notation),
    si,
    ni,
    mp,
    sls,
    data: Buffer.from(data).toString('hex'),
  };
}
