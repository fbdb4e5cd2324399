/**
 * Values of several words: names (`Guest Peter Paul Rubens checked in`), reasons, titles, error texts. Rows of one
 * statement then differ in length, and no place of theirs can be compared with another's.
 *
 * A span of an item is taken for such a value when enough items agree before and after it (its frame), and what stands
 * in it is as diverse at its first and at its last word as values are: text that branches late or joins early has more
 * in common than the frame says. A span begins where values begin: after a delimiter, a value, a word that announces one
 * (`reason`, `by`), or with a capital. The idea of branching as the sign of a boundary is Harris's, "From Phoneme to Morpheme",
 * Language 31 (1955); its use here is that of a frame with a gap.
 */
import type { Fused, Item, ItemTable } from './item-table.ts';
import { ENOUGH, isErrorName, KEY_FACTOR, PHRASE_SHARE, phraseShare } from './evidence.ts';
import { announcesValue, isKeyNoun } from './key-nouns.ts';
import { QUOTED } from './row-key.ts';
import { PARAMETER, WILD } from './vocabulary.ts';

const MAX_WORDS = 7;
/** Longer rows are left alone: a name in a long text is not worth the time. */
const MAX_ELEMENTS = 60;
/** Fewer distinct phrases than this are no evidence, whatever they are. */
const MIN_PHRASES = 2;
/**
 * Where nothing follows, so many of the items that begin alike must go on with a phrase. After a component's name
 * (`kernel: `) come statements, of which only some look like one.
 */
const MIN_COVERAGE = 0.75;
const COUNTERS = 1 << 20;

interface Span {
  readonly item: number;
  readonly start: number;
  readonly length: number;
}

const DELIMITERS = new Set([':', '=', '(', '[', '{', '"', "'", '`', '<', ',', ';', ')', ']', '}', '>']);
/** Distinct names of errors in one place that stand with phrases as they come. */
const MIN_ERROR_NAMES = 3;

/** How much the text around a span tells that it comes from one statement, from 0 to 1. */
class Frames {
  readonly #before = new Float64Array(MAX_ELEMENTS + 1);
  readonly #after = new Float64Array(MAX_ELEMENTS + 1);
  readonly #words = new Uint8Array(MAX_ELEMENTS + 1);
  /** Words of the longest clause before; a colon ends a clause. */
  readonly #clause = new Uint8Array(MAX_ELEMENTS + 1);
  readonly #isWord = new Uint8Array(MAX_ELEMENTS + 1);
  readonly #isKeyed = new Uint8Array(MAX_ELEMENTS + 1);
  readonly #begins = new Uint8Array(MAX_ELEMENTS + 1);
  readonly #table: ItemTable;
  #length = 0;

  constructor(table: ItemTable) {
    this.#table = table;
  }

  reset(item: Item): void {
    const { vocabulary } = this.#table;
    const { ids } = item;
    const length = Math.min(ids.length, MAX_ELEMENTS);
    this.#length = Math.min(length, MAX_ELEMENTS);
    let clause = 0;
    let before = 0;
    const body = this.#table.bodyStart(item);
    for (let i = 0; i < length; i++) {
      const id = ids[i] ?? WILD;
      const isMark = vocabulary.isPunctuation(id);
      const isText = i >= body && !isMark && !this.#table.isWildcard(id);
      this.#isWord[i] = isMark ? 0 : 1;
      this.#clause[i] = i > 0 && vocabulary.word(ids[i - 1] ?? WILD) === ':' ? before : Math.max(before, clause);
      if (isText) clause = Math.min(255, clause + 1);
      else if (vocabulary.word(id) === ':') {
        before = Math.max(before, clause);
        clause = 0;
      }
      this.#words[i + 1] = (this.#words[i] ?? 0) + (isText ? 1 : 0);
      this.#before[i + 1] = mixed((this.#before[i] ?? 0) * 3 + hashOf(isLoose(this.#table, item, i) ? WILD : id));
      this.#isKeyed[i] = this.#follows(ids, i, isKeyNoun) ? 1 : 0;
      this.#begins[i] = i > 0 && this.#beginsValue(ids, i) ? 1 : 0;
    }
    this.#after[length] = 1;
    for (let i = length - 1; i >= 0; i--) this.#after[i] = mixed((this.#after[i + 1] ?? 0) * 5 + hashOf(isLoose(this.#table, item, i) ? WILD : (ids[i] ?? WILD)));
  }

