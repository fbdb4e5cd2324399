/**
 * The text of a template: what all rows of a group share, element by element, with `<*>` for the rest.
 */
import type { RowKey } from './row-key.ts';
import { WILDCARD } from './tokenize.ts';

interface Renderable {
  readonly tokens: readonly string[];
}

class Draft {
  readonly #parts: string[];
  readonly #varies: Uint8Array;

  constructor(row: Renderable, key: RowKey) {
    this.#parts = key.texts.map((_, p) => textOf(row, key, p));
    this.#varies = new Uint8Array(this.#parts.length);
  }

  add(row: Renderable, key: RowKey): void {
    for (let p = 0; p < this.#parts.length; p++) {
      const text = textOf(row, key, p);
      const mine = this.#parts[p] ?? '';
      if (text === mine) continue;
      this.#varies[p] = 1;
      if (text.startsWith(' ') && !mine.startsWith(' ')) this.#parts[p] = ` ${mine}`;
    }
  }

  text(): string {
    let text = '';
    this.#parts.forEach((part, p) => {
      if (this.#varies[p] !== 1) text += part;
      else if (part.startsWith(' ')) text += ` ${WILDCARD}`;
      else text += WILDCARD;
    });
    return text;
  }
}

const textOf = (row: Renderable, key: RowKey, p: number): string => {
  const start = key.starts[p] ?? 0;
  const end = key.starts[p + 1] ?? start;
  if (end === start + 1) return row.tokens[start] ?? '';
  return row.tokens.slice(start, end).join('');
};

export interface Rendered {
  readonly templates: readonly string[];
  readonly templateOf: Int32Array;
}

/** One text per group; groups of equal text become one. */
export const renderTemplates = (rows: readonly Renderable[], keys: readonly RowKey[], groupOf: Int32Array): Rendered => {
  const drafts = new Map<number, Draft>();
  rows.forEach((row, i) => {
    const key = keys[i];
    if (key === undefined) return;
    const draft = drafts.get(groupOf[i] ?? 0);
    if (draft === undefined) drafts.set(groupOf[i] ?? 0, new Draft(row, key));
    else draft.add(row, key);
  });
  const indexOfText = new Map<string, number>();
  const indexOfGroup = new Map<number, number>();
  for (const [group, draft] of drafts) {
    const text = draft.text();
    const index = indexOfText.get(text) ?? indexOfText.size;
    indexOfText.set(text, index);
    indexOfGroup.set(group, index);
  }
  return { templates: [...indexOfText.keys()], templateOf: groupOf.map((group) => indexOfGroup.get(group) ?? 0) };
};
