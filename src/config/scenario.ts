/** Scenario files (YAML) of `callwake simulate`. */
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { isTimeZone } from '../notice/zones.ts';
import type { Scenario, ScenarioStep } from '../simulator/scenario.ts';
import { OperatingError } from '../types/operating-error.ts';
import { pathText } from './problem.ts';

const duration = z
  .string()
  .regex(/^\d+(\.\d+)?(ms|s|m)$/, 'a time from the beginning: 500ms, 2.5s, 1m')
  .transform((text) => {
    const value = Number.parseFloat(text);
    return text.endsWith('ms') ? value : value * (text.endsWith('s') ? 1000 : 60_000);
  });

const who = z.string().min(1);

const person = z.strictObject({
  number: z
    .union([z.string(), z.number()])
    .transform((number) => `${number}`.replace(/^\+/, ''))
    .refine((digits) => /^[1-9]\d{4,14}$/.test(digits), 'an international number of 5 to 15 digits'),
  missedCalls: z.boolean().default(true),
  notifyMe: z.enum(['off', 'always']).default('off'),
  timeZone: z.string().refine(isTimeZone, 'an IANA time zone').default('UTC'),
  withheld: z.boolean().default(false),
  mobilityReported: z.boolean().default(false),
});

const step = z
  .strictObject({
    at: duration,
    call: z
      .strictObject({
        from: who,
        to: who,
        ends: z
          .enum(['busy', 'no-answer', 'abandoned', 'abandoned-at-once', 'answered'])
          .default('no-answer'),
        withheld: z.boolean().default(false),
      })
      .optional(),
    away: who.optional(),
    how: z.enum(['detached', 'purged', 'no-coverage']).optional(),
    back: who.optional(),
    memoryFull: who.optional(),
    memoryFree: who.optional(),
    moves: who.optional(),
  })
  .refine(
    ({ call, away, back, memoryFull, memoryFree, moves }) =>
      [call, away, back, memoryFull, memoryFree, moves].filter((one) => one !== undefined).length === 1,
    'one of call, away, back, memoryFull, memoryFree, moves',
  )
  .refine(({ how, away }) => how === undefined || away !== undefined, 'how belongs to away');

const scenario = z.strictObject({
  name: z.string(),
  people: z.record(z.string(), person),
  story: z.array(step).min(1).max(100_000),
  expect: z
    .array(
      z.strictObject({
        phone: who,
        notices: z.number().int().min(0).optional(),
        says: z.union([z.string(), z.array(z.string())]).default([]),
      }),
    )
    .default([]),
});

/** @throws OperatingError `CW_CONFIG_INVALID` with all that is wrong */
export function parseScenario(file: string, text: string): Scenario {
  let raw: unknown;
  try {
    raw = parse(text);
  } catch (error) {
    if (error instanceof YAMLParseError) throw invalid(file, [error.message]);
    throw error;
  }
  const parsed = scenario.safeParse(raw);
  if (!parsed.success)
    throw invalid(
      file,
      parsed.error.issues.map(({ path, message }) => `${pathText(path)}: ${message}`),
    );
  const { name, people, story, expect } = parsed.data;
  const unknown = namesIn(parsed.data).filter((one) => !Object.hasOwn(people, one));
  if (unknown.length > 0) throw invalid(file, [`not among the people: ${[...new Set(unknown)].join(', ')}`]);
  return {
    name,
    people: Object.entries(people).map(([known, settings]) => ({ name: known, ...settings })),
    story: story.map(stepOf),
    expect: expect.map(({ phone, notices, says }) => ({
      phone,
      says: typeof says === 'string' ? [says] : says,
      ...(notices === undefined ? {} : { notices }),
    })),
  };
}

function stepOf({
  at: atMs,
  call,
  away,
  how,
  back,
  memoryFull,
  memoryFree,
  moves,
}: z.output<typeof step>): ScenarioStep {
  if (call !== undefined) {
    const { from, to, ends, withheld } = call;
    return { atMs, kind: 'call', from, to, ending: ends, withheld };
  }
  if (away !== undefined) return { atMs, kind: 'away', who: away, how: how ?? 'detached' };
  if (back !== undefined) return { atMs, kind: 'back', who: back };
  if (memoryFull !== undefined) return { atMs, kind: 'memory-full', who: memoryFull };
  if (memoryFree !== undefined) return { atMs, kind: 'memory-free', who: memoryFree };
  return { atMs, kind: 'moves', who: moves ?? '' };
}

function namesIn({ story, expect }: z.output<typeof scenario>): string[] {
  return [
    ...story.flatMap(({ call, away, back, memoryFull, memoryFree, moves }) => [
      ...(call === undefined ? [] : [call.from, call.to]),
      ...[away, back, memoryFull, memoryFree, moves].filter((one) => one !== undefined),
    ]),
    ...expect.map(({ phone }) => phone),
  ];
}

function invalid(file: string, problems: readonly string[]): OperatingError {
  return new OperatingError('CW_CONFIG_INVALID', `${file} is no scenario:\n  ${problems.join('\n  ')}`, {
    file,
  });
}
