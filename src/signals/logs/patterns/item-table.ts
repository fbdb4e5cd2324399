/**
 * The distinct element sequences of the rows, as numbers, and how they become fewer: a pass puts items
 * into sets, and every set becomes one item with parameters where its members differ.
 */
import { type DisjointSets, SequenceHash } from './clusters.ts';
import { firstShare, KEYED_SHARE, METHOD_SHARE, placeFactor, VALUE_SHARE } from './evidence.ts';
import { ASSIGNED, FIELD, FIRST, KEYED, PLAIN, QUOTED, type RowKey } from './row-key.ts';
import { PARAMETER, TRAIT, Vocabulary, WILD } from './vocabulary.ts';

export interface Item {
  readonly ids: number[];
  readonly places: readonly number[];
}

/** A word is a value when so many rows hold it as text for each that holds it as a parameter, or fewer: most of its places may not be found yet. */
const VALUE_RATIO = 2;
/** No header has more elements. */
const MAX_HEADER = 16;

/** A run of elements in an item. */
export interface Span {
  readonly item: number;
  readonly start: number;
  readonly length: number;
}

/** A run of elements that becomes one. */
export interface Fused {
  readonly start: number;
  readonly length: number;
  /** What the one element is from now on. */
  readonly id: number;
}

export class ItemTable {
  readonly vocabulary = new Vocabulary();
  /** Item of every row. */
  readonly itemOfRow: Int32Array;
  items: readonly Item[] = [];
  /** The words of what was fused. */
  readonly phrases = new Map<number, readonly number[]>();
  /** The elements of every row as they were. */
  #rows: readonly Item[];
  #keys: readonly RowKey[];

  constructor(keys: readonly RowKey[]) {
    const { vocabulary } = this;
    this.#keys = keys;
    const known = new Map<RowKey, Item>();
    const all = keys.map((key) => {
      const item = known.get(key) ?? { ids: key.texts.map((text) => vocabulary.idOf(text)), places: key.places };
      known.set(key, item);
      return item;
    });
    // Merging copies what it changes: these stay as they are.
    this.#rows = all;
    this.itemOfRow = this.#dedupe(all);
  }

  /** The keys of the rows, with all that was fused. */
  get keys(): readonly RowKey[] {
    return this.#keys;
  }

  /** The id at place p of an item. */
  idAt(item: number, p: number): number {
    return this.items[item]?.ids[p] ?? WILD;
  }

  isWildcard(id: number): boolean {
    return id === WILD || id === PARAMETER;
  }

  /** Whether the place holds a value, or what is one more often than not. */
  isSoft(item: Item, p: number): boolean {
    const id = item.ids[p] ?? WILD;
    if (this.isWildcard(id)) return true;
    return !this.vocabulary.isPunctuation(id) && (item.places[p] === ASSIGNED || this.vocabulary.isCompound(id));
  }

  /** The elements of an item, with wildcards for what is a value more often than not. */
  softened(item: Item): readonly number[] {
    return item.ids.map((id, p) => (this.isSoft(item, p) ? WILD : id));
  }

