/**
 * Printed structures: what stands in brackets as a program prints objects, arguments and pairs (`{'size': 7, 'tags': []}`, `sell(lot=4, to=None)`,
 * `<Lot id=4 state=sold>`). How long and deep it is depends on the value alone, so messages of one statement differ in far more than a
 * place. Where messages say the same around brackets and what stands in these has several shapes, each pair of brackets is one value. A structure
 * that never varies stays as it is, and prose in brackets is the text of a statement.
 */
import { SequenceHash } from './clusters.ts';
import type { Fused, Item, ItemTable } from './item-table.ts';
import { PARAMETER, WILD } from './vocabulary.ts';

/** So many layouts are a value's; two may be two statements, of which one says more. */
const MIN_LAYOUTS = 3;
/** So many words without a mark between them are prose. */
const PROSE_WORDS = 3;
/** So many words of a statement stand around the brackets, or so many are in most of them. */
const MIN_WORDS = 2;
/** Structures read in an item. */
const MAX_SPANS = 16;
/** In an outline, in the place of a structure. */
const STRUCTURE = -2;

const PROSE = 0;
const SIMPLE = 1;
const STRUCTURED = 2;

interface Span {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

interface Outlined {
  readonly item: number;
  readonly spans: readonly Span[];
  /** The item, values as one, with a mark for each structure. */
  readonly ids: readonly number[];
}

/** The ids of brackets. */
class Marks {
  readonly #closing: ReadonlyMap<number, number>;
  readonly #closers: ReadonlySet<number>;
  readonly #angle: number;
  readonly #angleEnd: number;
  readonly #beforeArrowHead: ReadonlySet<number>;

  constructor({ vocabulary }: ItemTable) {
    const pairs = ['()', '[]', '{}'].map((pair) => [vocabulary.idOf(pair.charAt(0)), vocabulary.idOf(pair.charAt(1))] as const);
    this.#angle = vocabulary.idOf('<');
    this.#angleEnd = vocabulary.idOf('>');
    this.#closing = new Map([...pairs, [this.#angle, this.#angleEnd]]);
    this.#closers = new Set(this.#closing.values());
    this.#beforeArrowHead = new Set(['-', '=', '--'].map((word) => vocabulary.idOf(word)));
  }

  isOpening(id: number): boolean {
    return this.#closing.has(id);
  }

