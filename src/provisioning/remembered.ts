/** Remembers what a dear function says of a text: the same few languages and zones come a million times. Bounded. */
export function remembered<T>(find: (text: string) => T, textsMax = 1_000): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (known.has(text)) return known.get(text) as T;
    const found = find(text);
    if (known.size < textsMax) known.set(text, found);
    return found;
  };
}