  /** What the word at place p of an item adds to the evidence: after `key=` any word is a value. Where the context is long, the first place is as any. */
  shareAt(item: number, p: number, isLong = false): number {
    const id = this.idAt(item, p);
    const share = this.vocabulary.share(id);
    const place = this.items[item]?.places[p];
    if (this.vocabulary.has(id, TRAIT.method) && this.#isBehindValueOrText(this.items[item], p)) return METHOD_SHARE;
    if (place === ASSIGNED) return Math.max(share, VALUE_SHARE);
    if (place === KEYED || place === QUOTED) return Math.max(share, KEYED_SHARE);
    return place === FIRST && !isLong ? firstShare(share) : share;
  }

  /** Whether the statement says at p what something is: after a colon or a form of `to be`. */
  isAnswer({ ids }: Item, p: number): boolean {
    return p > 0 && this.vocabulary.has(ids[p - 1] ?? WILD, TRAIT.colon | TRAIT.copula);
  }

  /** Whether the word at place p of an item may join a parameter that others have shown to be one. */
  mayJoin(item: number, p: number): boolean {
    return this.joinShare(item, p) >= VALUE_SHARE;
  }

  /** How much the word is like a value: where a noun, a colon or `is` announces one, any word is. */
  joinShare(index: number, p: number): number {
    const item = this.items[index];
    if (item === undefined) return 0;
    const id = item.ids[p] ?? WILD;
    const place = item.places[p];
    if (place === KEYED || place === QUOTED || place === FIELD || this.isAnswer(item, p)) return VALUE_SHARE;
    // A capital within a sentence makes a name.
    if (p > 0 && this.vocabulary.has(id, TRAIT.capital | TRAIT.hex)) return VALUE_SHARE;
    return Math.max(this.shareAt(index, p), this.vocabulary.share(id));
  }

  /** Where the text begins that is not the rest of a header. */
  bodyStart(item: Item): number {
    const { ids } = item;
    for (let p = Math.min(ids.length, MAX_HEADER) - 1; p >= 0; p--) {
      if (this.vocabulary.has(ids[p] ?? WILD, TRAIT.level)) return this.#hasText(item, p + 1, ids.length) ? p + 1 : 0;
    }
    if (this.vocabulary.has(ids[0] ?? WILD, TRAIT.smallLevel)) return this.#hasText(item, 1, ids.length) ? 1 : 0;
    return 0;
  }

  /** Whether any words of a statement stand in [from, to). */
  #hasText(item: Item | undefined, from: number, to: number): boolean {
    if (item === undefined) return false;
    for (let p = from; p < to; p++) if (!this.vocabulary.isPunctuation(item.ids[p] ?? WILD) && !this.isSoft(item, p)) return true;
    return false;
  }

  /** A request is told behind its status or a sentence; a method that begins a message or stands behind marks alone is what it says. */
  #isBehindValueOrText(item: Item | undefined, p: number): boolean {
    return item !== undefined && ((p > 0 && this.isWildcard(item.ids[p - 1] ?? -1)) || this.#hasText(item, 0, p));
  }

  /** The part of the factor that is due to the place. */
  placeFactorAt(item: Item, p: number): number {
    const before = p > 0 ? this.vocabulary.word(item.ids[p - 1] ?? WILD) : '';
    return placeFactor(item.places[p] ?? PLAIN, before);
  }