  /** The outermost pairs of brackets of an item; those of one kind that touch are one (`{a}{b}`). */
  spansOf({ ids }: Item): readonly Span[] {
    if (!ids.some((id) => this.#closing.has(id))) return NO_SPANS;
    const spans: Span[] = [];
    const open: number[] = [];
    for (let at = 0; at < ids.length; at++) {
      const id = ids[at] ?? WILD;
      if (this.#closing.has(id)) open.push(at);
      else if (this.#closers.has(id) && !(id === this.#angleEnd && this.#beforeArrowHead.has(ids[at - 1] ?? WILD))) this.#close(ids, open, at, spans);
    }
    return joined(ids, spans).slice(0, MAX_SPANS);
  }

  /** Closes the last bracket that the one at `at` fits; what was opened within it and never closed was cut short. */
  #close(ids: readonly number[], open: number[], at: number, spans: Span[]): void {
    let depth = open.length - 1;
    while (depth >= 0 && this.#closing.get(ids[open[depth] ?? 0] ?? WILD) !== ids[at]) depth--;
    if (depth < 0) return;
    const start = open[depth] ?? 0;
    open.length = depth;
    while ((spans.at(-1)?.start ?? -1) > start) spans.pop();
    spans.push({ start, end: at + 1 });
  }
}

const NO_SPANS: readonly Span[] = [];

const joined = (ids: readonly number[], spans: readonly Span[]): readonly Span[] => {
  const apart: Span[] = [];
  for (const span of spans) {
    const last = apart.at(-1);
    if (last !== undefined && last.end === span.start && ids[last.start] === ids[span.start]) apart[apart.length - 1] = { start: last.start, end: span.end };
    else apart.push(span);
  }
  return apart;
};

const outlined = (table: ItemTable, marks: Marks, item: number): Outlined | null => {
  const read = table.items[item];
  if (read === undefined) return null;
  const spans = marks.spansOf(read);
  if (spans.length === 0) return null;
  const softened = table.softened(read);
  const ids: number[] = [];
  let at = 0;
  for (const { start, end } of spans) {
    while (at < start) ids.push(softened[at++] ?? WILD);
    ids.push(STRUCTURE);
    at = end;
  }
  while (at < softened.length) ids.push(softened[at++] ?? WILD);
  return { item, spans, ids };
};

/** What stands in brackets reads as. */
const formOf = (table: ItemTable, item: Item, { start, end }: Span): number => {
  let words = 0;
  let marks = 0;
  let run = 0;
  for (let p = start + 1; p < end - 1; p++) {
    if (table.vocabulary.isPunctuation(item.ids[p] ?? WILD)) {
      marks++;
      run = 0;
    } else if (!table.isSoft(item, p)) {
      words++;
      if (++run >= PROSE_WORDS) return PROSE;
    }
  }
  if (marks === 0) return end - start <= 3 ? SIMPLE : PROSE;
  return words <= marks * 2 ? STRUCTURED : PROSE;
};

const wordsAround = (table: ItemTable, { item, spans }: Outlined): number => {
  const read = table.items[item];
  if (read === undefined) return 0;
  let words = 0;
  let next = 0;
  for (let p = table.bodyStart(read); p < read.ids.length; p++) {
    while ((spans[next]?.end ?? Infinity) <= p) next++;
    if ((spans[next]?.start ?? Infinity) <= p) continue;
    if (!table.isSoft(read, p) && !table.vocabulary.isPunctuation(read.ids[p] ?? WILD)) words++;
  }
  return words;
};

/** The members that hold a printed structure in one place, where it is a value. */
const valuesAt = (table: ItemTable, members: readonly Outlined[], place: number): readonly Outlined[] => {
  const hash = new SequenceHash();
  /** Members and contents by their layout: brackets, marks, and how many words or values stand between them. */
  const layouts = new Map<number, { readonly members: Outlined[]; readonly contents: Set<number> }>();
  let isStructured = false;
  for (const member of members) {
    const read = table.items[member.item];
    const span = member.spans[place];
    if (read === undefined || span === undefined) continue;
    const form = formOf(table, read, span);
    if (form === PROSE) continue;
    isStructured ||= form === STRUCTURED;
    const content = table.softened(read).slice(span.start, span.end);
    hash.reset(content.map((id) => (table.vocabulary.isPunctuation(id) ? id : WILD)));
    const layout = layouts.get(hash.value()) ?? { members: [], contents: new Set() };
    layouts.set(hash.value(), layout);
    hash.reset(content);
    layout.contents.add(hash.value());
    layout.members.push(member);
  }
  if (!isStructured) return NO_MEMBERS;
  if (layouts.size >= MIN_LAYOUTS) return [...layouts.values()].flatMap((layout) => layout.members);
  return [...layouts.values()].flatMap((layout) => (layout.contents.size > 1 ? layout.members : NO_MEMBERS));
};

const NO_MEMBERS: readonly Outlined[] = [];

/** Makes structures that vary one value each. Returns whether there were any. */
export const mergeStructures = (table: ItemTable): boolean => {
  const marks = new Marks(table);
  const hash = new SequenceHash();
  const buckets = new Map<number, Outlined[]>();
  table.items.forEach((_, i) => {
    const read = outlined(table, marks, i);
    if (read === null) return;
    hash.reset(read.ids);
    const known = buckets.get(hash.value());
    if (known === undefined) buckets.set(hash.value(), [read]);
    else known.push(read);
  });
  const fused = new Map<number, Fused[]>();
  for (const members of buckets.values()) {
    const [first] = members;
    if (first === undefined || members.length < 2 || wordsAround(table, first) < MIN_WORDS) continue;
    first.spans.forEach((_, place) => {
      for (const { item, spans } of valuesAt(table, members, place)) {
        const span = spans[place];
        if (span === undefined) continue;
        const own = fused.get(item) ?? [];
        own.push({ start: span.start, length: span.end - span.start, id: PARAMETER });
        fused.set(item, own);
      }
    });
  }
  if (fused.size === 0) return false;
  table.fuse(fused);
  return true;
};
