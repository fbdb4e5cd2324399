/**
 * Values of several words: names (`Guest Peter Paul Rubens checked in`), reasons, titles, error texts. Rows of one
 * statement then differ in length, and no place of theirs can be compared with another's.
 *
 * A span of an item is taken for such a value when enough items agree before and after it (its frame), and what stands
 * in it is as diverse at its first and at its last word as values are: text that branches late or joins early has more
 * in common than the frame says. Branching as the sign of a boundary is Harris's, "From Phoneme to Morpheme",
 * Language 31 (1955).
 */
import { LETTER_FIRST } from '../../../shared/letter-pattern.ts';
import { ENOUGH, MAX_SHARE, PHRASE_SHARE, phraseShare, TOLD_ELSEWHERE_SHARE } from './evidence.ts';
import { Frames, isLoose, MAX_ELEMENTS } from './frames.ts';
import type { Fused, ItemTable, Span } from './item-table.ts';
import { PARAMETER, TRAIT, WILD } from './vocabulary.ts';

const MAX_WORDS = 7;
/** Elements of what is told behind a statement, marks and numbers counted. */
const MAX_TAIL = 24;
/** Items that differ are two at least. */
const MIN_PHRASES = 2;
/**
 * Where nothing follows, so many of the items that begin alike must go on with a phrase. After a component's name
 * (`kernel: `) come statements, of which only some look like one.
 */
const MIN_COVERAGE = 0.75;
/** Distinct names of errors in one place that stand with phrases as they come. */
const MIN_ERROR_NAMES = 3;
/** Two words of a statement. */
const MIN_FIRMNESS = 0.85;
const COUNTERS = 1 << 20;

interface Frame {
  readonly spans: Span[];
  readonly firmness: number;
  /** What the spans hold is told behind a statement. */
  readonly isTold: boolean;
  /** A value stands before the spans: the text there is no name of who speaks. */
  readonly isSpecific: boolean;
  /** How many items begin with the text before the spans, where no word follows them; 0 where some does. */
  readonly open: number;
}

/** What was met more than once, or might have been: most hashes are met once, and are not worth a map entry. */
class Counters {
  readonly #counts = new Uint8Array(COUNTERS);

