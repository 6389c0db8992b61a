/** The roles that `callwake node` can take. */
import { scfRole as capScfRole } from './cap/scf.ts';
import { srfRole } from './cap/srf.ts';
import { ssfRole } from './cap/ssf.ts';
import { hlrRole } from './map/hlr.ts';
import { mscRole } from './map/msc.ts';
import { scfRole as mapScfRole } from './map/scf.ts';
import { smscRole } from './map/smsc.ts';
import { vlrRole } from './map/vlr.ts';
import type { ROLE_NAMES } from './plan.ts';
import { pstnRole } from './pstn/pstn.ts';
import type { RoleFactory } from './role.ts';

// biome-ignore format: a row a line
export const roles: Readonly<Record<(typeof ROLE_NAMES)[number], RoleFactory>> = {
  hlr: hlrRole,
  vlr: vlrRole,
  msc: mscRole,
  smsc: smscRole,
  scf: both(mapScfRole, capScfRole),
  ssf: ssfRole,
  srf: srfRole,
  pstn: pstnRole,
};

/** A node that speaks MAP and CAP is one node with two parts. */
function both(one: RoleFactory, other: RoleFactory): RoleFactory {
  return (environment) => {
    const parts = [one(environment), other(environment)];
    return {
      procedures: parts.flatMap(({ procedures }) => procedures),
      get underWay() {
        return parts.reduce((sum, { underWay = 0 }) => sum + underWay, 0);
      },
    };
  };
}
