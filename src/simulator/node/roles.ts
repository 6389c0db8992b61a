/** The roles that `callwake node` can take. */
import type { RoleName } from './plan.ts';
import type { RoleFactory } from './role.ts';

// biome-ignore format: a row a line
export const roles: Readonly<Partial<Record<RoleName, RoleFactory>>> = {
};

export const roleNames = Object.keys(roles) as readonly RoleName[];
