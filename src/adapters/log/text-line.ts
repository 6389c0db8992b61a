/** One JSON line of the log in the form for a person: `12:00:01.234 warn  association-down peer=stp-b`. */
export function textLine(json: string): string {
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(json) as Record<string, unknown>;
  } catch {
    return json;
  }
  const { time, level, event, error, ...rest } = fields;
  const clock = typeof time === 'string' ? time.slice(11, 23) : '';
  const words = Object.entries(rest).map(([name, value]) => `${name}=${plain(value)}`);
  if (error !== undefined) words.push(`error=${plain(errorText(error))}`);
  return `${[clock, plainWord(level).padEnd(5), plainWord(event), ...words].join(' ')}\n`;
}

const plainWord = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Quoted where a space or a control character would blur where it ends. */
function plain(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^[^\s"=\p{Cc}]+$/u.test(text) ? text : JSON.stringify(text);
}

function errorText(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return error;
  const { message, code } = error as { message?: unknown; code?: unknown };
  return typeof code === 'string' ? `${String(message)} (${code})` : message;
}
