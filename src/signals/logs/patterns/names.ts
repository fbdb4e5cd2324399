/**
 * Names of several words (`the old mill`, `[OPS] wolf`, `Blue Hour (live)`). Where one statement is known to have a value,
 * an item that agrees with it but for some words in the value's place has them for a value, too; it is so wherever they stand.
 */
import { ROUND_AND_SQUARE } from './brackets.ts';
import { STATE_SHARE, VALUE_SHARE } from './evidence.ts';
import { Frames, MAX_ELEMENTS } from './frames.ts';
import type { Fused, Item, ItemTable } from './item-table.ts';
import { PARAMETER, TRAIT, WILD } from './vocabulary.ts';

/** Elements of a name, its brackets counted. */
const MAX_NAME = 6;
const MAX_WORDS = 4;
/** So many words of a statement beside a name tell that it is the same statement. */
const MIN_WORDS = 2;
/** What a name may hold beside nouns, but not end with. */
const PARTICLES = new Set('the a an of and in on to for new old first last'.split(' '));
const ENCLOSING: ReadonlyMap<string, string> = new Map([...ROUND_AND_SQUARE, ['<', '>']]);

/** Reads elements as those of a name, one after the other. */
class NameReader {
  readonly #table: ItemTable;
  readonly #isEnclosed: boolean;
  readonly #isFirst: boolean;
  #words = 0;
  #nouns = 0;
  #closer = '';
  #isTitle = true;
  /** Whether a name may end with what was read last. */
  mayEnd = false;

  constructor(table: ItemTable, stands: { readonly inBrackets: boolean; readonly first: boolean }) {
    this.#table = table;
    this.#isEnclosed = stands.inBrackets;
    this.#isFirst = stands.first;
  }

