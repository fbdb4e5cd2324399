/**
 * Printed values: what stands in brackets as a program prints objects, arguments and pairs (`{'size': 7, 'tags': []}`, `sell(lot=4, to=None)`,
 * `<Lot id=4 state=sold>`), texts in quotes where others have numbers, and words for nothing. How long and deep a structure is depends on the value alone,
 * so messages of one statement differ in far more than a place. Where messages say the same around brackets and what stands in these has several
 * shapes, each pair of brackets is one value. A structure that never varies stays as it is, and prose in brackets is the text of a statement.
 */
import { LetterPattern } from '../../../shared/letter-pattern.ts';
import { SequenceHash } from './clusters.ts';
import type { Fused, Item, ItemTable } from './item-table.ts';
import { BRACKETS, type PrintedSpan, PrintedSpans, QUOTES } from './printed-spans.ts';
import { CALLED } from './row-key.ts';
import { PARAMETER, WILD } from './vocabulary.ts';

/** So many layouts are a value's; two may be two statements, of which one says more. */
const MIN_LAYOUTS = 3;
/** Two are enough where both have the same keys, and so many. */
const MIN_KEYS = 2;
/** So many words without a mark between them are prose. */
const PROSE_WORDS = 3;
/** So many words of a statement stand around the brackets, or so many are in most of them. */
const MIN_WORDS = 2;

const PROSE = 0;
const SIMPLE = 1;
const STRUCTURED = 2;

interface Outlined {
  readonly item: number;
  readonly read: Item;
  /** By place in `ids`. */
  readonly spans: ReadonlyMap<number, PrintedSpan>;
  /** The item, values as one, printed values among them. */
  readonly ids: readonly number[];
}

/** Whether the name of a call stands at `at`, before brackets or what they became. */
const isCall = (table: ItemTable, { ids, places }: Item, at: number, bracket: PrintedSpan | undefined): boolean =>
  places[at] === CALLED && (bracket === undefined ? table.isWildcard(ids[at + 1] ?? -1) : bracket.kind === BRACKETS && bracket.start === at + 1);

/** Reads an item; `withNames`, the names of calls and their brackets are one. */
const outlined = (table: ItemTable, printed: PrintedSpans, item: number, withNames: boolean): Outlined | null => {
  const read = table.items[item];
  if (read === undefined) return null;
  const found = printed.spansOf(read);
  const spans = new Map<number, PrintedSpan>();
  const ids: number[] = [];
  let next = 0;
  for (let at = 0; at < read.ids.length; ) {
    const isNamed = withNames && isCall(table, read, at, found[next]?.start === at + 1 ? found[next] : undefined);
    const span = found[next]?.start === (isNamed ? at + 1 : at) ? found[next++] : undefined;
    const end = span?.end ?? (isNamed ? at + 2 : at + 1);
    if (isNamed || span !== undefined) spans.set(ids.length, { start: at, end, kind: span?.kind ?? BRACKETS });
    ids.push(isNamed || span !== undefined || table.isSoft(read, at) ? WILD : (read.ids[at] ?? WILD));
    at = end;
  }
  return { item, read, spans, ids };
};

