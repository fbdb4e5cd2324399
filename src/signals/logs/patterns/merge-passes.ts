/** The merging passes of the miner. Each looks at all items at once, so none depends on their order. */
import { DisjointSets, SequenceHash } from './clusters.ts';
import { contextAt } from './context.ts';
import { ENOUGH, Evidence, IDENTIFIER_SHARE, STATE_SHARE } from './evidence.ts';
import type { Item, ItemTable } from './item-table.ts';
import { CELL } from './row-key.ts';
import { PARAMETER, TRAIT, WILD } from './vocabulary.ts';

/** Items by the hash of what is left when holes are taken out. */
class Buckets {
  readonly #members = new Map<number, number[]>();

  add(hash: number, item: number): void {
    const members = this.#members.get(hash);
    if (members === undefined) this.#members.set(hash, [item]);
    else members.push(item);
  }

  *ofAtLeast(size: number): Generator<readonly number[]> {
    for (const members of this.#members.values()) if (members.length >= size) yield members;
  }
}

/** Marks the holes of an item in the (cleared) array; false when the item takes no part in the pass. */
type MarkHoles = (item: Item, holes: Uint8Array) => boolean;

/**
 * Merges items that agree when several places at once are left out, provided that each place left out
 * varies enough to be a parameter. Places that do not are put back, and what still agrees is merged.
 */
const mergeAcrossHoles = (table: ItemTable, markHoles: MarkHoles, minMembers: number): boolean => {
  const buckets = new Buckets();
  const hash = new SequenceHash();
  const holes = new Uint8Array(Math.max(0, ...lengthsOf(table)));
  table.items.forEach((item, i) => {
    holes.fill(0);
    if (!markHoles(item, holes)) return;
    hash.reset(item.ids, holes);
    buckets.add(hash.value(), i);
  });
  const sets = new DisjointSets(table.items.length);
  let merged = false;
  for (const members of buckets.ofAtLeast(minMembers)) {
    const first = table.items[members[0] ?? 0];
    if (first === undefined) continue;
    holes.fill(0);
    markHoles(first, holes);
    if (mergeBucket(table, members, parametersOf(table, members, first, holes), sets)) merged = true;
  }
  if (merged) table.merge(sets);
  return merged;
};

const lengthsOf = (table: ItemTable): ReadonlySet<number> => new Set(table.items.map(({ ids }) => ids.length));

/** The holes that vary enough. */
const parametersOf = (table: ItemTable, members: readonly number[], first: Item, holes: Uint8Array): Uint8Array => {
  const parameters = new Uint8Array(first.ids.length);
  for (let p = 0; p < parameters.length; p++) if (holes[p] === 1 && isParameter(table, members, p, holes)) parameters[p] = 1;
  return parameters;
};

/** Merges the members that agree but for the parameters. */
const mergeBucket = (table: ItemTable, members: readonly number[], parameters: Uint8Array, sets: DisjointSets): boolean => {
  const hash = new SequenceHash();
  const firstOf = new Map<number, number>();
  let merged = false;
  for (const i of members) {
    const item = table.items[i];
    if (item === undefined) continue;
    const name = hash.of(item.ids, parameters);
    const other = firstOf.get(name);
    if (other === undefined) firstOf.set(name, i);
    else if (sets.union(i, other)) merged = true;
  }
  return merged;
};

const isParameter = (table: ItemTable, members: readonly number[], p: number, holes: Uint8Array): boolean => {
  const { factor, stand, isLong } = contextAt(table, members, p, holes);
  const needed = ENOUGH / factor;
  const seen = new Set<number>();
  const evidence = new Evidence();
  for (const i of members) {
    const id = table.idAt(i, p);
    if (seen.has(id)) continue;
    seen.add(id);
    evidence.add(table.shareAt(i, p, isLong), table.vocabulary.kind(id));
    if (seen.size > 1 && evidence.sum(stand) >= needed) return true;
  }
  return false;
};

/** Merges across host names, qualified types and values of `key=`, however many a message holds. */
export const mergeCompounds = (table: ItemTable): boolean =>
  mergeAcrossHoles(
    table,
    (item, holes) => {
      for (let p = 0; p < item.ids.length; p++) if (table.isSoft(item, p)) holes[p] = 1;
      return true;
    },
    2,
  );

/** Merges across identifiers where others have numbers and ids with digits, however many a message holds. */
export const mergeIdentifiers = (table: ItemTable): boolean =>
  mergeAcrossHoles(
    table,
    (item, holes) => {
      for (let p = 0; p < item.ids.length; p++) {
        const id = item.ids[p] ?? WILD;
        if (table.isSoft(item, p) || (!table.vocabulary.isPunctuation(id) && table.vocabulary.share(id) >= IDENTIFIER_SHARE)) holes[p] = 1;
      }
      return true;
    },
    2,
  );

/** Fewer distinct sequences than this are left to the other passes. */
const MIN_RARE_MEMBERS = 3;
/** So many words must agree beside a run of rare ones. */
const MIN_COMMON_OF_RUN = 3;

/**
 * Merges across words that few items hold, where at least as many words agree: two or more names a message,
 * none of which comes back in the same company. The idea of a frequency threshold between the words of a
 * statement and its values is from Vaarandi's SLCT (2003) and Brain (Yu et al., 2023).
 */
export const mergeRareWords = (table: ItemTable, maxItemsOfWord: number): boolean => {
  const itemsOfWord = new Int32Array(table.vocabulary.size);
  for (const { ids } of table.items) for (const id of ids) itemsOfWord[id] = (itemsOfWord[id] ?? 0) + 1;
  return mergeAcrossHoles(
    table,
    (item, holes) => {
      let rare = 0;
      let common = 0;
      let lastRare = -2;
      let isRun = false;
      const body = table.bodyStart(item);
      for (let p = 0; p < item.ids.length; p++) {
        const id = item.ids[p] ?? WILD;
        if (table.isSoft(item, p)) holes[p] = 1;
        else if (table.vocabulary.isPunctuation(id)) continue;
        else if ((itemsOfWord[id] ?? 0) <= maxItemsOfWord && item.places[p] !== CELL) {
          if (p === lastRare + 1) isRun = true;
          holes[p] = 1;
          lastRare = p;
          rare++;
        } else if (p >= body) common++;
      }
      // Rare words on end may as well be a statement of their own.
      return rare >= 1 && common >= Math.max(isRun ? MIN_COMMON_OF_RUN : 2, rare);
    },
    MIN_RARE_MEMBERS,
  );
};

/** So many words of the language itself (verbs, prepositions) must agree. */
const MIN_SKELETON = 4;

/** Merges across all nouns at once, where the words that carry the sentence agree: statements with many names of few kinds. */
export const mergeSkeletons = (table: ItemTable): boolean =>
  mergeAcrossHoles(
    table,
    (item, holes) => {
      let carrying = 0;
      let nouns = 0;
      for (let p = table.bodyStart(item); p < item.ids.length; p++) {
        const id = item.ids[p] ?? WILD;
        if (table.vocabulary.isPunctuation(id)) continue;
        if (table.isSoft(item, p)) holes[p] = 1;
        else if (table.vocabulary.share(id) < STATE_SHARE) carrying++;
        else {
          holes[p] = 1;
          nouns++;
        }
      }
      return carrying >= MIN_SKELETON && nouns > 0;
    },
    MIN_RARE_MEMBERS,
  );

/** Merges items that differ in one place, where the words there tell a parameter. */
export const mergeSinglePlaces = (table: ItemTable): boolean => {
  const entries = new HoleEntries(table);
  const sets = new DisjointSets(table.items.length);
  let merged = false;
  for (const { place, members } of entries.shared()) {
    const values = valuesAt(table, members, place);
    for (const i of values) if (sets.union(values[0] ?? i, i)) merged = true;
  }
  if (merged) table.merge(sets);
  return merged;
};

/** Which of the items that differ only in one place have a value there: all, some or none. */
const valuesAt = (table: ItemTable, members: readonly number[], place: number): readonly number[] => {
  const { factor, stand, isLong } = contextAt(table, members, place);
  const evidence = new Evidence();
  let isKnown = false;
  for (const i of members) {
    const id = table.idAt(i, place);
    if (id === PARAMETER) isKnown = true;
    else evidence.add(table.shareAt(i, place, isLong), table.vocabulary.kind(id));
  }
  if (evidence.sum(stand) * factor >= ENOUGH) return members;
  if (!isKnown) return hexIdsAt(table, members, place);
  return members.filter((i) => {
    const id = table.idAt(i, place);
    return table.isWildcard(id) || table.mayJoin(i, place);
  });
};

/** Where ids stand that hold digits, one that happens to hold none is one of them. */
const hexIdsAt = (table: ItemTable, members: readonly number[], place: number): readonly number[] => {
  if (!members.some((i) => table.idAt(i, place) === WILD)) return [];
  return members.filter((i) => {
    const id = table.idAt(i, place);
    return id === WILD || table.vocabulary.has(id, TRAIT.hex);
  });
};

/** Items that agree but for one place. */
export interface Shared {
  readonly place: number;
  readonly members: readonly number[];
}

/** All (item, place) pairs, met by the hash of the item without the place. */
export class HoleEntries {
  readonly #table: ItemTable;
  readonly #counts: Uint8Array;
  /** The hash of every hole, in the order of the items. */
  readonly #hashes: Float64Array;

