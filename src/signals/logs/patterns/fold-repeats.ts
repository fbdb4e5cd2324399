/** Groups of values that repeat, as `eth0(10.0.0.1) eth1(10.0.0.2)`: a list of one statement may be of any length. */
import type { RowKey } from './row-key.ts';
import { WILDCARD } from './wildcard.ts';

const MIN_GROUP = 2;
const MAX_GROUP = 8;

/** Whether the group of `size` elements at `first` comes again at `second`. */
const isRepeat = (texts: readonly string[], first: number, second: number, size: number): boolean => {
  if (second + size > texts.length) return false;
  let holdsValue = false;
  for (let i = 0; i < size; i++) {
    const text = texts[first + i];
    if (text !== texts[second + i]) return false;
    if (text === WILDCARD) holdsValue = true;
  }
  return holdsValue;
};

/** Where the last of the groups of `size` that begin at `at` begins; commas may stand between them. */
const lastRepeat = (texts: readonly string[], at: number, size: number): number => {
  let last = at;
  for (;;) {
    const next = last + size;
    if (isRepeat(texts, last, next, size)) last = next;
    else if (texts[next] === ',' && isRepeat(texts, last, next + 1, size)) last = next + 1;
    else return last;
  }
};

/** Where the last repeat of a group that begins at `at` begins, for the shortest group that repeats; `at` if none does. */
const lastOfGroups = (texts: readonly string[], at: number): number => {
  for (let size = MIN_GROUP; size <= MAX_GROUP; size++) {
    if (texts[at] !== texts[at + size] && texts[at + size] !== ',') continue;
    const last = lastRepeat(texts, at, size);
    if (last > at) return last;
  }
  return at;
};

/** Keeps one group of every repetition: its first element then stands for the groups before it, too. */
export const foldRepeats = (key: RowKey): RowKey => {
  const { texts, starts, places } = key;
  const wildcard = texts.indexOf(WILDCARD);
  if (wildcard < 0 || texts.indexOf(WILDCARD, wildcard + 1) < 0) return key;
  const kept: { texts: string[]; starts: number[]; places: number[] } = { texts: [], starts: [], places: [] };
  for (let at = 0; at < texts.length; at++) {
    // Groups that a message begins with (`[cart][5] full`) are fields of one statement, not a list of any length.
    const last = at === 0 && texts[0] === '[' ? at : lastOfGroups(texts, at);
    kept.starts.push(starts[at] ?? 0);
    kept.texts.push(texts[at] ?? '');
    kept.places.push(places[at] ?? 0);
    at = last;
  }
  kept.starts.push(starts.at(-1) ?? 0);
  return kept.texts.length === texts.length ? key : kept;
};
