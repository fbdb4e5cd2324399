/**
 * Stragglers: an item that a template with several parameters covers, but that differs from every other item
 * in more than one place, as a name and a place that were seen only in this company.
 */
import { DisjointSets, SequenceHash } from './clusters.ts';
import { STATE_SHARE, VALUE_SHARE } from './evidence.ts';
import type { ItemTable } from './item-table.ts';
import { PARAMETER } from './vocabulary.ts';

/** Sets of parameter places tried on the items of one length, those of most templates first. */
const MAX_PLACE_SETS = 32;

interface PlaceSet {
  readonly places: readonly number[];
  /** Templates with parameters at just these places, by the hash of what is text. */
  readonly templates: Map<number, { readonly index: number; readonly exact: number }>;
}

/** Merges stragglers into the templates that cover them. Returns whether there were any. */
export const absorb = (table: ItemTable): boolean => {
  const setsOfLength = placeSets(table);
  const sets = new DisjointSets(table.items.length);
  const hash = new SequenceHash();
  let merged = false;
  table.items.forEach((item, i) => {
    const candidates = setsOfLength.get(item.ids.length);
    if (candidates === undefined) return;
    const ids = table.softened(item);
    hash.reset(ids);
    for (const { places, templates } of candidates) {
      const template = templates.get(hash.valueWithWildcards(ids, places))?.index;
      if (template === undefined || template === i || !holdsValues(table, i, places)) continue;
      if (sets.union(template, i)) merged = true;
      break;
    }
  });
  if (merged) table.merge(sets);
  return merged;
};

/** One of the words at least must be like a value, and none a verb: they come in company. */
const holdsValues = (table: ItemTable, item: number, places: readonly number[]): boolean => {
  let best = 0;
  for (const p of places) {
    const id = table.idAt(item, p);
    if (table.isWildcard(id)) continue;
    const share = table.vocabulary.isPunctuation(id) ? 0 : table.joinShare(item, p);
    if (share < STATE_SHARE) return false;
    best = Math.max(best, share);
  }
  return best >= VALUE_SHARE;
};

const placeSets = (table: ItemTable): ReadonlyMap<number, readonly PlaceSet[]> => {
  const byLength = new Map<number, Map<string, PlaceSet>>();
  const hash = new SequenceHash();
  table.items.forEach((item, i) => {
    const { ids } = item;
    const places: number[] = [];
    for (let p = 0; p < ids.length; p++) if (ids[p] === PARAMETER) places.push(p);
    // One place is what merging across single places does.
    let values = 0;
    for (const id of ids) if (table.isWildcard(id)) values++;
    if (places.length < 1 || values < 2) return;
    let ofLength = byLength.get(ids.length);
    if (ofLength === undefined) byLength.set(ids.length, (ofLength = new Map()));
    const name = places.join();
    let set = ofLength.get(name);
    if (set === undefined) ofLength.set(name, (set = { places, templates: new Map() }));
    hash.reset(ids);
    const exact = hash.value();
    const soft = table.softened(item);
    hash.reset(soft);
    const key = hash.valueWithWildcards(soft, places);
    // Of two that differ in what is a value by its form, either will do, but always the same.
    const known = set.templates.get(key);
    if (known === undefined || exact < known.exact) set.templates.set(key, { index: i, exact });
  });
  const order = (a: [string, PlaceSet], b: [string, PlaceSet]): number => b[1].templates.size - a[1].templates.size || (a[0] < b[0] ? -1 : 1);
  return new Map([...byLength].map(([length, named]) => [length, [...named].sort(order).slice(0, MAX_PLACE_SETS).map(([, set]) => set)]));
};
