/**
 * Values with more to them in some messages than in others: `10.0.0.5:80` and `10.0.0.5:80 (backup)`, `job 7` and `job 7 [9]`.
 * Where several statements have the same marks, values and nouns behind a value, and all of them come without these, too, the
 * two are one value.
 */
import { SequenceHash } from './clusters.ts';
import { STATE_SHARE } from './evidence.ts';
import type { Fused, Item, ItemTable } from './item-table.ts';
import { PARAMETER, WILD } from './vocabulary.ts';

/** Elements of such a part. */
const MAX_PART = 4;
/** So many statements must come with the part and without. */
const MIN_STATEMENTS = 3;
/** Marks and values alone are less likely to be the text of one. */
const MIN_STATEMENTS_OF_VALUES = 2;

interface Part {
  readonly item: number;
  readonly start: number;
  readonly length: number;
  /** What it is made of. */
  readonly text: string;
  /** Whether any of it is a word. */
  readonly isText: boolean;
}

const softened = (table: ItemTable, item: Item): number[] => item.ids.map((id, p) => (table.isWildcard(id) || table.isSoft(item, p) ? WILD : id));

const hashOf = (hash: SequenceHash, ids: readonly number[]): number => {
  hash.reset(ids);
  return hash.value();
};

/** The parts behind the values of an item; a verb or `not` says something of its own. */
function* partsOf({ vocabulary }: ItemTable, ids: readonly number[]): Generator<{ readonly start: number; readonly end: number; readonly isText: boolean }> {
  for (let start = 1; start < ids.length; start++) {
    if (ids[start - 1] !== WILD) continue;
    let isText = !vocabulary.isPunctuation(ids[start] ?? WILD);
    for (let end = start + 1; end <= ids.length && end - start <= MAX_PART; end++) {
      const id = ids[end - 1] ?? WILD;
      const isWord = id !== WILD && !vocabulary.isPunctuation(id);
      if (isWord && vocabulary.share(id) < STATE_SHARE) break;
      isText ||= isWord;
      if (isText || end > start + 1) yield { start, end, isText };
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
    for (const { start, end, isText } of partsOf(table, ids)) {
      const rest = hashOf(hash, [...ids.slice(0, start), ...ids.slice(end)]);
      if (!known.has(rest)) continue;
      const text = ids.slice(start, end).join();
      parts.push({ item, start, length: end - start, text, isText });
      const found = statements.get(text);
      if (found === undefined) statements.set(text, new Set([rest]));
      else found.add(rest);
    }
  });
  const fused = new Map<number, Fused[]>();
  for (const { item, start, length, text, isText } of parts) {
    if ((statements.get(text)?.size ?? 0) < (isText ? MIN_STATEMENTS : MIN_STATEMENTS_OF_VALUES)) continue;
    const runs = fused.get(item) ?? [];
    const last = runs.at(-1);
    if (last === undefined || last.start + last.length < start) fused.set(item, [...runs, { start: start - 1, length: length + 1, id: PARAMETER }]);
  }
  if (fused.size === 0) return false;
  table.fuse(fused);
  return true;
};
