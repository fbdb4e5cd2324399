/**
 * Lists of pairs that hold other keys from message to message: `lot sold bids=3 days=4` and `lot sold bids=3 agent=kim days=2`. A program prints the
 * pairs that it has something to say of; around them it says the same.
 */
import { DisjointSets } from './clusters.ts';
import { Ends } from './ends.ts';
import type { Item, ItemTable, Span } from './item-table.ts';
import { WILD } from './vocabulary.ts';

/** So many pairs are a list, and so many words of a statement stand around it. */
const MIN_PAIRS = 2;
const MIN_WORDS = 2;
/** So many of the keys of the shorter list are keys of the other as well, and so much of all of them. */
const MIN_SHARED = 2;
const GOOD_PART = 0.5;
/** Behind a single word (`slow: `), one list holds all keys of the other, and so many. */
const MIN_WORDS_OF_SUBSET = 1;
const MIN_SUBSET = 4;
/** Sets of keys around which the same is said; more are left alone. */
const MAX_KINDS = 48;

interface List extends Span {
  readonly keys: ReadonlySet<number>;
  /** Words around it. */
  readonly words: number;
}

/** The longest list of pairs in an item. */
const listIn = (table: ItemTable, item: Item, index: number): List | null => {
  const { vocabulary } = table;
  const { ids } = item;
  const isEquals = (p: number): boolean => vocabulary.word(ids[p] ?? WILD) === '=';
  const isKey = (p: number): boolean => isEquals(p + 1) && !vocabulary.isPunctuation(ids[p] ?? WILD) && !table.isWildcard(ids[p] ?? WILD);
  let best: List | null = null;
  for (let p = 0; p < ids.length; p++) {
    if (!isKey(p)) continue;
    const start = p;
    const keys = new Set<number>();
    let end = p;
    while (isKey(p) && p + 2 < ids.length && table.isSoft(item, p + 2)) {
      keys.add(ids[p] ?? WILD);
      p += 3;
      end = p;
      if (vocabulary.word(ids[p] ?? WILD) === ',' && isKey(p + 1)) p++;
    }
    if (keys.size >= MIN_PAIRS && (best === null || end - start > best.length)) best = { item: index, start, length: end - start, keys, words: 0 };
  }
  return best;
};

const wordsAround = (table: ItemTable, item: Item, { start, length }: List): number => {
  let words = 0;
  for (let p = table.bodyStart(item); p < item.ids.length; p++) {
    if ((p < start || p >= start + length) && !table.isSoft(item, p) && !table.vocabulary.isPunctuation(item.ids[p] ?? WILD)) words++;
  }
  return words;
};

const isAlike = (a: List, b: List): boolean => {
  let shared = 0;
  for (const key of a.keys) if (b.keys.has(key)) shared++;
  const least = Math.min(a.keys.size, b.keys.size);
  return a.words < MIN_WORDS ? shared >= MIN_SUBSET && shared === least : shared >= Math.max(MIN_SHARED, least * GOOD_PART);
};

/** Lists by what stands around them. */
const listsByFrame = (table: ItemTable): ReadonlyMap<number, readonly List[]> => {
  const frames = new Map<number, List[]>();
  const ends = new Ends(table.items.reduce((longest, { ids }) => Math.max(longest, ids.length), 0));
  table.items.forEach((item, i) => {
    const found = listIn(table, item, i);
    if (found === null) return;
    const list = { ...found, words: wordsAround(table, item, found) };
    if (list.words < MIN_WORDS_OF_SUBSET) return;
    ends.read(table.softened(item));
    const frame = ends.around(list.start, list.start + list.length);
    const known = frames.get(frame);
    if (known === undefined) frames.set(frame, [list]);
    else known.push(list);
  });
  return frames;
};

/** Lists that are alike, or that others are alike with; those with the same keys count as one. */
const kinOf = (table: ItemTable, lists: readonly List[]): readonly (readonly List[])[] => {
  const byKeys = new Map<string, List[]>();
  for (const list of lists) {
    const name = Array.from(list.keys, (key) => table.vocabulary.word(key)).sort().join(' ');
    const known = byKeys.get(name);
    if (known === undefined) byKeys.set(name, [list]);
    else known.push(list);
  }
  const kinds = [...byKeys].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, MAX_KINDS).map(([, alike]) => alike);
  const sets = new DisjointSets(kinds.length);
  kinds.forEach(([a], i) => {
    kinds.slice(0, i).forEach(([b], j) => {
      if (a !== undefined && b !== undefined && isAlike(a, b)) sets.union(i, j);
    });
  });
  const kin = new Map<number, List[]>();
  kinds.forEach((alike, i) => kin.set(sets.find(i), [...(kin.get(sets.find(i)) ?? []), ...alike]));
  return [...kin.values()];
};

/** Makes lists of other keys one value. Returns whether there were any. */
export const mergePairLists = (table: ItemTable): boolean => {
  const found: List[] = [];
  for (const lists of listsByFrame(table).values()) if (lists.length > 1) found.push(...kinOf(table, lists).filter((kin) => kin.length > 1).flat());
  return table.fuseValues(found);
};
