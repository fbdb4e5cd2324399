/**
 * Values with more to them in some messages than in others: `10.0.0.5:80` and `10.0.0.5:80 (backup)`, `job 7` and `job 7 [9]`.
 * Where several statements have the same marks, values and nouns behind a value, and all of them come without these, too, the
 * two are one value.
 */
import { Ends } from './ends.ts';
import { STATE_SHARE } from './evidence.ts';
import type { Fused, ItemTable } from './item-table.ts';
import { PARAMETER, WILD } from './vocabulary.ts';

/** Elements of such a part. */
const MAX_PART = 4;
/** So many statements must come with the part and without. */
const MIN_STATEMENTS = 3;
/** Marks and values alone are less likely to be the text of one. */
const MIN_STATEMENTS_OF_VALUES = 2;
const COUNTERS = 1 << 20;

interface Part {
  readonly item: number;
  /** The elements of the item. */
  readonly ids: readonly number[];
  readonly start: number;
  readonly length: number;
  /** Whether any of it is a word. */
  readonly isText: boolean;
  /** The item without the part. */
  readonly rest: number;
}

/** What a part is made of. */
const textOf = ({ ids, start, length }: Part): string => ids.slice(start, start + length).join();

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

/** The parts that items have behind values up to which others agree with them, and these others as they are. */
const candidatesOf = (table: ItemTable): { readonly parts: readonly Part[]; readonly wholes: ReadonlySet<number> } => {
  const all = table.items.map((item) => table.softened(item));
  const ends = new Ends(all.reduce((longest, { length }) => Math.max(longest, length), 0));
  const counts = new Uint8Array(COUNTERS);
  /** The hash before the place after each value. */
  const heads = all.map((ids) => {
    if (!ids.includes(WILD)) return [];
    ends.readBefore(ids, ids.length);
    const found: number[] = [];
    ids.forEach((id, p) => {
      if (id !== WILD) return;
      const slot = ends.before(p + 1) % COUNTERS;
      counts[slot] = Math.min((counts[slot] ?? 0) + 1, 2);
      found.push(slot);
    });
    return found;
  });
  const parts: Part[] = [];
  const wholes = new Set<number>();
  all.forEach((ids, item) => {
    if (!(heads[item] ?? []).some((slot) => (counts[slot] ?? 0) > 1)) return;
    ends.read(ids);
    ids.forEach((id, p) => {
      if (id === WILD) wholes.add(ends.around(p + 1, p + 1));
    });
    for (const { start, end, isText } of partsOf(table, ids)) parts.push({ item, ids, start, length: end - start, isText, rest: ends.around(start, end) });
  });
  return { parts, wholes };
};

/** Makes a value and what may follow it one parameter. Returns whether there were any. */
export const mergeOptionalParts = (table: ItemTable): boolean => {
  const { parts: all, wholes } = candidatesOf(table);
  const parts = all.filter(({ rest }) => wholes.has(rest));
  const statements = new Map<string, Set<number>>();
  for (const part of parts) {
    const found = statements.get(textOf(part));
    if (found === undefined) statements.set(textOf(part), new Set([part.rest]));
    else found.add(part.rest);
  }
  const fused = new Map<number, Fused[]>();
  for (const part of parts) {
    const { item, start, length, isText } = part;
    if ((statements.get(textOf(part))?.size ?? 0) < (isText ? MIN_STATEMENTS : MIN_STATEMENTS_OF_VALUES)) continue;
    const runs = fused.get(item) ?? [];
    const last = runs.at(-1);
    if (last === undefined || last.start + last.length < start) fused.set(item, [...runs, { start: start - 1, length: length + 1, id: PARAMETER }]);
  }
  if (fused.size === 0) return false;
  table.fuse(fused);
  return true;
};
