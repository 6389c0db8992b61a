import { toCsv } from './csv-text.ts';
import { download } from './dom.ts';

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