  /** Marks the words that more than a third of their rows hold as a parameter, and returns whether there are new ones. */
  learnValues(): boolean {
    const { vocabulary } = this;
    const asValue = new Int32Array(vocabulary.size);
    const asText = new Int32Array(vocabulary.size);
    this.#rows.forEach(({ ids }, row) => {
      const item = this.itemOfRow[row] ?? 0;
      ids.forEach((id, p) => {
        const counts = this.idAt(item, p) === PARAMETER ? asValue : asText;
        counts[id] = (counts[id] ?? 0) + 1;
      });
    });
    let learned = false;
    asValue.forEach((count, id) => {
      if (this.isWildcard(id) || vocabulary.has(id, TRAIT.told) || count * VALUE_RATIO <= (asText[id] ?? 0) || vocabulary.isCompound(id) || vocabulary.share(id) < VALUE_SHARE) return;
      vocabulary.markValue(id);
      learned ||= (asText[id] ?? 0) > 0;
    });
    return learned;
  }

  /** The text of these elements is told of something; it is no name. */
  markTold(item: number, start: number, length: number): void {
    const { vocabulary } = this;
    const words = Array.from({ length }, (_, i) => vocabulary.word(this.idAt(item, start + i)));
    if (length > 1) vocabulary.markTold(vocabulary.idOf(words.join(' ')));
  }

  /** Makes each of the runs, one of an item at most, a value. Returns whether there were any. */
  fuseValues(spans: readonly Span[]): boolean {
    if (spans.length === 0) return false;
    this.fuse(new Map(spans.map(({ item, start, length }) => [item, [{ start, length, id: PARAMETER }]])));
    return true;
  }

  /** Makes runs of elements one, in the items given; their runs are apart and in order. */
  fuse(runsOf: ReadonlyMap<number, readonly Fused[]>): void {
    const { vocabulary } = this;
    const keys = this.#keys.slice();
    this.#rows = this.#rows.map((row, i) => {
      const runs = runsOf.get(this.itemOfRow[i] ?? 0);
      const key = keys[i];
      if (runs === undefined || key === undefined) return row;
      const fused = fuseKey(key, runs);
      keys[i] = fused;
      const ids = fused.texts.map((text) => vocabulary.idOf(text));
      this.#notePhrases(row, ids, runs);
      return { ids, places: fused.places };
    });
    this.#keys = keys;
    const all = this.items.map((item, i) => {
      const runs = runsOf.get(i);
      return runs === undefined ? item : { ids: fuseList(item.ids, runs, ({ id }) => id), places: fuseList(item.places, runs, ({ start }) => item.places[start] ?? PLAIN) };
    });
    this.#adopt(all);
  }

  #notePhrases(row: Item, fused: readonly number[], runs: readonly Fused[]): void {
    let shift = 0;
    for (const { start, length } of runs) {
      const id = fused[start - shift] ?? WILD;
      // What was fused twice may be the same text in fewer words: the most are kept, whatever the order of rows.
      if (!this.isWildcard(id) && length > (this.phrases.get(id)?.length ?? 1)) this.phrases.set(id, row.ids.slice(start, start + length));
      shift += length - 1;
    }
  }

  #adopt(all: readonly Item[]): void {
    const next = this.#dedupe(all);
    for (let row = 0; row < this.itemOfRow.length; row++) this.itemOfRow[row] = next[this.itemOfRow[row] ?? 0] ?? 0;
  }

  /** Makes every set one item. */
  merge(sets: DisjointSets): void {
    const merged = new Map<number, Item>();
    const all = this.items.map((item, i) => {
      const root = sets.find(i);
      const into = merged.get(root);
      if (into === undefined) {
        const copy = { ids: item.ids.slice(), places: item.places };
        merged.set(root, copy);
        return copy;
      }
      for (let p = 0; p < into.ids.length; p++) if (into.ids[p] !== item.ids[p]) into.ids[p] = PARAMETER;
      return into;
    });
    this.#adopt(all);
  }

  /** Keeps the distinct items and returns the new index of each. */
  #dedupe(all: readonly Item[]): Int32Array {
    const indexOf = new Map<number, number>();
    const items: Item[] = [];
    const hash = new SequenceHash();
    const result = new Int32Array(all.length);
    all.forEach((item, i) => {
      const value = hash.of(item.ids);
      let index = indexOf.get(value);
      if (index === undefined) {
        index = items.length;
        indexOf.set(value, index);
        items.push(item);
      } else markParameters(items[index], item);
      result[i] = index;
    });
    this.items = items;
    return result;
  }
}

/** An item that agrees with another takes over what was found to be a parameter there. */
const markParameters = (into: Item | undefined, item: Item): void => {
  if (into === undefined || into === item) return;
  item.ids.forEach((id, p) => {
    if (id === PARAMETER) into.ids[p] = PARAMETER;
  });
};

/** A list with each run replaced by what `valueOf` says of it. */
const fuseList = <T>(list: readonly T[], runs: readonly Fused[], valueOf: (run: Fused) => T): T[] => {
  const result: T[] = [];
  let at = 0;
  for (const run of runs) {
    while (at < run.start) result.push(list[at++] as T);
    result.push(valueOf(run));
    at = run.start + run.length;
  }
  while (at < list.length) result.push(list[at++] as T);
  return result;
};

const fuseKey = ({ texts, starts, places }: RowKey, runs: readonly Fused[]): RowKey => ({
  texts: fuseList(texts, runs, ({ start, length }) => texts.slice(start, start + length).join(' ')),
  starts: fuseList(starts, runs, ({ start }) => starts[start] ?? 0),
  places: fuseList(places, runs, ({ start }) => places[start] ?? PLAIN),
});
