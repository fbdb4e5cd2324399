/**
 * The distinct element sequences of the rows, as numbers, and how they become fewer: a pass puts items
 * into sets, and every set becomes one item with parameters where its members differ.
 */
import { type DisjointSets, SequenceHash } from './clusters.ts';
import { agreementFactor, firstShare, KEYED_SHARE, placeFactor, VALUE_SHARE } from './evidence.ts';
import { ASSIGNED, FIRST, KEYED, PLAIN, QUOTED, type RowKey } from './row-key.ts';
import { PARAMETER, TRAIT, Vocabulary, WILD } from './vocabulary.ts';

export interface Item {
  readonly ids: number[];
  readonly places: readonly number[];
}

/** No header has more elements. */
const MAX_HEADER = 16;

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
  /** The elements of every row as they were. */
  #rows: readonly Item[];
  #keys: readonly RowKey[];

  constructor(keys: readonly RowKey[]) {
    const { vocabulary } = this;
    this.#keys = keys;
    const all = keys.map((key) => ({ ids: key.texts.map((text) => vocabulary.idOf(text)), places: key.places }));
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

  /** What the word at place p of an item adds to the evidence: after `key=` any word is a value. */
  shareAt(item: number, p: number): number {
    const id = this.idAt(item, p);
    const share = this.vocabulary.share(id);
    const place = this.items[item]?.places[p];
    if (place === ASSIGNED) return Math.max(share, VALUE_SHARE);
    if (place === KEYED || place === QUOTED) return Math.max(share, KEYED_SHARE);
    return place === FIRST ? firstShare(share) : share;
  }

  /** Whether the word at place p of an item may join a parameter that others have shown to be one. */
  mayJoin(item: number, p: number): boolean {
    return this.joinShare(item, p) >= VALUE_SHARE;
  }

  /** How much the word is like a value: where a noun announces one, any word is. */
  joinShare(item: number, p: number): number {
    const place = this.items[item]?.places[p];
    if (place === KEYED || place === QUOTED) return VALUE_SHARE;
    return Math.max(this.shareAt(item, p), this.vocabulary.share(this.idAt(item, p)));
  }

  /** Where the text begins that is not the rest of a header. */
  bodyStart({ ids }: Item): number {
    for (let p = Math.min(ids.length, MAX_HEADER) - 1; p >= 0; p--) if (this.vocabulary.has(ids[p] ?? WILD, TRAIT.level)) return p + 1;
    return 0;
  }

  /** What a share of evidence counts at place p of items that agree elsewhere, by where p stands and how many words agree. */
  factorAt(members: readonly number[], p: number, holes?: Uint8Array): number {
    const [first] = members;
    const item = this.items[first ?? 0];
    if (item === undefined) return 0;
    let agreeing = 0;
    for (let q = this.bodyStart(item); q < item.ids.length && agreeing < 3; q++) {
      if (q !== p && holes?.[q] !== 1 && !this.vocabulary.isPunctuation(item.ids[q] ?? WILD) && !this.isSoft(item, q)) agreeing++;
    }
    // The place of a word depends on what stands beside it; where that varies too, the most telling place counts.
    let factor = 0;
    for (const member of members) {
      const other = this.items[member];
      if (other === undefined) continue;
      // Numbers in the first place show that a value can begin the message, and so do names.
      const id = other.ids[p] ?? -1;
      factor = Math.max(factor, this.isWildcard(id) || this.vocabulary.isSubject(id) ? 1 : this.placeFactorAt(other, p));
    }
    return agreementFactor(agreeing) * factor;
  }

  /** The part of the factor that is due to the place. */
  placeFactorAt(item: Item, p: number): number {
    const before = p > 0 ? this.vocabulary.word(item.ids[p - 1] ?? WILD) : '';
    return placeFactor(item.places[p] ?? PLAIN, before);
  }

  /** Marks the words that more rows hold as a parameter than as text, and returns whether there are new ones. */
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
      if (this.isWildcard(id) || count <= (asText[id] ?? 0) || vocabulary.isCompound(id) || vocabulary.share(id) < VALUE_SHARE) return;
      vocabulary.markValue(id);
      learned ||= (asText[id] ?? 0) > 0;
    });
    return learned;
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
      return { ids: fused.texts.map((text) => vocabulary.idOf(text)), places: fused.places };
    });
    this.#keys = keys;
    const all = this.items.map((item, i) => {
      const runs = runsOf.get(i);
      return runs === undefined ? item : { ids: fuseList(item.ids, runs, ({ id }) => id), places: fuseList(item.places, runs, ({ start }) => item.places[start] ?? PLAIN) };
    });
    this.#adopt(all);
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
      hash.reset(item.ids);
      const value = hash.value();
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
