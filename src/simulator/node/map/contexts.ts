import { mapApplicationContexts } from '../../../stack/map/application-contexts.ts';
import type { ApplicationContext } from '../../../stack/ros/application-context.ts';

export type Version = 1 | 2 | 3;

/** By name and version; it is there. */
export function contextOf(name: string, version: Version): ApplicationContext {
  return mapApplicationContexts.all.find((context) => context.name === `${name}-v${version}`)!;
}

/** Every version of these contexts. */
export function contextsOf(...names: readonly string[]): readonly ApplicationContext[] {
  return mapApplicationContexts.all.filter(({ name }) => names.includes(name.replace(/-v\d$/, '')));
}
