/**
 * The text of a template: what all rows of a group share, element by element, with `<*>` for the rest.
 */
import { LETTER } from '../../../shared/letter-pattern.ts';
import type { RowKey } from './row-key.ts';
import { WILDCARD } from './wildcard.ts';

interface Renderable {
  readonly tokens: readonly string[];
}

class Draft {
  readonly #first: Renderable;
  readonly #firstKey: RowKey;
  #parts: (readonly string[])[] = [];
  #varies = new Uint8Array(0);
  /** Of the parts that vary, what all begin or end with. */
  readonly #cores = new Map<number, Core>();

  constructor(row: Renderable, key: RowKey) {
    this.#first = row;
    this.#firstKey = key;
  }

  add(row: Renderable, key: RowKey): void {
    if (this.#parts.length === 0) {
      this.#parts = this.#firstKey.texts.map((_, p) => partOf(this.#first, this.#firstKey, p));
      this.#varies = new Uint8Array(this.#parts.length);
    }
    for (let p = 0; p < this.#parts.length; p++) {
      const part = partOf(row, key, p);
      const mine = this.#parts[p] ?? [];
      if (isSame(part, mine)) continue;
      this.#varies[p] = 1;
      this.#cores.set(p, coreOf(this.#cores.get(p) ?? { tokens: mine, begins: mine.length, ends: mine.length }, part));
      // Empty and unspaced values vanish in the text beside a spaced one, whatever row came first.
      if (part[0]?.startsWith(' ') === true) this.#parts[p] = part;
    }
  }

  /** The tokens of the template; joined they are its text. */
  tokens(): readonly string[] {
    if (this.#parts.length === 0) return this.#first.tokens;
    return this.#parts.flatMap((part, p) => {
      if (this.#varies[p] !== 1) return part;
      const value = part[0]?.startsWith(' ') === true ? ` ${WILDCARD}` : WILDCARD;
      const core = this.#cores.get(p);
      if (core === undefined || core.tokens.length === 0 || core.tokens.some((token) => token.endsWith(WILDCARD))) return [value];
      if (core.begins === core.tokens.length) return [...core.tokens, value];
      return core.ends === core.tokens.length ? [value, ...core.tokens.map((token, i) => (i === 0 && LETTER.test(token) ? ` ${token.trimStart()}` : token))] : [value];
    });
  }
}

/** The shortest part of those seen, and how many of its tokens all of them begin and end with: the same in whatever order they come. */
interface Core {
  readonly tokens: readonly string[];
  readonly begins: number;
  readonly ends: number;
}

const isAlike = (a: string | undefined, b: string | undefined): boolean => a?.trimStart() === b?.trimStart();

/** In how many tokens, `most` at most, two parts agree from their beginning or from their end on. */
const commonOf = (a: readonly string[], b: readonly string[], most: number, fromEnd: boolean): number => {
  let n = 0;
  while (n < Math.min(most, a.length, b.length) && (fromEnd ? isAlike(a.at(-1 - n), b.at(-1 - n)) : isAlike(a[n], b[n]))) n++;
  return n;
};

const isShorter = (a: readonly string[], b: readonly string[]): boolean => a.length < b.length || (a.length === b.length && a.join('') < b.join(''));

/** What is left of a core with one more part. A word that only some messages have more in front of or behind stays in the template. */
const coreOf = ({ tokens, begins, ends }: Core, part: readonly string[]): Core => ({
  tokens: isShorter(part, tokens) ? part : tokens,
  begins: commonOf(tokens, part, begins, false),
  ends: commonOf(tokens, part, ends, true),
});

const partOf = (row: Renderable, key: RowKey, p: number): readonly string[] => row.tokens.slice(key.starts[p], key.starts[p + 1]);

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((token, i) => token === b[i]);

export interface Rendered {
  readonly templates: readonly string[];
  /** The token sequence of every template. */
  readonly tokensOf: readonly (readonly string[])[];
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
  const tokensOf: (readonly string[])[] = [];
  for (const [group, draft] of drafts) {
    const tokens = draft.tokens();
    const text = tokens.join('');
    let index = indexOfText.get(text);
    if (index === undefined) {
      index = tokensOf.length;
      indexOfText.set(text, index);
      tokensOf.push(tokens);
    }
    indexOfGroup.set(group, index);
  }
  return { templates: [...indexOfText.keys()], tokensOf, templateOf: groupOf.map((group) => indexOfGroup.get(group) ?? 0) };
};