  constructor(table: ItemTable) {
    this.#table = table;
    let elements = 0;
    for (const { ids } of table.items) elements += ids.length;
    // A small counting table first: most holes are met once, and are not worth a map entry.
    this.#counts = new Uint8Array(2 ** Math.min(24, Math.max(10, Math.ceil(Math.log2(elements * 4 + 1)))));
    this.#hashes = new Float64Array(elements);
    let next = 0;
    this.#hashAll((hash) => {
      this.#hashes[next++] = hash;
      const slot = this.#slot(hash);
      if ((this.#counts[slot] ?? 0) < 2) this.#counts[slot] = (this.#counts[slot] ?? 0) + 1;
    });
  }

  *shared(): Generator<Shared> {
    const buckets = new Map<number, { place: number; members: number[] }>();
    this.#visit((hash, item, place) => {
      if ((this.#counts[this.#slot(hash)] ?? 0) < 2) return;
      const bucket = buckets.get(hash);
      if (bucket === undefined) buckets.set(hash, { place, members: [item] });
      else bucket.members.push(item);
    });
    for (const bucket of buckets.values()) if (bucket.members.length > 1) yield bucket;
  }

  #slot(hash: number): number {
    return (hash % 0x100000000) & (this.#counts.length - 1);
  }

  #hashAll(visit: (hash: number) => void): void {
    const hash = new SequenceHash();
    const { items, vocabulary } = this.#table;
    for (const { ids } of items) {
      hash.reset(ids);
      for (let p = 0; p < ids.length; p++) {
        const id = ids[p] ?? WILD;
        if (!vocabulary.isPunctuation(id)) visit(hash.valueWithHole(id, p));
      }
    }
  }

  #visit(visit: (hash: number, item: number, place: number) => void): void {
    const { items, vocabulary } = this.#table;
    let next = 0;
    items.forEach(({ ids }, item) => {
      for (let p = 0; p < ids.length; p++) if (!vocabulary.isPunctuation(ids[p] ?? WILD)) visit(this.#hashes[next++] ?? 0, item, p);
    });
  }
}
