/** The roles that `callwake node` can take. */
import { hlrRole } from './map/hlr.ts';
import { mscRole } from './map/msc.ts';
import { scfRole } from './map/scf.ts';
import { smscRole } from './map/smsc.ts';
import { vlrRole } from './map/vlr.ts';
import type { RoleName } from './plan.ts';
import type { RoleFactory } from './role.ts';

// biome-ignore format: a row a line
export const roles: Readonly<Partial<Record<RoleName, RoleFactory>>> = {
  hlr: hlrRole,
  vlr: vlrRole,
  msc: mscRole,
  smsc: smscRole,
  scf: scfRole,
};

export const roleNames = Object.keys(roles) as readonly RoleName[];
