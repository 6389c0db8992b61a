/** R4: callers whom nobody calls back, by the category that the network gives them (ITU-T Q.763 §3.11, calling party's category). */

export type CallerCategory = 'operator' | 'test-call' | 'payphone' | 'emergency-service';

/** 'emergency-service': of the national use; ANSI T1.113 has it so. */
// biome-ignore format: a row a line
export const categoryTable: Readonly<Record<CallerCategory, readonly number[]>> = {
  // French, English, German, Russian, Spanish, and the national operator.
  'operator':          [1, 2, 3, 4, 5, 9],
  'test-call':         [0x0d],
  'payphone':          [0x0f],
  'emergency-service': [0xe0, 0xe1],
};

export const callerCategories = Object.keys(categoryTable) as readonly CallerCategory[];

/** The values of one octet that stand for them. */
export function categoryValues(categories: readonly CallerCategory[]): readonly number[] {
  return categories.flatMap((category) => categoryTable[category]);
}
