/** Every parameter that has a declaration, by its code (ITU-T Q.763 table 5). */
import * as callIndicators from './call-indicators.ts';
import * as compatibility from './compatibility.ts';
import * as indicators from './indicators.ts';
import * as numbers from './numbers.ts';
import * as opaqueParameters from './opaque-parameters.ts';
import type { Parameter } from './parameter.ts';
import { circuitStateIndicator, rangeAndStatus } from './range-and-status.ts';

function isParameter(value: unknown): value is Parameter {
  return typeof value === 'object' && value !== null && 'code' in value && 'decode' in value;
}

const all: readonly Parameter[] = [
  ...[callIndicators, compatibility, indicators, numbers, opaqueParameters].flatMap((module) =>
    Object.values<unknown>(module).filter(isParameter),
  ),
  rangeAndStatus,
  circuitStateIndicator,
];

export const parameterByCode: ReadonlyMap<number, Parameter> = new Map(all.map((one) => [one.code, one]));

/** The name in the Recommendation's spelling; undefined: ITU-T Q.763 has none. */
export function parameterName(code: number): string | undefined {
  return parameterByCode.get(code)?.name;
}
