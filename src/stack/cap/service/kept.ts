/** A copy of a decoded argument that outlives the upcall: octet strings of an indication are views of its message. */
export function kept<T>(value: T): T {
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (value instanceof Uint8Array) return value.slice();
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== 'object' || value === null) return value;
  const made: Record<PropertyKey, unknown> = {};
  for (const key of Reflect.ownKeys(value)) made[key] = copy((value as Record<PropertyKey, unknown>)[key]);
  return made;
}
