/**
 * Lists of values: once the words of a list are known to be values, lists of any length are one. Items that agree when
 * neighbouring wildcards (commas between them or not) and repeated groups with a wildcard are folded become one.
 */
import { SequenceHash } from './clusters.ts';
import type { Fused, Item, ItemTable } from './item-table.ts';
import { PARAMETER, WILD } from './vocabulary.ts';

const MAX_GROUP = 16;
const NONE: readonly Fused[] = [];

const isComma = (table: ItemTable, id: number | undefined): boolean => id !== undefined && table.vocabulary.word(id) === ',';

/** Where the run of wildcards that begins at `at` ends. */
const runEnd = (table: ItemTable, ids: readonly number[], at: number): number => {
  let end = at;
  for (let i = at; i < ids.length; ) {
    if (table.isWildcard(ids[i] ?? -1)) end = ++i;
    else if (end === i && i > at && isComma(table, ids[i])) i++;
    else break;
  }
  return end;
};

const same = (a: number | undefined, b: number | undefined): boolean => a === b || (a !== undefined && b !== undefined && a <= PARAMETER && b <= PARAMETER);

/** Where the last repeat of the group of `size` at `at` begins; `at` where there are none, or the group holds no wildcard. */
const lastRepeat = (table: ItemTable, ids: readonly number[], at: number, size: number): number => {
  if (!same(ids[at], ids[at + size]) && !isComma(table, ids[at + size])) return at;
  let holdsWildcard = false;
  for (let i = 0; i < size; i++) if (table.isWildcard(ids[at + i] ?? -1)) holdsWildcard = true;
  if (!holdsWildcard) return at;
  for (let last = at; ; ) {
    const next = isComma(table, ids[last + size]) ? last + size + 1 : last + size;
    let i = 0;
    while (i < size && next + i < ids.length && same(ids[at + i], ids[next + i])) i++;
    if (i < size) return last;
    last = next;
  }
};

/** The runs of an item that fold: wildcards to one, groups to the last of them, whose first element stands for those before. */
const foldsOf = (table: ItemTable, { ids }: Item): readonly Fused[] => {
  let wildcards = 0;
  for (const id of ids) if (table.isWildcard(id)) wildcards++;
  if (wildcards < 2) return NONE;
  const folds: Fused[] = [];
  for (let at = 0; at < ids.length; ) {
    const end = runEnd(table, ids, at);
    if (end > at + 1) {
      folds.push({ start: at, length: end - at, id: PARAMETER });
      at = end;
      continue;
    }
    let last = at;
    for (let size = 2; size <= MAX_GROUP && last === at; size++) last = lastRepeat(table, ids, at, size);
    if (last > at) folds.push({ start: at, length: last - at + 1, id: ids[at] ?? WILD });
    at = last + 1;
  }
  return folds;
};

/** The elements with the folds made. */
const folded = (table: ItemTable, item: Item, folds: readonly Fused[]): number[] => {
  const result: number[] = [];
  let at = 0;
  // Whether host names and the like are parameters is seen once the items are of one length.
  const idAt = (p: number): number => (table.isSoft(item, p) ? WILD : (item.ids[p] ?? WILD));
  for (const { start, length, id } of folds) {
    for (; at < start; at++) result.push(idAt(at));
    result.push(id);
    at = start + length;
  }
  for (; at < item.ids.length; at++) result.push(idAt(at));
  return result;
};

/** Returns whether any items became one. */
export const mergeLists = (table: ItemTable): boolean => {
  const hash = new SequenceHash();
  const buckets = new Map<number, number[]>();
  const foldsByItem = table.items.map((item) => foldsOf(table, item));
  table.items.forEach((item, i) => {
    const name = hash.of(folded(table, item, foldsByItem[i] ?? []));
    const members = buckets.get(name);
    if (members === undefined) buckets.set(name, [i]);
    else members.push(i);
  });
  const fused = new Map<number, readonly Fused[]>();
  for (const members of buckets.values()) {
    if (members.length < 2) continue;
    for (const i of members) if ((foldsByItem[i]?.length ?? 0) > 0) fused.set(i, foldsByItem[i] ?? []);
  }
  if (fused.size === 0) return false;
  table.fuse(fused);
  return true;
};
