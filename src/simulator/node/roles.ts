/** The roles that `callwake node` can take. */
import { hlrRole } from './map/hlr.ts';
import { mscRole } from './map/msc.ts';
import { scfRole } from './map/scf.ts';
import { smscRole } from './map/smsc.ts';
import { vlrRole } from './map/vlr.ts';
import type { ROLE_NAMES } from './plan.ts';
import type { RoleFactory } from './role.ts';

// biome-ignore format: a row a line
export const roles: Readonly<Record<(typeof ROLE_NAMES)[number], RoleFactory>> = {
  hlr: hlrRole,
  vlr: vlrRole,
  msc: mscRole,
  smsc: smscRole,
  scf: scfRole,
};
