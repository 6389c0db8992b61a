/** The roles that `callwake node` can take. */
import { scfRole } from './cap/scf.ts';
import { srfRole } from './cap/srf.ts';
import { ssfRole } from './cap/ssf.ts';
import type { RoleName } from './plan.ts';
import type { RoleFactory } from './role.ts';

// biome-ignore format: a row a line
export const roles: Readonly<Partial<Record<RoleName, RoleFactory>>> = {
  scf: scfRole,
  ssf: ssfRole,
  srf: srfRole,
};

export const roleNames = Object.keys(roles) as readonly RoleName[];
