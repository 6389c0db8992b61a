/** The sentence of a metric, as `/metrics` has it, on hover over what shows it. */
let sentences = new Map<string, string>();
const described: { readonly element: HTMLElement; readonly metrics: readonly string[] }[] = [];

/** The element shows these metrics. */
export function describe(element: HTMLElement, ...metrics: readonly string[]): void {
  described.push({ element, metrics });
  apply({ element, metrics });
}

export function learn(metrics: readonly { readonly name: string; readonly help: string }[]): void {
  sentences = new Map(metrics.map(({ name, help }) => [name, help]));
  for (const one of described) apply(one);
}

function apply({ element, metrics }: (typeof described)[number]): void {
  const lines = metrics.flatMap((name) => {
    const help = sentences.get(name);
    return help === undefined ? [] : [`${help} (${name})`];
  });
  if (lines.length > 0) element.title = lines.join('\n');
}
