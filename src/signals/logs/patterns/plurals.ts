/** Statements that differ in the number of what they count: `1 connection open`, `2 connections open`. */
import { DisjointSets, SequenceHash } from './clusters.ts';
import type { ItemTable } from './item-table.ts';
import { countedNoun } from './quantities.ts';
import { WILD } from './vocabulary.ts';

/**
 * Merges the items that agree once every noun behind a value is in the singular. The last pass, so that no other takes these places for those
 * of values, which any noun may join.
 */
export const mergePlurals = (table: ItemTable): void => {
  const { vocabulary } = table;
  const hash = new SequenceHash();
  const firstOf = new Map<number, number>();
  const sets = new DisjointSets(table.items.length);
  let merged = false;
  table.items.forEach(({ ids }, i) => {
    const name = hash.of(ids.map((id, p) => (p > 0 && table.isWildcard(ids[p - 1] ?? -1) && id > WILD ? vocabulary.idOf(countedNoun(vocabulary.word(id))) : id)));
    const first = firstOf.get(name);
    if (first === undefined) firstOf.set(name, i);
    else if (sets.union(first, i)) merged = true;
  });
  if (merged) table.merge(sets);
};
