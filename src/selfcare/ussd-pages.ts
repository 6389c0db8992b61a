/**
 * Text in pages that a USSD string holds: 160 octets, which are 182 characters of the GSM 7 bit default alphabet or 80 of UCS2
 * (3GPP TS 23.038 §5, §6.1.2.3; TS 29.002 §17.7.4).
 */
export type Fits = (text: string) => boolean;

/**
 * Lines in as few pages as they fill. Each page begins with `head` and ends with the lines of `foot`; all but the last have `more`
 * in the end. A line that fits no page is cut at a word, or where it has none.
 */
export function pagesOf(
  head: readonly string[],
  lines: readonly string[],
  foot: readonly string[],
  more: string,
  fits: Fits,
): string[] {
  const framed = (body: readonly string[], last: boolean): string =>
    [...head, ...body, ...foot, ...(last ? [] : [more])].join('\n');
  const pages: string[] = [];
  const waiting = [...lines];
  let body: string[] = [];
  while (waiting.length > 0) {
    const line = waiting[0]!;
    const isLast = waiting.length === 1;
    if (fits(framed([...body, line], isLast))) {
      body.push(line);
      waiting.shift();
    } else if (body.length > 0) {
      pages.push(framed(body, false));
      body = [];
    } else {
      const end = cut(line, (part) => fits(framed([part], false)));
      if (end === 0) break;
      pages.push(framed([line.slice(0, end).trimEnd()], false));
      const rest = line.slice(end).trimStart();
      if (rest === '') waiting.shift();
      else waiting[0] = rest;
    }
  }
  if (body.length > 0 || pages.length === 0) pages.push(framed(body, true));
  return pages;
}

/** How much of a line fits: up to a space in its second half where there is one; never half of a surrogate pair. 0: nothing. */
function cut(line: string, fits: Fits): number {
  let low = 0;
  let high = line.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (fits(line.slice(0, middle))) low = middle;
    else high = middle - 1;
  }
  const space = line.lastIndexOf(' ', low);
  if (low < line.length && space > low >> 1) return space;
  return (line.charCodeAt(low - 1) & 0xfc00) === 0xd800 ? low - 1 : low;
}
