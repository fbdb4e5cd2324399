/**
 * Choices that come back: where the same two words are all that differs between messages in several places of the text, they are
 * the values of one variable (`asserted`, `deasserted` behind every sensor), and no two statements.
 */
import { DisjointSets, SequenceHash } from './clusters.ts';
import { agreeingWordsAt } from './context.ts';
import type { Item, ItemTable } from './item-table.ts';
import { HoleEntries, type Shared } from './merge-passes.ts';
import { CELL } from './row-key.ts';
import { WILD } from './vocabulary.ts';

/** In so many frames two words must be all that differs. */
const MIN_FRAMES = 3;
/** In so many where fewer words agree. */
const MIN_SHORT_FRAMES = 4;
/** So many words agree in each of the frames. */
const MIN_WORDS = 2;
const LONG_TEXT = 4;
/** A place with more words is judged by their number. */
const MAX_WORDS = 6;

/** Words at one place of a text. */
interface Place {
  /** The text around, whatever its own values are. */
  readonly frame: number;
  /** An item of each word. */
  readonly items: ReadonlyMap<number, number>;
  readonly isLong: boolean;
}

const pairOf = (a: number, b: number): number => Math.min(a, b) * 0x4000000 + Math.max(a, b);

/** The pairs of words of a place. */
function* pairsOf({ items }: Place): Generator<{ readonly pair: number; readonly a: number; readonly b: number }> {
  const entries = [...items];
  for (const [i, [first, a]] of entries.entries()) {
    for (const [second, b] of entries.slice(i + 1)) yield { pair: pairOf(first, second), a, b };
  }
}

/** Host names and the like are no text: with another one in it a frame is the same. */
const frameOf = (table: ItemTable, item: Item, place: number): number => {
  const hash = new SequenceHash();
  const ids = item.ids.map((id, p) => (p !== place && table.isSoft(item, p) ? WILD : id));
  hash.reset(ids);
  return hash.valueWithHole(ids[place] ?? WILD, place);
};

/** The words at a place, where they may be a choice. */
const placeOf = (table: ItemTable, { place, members }: Shared): Place | null => {
  const items = new Map<number, number>();
  for (const i of members) {
    const id = table.idAt(i, place);
    if (id !== WILD) items.set(id, i);
    if (items.size > MAX_WORDS) return null;
  }
  const item = table.items[members[0] ?? 0];
  // What a message begins with is what it speaks of.
  if (items.size < 2 || place === 0 || item === undefined || item.places[place] === CELL) return null;
  const agreeing = agreeingWordsAt(table, item, place);
  return agreeing < MIN_WORDS ? null : { frame: frameOf(table, item, place), items, isLong: agreeing >= LONG_TEXT };
};

/** Merges what differs in a choice that comes back. Returns whether there was any. */
export const mergeChoices = (table: ItemTable): boolean => {
  const frames = new Map<number, Set<number>>();
  const places: Place[] = [];
  for (const shared of new HoleEntries(table).shared()) {
    const place = placeOf(table, shared);
    if (place === null) continue;
    places.push(place);
    for (const { pair } of pairsOf(place)) {
      const known = frames.get(pair);
      if (known === undefined) frames.set(pair, new Set([place.frame]));
      else known.add(place.frame);
    }
  }
  const sets = new DisjointSets(table.items.length);
  let merged = false;
  for (const place of places) {
    const needed = place.isLong ? MIN_FRAMES : MIN_SHORT_FRAMES;
    for (const { pair, a, b } of pairsOf(place)) if ((frames.get(pair)?.size ?? 0) >= needed && sets.union(a, b)) merged = true;
  }
  if (merged) table.merge(sets);
  return merged;
};
