/**
 * Items with the same words in the same order that differ in marks and values between two of them: `from=<>` and `from=<ann@shop.example>`,
 * `relay=local` and `relay=mx1[10.0.0.5]:25`, an address that only some messages begin with. What a statement says is in its words; how
 * many marks and values stand between two of them depends on what is printed there.
 */
import { LETTER } from '../../../shared/letter-pattern.ts';
import { DisjointSets } from './clusters.ts';
import { Ends } from './ends.ts';
import type { Fused, Item, ItemTable } from './item-table.ts';
import { PARAMETER, WILD } from './vocabulary.ts';

/** So many words must agree; a value that only some items have takes more. */
const MIN_WORDS = 2;
const MIN_WORDS_OF_ABSENT = 3;
/** More values are told of something else. */
const MAX_MORE_VALUES = 2;

/** An item read as words and the gaps between them. */
interface Reading {
  readonly item: number;
  /** Values are one, whatever tells that they are. */
  readonly ids: readonly number[];
  /** Where the words stand. */
  readonly words: readonly number[];
}

const isWord = (table: ItemTable, item: Item, p: number): boolean => {
  const id = item.ids[p] ?? WILD;
  return !table.isSoft(item, p) && !table.vocabulary.isPunctuation(id) && LETTER.test(table.vocabulary.word(id));
};

const readingsOf = (table: ItemTable): readonly Reading[] =>
  table.items.flatMap((item, i) => {
    const words: number[] = [];
    for (let p = 0; p < item.ids.length; p++) if (isWord(table, item, p)) words.push(p);
    return words.length < MIN_WORDS ? [] : [{ item: i, ids: table.softened(item), words }];
  });

/** What stands in front of word `gap` of a reading, or behind the last, as [start, end). */
const gapOf = ({ ids, words }: Reading, gap: number): readonly [number, number] => [gap === 0 ? 0 : (words[gap - 1] ?? 0) + 1, words[gap] ?? ids.length];

const valuesIn = (reading: Reading, gap: number): number => {
  const [start, end] = gapOf(reading, gap);
  let values = 0;
  for (let p = start; p < end; p++) if (reading.ids[p] === WILD) values++;
  return values;
};

/** Readings that differ in one gap each from another of them. */
const kinOf = (readings: readonly Reading[]): Iterable<readonly Reading[]> => {
  const buckets = new Map<number, { readonly gap: number; readonly members: number[] }>();
  const ends = new Ends(readings.reduce((longest, { ids }) => Math.max(longest, ids.length), 0));
  readings.forEach((reading, i) => {
    const { ids, words } = reading;
    ends.read(ids);
    for (let gap = 0; gap <= words.length; gap++) {
      const hash = ends.around(...gapOf(reading, gap));
      const known = buckets.get(hash);
      if (known === undefined) buckets.set(hash, { gap, members: [i] });
      else known.members.push(i);
    }
  });
  const sets = new DisjointSets(readings.length);
  for (const { gap, members } of buckets.values()) {
    if (members.length < 2) continue;
    const values = members.map((i) => valuesIn(readings[i] ?? NOTHING, gap));
    const least = Math.min(...values);
    if (Math.max(...values) - least > MAX_MORE_VALUES) continue;
    if (least === 0 && (readings[members[0] ?? 0]?.words.length ?? 0) < MIN_WORDS_OF_ABSENT) continue;
    for (const i of members) sets.union(members[0] ?? i, i);
  }
  const kin = new Map<number, Reading[]>();
  readings.forEach((reading, i) => {
    const known = kin.get(sets.find(i));
    if (known === undefined) kin.set(sets.find(i), [reading]);
    else known.push(reading);
  });
  return kin.values();
};

const NOTHING: Reading = { item: 0, ids: [], words: [] };

/** How many elements all readings have in common in a gap, from its beginning on or, less those, from its end back. */
const commonOf = (readings: readonly Reading[], gap: number, fromEnd: boolean, taken: number): number => {
  const idAt = (reading: Reading, n: number): number | undefined => {
    const [start, end] = gapOf(reading, gap);
    if (n >= end - start - taken) return undefined;
    return reading.ids[fromEnd ? end - 1 - n : start + n];
  };
  for (let n = 0; ; n++) {
    const id = idAt(readings[0] ?? NOTHING, n);
    if (id === undefined || readings.some((reading) => idAt(reading, n) !== id)) return n;
  }
};

/** What a gap becomes one value of, in each reading; nothing where all agree. */
const runsOf = (readings: readonly Reading[], gap: number): readonly Fused[] => {
  let before = commonOf(readings, gap, false, 0);
  let behind = commonOf(readings, gap, true, before);
  const isEmptyIn = (reading: Reading): boolean => {
    const [start, end] = gapOf(reading, gap);
    return end - start === before + behind;
  };
  if (readings.every(isEmptyIn)) return [];
  const takesWord = before + behind === 0 && readings.some(isEmptyIn);
  if (!takesWord && readings.some(isEmptyIn)) {
    // Where some have nothing, the mark beside it is part of the value.
    if (before > 0) before--;
    else behind--;
  }
  return readings.map((reading) => {
    const { ids, words } = reading;
    const [start, end] = gapOf(reading, gap);
    if (!takesWord) return { start: start + before, length: end - behind - start - before, id: PARAMETER };
    // Without a mark it is the word behind, or at the end the one before.
    return gap < words.length ? { start, length: end + 1 - start, id: ids[end] ?? WILD } : { start: start - 1, length: end - start + 1, id: ids[start - 1] ?? WILD };
  });
};

/** Runs that meet in a word are one. */
const joined = (runs: readonly Fused[]): readonly Fused[] => {
  const apart: Fused[] = [];
  for (const run of runs) {
    const last = apart.at(-1);
    if (last === undefined || last.start + last.length <= run.start) apart.push(run);
    else apart[apart.length - 1] = { ...last, length: run.start + run.length - last.start };
  }
  return apart;
};

/** Makes what varies between two words one value. Returns whether there were any. */
export const mergeSameWords = (table: ItemTable): boolean => {
  const fused = new Map<number, readonly Fused[]>();
  for (const readings of kinOf(readingsOf(table))) {
    if (readings.length < 2) continue;
    const gaps = (readings[0]?.words.length ?? 0) + 1;
    const runs = Array.from({ length: gaps }, (_, gap) => runsOf(readings, gap));
    readings.forEach(({ item }, i) => {
      const own = runs.flatMap((all) => all[i] ?? []);
      if (own.length > 0) fused.set(item, joined(own));
    });
  }
  if (fused.size === 0) return false;
  table.fuse(fused);
  return true;
};
