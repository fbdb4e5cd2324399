/**
 * Pairs that end some messages of a statement and not others: `200 /trays 17 ms` and `404 /trays 3 ms referrer=None`. A program adds them
 * where it has something to say of; what stands before them is the same.
 */
import { SequenceHash } from './clusters.ts';
import type { Item, ItemTable, Span } from './item-table.ts';
import { WILD } from './vocabulary.ts';

/** So many words and values stand before the pairs. */
const MIN_HEAD = 4;
/** A key, a mark and a value. */
const PAIR = 3;

const isKey = ({ vocabulary }: ItemTable, id: number): boolean => id !== WILD && !vocabulary.isPunctuation(id);

/** Where the pairs begin with which an item ends; its length where it ends with none. */
const tailStart = (table: ItemTable, item: Item): number => {
  const { ids } = item;
  let start = ids.length;
  while (start >= PAIR && table.vocabulary.word(ids[start - 2] ?? WILD) === '=' && table.isSoft(item, start - 1) && isKey(table, ids[start - PAIR] ?? WILD)) start -= PAIR;
  return start;
};

/** Whether enough is said before the pairs, a value last. */
const isHead = (table: ItemTable, item: Item, end: number): boolean => {
  if (end === 0 || !table.isSoft(item, end - 1)) return false;
  let said = 0;
  for (let p = 0; p < end; p++) if (!table.vocabulary.isPunctuation(item.ids[p] ?? WILD)) said++;
  return said >= MIN_HEAD;
};

/** Makes such pairs one with the value before them, where the statement comes without them, too. Returns whether there were any. */
export const mergeTailPairs = (table: ItemTable): boolean => {
  const hash = new SequenceHash();
  const ends = table.items.map((item) => tailStart(table, item));
  if (ends.every((end, i) => end === table.items[i]?.ids.length)) return false;
  const wholes = new Set(table.items.map((item) => hash.of(table.softened(item))));
  const found: Span[] = [];
  table.items.forEach((item, i) => {
    const end = ends[i] ?? 0;
    if (end === item.ids.length || !isHead(table, item, end) || !wholes.has(hash.of(table.softened(item).slice(0, end)))) return;
    found.push({ item: i, start: end - 1, length: item.ids.length - end + 1 });
  });
  return table.fuseValues(found);
};
