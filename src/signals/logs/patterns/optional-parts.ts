/**
 * Values with more to them in some messages than in others: `10.0.0.5:80` and `10.0.0.5:80 (backup)`, `job 7` and `job 7 [9]`.
 * Where several statements have the same marks and values behind a value, and all of them come without these, too, the two are
 * one value.
 */
import { SequenceHash } from './clusters.ts';
import type { Fused, Item, ItemTable } from './item-table.ts';
import { PARAMETER, WILD } from './vocabulary.ts';

/** Elements of such a part: marks and at least one value. */
const MAX_PART = 4;
/** So many statements must come with the part and without. */
const MIN_STATEMENTS = 2;

interface Part {
  readonly item: number;
  readonly start: number;
  readonly length: number;
  /** What it is made of. */
  readonly text: string;
  /** The item without it. */
  readonly rest: number;
}

const softened = (table: ItemTable, item: Item): number[] => item.ids.map((id, p) => (table.isWildcard(id) || table.isSoft(item, p) ? WILD : id));

const hashOf = (hash: SequenceHash, ids: readonly number[]): number => {
  hash.reset(ids);
  return hash.value();
};

/** The parts behind the values of an item, each with its first element, which is a mark. */
function* partsOf(table: ItemTable, ids: readonly number[]): Generator<{ readonly start: number; readonly end: number }> {
  const isMark = (p: number): boolean => table.vocabulary.isPunctuation(ids[p] ?? WILD);
  for (let start = 1; start + 1 < ids.length; start++) {
    if (ids[start - 1] !== WILD || !isMark(start)) continue;
    let holdsValue = false;
    for (let end = start + 1; end <= ids.length && end - start <= MAX_PART; end++) {
      const isValue = ids[end - 1] === WILD;
      if (!isValue && !isMark(end - 1)) break;
      holdsValue ||= isValue;
      if (holdsValue) yield { start, end };
    }
  }
}

/** Makes a value and what may follow it one parameter. Returns whether there were any. */
export const mergeOptionalParts = (table: ItemTable): boolean => {
  const hash = new SequenceHash();
  const all = table.items.map((item) => softened(table, item));
  const known = new Set(all.map((ids) => hashOf(hash, ids)));
  const parts: Part[] = [];
  const statements = new Map<string, Set<number>>();
  all.forEach((ids, item) => {
    for (const { start, end } of partsOf(table, ids)) {
      const rest = hashOf(hash, [...ids.slice(0, start), ...ids.slice(end)]);
      if (!known.has(rest)) continue;
      const text = ids.slice(start, end).join();
      parts.push({ item, start, length: end - start, text, rest });
      const found = statements.get(text);
      if (found === undefined) statements.set(text, new Set([rest]));
      else found.add(rest);
    }
  });
  const fused = new Map<number, Fused[]>();
  for (const { item, start, length, text } of parts) {
    if ((statements.get(text)?.size ?? 0) < MIN_STATEMENTS) continue;
    const runs = fused.get(item) ?? [];
    const last = runs.at(-1);
    if (last === undefined || last.start + last.length < start) fused.set(item, [...runs, { start: start - 1, length: length + 1, id: PARAMETER }]);
  }
  if (fused.size === 0) return false;
  table.fuse(fused);
  return true;
};
