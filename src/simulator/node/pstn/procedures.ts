import type { Exercised } from '../tally.ts';
import { exercisedMessage } from './tallying-mtp.ts';

type Kinds = readonly string[];

export function sent(...kinds: Kinds): Exercised[] {
  return kinds.map((kind) => exercisedMessage(kind, 'sent'));
}

export function received(...kinds: Kinds): Exercised[] {
  return kinds.map((kind) => exercisedMessage(kind, 'received'));
}

export function both(...kinds: Kinds): Exercised[] {
  return [...sent(...kinds), ...received(...kinds)];
}