  add(hash: number): void {
    const counter = hash % COUNTERS;
    if ((this.#counts[counter] ?? 0) < MIN_PHRASES) this.#counts[counter] = (this.#counts[counter] ?? 0) + 1;
  }

  isShared(hash: number): boolean {
    return (this.#counts[hash % COUNTERS] ?? 0) >= MIN_PHRASES;
  }
}

/** Where values may begin in an item: only after text that other items begin with, too. */
interface Starts {
  readonly item: number;
  readonly starts: readonly number[];
}

interface Candidates {
  readonly list: readonly Starts[];
  /** How many items begin with the text before a start. */
  readonly prefixes: ReadonlyMap<number, number>;
}

const candidatesOf = (table: ItemTable, frames: Frames): Candidates => {
  const counts = new Counters();
  const all: { readonly item: number; readonly starts: number[]; readonly hashes: number[] }[] = [];
  table.items.forEach((item, index) => {
    const { length } = item.ids;
    if (length < 2 || length > MAX_ELEMENTS) return;
    frames.readBefore(item);
    const starts: number[] = [];
    const hashes: number[] = [];
    for (let start = 0; start < length; start++) {
      if (!frames.begins(start)) continue;
      const hash = frames.prefix(start);
      starts.push(start);
      hashes.push(hash);
      counts.add(hash);
    }
    if (starts.length > 0) all.push({ item: index, starts, hashes });
  });
  const prefixes = new Map<number, number>();
  const list: Starts[] = [];
  for (const { item, starts, hashes } of all) {
    const shared: number[] = [];
    hashes.forEach((hash, i) => {
      if (!counts.isShared(hash)) return;
      prefixes.set(hash, (prefixes.get(hash) ?? 0) + 1);
      shared.push(starts[i] ?? 0);
    });
    if (shared.length > 0) list.push({ item, starts: shared });
  }
  return { list, prefixes };
};

type Visit = (item: number, start: number, end: number) => void;

/** Visits the spans that may be a value. */
const visitSpans = (table: ItemTable, frames: Frames, candidates: Candidates, visit: Visit): void => {
  for (const { item: index, starts } of candidates.list) {
    const item = table.items[index];
    if (item === undefined) continue;
    const { length } = item.ids;
    frames.readBefore(item);
    frames.readAfter();
    for (const start of starts) {
      for (let end = start + 1; end <= length && end - start <= MAX_WORDS && frames.isWord(end - 1); end++) {
        if (frames.firmness(start, end) > 0) visit(index, start, end);
      }
      const isVisited = length - start <= MAX_WORDS && frames.isText(start, length);
      if (frames.isToldOpenly(start) && length - start <= MAX_TAIL && !isVisited) visit(index, start, length);
    }
  }
};

const framesOf = (table: ItemTable): Iterable<Frame> => {
  const frames = new Frames(table);
  const candidates = candidatesOf(table, frames);
  const counts = new Counters();
  visitSpans(table, frames, candidates, (_item, start, end) => counts.add(frames.of(start, end)));
  const found = new Map<number, Frame>();
  visitSpans(table, frames, candidates, (item, start, end) => {
    const hash = frames.of(start, end);
    if (!counts.isShared(hash)) return;
    const span = { item, start, length: end - start };
    const frame = found.get(hash);
    if (frame !== undefined) {
      frame.spans.push(span);
      return;
    }
    const firmness = frames.firmness(start, end);
    const ids = table.items[item]?.ids ?? [];
    // Where more text follows it takes a longer statement to tell.
    const isTold = frames.isTold(start) && (end === ids.length || firmness >= 1 || (table.vocabulary.word(ids[start - 1] ?? WILD) === '(' && frames.isLastText(end)));
    const isSpecific = ids.slice(0, start).some((id) => table.isWildcard(id));
    found.set(hash, { spans: [span], firmness, isTold, isSpecific, open: candidates.prefixes.get(frames.openPrefix(start, end)) ?? 0 });
  });
  return found.values();
};

const sum = (shares: ReadonlyMap<number | string, number>): number => [...shares.values()].reduce((total, share) => total + share, 0);

const raise = (shares: Map<number, number>, id: number, share: number): void => {
  if ((shares.get(id) ?? -1) < share) shares.set(id, share);
};

/** The last element of a span, but for the mark that ends a sentence. */
const lastWord = (table: ItemTable, item: number, start: number, length: number): number => {
  let end = start + length - 1;
  while (end > start && table.vocabulary.isPunctuation(table.idAt(item, end))) end--;
  return table.idAt(item, end);
};

/** Whether the spans begin or end too much alike, whatever their words count. */
const isPoor = (table: ItemTable, spans: readonly Span[], firmness: number): boolean => {
  const needed = ENOUGH / (firmness * MAX_SHARE);
  const first = new Set<number>();
  const last = new Set<number>();
  for (const { item, start, length } of spans) {
    first.add(table.idAt(item, start));
    last.add(lastWord(table, item, start, length));
    if (first.size >= needed && last.size >= needed) return false;
  }
  return true;
};

/** The texts that are told of several statements, or were found to be told of one. */
const toldElsewhere = (table: ItemTable, frames: readonly Frame[]): ReadonlySet<string> => {
  const { vocabulary } = table;
  const frameOf = new Map<string, Frame>();
  const found = new Set<string>();
  for (const frame of frames) {
    if (!frame.isTold) continue;
    for (const { item, start, length } of frame.spans) {
      if (length < 2) continue;
      const text = Array.from({ length }, (_, i) => vocabulary.word(table.idAt(item, start + i))).join(' ');
      const known = frameOf.get(text);
      if (known === undefined) frameOf.set(text, frame);
      if ((known !== undefined && known !== frame) || vocabulary.isTold(text)) found.add(text);
    }
  }
  return found;
};

/**
 * What the phrases of a frame add up to: each first and each last word counts once, the poorer of the two sums is taken.
 * Rounded, so that the order in which shares are added does not show.
 */
const evidenceOf = (table: ItemTable, { spans, firmness, open, isTold, isSpecific }: Frame, told: ReadonlySet<string>): number => {
  if (spans.length < Math.max(MIN_PHRASES, open * MIN_COVERAGE) || !spans.some(({ length }) => length > 1)) return 0;
  if (!isTold && isPoor(table, spans, firmness)) return 0;
  const { vocabulary } = table;
  let phrases = 0;
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  const texts = new Map<string, number>();
  // A name of two words may be that of who speaks, unless a value stands beside it.
  const isStatement = isTold && firmness >= (isSpecific ? MIN_FIRMNESS : 1);
  let isPlain = isStatement;
  for (const { item, start, length } of spans) {
    const words = Array.from({ length }, (_, i) => vocabulary.word(table.idAt(item, start + i)));
    const own = phraseShare(words, (text) => vocabulary.shareOfWord(text), table.idAt(item, start) === PARAMETER, isTold);
    const share = isStatement && length > 1 && told.has(words.join(' ')) ? Math.max(own, TOLD_ELSEWHERE_SHARE) : own;
    if (share >= PHRASE_SHARE) phrases++;
    raise(first, table.idAt(item, start), share);
    raise(last, lastWord(table, item, start, length), share);
    texts.set(words.join(' '), share);
    isPlain &&= words.every((word, i) => LETTER_FIRST.test(word) || (word === '.' && i > 0 && i === length - 1));
  }
  if (phrases < open * MIN_COVERAGE) return 0;
  // Reasons may begin alike (`invalid name`, `invalid password`), as long as not all do.
  const sums = isPlain && first.size > 1 && last.size > 1 ? sum(texts) : Math.min(sum(first), sum(last));
  return Math.round(sums * firmness * 1e6) / 1e6;
};

/** The loose places outside the span that vary enough among the items of a frame, by the place in the first item. */
const loosePlaces = (table: ItemTable, { spans }: Frame): readonly number[] => {
  const [model] = spans;
  const first = model === undefined ? undefined : table.items[model.item];
  if (model === undefined || first === undefined) return [];
  const places: number[] = [];
  for (let p = 0; p < first.ids.length; p++) {
    if ((p >= model.start && p < model.start + model.length) || !isLoose(table, first, p)) continue;
    const seen = new Map<number, number>();
    for (const span of spans) {
      const at = placeIn(span, model, p);
      const item = table.items[span.item];
      if (item !== undefined) raise(seen, table.idAt(span.item, at), table.shareAt(span.item, at) * table.placeFactorAt(item, at));
    }
    const errors = [...seen.keys()].filter((id) => table.vocabulary.has(id, TRAIT.error)).length;
    if (seen.size > 1 && (sum(seen) >= ENOUGH || errors >= MIN_ERROR_NAMES || seen.has(PARAMETER))) places.push(p);
  }
  return places;
};

/** Where the place p of the model's item is in the item of another span of the frame. */
const placeIn = (span: Span, model: Span, p: number): number => (p < model.start ? p : p - model.start - model.length + span.start + span.length);

/** The runs to fuse in an item: the phrase, and the places that vary with it. */
const runsOf = ({ spans }: Frame, span: Span, places: readonly number[]): Fused[] => {
  const model = spans[0] ?? span;
  const runs: Fused[] = [{ start: span.start, length: span.length, id: PARAMETER }];
  for (const p of places) runs.push({ start: placeIn(span, model, p), length: 1, id: PARAMETER });
  return runs.sort((a, b) => a.start - b.start);
};

interface Choice {
  readonly frame: Frame;
  readonly span: Span;
  readonly evidence: number;
}

/** More evidence, then the longer frame, then the earlier span: nothing that the order of items decides. */
const isBetter = (a: Choice, b: Choice): boolean => {
  if (a.evidence !== b.evidence) return a.evidence > b.evidence;
  return a.span.length === b.span.length ? a.span.start < b.span.start : a.span.length < b.span.length;
};

/** Makes phrases parameters. Returns whether there were any. */
export const mergePhrases = (table: ItemTable): boolean => {
  const best = new Map<number, Choice>();
  const frames = [...framesOf(table)];
  const told = toldElsewhere(table, frames);
  for (const frame of frames) {
    const evidence = evidenceOf(table, frame, told);
    if (evidence < ENOUGH) continue;
    for (const span of frame.spans) {
      const choice = { frame, span, evidence };
      const known = best.get(span.item);
      if (known === undefined || isBetter(choice, known)) best.set(span.item, choice);
    }
  }
  if (best.size === 0) return false;
  const placesOf = new Map<Frame, readonly number[]>();
  const fused = new Map<number, readonly Fused[]>();
  for (const [item, { frame, span }] of best) {
    let places = placesOf.get(frame);
    if (places === undefined) placesOf.set(frame, (places = loosePlaces(table, frame)));
    if (frame.isTold) table.markTold(span.item, span.start, span.length);
    fused.set(item, runsOf(frame, span, places));
  }
  table.fuse(fused);
  return true;
};
