/** A page that needs nothing but itself. */
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

const NAMES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (one) => NAMES[one]!);
}

/** @param data what the page's script reads, by chart */
export function page(title: string, body: string, data: unknown = {}): string {
  // `</script>` in a text would end it.
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
<script type="application/json" id="data">${json}</script>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

/** A table; the first column is a heading of its row, the others are figures. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], kind = ''): string {
  const heads = head.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join('');
  const body = rows
    .map(
      ([first = '', ...cells]) =>
        `<tr><th scope="row">${escaped(first)}</th>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`,
    )
    .join('');
  const headRow = head.every((cell) => cell === '') ? '' : `<thead><tr>${heads}</tr></thead>`;
  return `<div class="scroll" tabindex="0"><table class="${kind}">${headRow}<tbody>${body}</tbody></table></div>`;
}
