/** Numbers and times as the page writes them: thin spaces between thousands, units, no false precision. */

const THIN = '\u202f';

/** `12345.6` → `12 346`; with `digits` decimals. */
export function exact(value: number, digits = 0): string {
  if (!Number.isFinite(value)) return '–';
  const [whole, fraction] = Math.abs(value).toFixed(digits).split('.');
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, THIN);
  const sign = value < 0 && Number(Math.abs(value).toFixed(digits)) !== 0 ? '−' : '';
  return `${sign}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** At most three significant digits: for tiles, read from afar. */
export function brief(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1e9) return `${brief(value / 1e9)}${THIN}G`;
  if (size >= 1e6) return `${brief(value / 1e6)}${THIN}M`;
  if (size >= 100) return exact(Number(value.toPrecision(3)));
  if (size >= 10) return exact(value, Number.isInteger(value) ? 0 : 1);
  if (size === 0) return '0';
  if (size >= 1) return exact(value, Number.isInteger(value) ? 0 : 1);
  return size < 0.005 ? '< 0.01' : String(Number(value.toFixed(2)));
}

/** A latency with its unit: `0.42 ms`, `3.1 ms`, `140 ms`, `1.25 s`. */
export function milliseconds(value: number): string {
  const [number, unit] = millisecondsParts(value);
  return `${number}${THIN}${unit}`;
}

export function millisecondsParts(value: number): readonly [number: string, unit: string] {
  if (value >= 100_000) return [brief(value / 1000), 's'];
  if (value >= 1000) return [(value / 1000).toPrecision(3), 's'];
  return [brief(value), 'ms'];
}

/** `512 B`, `18 kB`, `5.2 MB`. */
export function octets(value: number): string {
  if (value < 1000) return `${exact(value)}${THIN}B`;
  if (value < 1_000_000) return `${brief(value / 1000)}${THIN}kB`;
  if (value < 1e9) return `${brief(value / 1e6)}${THIN}MB`;
  return `${brief(value / 1e9)}${THIN}GB`;
}

/** How long: `8 s`, `4 min`, `3 h 12 min`, `12 d 4 h`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 90) return `${seconds}${THIN}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 90) return `${minutes}${THIN}min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours}${THIN}h ${minutes % 60}${THIN}min`;
  return `${Math.floor(hours / 24)}${THIN}d ${hours % 24}${THIN}h`;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `12:04:31` in the browser's zone. */
export function localTime(ms: number): string {
  const date = new Date(ms);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** `10:04:31` in UTC. */
export function utcTime(ms: number): string {
  return new Date(ms).toISOString().slice(11, 19);
}

/** `2026-11-21 12:04:31` in the browser's zone. */
export function localDateTime(ms: number): string {
  const date = new Date(ms);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${localTime(ms)}`;
}

/** `1 association`, `3 associations`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${exact(count)} ${count === 1 ? one : many}`;
}
