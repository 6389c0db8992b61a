/** The few things that the page does with the document. Text only ever goes in as text. */

export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`index.html has no #${id}`);
  return found;
}

/** The same for an element that is known to be of a kind. */
export function byKind<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = byId(id);
  if (!(found instanceof kind)) throw new Error(`#${id} of index.html is no ${kind.name}`);
  return found;
}

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = '',
  text = '',
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  if (text !== '') element.textContent = text;
  return element;
}

/** Writes only what changed, so that nothing is laid out anew and a selection survives. */
export function setText(element: Element, text: string): boolean {
  if (element.textContent === text) return false;
  element.textContent = text;
  return true;
}

export function setSeverity(element: HTMLElement, severity: string): void {
  if ((element.dataset['severity'] ?? '') === severity) return;
  if (severity === '') delete element.dataset['severity'];
  else element.dataset['severity'] = severity;
}

/** A colour or size of the theme. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** How large a rem is: 16, and more on the wall. */
export function remPixels(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}

export function download(name: string, blob: Blob): void {
  const link = make('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
