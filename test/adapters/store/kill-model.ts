import type { ActorWrite } from '../../../src/types/ports/store.ts';
import { actorWrite } from './conformance.ts';

export const killPartition = 17;
export const killActors = 50;

/** What a window writes: one of 50 actors, whose record is the window. */
export function actorOf(window: number): ActorWrite {
  return actorWrite(killPartition, String(1000 + (window % killActors)), String(window).repeat(50));
}