/** What stands in brackets from `start` on reads as. */
const formOf = (table: ItemTable, item: Item, start: number, end: number): number => {
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

const wordsAround = (table: ItemTable, { read, ids }: Outlined): number => {
  const body = table.bodyStart(read);
  let words = 0;
  for (let p = body; p < ids.length; p++) if (ids[p] !== WILD && !table.vocabulary.isPunctuation(ids[p] ?? WILD)) words++;
  return words;
};

/** Members and contents of one layout: brackets, marks, and how many words or values stand between them. */
interface Layout {
  readonly kind: number;
  readonly members: Outlined[];
  readonly contents: Set<number>;
  readonly keys: ReadonlySet<string>;
}

/** Where a number or what was found to be a value stands. */
const VALUE = -1;

/** A key and its value in one element. */
const PAIR = new LetterPattern(String.raw`^([\p{L}][\p{L}\p{N}_.-]*):`);

/** The words before a colon or an equals sign right within the outer brackets. */
const keysIn = ({ vocabulary }: ItemTable, ids: readonly number[]): ReadonlySet<string> => {
  const keys = new Set<string>();
  let depth = 0;
  ids.forEach((id, p) => {
    const word = vocabulary.word(id);
    if (word.length === 1 && '([{<'.includes(word)) depth++;
    else if (word.length === 1 && ')]}>'.includes(word)) depth--;
    else if (depth === 1 && id !== WILD && !vocabulary.isPunctuation(id)) {
      const next = vocabulary.word(ids[p + 1] ?? WILD);
      if (next === ':' || next === '=') keys.add(word);
      else if (PAIR.test(word)) keys.add(word.slice(0, word.indexOf(':')));
    }
  });
  return keys;
};

const layoutsAt = (table: ItemTable, members: readonly Outlined[], place: number): readonly Layout[] => {
  const hash = new SequenceHash();
  const layouts = new Map<number, Layout>();
  for (const member of members) {
    const span = member.spans.get(place);
    const kind = span === undefined ? VALUE : span.kind;
    const content = span === undefined ? [] : table.softened(member.read).slice(span.start, span.end);
    if (kind === BRACKETS && span !== undefined && formOf(table, member.read, span.start, span.end) === PROSE) continue;
    const name = kind === BRACKETS ? hash.of(content.map((id) => (table.vocabulary.isPunctuation(id) ? id : WILD))) : -1 - kind;
    const layout = layouts.get(name) ?? { kind, members: [], contents: new Set(), keys: keysIn(table, content) };
    layouts.set(name, layout);
    layout.contents.add(hash.of(content));
    layout.members.push(member);
  }
  return [...layouts.values()];
};

/** Whether all layouts have the same keys: they differ in what stands behind these. */
const haveSameKeys = (layouts: readonly Layout[]): boolean => {
  const [first] = layouts;
  return first !== undefined && first.keys.size >= MIN_KEYS && layouts.every(({ keys }) => keys.size === first.keys.size && [...keys].every((key) => first.keys.has(key)));
};

/** The members that hold a printed value in one place, where it is a value. */
const valuesAt = (table: ItemTable, members: readonly Outlined[], place: number): readonly Outlined[] => {
  const layouts = layoutsAt(table, members, place);
  const isPrinted = layouts.some(({ kind, members: [first] }) => {
    const span = first?.spans.get(place);
    return kind === BRACKETS ? first !== undefined && span !== undefined && formOf(table, first.read, span.start, span.end) === STRUCTURED : kind !== VALUE;
  });
  if (!isPrinted) return NO_MEMBERS;
  const kinds = new Set(layouts.map(({ kind }) => kind));
  if (layouts.length >= MIN_LAYOUTS || kinds.size > 1 || (layouts.length > 1 && haveSameKeys(layouts))) return layouts.flatMap((layout) => layout.members);
  return layouts.flatMap((layout) => (layout.kind !== QUOTES && layout.contents.size > 1 ? layout.members : NO_MEMBERS));
};

const NO_MEMBERS: readonly Outlined[] = [];

/** The members with a call in one place, where the names there differ. */
const callsAt = (table: ItemTable, members: readonly Outlined[], place: number): readonly Outlined[] => {
  const names = new Set<number>();
  let isStructured = false;
  const calls = members.filter(({ read, spans }) => {
    const span = spans.get(place);
    if (span === undefined || read.places[span.start] !== CALLED) return false;
    const form = table.isWildcard(read.ids[span.start + 1] ?? WILD) ? STRUCTURED : formOf(table, read, span.start + 1, span.end);
    if (form === PROSE) return false;
    isStructured ||= form === STRUCTURED;
    names.add(read.ids[span.start] ?? WILD);
    return true;
  });
  return isStructured && names.size > 1 ? calls : NO_MEMBERS;
};

/** Items that agree around printed values; an item without any is with those that have some. */
const alikeIn = (table: ItemTable, withNames: boolean): Iterable<readonly Outlined[]> => {
  const printed = new PrintedSpans(table);
  const hash = new SequenceHash();
  const buckets = new Map<number, Outlined[]>();
  const plain: Outlined[] = [];
  table.items.forEach((_, i) => {
    const read = outlined(table, printed, i, withNames);
    if (read === null) return;
    if (read.spans.size === 0) {
      plain.push(read);
      return;
    }
    const name = hash.of(read.ids);
    const known = buckets.get(name);
    if (known === undefined) buckets.set(name, [read]);
    else known.push(read);
  });
  for (const read of plain) buckets.get(hash.of(read.ids))?.push(read);
  return buckets.values();
};

type FindValues = (table: ItemTable, members: readonly Outlined[], place: number) => readonly Outlined[];

const mergePrinted = (table: ItemTable, withNames: boolean, find: FindValues): boolean => {
  const fused = new Map<number, Fused[]>();
  for (const members of alikeIn(table, withNames)) {
    const [first] = members;
    if (first === undefined || members.length < 2 || wordsAround(table, first) < MIN_WORDS) continue;
    for (const place of first.ids.keys()) {
      if (first.ids[place] !== WILD) continue;
      for (const { item, spans } of find(table, members, place)) {
        const span = spans.get(place);
        if (span === undefined) continue;
        const own = fused.get(item) ?? [];
        own.push({ start: span.start, length: span.end - span.start, id: PARAMETER });
        fused.set(item, own);
      }
    }
  }
  if (fused.size === 0) return false;
  table.fuse(fused);
  return true;
};

/** Makes structures that vary, and calls whose names do, one value each. Returns whether there were any. */
export const mergeStructures = (table: ItemTable): boolean => {
  const calls = mergePrinted(table, true, callsAt);
  return mergePrinted(table, false, valuesAt) || calls;
};
