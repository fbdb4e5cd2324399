/**
 * Names of several words that come back: `Opened the north sluice`, `Closed the north sluice after 7 s`, and the same of many other things. Two
 * verbs cross with two or three objects as statements do, too; but nobody writes the same two statements for each of many things, so where many
 * cross they are what one piece of code prints. Nor does anybody write the same many statements for each of three things.
 */
import { ROUND_AND_SQUARE } from './brackets.ts';
import { STATE_SHARE } from './evidence.ts';
import { Frames, MAX_ELEMENTS } from './frames.ts';
import type { Item, ItemTable, Span } from './item-table.ts';
import { WILD } from './vocabulary.ts';

/** So many names must stand in two frames. */
const MIN_NAMES = 5;
/** Or so few, in so many frames. */
const FEW_NAMES = 3;
const FRAMES_OF_FEW = 6;
/** Of them, and of all that stands in a frame, so much must be of several words, and stand in both. */
const GOOD_PART = 0.5;
const MAX_WORDS = 5;
/** Elements of a name, its marks counted. */
const MAX_NAME = 16;
/** What a name may hold between its words, as that of a step of a pipeline does (`Source: orders -> parse`). */
const MARKS = new Set([':', '-', '>', '/', '&', '+']);
/** A name in more frames tells nothing new. */
const MAX_FRAMES = 32;
const COUNTERS = 1 << 20;

/** Names by their words, in one frame. */
type Names = Map<string, Span>;

/** Whether the frame says something of its own: a word that no colon makes the name of who speaks. */
const saysMore = (table: ItemTable, { ids }: Item, start: number, end: number): boolean => {
  const { vocabulary } = table;
  const isText = (p: number): boolean => {
    const id = ids[p] ?? WILD;
    return p >= 0 && p < ids.length && !table.isWildcard(id) && !vocabulary.isPunctuation(id) && !vocabulary.isCompound(id);
  };
  return isText(start - 1) || isText(end);
};

/**
 * The runs in an item that may be names: nothing but names at both ends, or a bracket that closes; within brackets anything. Only what begins where
 * enough others begin is looked at.
 */
function* spansOf(table: ItemTable, item: Item, begins: (start: number) => boolean): Generator<{ readonly start: number; readonly end: number }> {
  const { vocabulary } = table;
  const { ids } = item;
  const isName = (id: number): boolean => !table.isWildcard(id) && vocabulary.share(id) >= STATE_SHARE;
  for (let start = table.bodyStart(item); start < ids.length; start++) {
    if (!isName(ids[start] ?? WILD) || !begins(start)) continue;
    const open: { readonly closer: string; hasName: boolean }[] = [];
    let words = 0;
    for (let end = start + 1; end <= ids.length && end - start <= MAX_NAME && words <= MAX_WORDS; end++) {
      const id = ids[end - 1] ?? WILD;
      const mark = vocabulary.isPunctuation(id) ? vocabulary.word(id) : '';
      const closer = ROUND_AND_SQUARE.get(mark);
      const group = open.at(-1);
      let mayEnd = false;
      if (closer !== undefined) open.push({ closer, hasName: false });
      else if (mark !== '' && mark === group?.closer) {
        open.pop();
        mayEnd = group.hasName;
      } else if (group === undefined && (table.isWildcard(id) || (mark !== '' && !MARKS.has(mark)))) break;
      else if (isName(id)) {
        for (const around of open) around.hasName = true;
        mayEnd = true;
      }
      if (mark === '' && !table.isWildcard(id)) words++;
      if (mayEnd && open.length === 0 && words <= MAX_WORDS && saysMore(table, item, start, end)) yield { start, end };
    }
  }
}

