/**
 * Names of several words in the place of values: where numbers and ids stand in several statements (`Tray 2 of PRN-07 is empty`, `Printer PRN-07 is back`),
 * the same words in the place of these in two of them (`Tray 2 of North Wing 4 (HR) is empty`) are a name. One statement with more words between two of its own
 * may be another statement; the same words at the places of values in two are not.
 */
import { ROUND_AND_SQUARE } from './brackets.ts';
import { STATE_SHARE } from './evidence.ts';
import { Frames, MAX_ELEMENTS } from './frames.ts';
import type { Item, ItemTable, Span } from './item-table.ts';
import { TRAIT, WILD } from './vocabulary.ts';

/** So many statements must have the name in the place of a value. */
const MIN_FRAMES = 2;
/** So many words of a statement stand around the place. */
const MIN_WORDS = 2;
/** Elements of a name, its marks counted. */
const MAX_NAME = 8;

/** What a name may hold between its words. */
const MARKS = new Set([',', "'", '&', '+', '/']);

/** The frames in which a value stands, and what stands before it. */
interface Places {
  readonly frames: ReadonlySet<number>;
  readonly prefixes: ReadonlySet<number>;
}

const placesOf = (table: ItemTable, frames: Frames): Places => {
  const found = new Set<number>();
  const prefixes = new Set<number>();
  for (const item of table.items) {
    if (item.ids.length > MAX_ELEMENTS) continue;
    let isRead = false;
    item.ids.forEach((id, p) => {
      if (!table.isWildcard(id)) return;
      if (!isRead) {
        frames.readBefore(item);
        frames.readAfter();
        isRead = true;
      }
      if (frames.wordsAround(p, p + 1) < MIN_WORDS) return;
      found.add(frames.of(p, p + 1));
      prefixes.add(frames.prefix(p));
    });
  }
  return { frames: found, prefixes };
};

/** Where a name that begins at `start` may end, exclusive: behind a word that is no verb, a number behind a capital, or a bracket that closes. */
function* endsOf(table: ItemTable, { ids }: Item, start: number): Generator<number> {
  const { vocabulary } = table;
  if (!isNoun(table, ids[start])) return;
  let closer = '';
  for (let at = start; at < ids.length && at - start < MAX_NAME; at++) {
    const id = ids[at] ?? WILD;
    const word = table.isWildcard(id) ? '' : vocabulary.word(id);
    let mayEnd = isNoun(table, id) || (at > start && table.isWildcard(id) && vocabulary.has(ids[at - 1] ?? WILD, TRAIT.capital));
    if (vocabulary.isPunctuation(id)) {
      if (word === closer) {
        closer = '';
        mayEnd = true;
      } else if (closer === '' && ROUND_AND_SQUARE.has(word)) closer = ROUND_AND_SQUARE.get(word) ?? '';
      else if (word === '.') mayEnd = at + 1 < ids.length;
      else if (!MARKS.has(word)) return;
    }
    if (mayEnd && closer === '' && at > start) yield at + 1;
  }
}

const isNoun = (table: ItemTable, id = WILD): boolean => !table.isWildcard(id) && !table.vocabulary.isPunctuation(id) && table.vocabulary.share(id) >= STATE_SHARE;

interface Name {
  readonly frames: Set<number>;
  readonly spans: Span[];
}

const namesOf = (table: ItemTable): Iterable<Name> => {
  const frames = new Frames(table);
  const places = placesOf(table, frames);
  const names = new Map<string, Name>();
  table.items.forEach((item, i) => {
    if (item.ids.length > MAX_ELEMENTS) return;
    frames.readBefore(item);
    const starts = [...item.ids.keys()].filter((start) => places.prefixes.has(frames.prefix(start)));
    if (starts.length > 0) frames.readAfter();
    for (const start of starts) {
      for (const end of endsOf(table, item, start)) {
        const frame = frames.of(start, end);
        if (!places.frames.has(frame) || frames.wordsAround(start, end) < MIN_WORDS) continue;
        const key = item.ids.slice(start, end).map((id) => (table.isWildcard(id) ? WILD : id)).join();
        const name = names.get(key) ?? { frames: new Set(), spans: [] };
        names.set(key, name);
        name.frames.add(frame);
        name.spans.push({ item: i, start, length: end - start });
      }
    }
  });
  return names.values();
};

/** Makes the names values. Returns whether there were any. */
export const mergeNamesInPlaces = (table: ItemTable): boolean => {
  const best = new Map<number, Span>();
  for (const { frames, spans } of namesOf(table)) {
    if (frames.size < MIN_FRAMES) continue;
    for (const span of spans) {
      const known = best.get(span.item);
      if (known === undefined || span.length > known.length || (span.length === known.length && span.start < known.start)) best.set(span.item, span);
    }
  }
  return table.fuseValues([...best.values()]);
};
