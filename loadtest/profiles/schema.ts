/** What may stand in the file of a profile. Each key says what is allowed, for the one who wrote something else. */
import { z } from 'zod';
import { parseDurationMs } from '../../src/cli/duration.ts';
import { LOAD_KINDS, SUBSCRIBERS_PER_WORKER_MAX } from '../plan.ts';

const number = (allowed: string, fits: (value: number) => boolean) =>
  z.number({ error: allowed }).refine(fits, allowed);
const above0 = (allowed: string, most: number) => number(allowed, (value) => value > 0 && value <= most);
const wholeNumber = (least: number, most: number) =>
  number(
    `a whole number, ${least} … ${most}`,
    (value) => Number.isInteger(value) && value >= least && value <= most,
  );

const duration = (allowed: string, zero: boolean) =>
  z.union([z.string(), z.number()], { error: allowed }).transform((text, context) => {
    const ms = zero && /^0(ms|s|m|h)?$/.test(`${text}`) ? 0 : parseDurationMs(`${text}`);
    if (ms === undefined) context.addIssue({ code: 'custom', message: allowed });
    return ms ?? 0;
  });
const time = duration('a duration above 0 with its unit: 500ms, 60s, 2h', false);
const pause = duration('0s, or a duration with its unit: 500ms, 60s, 10m', true);

const FACTOR = 'a factor of the rate, 0 … 1000, or a list of 2 … 1000 of them: the shape of the phase';
const factor = number(FACTOR, (value) => value >= 0 && value <= 1_000);

const WEIGHTS = `weights above 0, such as { busy: 3, answered: 1 }; kinds: ${LOAD_KINDS.join(', ')}`;
const weight = above0('a weight above 0', 1e9).optional();

export const phaseSchema = z.strictObject(
  {
    name: z.string({ error: 'a name' }).min(1, 'a name').max(60, 'a name of at most 60 characters'),
    part: above0('its part of the time, a number above 0', 1e6).default(1),
    rate: z
      .union([factor.transform((one) => [one]), z.array(factor).min(2).max(1_000)], { error: FACTOR })
      .refine((factors) => factors.some((one) => one > 0), 'factors that are not all 0')
      .default([1]),
    mix: z
      .strictObject(
        {
          busy: weight,
          'no-answer': weight,
          'not-reachable': weight,
          abandoned: weight,
          answered: weight,
          barred: weight,
          'network-trouble': weight,
          alert: weight,
        } satisfies Record<(typeof LOAD_KINDS)[number], unknown>,
        { error: WEIGHTS },
      )
      .refine((mix) => Object.keys(mix).length > 0, WEIGHTS),
    order: z.enum(['in-turn', 'random'], { error: 'in-turn or random' }).default('random'),
    ring: pause.default(0),
    hot: z
      .strictObject(
        {
          subscribers: wholeNumber(1, SUBSCRIBERS_PER_WORKER_MAX),
          share: number('a share of the starts, above 0 and at most 1', (value) => value > 0 && value <= 1),
        },
        { error: 'subscribers and share' },
      )
      .optional(),
  },
  { error: 'a phase: name, mix, and what else it has' },
);

export const profileSchema = z
  .strictObject(
    {
      what: z.string({ error: 'a sentence' }).min(1, 'a sentence').max(300, 'a sentence'),
      ratePerSecond: above0('starts a second, above 0 and at most 1000000', 1e6).optional(),
      bhcaPerSubscriber: above0(
        'calls of a subscriber in the busy hour, above 0, at most 1000',
        1_000,
      ).optional(),
      for: time,
      ramp: pause.default(0),
      subscribers: wholeNumber(1, SUBSCRIBERS_PER_WORKER_MAX),
      phases: z
        .array(phaseSchema, { error: 'a list of phases' })
        .min(1, 'a list of one phase at least')
        .max(100, 'a list of 100 phases at most'),
    },
    { error: 'a map of what, for, subscribers, phases …' },
  )
  .superRefine(({ ratePerSecond, bhcaPerSubscriber, subscribers, phases }, context) => {
    if ((ratePerSecond === undefined) === (bhcaPerSubscriber === undefined))
      context.addIssue({
        code: 'custom',
        path: [ratePerSecond === undefined ? 'ratePerSecond' : 'bhcaPerSubscriber'],
        message: 'one of ratePerSecond and bhcaPerSubscriber',
      });
    for (const [at, { hot }] of phases.entries())
      if (hot !== undefined && hot.subscribers > subscribers)
        context.addIssue({
          code: 'custom',
          path: ['phases', at, 'hot', 'subscribers'],
          message: `at most the ${subscribers} subscribers of the profile`,
        });
  });