/** What stands in each frame that holds enough names. */
const namesByFrame = (table: ItemTable): ReadonlyMap<number, Names> => {
  const frames = new Frames(table);
  const counts = new Uint8Array(COUNTERS);
  const starts = new Uint8Array(COUNTERS);
  const count = (counters: Uint8Array, hash: number): void => {
    const slot = hash % COUNTERS;
    counters[slot] = Math.min((counters[slot] ?? 0) + 1, FEW_NAMES);
  };
  for (const item of table.items) {
    if (item.ids.length > MAX_ELEMENTS) continue;
    frames.readBefore(item);
    for (let start = 0; start < item.ids.length; start++) count(starts, frames.prefix(start));
  }
  const begins = (start: number): boolean => (starts[frames.prefix(start) % COUNTERS] ?? 0) >= FEW_NAMES;
  const visit = (seen: (frame: number, item: number, start: number, end: number) => void): void => {
    table.items.forEach((item, i) => {
      if (item.ids.length > MAX_ELEMENTS) return;
      frames.readBefore(item);
      frames.readAfter();
      for (const { start, end } of spansOf(table, item, begins)) seen(frames.of(start, end), i, start, end);
    });
  };
  visit((frame) => {
    count(counts, frame);
  });
  const found = new Map<number, Names>();
  visit((frame, item, start, end) => {
    if ((counts[frame % COUNTERS] ?? 0) < FEW_NAMES) return;
    const name = (table.items[item]?.ids ?? []).slice(start, end).join();
    const names = found.get(frame) ?? new Map<string, Span>();
    found.set(frame, names.set(name, { item, start, length: end - start }));
  });
  return new Map([...found].filter(([, names]) => names.size >= FEW_NAMES));
};

interface SharedNames {
  readonly frames: readonly [number, number];
  names: number;
  /** Of several words. */
  long: number;
}

/** How many names each two frames share, of one word and of several. */
const sharedNames = (byFrame: ReadonlyMap<number, Names>): ReadonlyMap<string, SharedNames> => {
  const framesOf = new Map<string, number[]>();
  for (const [frame, names] of byFrame) {
    for (const name of names.keys()) {
      const known = framesOf.get(name);
      if (known === undefined) framesOf.set(name, [frame]);
      else known.push(frame);
    }
  }
  const shared = new Map<string, SharedNames>();
  for (const [name, frames] of framesOf) {
    if (frames.length > MAX_FRAMES) continue;
    const sorted = frames.toSorted((a, b) => a - b);
    for (const [i, a] of sorted.entries()) {
      for (const b of sorted.slice(i + 1)) {
        const pair = shared.get(`${a} ${b}`) ?? { frames: [a, b] as const, names: 0, long: 0 };
        shared.set(`${a} ${b}`, pair);
        pair.names++;
        if (name.includes(',')) pair.long++;
      }
    }
  }
  return shared;
};

/** Whether most of what stands in either frame is what both share, and most of that of several words. */
const isGood = ({ frames, names, long }: SharedNames, byFrame: ReadonlyMap<number, Names>): boolean =>
  names >= FEW_NAMES && long >= names * GOOD_PART && frames.every((frame) => names >= (byFrame.get(frame)?.size ?? 0) * GOOD_PART);

/** Names that cross, by frame, with how many of them cross there. */
const crossingsOf = (byFrame: ReadonlyMap<number, Names>): ReadonlyMap<number, ReadonlyMap<string, number>> => {
  const good = [...sharedNames(byFrame).values()].filter((shared) => isGood(shared, byFrame));
  const partners = new Map<number, number>();
  for (const frame of good.flatMap(({ frames }) => frames)) partners.set(frame, (partners.get(frame) ?? 0) + 1);
  const crossed = new Map<number, Map<string, number>>();
  for (const { frames, names } of good) {
    if (names < MIN_NAMES && frames.some((frame) => (partners.get(frame) ?? 0) < FRAMES_OF_FEW - 1)) continue;
    const [a, b] = frames;
    const others = byFrame.get(b);
    for (const name of byFrame.get(a)?.keys() ?? []) {
      if (others?.has(name) !== true) continue;
      for (const frame of frames) {
        const known = crossed.get(frame) ?? new Map<string, number>();
        crossed.set(frame, known.set(name, Math.max(known.get(name) ?? 0, names)));
      }
    }
  }
  return crossed;
};

/** Makes names that cross values. Returns whether there were any. */
export const mergeCrossings = (table: ItemTable): boolean => {
  const byFrame = namesByFrame(table);
  const best = new Map<number, { readonly span: Span; readonly names: number }>();
  for (const [frame, crossed] of crossingsOf(byFrame)) {
    for (const [name, names] of crossed) {
      const span = byFrame.get(frame)?.get(name);
      if (span === undefined) continue;
      const known = best.get(span.item);
      const isBetter = known === undefined || names > known.names || (names === known.names && (span.length > known.span.length || (span.length === known.span.length && span.start < known.span.start)));
      if (isBetter) best.set(span.item, { span, names });
    }
  }
  return table.fuseValues([...best.values()].map(({ span }) => span));
};