  #follows(ids: readonly number[], i: number, test: (word: string) => boolean): boolean {
    if (i === 0) return false;
    const { vocabulary } = this.#table;
    const before = vocabulary.word(ids[i - 1] ?? WILD);
    return test(before) || (before === ':' && i > 1 && test(vocabulary.word(ids[i - 2] ?? WILD)));
  }

  #beginsValue(ids: readonly number[], i: number): boolean {
    const { vocabulary } = this.#table;
    const before = ids[i - 1] ?? WILD;
    if (this.#table.isWildcard(before)) return true;
    const word = vocabulary.word(before);
    if (DELIMITERS.has(word) || announcesValue(word, vocabulary.word(ids[i - 2] ?? WILD))) return true;
    return /^\p{Lu}/u.test(vocabulary.word(ids[i] ?? WILD));
  }

  of(start: number, end: number): number {
    return (((this.#before[start] ?? 0) * 3 + (this.#after[end] ?? 0) * 5) % FRAME_RANGE) + 1;
  }

  /** The text before `start` as a number when no word follows `end`, else 0. */
  openPrefix(start: number, end: number): number {
    return (this.#words[end] ?? 0) === (this.#words[this.#length] ?? 0) ? this.prefix(start) : 0;
  }

  prefix(start: number): number {
    return (this.#before[start] ?? 0) + 1;
  }

  begins(at: number): boolean {
    return this.#begins[at] === 1;
  }

  isWord(at: number): boolean {
    return this.#isWord[at] === 1;
  }

  firmness(start: number, end: number): number {
    const before = this.#words[start] ?? 0;
    const after = (this.#words[this.#length] ?? 0) - (this.#words[end] ?? 0);
    if (before === 0) return 0;
    const near = (this.#clause[start] ?? 0) + after;
    return (FIRMNESS[Math.min(near, 3)] ?? 1) * (this.#isKeyed[start] === 1 ? KEY_FACTOR : 1);
  }
}

/** Whether the place may vary along with the phrase: host names, quoted words, names of errors. */
const isLoose = (table: ItemTable, item: Item, p: number): boolean =>
  table.isSoft(item, p) || item.places[p] === QUOTED || isErrorName(table.vocabulary.word(item.ids[p] ?? WILD));

const FIRMNESS = [0, 0.25, 0.85, 1];

const FRAME_RANGE = 2 ** 49 - 81;

/** A number of 49 bits from one of at most 51: both halves are multiplied and crossed. */
const mixed = (value: number): number => {
  const low = value % 0x1000000;
  const high = Math.floor(value / 0x1000000) & 0x3ffffff;
  const a = Math.imul(low ^ (high << 6), 0x2c1b3c6d) >>> 0;
  const b = Math.imul(high ^ (low << 5) ^ (a >>> 7), 0x297a2d39) >>> 0;
  return a * 0x10000 + (b >>> 16);
};

const hashOf = (id: number): number => (Math.imul(Math.max(id, 1), 0x9e3779b1) >>> 0) * 0x1000 + Math.max(id, 1);

interface Context {
  readonly firmness: number;
  /** Names the text before the span where hardly any follows it; 0 where some does. */
  readonly open: number;
}

type Visit = (frame: number, span: Span, context: Context) => void;

/** Visits the spans that may be a value. */
const visitSpans = (table: ItemTable, visit: Visit): void => {
  const frames = new Frames(table);
  table.items.forEach((item, index) => {
    const { length } = item.ids;
    if (length < 2 || length > MAX_ELEMENTS) return;
    frames.reset(item);
    for (let start = 1; start < length; start++) {
      if (!frames.begins(start)) continue;
      for (let end = start + 1; end <= length && end - start <= MAX_WORDS && frames.isWord(end - 1); end++) {
        const firmness = frames.firmness(start, end);
        if (firmness > 0) visit(frames.of(start, end), { item: index, start, length: end - start }, { firmness, open: frames.openPrefix(start, end) });
      }
    }
  });
};

interface Frame extends Context {
  readonly spans: Span[];
}

/** How many items begin with each text that a value may follow. */
const prefixCounts = (table: ItemTable): ReadonlyMap<number, number> => {
  const frames = new Frames(table);
  const counts = new Map<number, number>();
  for (const item of table.items) {
    const { length } = item.ids;
    if (length < 2) continue;
    frames.reset(item);
    for (let start = 1; start < length && start < MAX_ELEMENTS; start++) {
      if (frames.begins(start)) counts.set(frames.prefix(start), (counts.get(frames.prefix(start)) ?? 0) + 1);
    }
  }
  return counts;
};

const framesOf = (table: ItemTable): ReadonlyMap<number, Frame> => {
  // Most frames are met once: they are counted before any is kept.
  const counts = new Uint8Array(COUNTERS);
  visitSpans(table, (frame) => {
    const counter = frame % COUNTERS;
    if ((counts[counter] ?? 0) < MIN_PHRASES) counts[counter] = (counts[counter] ?? 0) + 1;
  });
  const found = new Map<number, Frame>();
  visitSpans(table, (hash, span, context) => {
    if ((counts[hash % COUNTERS] ?? 0) < MIN_PHRASES) return;
    const frame = found.get(hash);
    if (frame === undefined) found.set(hash, { spans: [span], ...context });
    else frame.spans.push(span);
  });
  return found;
};

const sum = (shares: ReadonlyMap<number, number>): number => [...shares.values()].reduce((total, share) => total + share, 0);

/** What the phrases of a frame add up to: each first and each last word counts once, the poorer of the two sums is taken. */
const evidenceOf = (table: ItemTable, { spans, firmness, open }: Frame, prefixes: ReadonlyMap<number, number>): number => {
  if (spans.length < MIN_PHRASES) return 0;
  let longest = 0;
  let phrases = 0;
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  for (const { item, start, length } of spans) {
    longest = Math.max(longest, length);
    const words = Array.from({ length }, (_, i) => table.vocabulary.word(table.idAt(item, start + i)));
    const share = phraseShare(words, (text) => table.vocabulary.shareOfWord(text), table.idAt(item, start) === PARAMETER);
    if (share >= PHRASE_SHARE) phrases++;
    const a = table.idAt(item, start);
    const b = table.idAt(item, start + length - 1);
    first.set(a, Math.max(first.get(a) ?? 0, share));
    last.set(b, Math.max(last.get(b) ?? 0, share));
  }
  if (longest < 2) return 0;
  if (open !== 0 && phrases < (prefixes.get(open) ?? 0) * MIN_COVERAGE) return 0;
  return Math.min(sum(first), sum(last)) * firmness;
};

/** The loose places outside the span that vary enough among the items of a frame, by the place in the first item. */
const loosePlaces = (table: ItemTable, { spans }: Frame): ReadonlySet<number> => {
  const [model] = spans;
  const places = new Set<number>();
  const first = model === undefined ? undefined : table.items[model.item];
  if (model === undefined || first === undefined) return places;
  for (let p = 0; p < first.ids.length; p++) {
    if ((p >= model.start && p < model.start + model.length) || !isLoose(table, first, p)) continue;
    const seen = new Map<number, number>();
    for (const { item, start, length } of spans) {
      const at = p < model.start ? p : p - model.start - model.length + start + length;
      seen.set(table.idAt(item, at), table.shareAt(item, at));
    }
    if (seen.size < 2) continue;
    const evidence = sum(seen) * table.placeFactorAt(first, p);
    const errors = [...seen.keys()].filter((id) => isErrorName(table.vocabulary.word(id))).length;
    if (evidence >= ENOUGH || errors >= MIN_ERROR_NAMES || seen.has(PARAMETER)) places.add(p);
  }
  return places;
};

/** The runs to fuse in an item: the phrase, and the places that vary with it. */
const runsOf = (frame: Frame, span: Span, places: ReadonlySet<number>): Fused[] => {
  const model = frame.spans[0] ?? span;
  const shift = span.start + span.length - model.start - model.length;
  const runs: Fused[] = [{ start: span.start, length: span.length, id: PARAMETER }];
  for (const p of places) runs.push({ start: p < model.start ? p : p + shift, length: 1, id: PARAMETER });
  return runs.sort((a, b) => a.start - b.start);
};

interface Choice {
  readonly hash: number;
  readonly frame: Frame;
  readonly span: Span;
  readonly evidence: number;
}

/** Makes phrases parameters. Returns whether there were any. */
export const mergePhrases = (table: ItemTable): boolean => {
  const best = new Map<number, Choice>();
  const prefixes = prefixCounts(table);
  for (const [hash, frame] of framesOf(table)) {
    const evidence = evidenceOf(table, frame, prefixes);
    if (evidence < ENOUGH) continue;
    for (const span of frame.spans) {
      const known = best.get(span.item);
      if (known === undefined || evidence > known.evidence || (evidence === known.evidence && hash < known.hash)) best.set(span.item, { hash, frame, span, evidence });
    }
  }
  if (best.size === 0) return false;
  const placesOf = new Map<number, ReadonlySet<number>>();
  const fused = new Map<number, readonly Fused[]>();
  for (const [item, { hash, frame, span }] of best) {
    let places = placesOf.get(hash);
    if (places === undefined) placesOf.set(hash, (places = loosePlaces(table, frame)));
    fused.set(item, runsOf(frame, span, places));
  }
  table.fuse(fused);
  return true;
};
