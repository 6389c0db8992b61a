/** Whose wall clock an event has to bring: that of subscribers with a rule that looks at it. */
import { followsClock, rulesOf, type ServiceClass } from '../rules/service-class.ts';
import type { EventKind } from '../types/model/event.ts';
import type { SubscriberState } from '../types/model/state.ts';

/** The zone (IANA name) to be fixed in an event for this subscriber; undefined: no rule looks at the clock. */
export function zoneWanted(
  { profile }: SubscriberState,
  what: EventKind,
  classes: readonly ServiceClass[],
): string | undefined {
  // What the subscriber says may be an order for hours that no rule looked at before.
  if (what.kind === 'self-care') return (profile ?? what.newcomer)?.timeZone;
  const isOrder = what.kind === 'admin-command' && what.command.kind === 'set-profile';
  const inForce = isOrder ? what.command.profile : profile;
  if (inForce === undefined || !followsClock(rulesOf(inForce, classes))) return undefined;
  return inForce.timeZone;
}
