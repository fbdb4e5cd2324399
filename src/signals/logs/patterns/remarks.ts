/** Remarks: sentences that end some messages of a statement and not others (`Tray 4 fired for kiln 7. It was the last one.`). */
import { SequenceHash } from './clusters.ts';
import type { Fused, Item, ItemTable } from './item-table.ts';
import { WILD } from './vocabulary.ts';

/** So many words of the statement before the remark agree. */
const MIN_WORDS = 4;

const isStop = (table: ItemTable, id: number | undefined): boolean => id !== undefined && table.vocabulary.word(id) === '.';

/** Where the sentence begins with which the item ends, less its stop, if it holds no value and follows another sentence; -1 otherwise. */
const remarkStart = (table: ItemTable, item: Item): number => {
  const { ids } = item;
  if (!isStop(table, ids.at(-1))) return -1;
  for (let p = ids.length - 2; p > 0; p--) {
    if (isStop(table, ids[p])) return p === ids.length - 2 ? -1 : p;
    if (table.isSoft(item, p)) return -1;
  }
  return -1;
};

/** Whether enough words and a value stand before `end`. */
const isStatement = (table: ItemTable, item: Item, end: number): boolean => {
  let words = 0;
  let holdsValue = false;
  for (let p = 0; p < end; p++) {
    if (table.isWildcard(item.ids[p] ?? WILD)) holdsValue = true;
    else if (!table.isSoft(item, p) && !table.vocabulary.isPunctuation(item.ids[p] ?? WILD)) words++;
  }
  return holdsValue && words >= MIN_WORDS;
};

/** Makes a remark one with the stop before it, where the statement comes without it, too. Returns whether there were any. */
export const mergeRemarks = (table: ItemTable): boolean => {
  const hash = new SequenceHash();
  const ends = table.items.map((item) => remarkStart(table, item));
  if (!ends.some((end) => end > 0)) return false;
  const hashOf = (ids: readonly number[]): number => hash.of(ids.map((id) => (table.isWildcard(id) ? WILD : id)));
  const wholes = new Set(table.items.filter(({ ids }) => isStop(table, ids.at(-1))).map(({ ids }) => hashOf(ids)));
  const fused = new Map<number, readonly Fused[]>();
  table.items.forEach((item, i) => {
    const at = ends[i] ?? -1;
    if (at <= 0 || !isStatement(table, item, at) || !wholes.has(hashOf(item.ids.slice(0, at + 1)))) return;
    fused.set(i, [{ start: at, length: item.ids.length - at, id: item.ids[at] ?? WILD }]);
  });
  if (fused.size === 0) return false;
  table.fuse(fused);
  return true;
};