  /** Reads the next element, and returns whether it may belong to a name. */
  read(id: number, isStart: boolean): boolean {
    const { vocabulary } = this.#table;
    let isParticle = false;
    if (vocabulary.isPunctuation(id)) {
      if (!this.#readMark(vocabulary.word(id), isStart)) return false;
    } else if (this.#table.isWildcard(id)) {
      // Words before a known value are text, unless they look like the head of a name.
      if (isStart || (id === PARAMETER && !this.#isTitle)) return false;
    } else {
      isParticle = PARTICLES.has(vocabulary.word(id));
      if (++this.#words > MAX_WORDS || (isStart && vocabulary.isCompound(id)) || !(isParticle || this.#isNoun(id))) return false;
      if (vocabulary.share(id) >= VALUE_SHARE) this.#nouns++;
      this.#isTitle &&= vocabulary.has(id, TRAIT.capital) || vocabulary.word(id) === 's';
    }
    this.mayEnd = !isStart && !isParticle && this.#closer === '' && this.#nouns > 0;
    return true;
  }

  /** Brackets within the name, and an apostrophe. */
  #readMark(mark: string, isStart: boolean): boolean {
    if (mark === this.#closer) this.#closer = '';
    else if (this.#closer === '' && ROUND_AND_SQUARE.has(mark)) this.#closer = ROUND_AND_SQUARE.get(mark) ?? '';
    else return mark === "'" && !isStart;
    return true;
  }

  /** Brackets around tell that all is a name, and so does a capital within a sentence. */
  #isNoun(id: number): boolean {
    const { vocabulary } = this.#table;
    return this.#isEnclosed || vocabulary.share(id) >= STATE_SHARE || (!this.#isFirst && vocabulary.has(id, TRAIT.capital));
  }
}

/** Where a name that begins at `start` may end: the ends, exclusive. */
const endsOf = (table: ItemTable, { ids }: Item, start: number): readonly number[] => {
  const { vocabulary } = table;
  const ends: number[] = [];
  const enclosing = start > 0 ? ENCLOSING.get(vocabulary.word(ids[start - 1] ?? WILD)) : undefined;
  const reader = new NameReader(table, { inBrackets: enclosing !== undefined, first: start === 0 });
  for (let at = start; at < ids.length && at - start < MAX_NAME; at++) {
    if (!reader.read(ids[at] ?? WILD, at === start)) break;
    if (reader.mayEnd && (enclosing === undefined || vocabulary.word(ids[at + 1] ?? WILD) === enclosing)) ends.push(at + 1);
  }
  return ends;
};

/** The frames of parameters, and what stands before these. */
interface Known {
  readonly prefixes: ReadonlySet<number>;
  readonly frames: ReadonlySet<number>;
}

const parameterFrames = (table: ItemTable, frames: Frames): Known => {
  const found = new Set<number>();
  const prefixes = new Set<number>();
  for (const item of table.items) {
    if (item.ids.length > MAX_ELEMENTS || !item.ids.includes(PARAMETER)) continue;
    frames.readBefore(item);
    frames.readAfter();
    item.ids.forEach((id, p) => {
      if (id !== PARAMETER || frames.wordsAround(p, p + 1) < MIN_WORDS) return;
      found.add(frames.of(p, p + 1));
      prefixes.add(frames.prefix(p));
    });
  }
  return { frames: found, prefixes };
};

/** Words in the place of a known value. */
const namesOf = (table: ItemTable): Iterable<number[]> => {
  const frames = new Frames(table);
  const known = parameterFrames(table, frames);
  const names = new Map<string, number[]>();
  for (const item of table.items) {
    if (item.ids.length > MAX_ELEMENTS) continue;
    frames.readBefore(item);
    const starts = [...item.ids.keys()].filter((start) => known.prefixes.has(frames.prefix(start)));
    if (starts.length > 0) frames.readAfter();
    for (const start of starts) {
      for (const end of endsOf(table, item, start)) {
        if (frames.wordsAround(start, end) < MIN_WORDS || !known.frames.has(frames.of(start, end))) continue;
        const ids = item.ids.slice(start, end);
        names.set(ids.join(), ids);
      }
    }
  }
  return names.values();
};

/** Names that begin with the same two words. */
interface Namesakes {
  /** Their lengths, the longest first. */
  readonly lengths: number[];
  /** The one element that a name becomes, by its words. */
  readonly elements: Map<string, number>;
}

const headOf = (ids: readonly number[], at: number): number => (ids[at] ?? WILD) * 0x1000000 + (ids[at + 1] ?? WILD);

/** All that is known to be a value of several words, by the first two. */
const knownNames = (table: ItemTable): ReadonlyMap<number, Namesakes> => {
  const { vocabulary } = table;
  const names = Array.from(namesOf(table), (ids) => ({ ids, element: vocabulary.idOf(ids.map((word) => vocabulary.word(word)).join(' ')) }));
  for (const { element } of names) if (!vocabulary.has(element, TRAIT.told)) vocabulary.markValue(element);
  for (const [element, ids] of table.phrases) names.push({ ids: [...ids], element });
  const byHead = new Map<number, Namesakes>();
  for (const { ids, element } of names) {
    if (table.isWildcard(ids[0] ?? WILD) || !vocabulary.isCompound(element) || vocabulary.has(element, TRAIT.told)) continue;
    const head = headOf(ids, 0);
    const known = byHead.get(head) ?? { lengths: [], elements: new Map<string, number>() };
    byHead.set(head, known);
    if (!known.lengths.includes(ids.length)) known.lengths.push(ids.length);
    known.elements.set(ids.join(), element);
  }
  for (const { lengths } of byHead.values()) lengths.sort((a, b) => b - a);
  return byHead;
};

/** The longest name that begins at `at`. */
const nameAt = (names: ReadonlyMap<number, Namesakes>, ids: readonly number[], at: number): Fused | undefined => {
  const known = names.get(headOf(ids, at));
  if (known === undefined) return undefined;
  for (const length of known.lengths) {
    const id = known.elements.get(ids.slice(at, at + length).join());
    if (id !== undefined) return { start: at, length, id };
  }
  return undefined;
};

/** Makes names of several words one element each, wherever they stand. Returns whether there were any. */
export const joinNames = (table: ItemTable): boolean => {
  const names = knownNames(table);
  if (names.size === 0) return false;
  const fused = new Map<number, readonly Fused[]>();
  table.items.forEach(({ ids }, i) => {
    const runs: Fused[] = [];
    for (let at = 0; at < ids.length; at++) {
      const name = nameAt(names, ids, at);
      if (name === undefined) continue;
      runs.push(name);
      at += name.length - 1;
    }
    if (runs.length > 0) fused.set(i, runs);
  });
  if (fused.size === 0) return false;
  table.fuse(fused);
  return true;
};
