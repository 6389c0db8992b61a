/** Text that comes in pieces, line by line, each of bounded length. */

export interface TextLine {
  /** Without its end. Of a line that is too long, the beginning. */
  readonly text: string;
  readonly tooLong: boolean;
}

/** Lines end with LF or CR LF. The octets are UTF-8, with a byte order mark or without. */
export async function* textLines(
  source: AsyncIterable<Uint8Array | string>,
  lengthMax: number,
): AsyncGenerator<TextLine> {
  const decoder = new TextDecoder();
  let rest = '';
  let tooLong = false;
  const lineOf = (text: string): TextLine => {
    const whole = text.endsWith('\r') ? text.slice(0, -1) : text;
    const line = { text: whole.slice(0, lengthMax), tooLong: tooLong || whole.length > lengthMax };
    tooLong = false;
    return line;
  };
  const split = function* (text: string): Generator<TextLine> {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      const line = rest + text.slice(start, end);
      rest = '';
      start = end + 1;
      yield lineOf(line);
    }
    rest += text.slice(start);
    // A carriage return may be the first half of the line's end.
    if (rest.length > lengthMax + 1) {
      rest = rest.slice(0, lengthMax + 1);
      tooLong = true;
    }
  };
  for await (const piece of source) {
    yield* split(typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true }));
  }
  yield* split(decoder.decode());
  if (rest !== '') yield lineOf(rest);
}
