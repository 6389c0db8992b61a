/** Figures as people read them: thin spaces between thousands, as many digits as mean something. */

const THIN = '\u202f';
const NONE = '–';

export function countText(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, THIN);
}

/** At most three significant digits. */
export function shortText(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  return Math.abs(value) >= 100 ? countText(value) : String(Number(value.toPrecision(3)));
}

export function msText(ms: number | null | undefined): string {
  return ms === null || ms === undefined ? NONE : `${shortText(ms)} ms`;
}

export function percentText(share: number): string {
  const percent = 100 * share;
  // What is not all must not look like all.
  const text = percent < 100 && percent > 99.99 ? '99.99' : String(Number(percent.toFixed(2)));
  return `${text} %`;
}

/** `1 h 20 min`, `72 s`. */
export function timeText(ms: number): string {
  const s = Math.round(ms / 1_000);
  if (ms < 10_000) return `${Number((ms / 1_000).toFixed(1))} s`;
  if (s < 120) return `${s} s`;
  const [hours, minutes] = [Math.floor(s / 3_600), Math.floor((s % 3_600) / 60)];
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  return s % 60 > 0 ? `${minutes} min ${s % 60} s` : `${minutes} min`;
}
