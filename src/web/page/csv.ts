import { download } from './dom.ts';

/** RFC 4180 §2; a cell that a spreadsheet would take for a formula gets an apostrophe before it. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(text: string): string {
  const safe = /^[=+@\t\r]|^-(?![\d.])/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** To the clipboard, or as a file where a page may not write there. */
export async function giveCsv(button: HTMLButtonElement, name: string, rows: string[][]): Promise<void> {
  const text = toCsv(rows);
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    download(`callwake-${name}.csv`, new Blob([text], { type: 'text/csv' }));
    button.textContent = 'Saved';
  }
  setTimeout(() => {
    button.textContent = label;
  }, 1500);
}
