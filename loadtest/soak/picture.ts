/** The picture of a soak: small multiples under one time axis, each with its scale from 0 and its trend in words. */
import { type Trend, WATCHED } from './flatness.ts';
import type { Sample } from './samples.ts';

const WIDTH = 960;
const PANEL = 92;
const LEFT = 240;
const RIGHT = 24;
const TOP = 72;
const GAP = 20;

const INK = '#24292f';
const GREY = '#57606a';
const HAIR = '#d0d7de';
const LINE = '#0072b2';
const WARNING = '#b35900';

export interface PictureTexts {
  readonly title: string;
  readonly subtitle: string;
}

export function soakPicture(
  samples: readonly Sample[],
  trends: readonly Trend[],
  texts: PictureTexts,
): string {
  const height = TOP + WATCHED.length * (PANEL + GAP) + 40;
  const lastMs = samples.at(-1)?.atMs ?? 1;
  const x = (atMs: number): number => LEFT + (atMs / lastMs) * (WIDTH - LEFT - RIGHT);
  const panels = WATCHED.map(({ name, unit, value }, index) => {
    const top = TOP + index * (PANEL + GAP);
    const trend = trends.find((one) => one.name === name);
    const values = samples.map((sample) => value(sample));
    const max = niceAbove(Math.max(0, ...values.filter(Number.isFinite)));
    const y = (one: number): number => top + PANEL - (Math.min(one, max) / max) * PANEL;
    const points = samples.map((sample, at) => `${x(sample.atMs).toFixed(1)},${y(values[at]!).toFixed(1)}`);
    return [
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${top + PANEL}" y2="${top + PANEL}" stroke="${HAIR}"/>`,
      `<text x="${LEFT - 12}" y="${top + 10}" text-anchor="end" fill="${GREY}" font-size="12">${short(max)} ${unit}</text>`,
      `<text x="${LEFT - 12}" y="${top + PANEL}" text-anchor="end" fill="${GREY}" font-size="12">0</text>`,
      `<text x="0" y="${top + 30}" fill="${INK}" font-size="14" font-weight="600">${name}</text>`,
      ...(trend === undefined ? [] : [trendText(trend, top + 52)]),
      `<polyline fill="none" stroke="${LINE}" stroke-width="1.5" stroke-linejoin="round" points="${points.join(' ')}"/>`,
    ].join('\n');
  });
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-16 0 ${WIDTH + 16} ${height}" width="${WIDTH + 16}" height="${height}" font-family="system-ui, sans-serif" role="img">`,
    `<title>${escapedText(texts.title)}</title>`,
    `<rect x="-16" width="${WIDTH + 16}" height="${height}" fill="#ffffff"/>`,
    `<text x="0" y="24" fill="${INK}" font-size="20" font-weight="600">${escapedText(texts.title)}</text>`,
    `<text x="0" y="46" fill="${GREY}" font-size="14">${escapedText(texts.subtitle)}</text>`,
    ...panels,
    ...timeAxis(lastMs, x, height - 28),
    '</svg>',
  ].join('\n')}\n`;
}

function trendText({ early, late, unit, flat }: Trend, y: number): string {
  const words = `${short(early)} → ${short(late)} ${unit}${flat ? '' : ' grows'}`;
  return `<text x="0" y="${y}" fill="${flat ? GREY : WARNING}" font-size="12">${words}</text>`;
}

function timeAxis(lastMs: number, x: (atMs: number) => number, y: number): string[] {
  const minutes = lastMs / 60_000;
  const step = [1, 2, 5, 10, 15, 30, 60, 120].find((one) => minutes / one <= 8) ?? 240;
  const marks: string[] = [];
  for (let minute = 0; minute <= minutes; minute += step)
    marks.push(
      `<text x="${x(minute * 60_000).toFixed(1)}" y="${y}" text-anchor="middle" fill="${GREY}" font-size="12">${minute} min</text>`,
    );
  return marks;
}

/** 1, 2 or 5 times a power of ten, not below `value`. */
function niceAbove(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((one) => one * power).find((one) => one >= value) ?? 10 * power;
}

function short(value: number): string {
  if (!Number.isFinite(value)) return '∞';
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

function escapedText(text: string): string {
  return text.replace(/[&<>]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[one]!);
}
