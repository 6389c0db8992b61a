/** The lines of a template file: `key = text`, where lines that begin with a blank go on with the text before, and `[version N]`. */

export interface TemplateProblem {
  readonly line: number;
  readonly message: string;
  readonly allowed: string;
}

export interface Entry {
  readonly line: number;
  /** Lines of the text, joined by new lines; those of comments are empty, so that they can be counted. */
  readonly source: string;
}

export interface Section {
  readonly version: number;
  readonly line: number;
  readonly entries: ReadonlyMap<string, Entry>;
}

export interface TemplateLines {
  /** What stands before the first version. */
  readonly head: ReadonlyMap<string, Entry>;
  readonly sections: readonly Section[];
}

/** Reads lines; what is not understood goes to `problems`. */
export function readTemplateLines(source: string, problems: TemplateProblem[]): TemplateLines {
  const head = new Map<string, Entry>();
  const sections: (Section & { readonly entries: Map<string, Entry> })[] = [];
  /** What a line that begins with a blank goes on with. */
  let open: { readonly entries: Map<string, Entry>; readonly key: string } | undefined;
  source.split(/\r?\n/).forEach((raw, index) => {
    const line = index + 1;
    const text = raw.trim();
    const before = open?.entries.get(open.key);
    if (text === '' || text.startsWith('#')) {
      if (open !== undefined && before !== undefined)
        open.entries.set(open.key, { ...before, source: `${before.source}\n` });
      return;
    }
    if (/^\s/.test(raw) && open !== undefined && before !== undefined) {
      open.entries.set(open.key, { ...before, source: `${before.source}\n${text}` });
      return;
    }
    open = undefined;
    const version = /^\[version (\d{1,9})\]$/.exec(text)?.[1];
    if (version !== undefined && Number(version) > 0) {
      sections.push({ version: Number(version), line, entries: new Map() });
      return;
    }
    const equals = text.indexOf('=');
    const key = text.slice(0, Math.max(0, equals)).trim();
    if (text.startsWith('[') || key === '') {
      problems.push({
        line,
        message: `"${text.slice(0, 40)}" is not understood`,
        allowed: 'key = text, or [version 1] with a number of 1 or more',
      });
      return;
    }
    const entries = sections.at(-1)?.entries ?? head;
    if (entries.has(key)) {
      problems.push({ line, message: `${key} comes twice`, allowed: 'each key once in a version' });
      return;
    }
    entries.set(key, { line, source: text.slice(equals + 1).trim() });
    open = { entries, key };
  });
  return {
    head: trimmed(head),
    sections: sections.map((section) => ({ ...section, entries: trimmed(section.entries) })),
  };
}

function trimmed(entries: ReadonlyMap<string, Entry>): ReadonlyMap<string, Entry> {
  return new Map([...entries].map(([key, entry]) => [key, { ...entry, source: entry.source.trimEnd() }]));
}
