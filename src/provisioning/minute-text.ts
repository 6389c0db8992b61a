/** Times of the day as people write them, `22:00`, and spans of them, `22:00-07:00`. */
import type { QuietHours } from '../types/model/preferences.ts';

/** Minutes since midnight; undefined: it is no time of the day. */
export function readMinute(text: string): number | undefined {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim());
  return match === null ? undefined : Number(match[1]) * 60 + Number(match[2]);
}

export function minuteText(minute: number): string {
  const two = (value: number): string => `${value}`.padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

export function readQuietHours(text: string): QuietHours | undefined {
  const [from, to, more] = text.split('-');
  if (from === undefined || to === undefined || more !== undefined) return undefined;
  const fromMinute = readMinute(from);
  const toMinute = readMinute(to);
  return fromMinute === undefined || toMinute === undefined ? undefined : { fromMinute, toMinute };
}

export function quietHoursText({ fromMinute, toMinute }: QuietHours): string {
  return `${minuteText(fromMinute)}-${minuteText(toMinute)}`;
}
