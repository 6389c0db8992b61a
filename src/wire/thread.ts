/** What threads say to each other (proto/thread.proto). */
import type { EffectId } from '../types/model/notice.ts';
import type {
  CentreMessage,
  CentreMessageTaken,
  DecideReply,
  DecideRequest,
  Delivery,
  GreetReply,
  LookupReply,
  LookupRequest,
  Positions,
  ReleasedEffect,
  SearchReply,
  SearchRequest,
} from '../types/model/thread.ts';
import type { Result } from '../types/result.ts';
import { copied, counted, decodeWith, encodeWith, finite, needed } from './codec.ts';
import { askedFromWire, effectFromWire, effectToWire, quietFromWire } from './effect.ts';
import { centreMessageFates, searchPlaces } from './enums.ts';
import { callwake } from './generated/messages.js';
import { effectIdFromWire, noticeFromWire, noticeToWire } from './notice.ts';

export function encodeDecideRequest(request: DecideRequest): Uint8Array {
  return encodeWith(callwake.DecideRequest, request);
}

export function decodeDecideRequest(octets: Uint8Array): Result<DecideRequest> {
  return decodeWith(callwake.DecideRequest, octets, (message: callwake.DecideRequest.$Properties) => ({
    token: finite(message.token, 'DecideRequest.token'),
    subscriber: message.subscriber ?? '',
  }));
}

export function encodeDecideReply(reply: DecideReply): Uint8Array {
  return encodeWith(callwake.DecideReply, reply);
}

export function decodeDecideReply(octets: Uint8Array): Result<DecideReply> {
  return decodeWith(callwake.DecideReply, octets, (message: callwake.DecideReply.$Properties) => ({
    token: finite(message.token, 'DecideReply.token'),
    observe: message.observe ?? false,
    ...(message.toTheEnd ? { toTheEnd: true } : {}),
    ...(message.troubleToo ? { troubleToo: true } : {}),
  }));
}

export function encodeGreetReply(reply: GreetReply): Uint8Array {
  return encodeWith(callwake.GreetReply, reply);
}

export function decodeGreetReply(octets: Uint8Array): Result<GreetReply> {
  return decodeWith(callwake.GreetReply, octets, (message: callwake.GreetReply.$Properties) => ({
    token: finite(message.token, 'GreetReply.token'),
    language: message.language ?? '',
  }));
}

export function encodeCentreMessage(message: CentreMessage): Uint8Array {
  return encodeWith(callwake.CentreMessage, message);
}

export function decodeCentreMessage(octets: Uint8Array): Result<CentreMessage> {
  return decodeWith(callwake.CentreMessage, octets, (message: callwake.CentreMessage.$Properties) => ({
    token: finite(message.token, 'CentreMessage.token'),
    key: message.key ?? '',
    sameForMs: message.sameForMs ?? 0,
    senderNature: message.senderNature ?? 0,
    senderPlan: message.senderPlan ?? 0,
    sender: message.sender ?? '',
    receiver: message.receiver ?? '',
    text: message.text ?? '',
    reference: message.reference ?? 0,
    total: message.total ?? 0,
    sequence: message.sequence ?? 0,
  }));
}

export function encodeCentreMessageTaken({ token, how }: CentreMessageTaken): Uint8Array {
  return encodeWith(callwake.CentreMessageTaken, { token, how: centreMessageFates.toWire(how) });
}

export function decodeCentreMessageTaken(octets: Uint8Array): Result<CentreMessageTaken> {
  return decodeWith(
    callwake.CentreMessageTaken,
    octets,
    (message: callwake.CentreMessageTaken.$Properties) => ({
      token: finite(message.token, 'CentreMessageTaken.token'),
      how: centreMessageFates.fromWire(message.how, 'CentreMessageTaken.how'),
    }),
  );
}

export function encodeReleasedEffect(released: ReleasedEffect): Uint8Array {
  return encodeWith(callwake.ReleasedEffect, { ...released, effect: effectToWire(released.effect) });
}

export function decodeReleasedEffect(octets: Uint8Array): Result<ReleasedEffect> {
  return decodeWith(callwake.ReleasedEffect, octets, (message: callwake.ReleasedEffect.$Properties) => ({
    epoch: message.epoch ?? 0,
    effect: effectFromWire(needed(message.effect, 'ReleasedEffect.effect')),
    returnedAtMs: finite(message.returnedAtMs, 'ReleasedEffect.returnedAtMs'),
    again: message.again ?? false,
  }));
}

export function encodeDelivery(delivery: Delivery): Uint8Array {
  return encodeWith(callwake.Delivery, {
    ...delivery,
    notice: noticeToWire(delivery.notice),
    parts: [...delivery.parts],
  });
}

