/**
 * Endings that a logger adds to messages where it has more to say, whatever their statement: `no such glaze "red"` and `no such glaze "red" at line 15`.
 * Where several statements come both with the same words and a number at their end and without, these belong to none of them.
 */
import { Ends } from './ends.ts';
import type { Fused, ItemTable } from './item-table.ts';
import { WILD } from './vocabulary.ts';

/** Elements of an ending: a preposition, what is counted, and the number. */
const LENGTH = 3;
/** So many statements must come with the ending and without. */
const MIN_STATEMENTS = 3;
/** So many words has each of these. */
const MIN_WORDS = 2;
const PREPOSITIONS: ReadonlySet<string> = new Set(['at', 'in', 'on', 'after', 'near', 'with', 'for', 'from', 'by', 'of']);

interface Ending {
  readonly item: number;
  readonly start: number;
  /** The statement without it. */
  readonly rest: number;
}

/** Makes such endings one with the word before. Returns whether there were any. */
export const mergeEndings = (table: ItemTable): boolean => {
  const { vocabulary, items } = table;
  const isWord = (id: number): boolean => !table.isWildcard(id) && !vocabulary.isPunctuation(id);
  const endingAt = (ids: readonly number[]): number => {
    const start = ids.length - LENGTH;
    return start >= MIN_WORDS && ids.at(-1) === WILD && isWord(ids.at(-2) ?? WILD) && isWord(ids[start - 1] ?? WILD) && PREPOSITIONS.has(vocabulary.word(ids[start] ?? WILD)) ? start : -1;
  };
  const candidates = items.flatMap(({ ids }, item) => (endingAt(ids) < 0 ? [] : [item]));
  if (candidates.length < MIN_STATEMENTS) return false;
  const ends = new Ends(items.reduce((longest, { ids }) => Math.max(longest, ids.length), 0));
  const wholes = new Set<number>();
  for (const item of items) {
    ends.readBefore(table.softened(item), item.ids.length);
    wholes.add(ends.before(item.ids.length));
  }
  const endings = new Map<string, Ending[]>();
  for (const item of candidates) {
    const read = items[item];
    if (read === undefined) continue;
    const start = endingAt(read.ids);
    ends.readBefore(table.softened(read), start);
    const rest = ends.before(start);
    if (!wholes.has(rest) || read.ids.slice(0, start).filter(isWord).length < MIN_WORDS) continue;
    const text = read.ids.slice(start).join();
    endings.set(text, [...(endings.get(text) ?? []), { item, start, rest }]);
  }
  const fused = new Map<number, readonly Fused[]>();
  for (const alike of endings.values()) {
    if (new Set(alike.map(({ rest }) => rest)).size < MIN_STATEMENTS) continue;
    for (const { item, start } of alike) fused.set(item, [{ start: start - 1, length: LENGTH + 1, id: items[item]?.ids[start - 1] ?? WILD }]);
  }
  if (fused.size === 0) return false;
  table.fuse(fused);
  return true;
};
