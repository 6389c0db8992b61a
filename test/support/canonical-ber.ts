/** The same BER with definite lengths, in as few octets as they need, in hexadecimal. The octets are sound BER. */
export function canonicalBer(octets: Uint8Array): string {
  const read = (from: number, end: number): [string, number] => {
    let at = from;
    let header = octets[at]!.toString(16).padStart(2, '0');
    const constructed = (octets[at]! & 0x20) !== 0;
    if ((octets[at++]! & 0x1f) === 0x1f) {
      do header += octets[at]!.toString(16).padStart(2, '0');
      while (octets[at++]! >= 0x80);
    }
    let length = octets[at++]!;
    const indefinite = length === 0x80;
    if (length > 0x80) {
      const count = length & 0x7f;
      length = 0;
      for (let octet = 0; octet < count; octet++) length = length * 256 + octets[at++]!;
    }
    let contents = '';
    if (indefinite) {
      while (octets[at] !== 0 || octets[at + 1] !== 0) {
        const [inner, next] = read(at, end);
        contents += inner;
        at = next;
      }
      at += 2;
    } else {
      const stop = at + length;
      if (constructed)
        while (at < stop) {
          const [inner, next] = read(at, stop);
          contents += inner;
          at = next;
        }
      else contents = Buffer.from(octets.subarray(at, stop)).toString('hex');
      at = stop;
    }
    const size = contents.length / 2;
    const sizeHex = size.toString(16);
    const even = sizeHex.padStart(sizeHex.length + (sizeHex.length % 2), '0');
    return [
      header +
        (size < 128 ? size.toString(16).padStart(2, '0') : (0x80 + even.length / 2).toString(16) + even) +
        contents,
      at,
    ];
  };
  return read(0, octets.length)[0];
}
