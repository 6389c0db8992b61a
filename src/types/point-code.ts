/**
 * Point codes and how people write them (ITU-T Q.704 §14.2.1 and Q.708; ANSI T1.111.4): a decimal number, or fields
 * with dashes between them, the most significant first.
 */

/**
 * Notations by name: 14 bits as the world writes them, 24 bits as North America and China do, the same numbers in decimal,
 * and what some national networks have for 14 bits.
 */
export const POINT_CODE_FIELDS = {
  itu: [3, 8, 3],
  ansi: [8, 8, 8],
  decimal: [14],
  'decimal-24': [24],
  '5-4-5': [5, 4, 5],
  '4-3-4-3': [4, 3, 4, 3],
} as const satisfies Readonly<Record<string, readonly number[]>>;

export type PointCodeName = keyof typeof POINT_CODE_FIELDS;

/** The widths in bits of a notation's fields. */
export interface PointCodeNotation {
  readonly fields: readonly number[];
  readonly bits: number;
}

/**
 * A notation by its name, or by the widths of its fields: `3-8-3`, `8-8-8`, `5-4-5`. Undefined when it has not 14, 16 or
 * 24 bits in all.
 */
export function pointCodeNotation(text: string): PointCodeNotation | undefined {
  if (Object.hasOwn(POINT_CODE_FIELDS, text)) return namedNotation(text as PointCodeName);
  const fields = /^\d{1,2}(-\d{1,2}){1,3}$/.test(text) ? text.split('-').map(Number) : [];
  const bits = fields.reduce((sum, width) => sum + width, 0);
  if (![14, 16, 24].includes(bits) || fields.some((width) => width === 0)) return undefined;
  return { fields, bits };
}

/** The notation that a name has. */
export function namedNotation(name: PointCodeName): PointCodeNotation {
  const fields: readonly number[] = POINT_CODE_FIELDS[name];
  return { fields, bits: fields.reduce((sum, width) => sum + width, 0) };
}

/** Reads a point code, decimal or by the fields of the notation; undefined when it is none. */
export function readPointCode(text: string | number, notation: PointCodeNotation): number | undefined {
  const { fields, bits } = notation;
  const decimal = typeof text === 'string' && /^\d{1,8}$/.test(text) ? Number(text) : text;
  if (typeof decimal === 'number')
    return Number.isInteger(decimal) && decimal >= 0 && decimal < 2 ** bits ? decimal : undefined;
  const parts = decimal.split('-');
  if (parts.length !== fields.length) return undefined;
  let pointCode = 0;
  for (const [index, width] of fields.entries()) {
    const part = parts[index] ?? '';
    if (!/^\d{1,5}$/.test(part) || Number(part) >= 2 ** width) return undefined;
    pointCode = pointCode * 2 ** width + Number(part);
  }
  return pointCode;
}

/** Writes a point code in a notation: `2-100-7`; with a single field, decimal. */
export function pointCodeText(pointCode: number, { fields }: PointCodeNotation): string {
  const parts: number[] = [];
  let rest = pointCode;
  for (const width of [...fields].reverse()) {
    parts.unshift(rest % 2 ** width);
    rest = Math.floor(rest / 2 ** width);
  }
  return parts.join('-');
}