export function decodeDelivery(octets: Uint8Array): Result<Delivery> {
  return decodeWith(callwake.Delivery, octets, (message: callwake.Delivery.$Properties) => ({
    epoch: message.epoch ?? 0,
    notice: noticeFromWire(needed(message.notice, 'Delivery.notice')),
    effect: effectIdFromWire(needed(message.effect, 'Delivery.effect'), 'Delivery.effect'),
    firstPart: message.firstPart ?? 0,
    priority: message.priority ?? false,
    ...askedFromWire(message.askedSinceMs, 'Delivery.asked_since_ms'),
    ...quietFromWire(message.quietFromMs, 'Delivery.quiet_from_ms'),
    parts: (message.parts ?? []).map(copied),
    text: message.text ?? '',
    returnedAtMs: finite(message.returnedAtMs, 'Delivery.returnedAtMs'),
    again: message.again ?? false,
  }));
}

export function encodeEpochBegan(epoch: number): Uint8Array {
  return encodeWith(callwake.EpochBegan, { epoch });
}

export function decodeEpochBegan(octets: Uint8Array): Result<number> {
  return decodeWith(
    callwake.EpochBegan,
    octets,
    (message: callwake.EpochBegan.$Properties) => message.epoch ?? 0,
  );
}

export function encodeEffectId(id: EffectId): Uint8Array {
  return encodeWith(callwake.EffectId, id);
}

export function decodeEffectId(octets: Uint8Array): Result<EffectId> {
  return decodeWith(callwake.EffectId, octets, (message: callwake.EffectId.$Properties) =>
    effectIdFromWire(message, 'EffectId'),
  );
}

export function encodeLookupRequest(request: LookupRequest): Uint8Array {
  return encodeWith(callwake.LookupRequest, request);
}

export function decodeLookupRequest(octets: Uint8Array): Result<LookupRequest> {
  return decodeWith(callwake.LookupRequest, octets, (message: callwake.LookupRequest.$Properties) => ({
    token: finite(message.token, 'LookupRequest.token'),
    subscriber: message.subscriber ?? '',
    page: message.page ?? 0,
    partition: message.partition ?? 0,
  }));
}

export function encodeLookupReply(reply: LookupReply): Uint8Array {
  return encodeWith(callwake.LookupReply, { token: reply.token, states: [...reply.states] });
}

export function decodeLookupReply(octets: Uint8Array): Result<LookupReply> {
  return decodeWith(callwake.LookupReply, octets, (message: callwake.LookupReply.$Properties) => ({
    token: finite(message.token, 'LookupReply.token'),
    states: (message.states ?? []).map(copied),
  }));
}

export function encodeSearchRequest(request: SearchRequest): Uint8Array {
  return encodeWith(callwake.SearchRequest, { ...request, place: searchPlaces.toWire(request.place) });
}

export function decodeSearchRequest(octets: Uint8Array): Result<SearchRequest> {
  return decodeWith(callwake.SearchRequest, octets, (message: callwake.SearchRequest.$Properties) => ({
    token: finite(message.token, 'SearchRequest.token'),
    number: message.number ?? '',
    place: searchPlaces.fromWire(message.place, 'SearchRequest.place'),
    partition: message.partition ?? 0,
    after: message.after ?? '',
    ...(message.sequence ? { sequence: counted(message.sequence, 'SearchRequest.sequence') } : {}),
  }));
}

export function encodeSearchReply(reply: SearchReply): Uint8Array {
  return encodeWith(callwake.SearchReply, { ...reply, hits: [...reply.hits] });
}

export function decodeSearchReply(octets: Uint8Array): Result<SearchReply> {
  return decodeWith(callwake.SearchReply, octets, (message: callwake.SearchReply.$Properties) => ({
    token: finite(message.token, 'SearchReply.token'),
    hits: (message.hits ?? []).map((hit) => ({
      key: hit.key ?? '',
      octets: copied(hit.octets ?? undefined),
    })),
    after: message.after ?? '',
    done: message.done ?? false,
    looked: message.looked ?? 0,
    unreadable: message.unreadable ?? 0,
    firstWindow: counted(message.firstWindow, 'SearchReply.first_window'),
    lastWindow: counted(message.lastWindow, 'SearchReply.last_window'),
    firstAtMs: finite(message.firstAtMs, 'SearchReply.first_at_ms'),
  }));
}

export function encodePositions(positions: Positions): Uint8Array {
  return encodeWith(callwake.Positions, { incarnation: positions.incarnation, rings: [...positions.rings] });
}

export function decodePositions(octets: Uint8Array): Result<Positions> {
  return decodeWith(callwake.Positions, octets, (message: callwake.Positions.$Properties) => ({
    incarnation: finite(message.incarnation, 'Positions.incarnation'),
    rings: (message.rings ?? []).map((entry) => ({
      ring: entry.ring ?? '',
      position: counted(entry.position, 'RingPosition.position'),
    })),
  }));
}
