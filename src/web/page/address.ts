/** What of the view stands in the address, so that it can be sent to a colleague. */
export interface View {
  /** Seconds in view. */
  range: number;
  wall: boolean;
  /** Handset that is looked at; empty: the newest. */
  phone: string;
  find: string;
}

const RANGES = [120, 300, 600, 1800, 3600];
const DEFAULT_RANGE = 600;

export function readAddress(): View {
  const words = new URLSearchParams(location.search);
  const range = Number(words.get('range'));
  return {
    range: RANGES.includes(range) ? range : DEFAULT_RANGE,
    wall: words.get('view') === 'wall',
    phone: words.get('phone') ?? '',
    find: words.get('find') ?? '',
  };
}

export function writeAddress(view: View): void {
  const words = new URLSearchParams();
  if (view.range !== DEFAULT_RANGE) words.set('range', String(view.range));
  if (view.wall) words.set('view', 'wall');
  if (view.phone !== '') words.set('phone', view.phone);
  if (view.find !== '') words.set('find', view.find);
  const query = words.toString();
  history.replaceState(null, '', `${location.pathname}${query === '' ? '' : `?${query}`}${location.hash}`);
}

export function nextRange(range: number): number {
  return RANGES[(RANGES.indexOf(range) + 1) % RANGES.length]!;
}
