/** Preferences (proto/preferences.proto). */
import type { Preferences } from '../types/model/preferences.ts';
import type { Mutable } from '../types/mutable.ts';
import { webPushFromWire } from './channel.ts';
import { laterFieldsOf, unknownsOf } from './codec.ts';
import {
  aggregations,
  callerFilters,
  channels,
  failureCauses,
  mailboxRules,
  missedReasons,
  returnPrivacies,
} from './enums.ts';
import type { callwake } from './generated/messages.js';

type Wire = callwake.Preferences.$Properties;

export function preferencesToWire(preferences: Preferences): Wire {
  const wire: Wire = { ...unknownsOf(preferences) };
  const { channels: inOrder, webPush, reasons, quietHours, mayKnow, callersListed, watched } = preferences;
  const { priorityCallers } = preferences;
  if (preferences.serviceClass !== undefined) wire.serviceClass = preferences.serviceClass;
  if (inOrder !== undefined) wire.channels = { inOrder: inOrder.map(channels.toWire) };
  if (preferences.eMail !== undefined) wire.eMail = preferences.eMail;
  if (webPush !== undefined) wire.webPush = [...webPush];
  if (preferences.forwardTo !== undefined) wire.forwardTo = preferences.forwardTo;
  if (preferences.aggregation !== undefined) wire.aggregation = aggregations.toWire(preferences.aggregation);
  if (preferences.teaser !== undefined) wire.teaser = preferences.teaser;
  if (reasons !== undefined) wire.reasons = { told: reasons.map(missedReasons.toWire) };
  if (quietHours !== undefined) wire.quietHours = quietHours;
  if (preferences.digestMinute !== undefined) wire.digestMinute = preferences.digestMinute;
  if (preferences.noticesPerDay !== undefined) wire.noticesPerDay = preferences.noticesPerDay;
  if (preferences.expiryMinutes !== undefined) wire.expiryMinutes = preferences.expiryMinutes;
  if (preferences.returnPrivacy !== undefined)
    wire.returnPrivacy = returnPrivacies.toWire(preferences.returnPrivacy);
  if (mayKnow !== undefined) wire.mayKnow = { numbers: [...mayKnow] };
  if (preferences.callerFilter !== undefined)
    wire.callerFilter = callerFilters.toWire(preferences.callerFilter);
  if (callersListed !== undefined) wire.callersListed = { numbers: [...callersListed] };
  if (priorityCallers !== undefined) wire.priorityCallers = { numbers: [...priorityCallers] };
  if (watched !== undefined) wire.watched = { numbers: [...watched] };
  if (preferences.ownMessage !== undefined) wire.ownMessage = preferences.ownMessage;
  if (preferences.mailbox !== undefined) wire.mailbox = mailboxRules.toWire(preferences.mailbox);
  if (preferences.ownCallCauses !== undefined)
    wire.ownCallCauses = { told: preferences.ownCallCauses.map(failureCauses.toWire) };
  return wire;
}

/** What is not there stays away: the service class decides then. */
export function preferencesFromWire(wire: Wire): Preferences {
  const model: Mutable<Preferences> = { ...laterFieldsOf(wire) };
  const path = 'Preferences';
  if (isThere(wire.serviceClass)) model.serviceClass = wire.serviceClass;
  if (isThere(wire.channels))
    model.channels = (wire.channels.inOrder ?? []).map((one) => channels.fromWire(one, `${path}.channels`));
  if (isThere(wire.eMail)) model.eMail = wire.eMail;
  if (isThere(wire.webPush) && wire.webPush.length > 0) model.webPush = wire.webPush.map(webPushFromWire);
  if (isThere(wire.forwardTo)) model.forwardTo = wire.forwardTo;
  if (isSaid(wire.aggregation))
    model.aggregation = aggregations.fromWire(wire.aggregation, `${path}.aggregation`);
  if (isThere(wire.teaser)) model.teaser = wire.teaser;
  if (isThere(wire.reasons))
    model.reasons = (wire.reasons.told ?? []).map((one) => missedReasons.fromWire(one, `${path}.reasons`));
  if (isThere(wire.quietHours)) {
    const { fromMinute = 0, toMinute = 0 } = wire.quietHours;
    model.quietHours = { fromMinute, toMinute };
  }
  if (isThere(wire.digestMinute)) model.digestMinute = wire.digestMinute;
  if (isThere(wire.noticesPerDay)) model.noticesPerDay = wire.noticesPerDay;
  if (isThere(wire.expiryMinutes)) model.expiryMinutes = wire.expiryMinutes;
  if (isSaid(wire.returnPrivacy))
    model.returnPrivacy = returnPrivacies.fromWire(wire.returnPrivacy, `${path}.return_privacy`);
  if (isThere(wire.mayKnow)) model.mayKnow = [...(wire.mayKnow.numbers ?? [])];
  if (isSaid(wire.callerFilter))
    model.callerFilter = callerFilters.fromWire(wire.callerFilter, `${path}.caller_filter`);
  if (isThere(wire.callersListed)) model.callersListed = [...(wire.callersListed.numbers ?? [])];
  if (isThere(wire.priorityCallers)) model.priorityCallers = [...(wire.priorityCallers.numbers ?? [])];
  if (isThere(wire.watched)) model.watched = [...(wire.watched.numbers ?? [])];
  if (isThere(wire.ownMessage)) model.ownMessage = wire.ownMessage;
  if (isSaid(wire.mailbox)) model.mailbox = mailboxRules.fromWire(wire.mailbox, `${path}.mailbox`);
  if (isThere(wire.ownCallCauses))
    model.ownCallCauses = (wire.ownCallCauses.told ?? []).map((one) =>
      failureCauses.fromWire(one, `${path}.own_call_causes`),
    );
  return model;
}

function isThere<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

/** An enum whose zero is "nobody has said". */
function isSaid(value: number | null | undefined): value is number {
  return isThere(value) && value !== 0;
}
