/** What is usually played. */
import type { LoadKind } from './plan.ts';

export interface Profile {
  readonly what: string;
  readonly mix: Readonly<Partial<Record<LoadKind, number>>>;
  readonly order: 'in-turn' | 'random';
}

export const PROFILES: Readonly<Record<string, Profile>> = {
  missed: { what: 'calls to subscribers who are busy', mix: { busy: 1 }, order: 'random' },
  mixed: {
    what: 'missed calls of all causes, answered ones, and returns',
    mix: { busy: 30, 'no-answer': 25, 'not-reachable': 10, abandoned: 10, answered: 15, alert: 10 },
    order: 'random',
  },
  answered: { what: 'calls that are answered', mix: { answered: 1 }, order: 'random' },
  alerts: {
    what: 'alertServiceCentre for one subscriber after the other',
    mix: { alert: 1 },
    order: 'in-turn',
  },
};
