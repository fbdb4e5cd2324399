/** Where items hold values as programs print them: in brackets, in quotes, as a call, or as the word for no value. */
import type { Item, ItemTable } from './item-table.ts';
import { QUOTED } from './row-key.ts';
import { WILD } from './vocabulary.ts';

/** Spans read in an item. */
const MAX_SPANS = 16;

export const BRACKETS = 0;
export const QUOTES = 1;
/** `None` and the like: no value. */
export const NOTHING = 2;

export interface PrintedSpan {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly kind: number;
}

/** Finds the spans; it knows the ids of brackets, quotes and words for nothing. */
export class PrintedSpans {
  readonly #closing: ReadonlyMap<number, number>;
  readonly #closers: ReadonlySet<number>;
  readonly #angle: number;
  readonly #angleEnd: number;
  readonly #beforeArrowHead: ReadonlySet<number>;
  readonly #quotes: ReadonlySet<number>;
  readonly #nothing: ReadonlySet<number>;

  constructor({ vocabulary }: ItemTable) {
    const pairs = ['()', '[]', '{}'].map((pair) => [vocabulary.idOf(pair.charAt(0)), vocabulary.idOf(pair.charAt(1))] as const);
    this.#angle = vocabulary.idOf('<');
    this.#angleEnd = vocabulary.idOf('>');
    this.#closing = new Map([...pairs, [this.#angle, this.#angleEnd]]);
    this.#closers = new Set(this.#closing.values());
    this.#quotes = new Set(['"', "'"].map((mark) => vocabulary.idOf(mark)));
    this.#nothing = new Set(['None', 'nil', 'undefined', 'NULL', 'NaN'].map((word) => vocabulary.idOf(word)));
    this.#beforeArrowHead = new Set(['-', '=', '--'].map((word) => vocabulary.idOf(word)));
  }

  /** The outermost pairs of brackets of an item (those of one kind that touch are one: `{a}{b}`), and outside of these quotes and words for nothing. */
  spansOf(item: Item): readonly PrintedSpan[] {
    const brackets = this.#bracketsIn(item);
    const spans: PrintedSpan[] = [];
    let next = 0;
    for (let at = 0; at < item.ids.length; ) {
      const bracket = brackets[next];
      const span = bracket?.start === at ? bracket : this.#literalAt(item, at);
      if (span === bracket) next++;
      if (span !== undefined) spans.push(span);
      at = span?.end ?? at + 1;
      while ((brackets[next]?.start ?? at) < at) next++;
    }
    return spans.slice(0, MAX_SPANS);
  }

  #literalAt({ ids, places }: Item, at: number): PrintedSpan | undefined {
    const id = ids[at] ?? WILD;
    if (this.#nothing.has(id)) return { start: at, end: at + 1, kind: NOTHING };
    return this.#quotes.has(id) && places[at + 1] === QUOTED && ids[at + 2] === id ? { start: at, end: at + 3, kind: QUOTES } : undefined;
  }

  #bracketsIn({ ids }: Item): readonly PrintedSpan[] {
    if (!ids.some((id) => this.#closing.has(id))) return NO_SPANS;
    const spans: PrintedSpan[] = [];
    const open: number[] = [];
    for (let at = 0; at < ids.length; at++) {
      const id = ids[at] ?? WILD;
      if (this.#closing.has(id)) open.push(at);
      else if (this.#closers.has(id) && !(id === this.#angleEnd && this.#beforeArrowHead.has(ids[at - 1] ?? WILD))) this.#close(ids, open, at, spans);
    }
    return joined(ids, spans);
  }

  /** Closes the last bracket that the one at `at` fits; what was opened within it and never closed was cut short. */
  #close(ids: readonly number[], open: number[], at: number, spans: PrintedSpan[]): void {
    let depth = open.length - 1;
    while (depth >= 0 && this.#closing.get(ids[open[depth] ?? 0] ?? WILD) !== ids[at]) depth--;
    if (depth < 0) return;
    const start = open[depth] ?? 0;
    open.length = depth;
    while ((spans.at(-1)?.start ?? -1) > start) spans.pop();
    spans.push({ start, end: at + 1, kind: BRACKETS });
  }
}

const NO_SPANS: readonly PrintedSpan[] = [];

const joined = (ids: readonly number[], spans: readonly PrintedSpan[]): readonly PrintedSpan[] => {
  const apart: PrintedSpan[] = [];
  for (const span of spans) {
    const last = apart.at(-1);
    if (last !== undefined && last.end === span.start && ids[last.start] === ids[span.start]) apart[apart.length - 1] = { ...last, end: span.end };
    else apart.push(span);
  }
  return apart;
};
