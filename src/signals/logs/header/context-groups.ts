/**
 * Context behind a module's name: `cart [user 5] loaded` and `cart loaded`. Each module logs its own texts, so the name is no
 * column for {@link ./leading-columns.ts}; but a group in brackets that the same name and text come with and without, or with
 * other values, is a logger's, and what a logger prints in front of its context is header as well.
 */
import { ENOUGH, isSentence, type Round, wordEnd } from './round.ts';

const IS_CONTEXT = /^(?:\[[^[\]]*\]|\{[^{}]*\}):?$/;
/** What stands in front of a group must differ: one word before all of them may be what every text begins with. */
const MIN_NAMES = 3;

interface Told {
  readonly group: string;
  readonly name: string;
  readonly begins: string;
  count: number;
  varied: boolean;
}

interface Place {
  readonly row: number;
  readonly name: string;
  readonly nameEnd: number;
  /** Where the group ends; -1 where none follows the name. */
  readonly groupEnd: number;
}

const textAt = (tokens: readonly string[], from: number, to: number): string => tokens.slice(from, to).join('').trimStart();

const placesOf = ({ rows, skips }: Round): Place[] =>
  rows.flatMap(({ tokens }, row) => {
    const from = skips[row] ?? 0;
    const nameEnd = wordEnd(tokens, from);
    if (nameEnd < 0 || /^[[{]$/.test(tokens[from]?.trimStart() ?? '')) return [];
    const end = /^ [[{]$/.test(tokens[nameEnd] ?? '') ? wordEnd(tokens, nameEnd) : -1;
    const groupEnd = end >= 0 && IS_CONTEXT.test(textAt(tokens, nameEnd, end)) ? end : -1;
    return [{ row, name: textAt(tokens, from, nameEnd), nameEnd, groupEnd }];
  });

/** Names whose texts come with such a group. */
const namesOf = ({ rows, rests }: Round, places: readonly Place[]): ReadonlySet<string> => {
  const alone = new Map<string, number>();
  for (const { row, name, nameEnd, groupEnd } of places) {
    if (groupEnd >= 0) continue;
    const key = `${name} ${rests.of(row, nameEnd)}`;
    alone.set(key, (alone.get(key) ?? 0) + (rows[row]?.count ?? 0));
  }
  const texts = new Map<string, Told>();
  for (const { row, name, nameEnd, groupEnd } of places) {
    const { tokens, count } = rows[row] ?? { tokens: [], count: 0 };
    if (groupEnd < 0 || !isSentence(tokens, groupEnd)) continue;
    const key = `${name} ${rests.of(row, groupEnd)}`;
    const group = textAt(tokens, nameEnd, groupEnd);
    const known = texts.get(key);
    if (known === undefined) texts.set(key, { group, name, begins: tokens[groupEnd] ?? '', count: count + (alone.get(key) ?? 0), varied: alone.has(key) });
    else {
      known.count += count;
      known.varied ||= known.group !== group;
    }
  }
  const told = [...texts.values()].filter(({ count }) => count > 1);
  const varied = told.filter((text) => text.varied);
  const names = new Set(varied.map(({ name }) => name));
  const beginnings = new Set(varied.map(({ begins }) => begins)).size;
  const isContext = varied.length >= Math.max(ENOUGH.shared, told.length * ENOUGH.share) && beginnings >= ENOUGH.beginnings && names.size >= MIN_NAMES;
  return isContext ? names : new Set();
};

/** Strips names and the groups behind them; true where there were such. */
export const stripContext = (round: Round): boolean => {
  const places = placesOf(round);
  if (!places.some(({ groupEnd }) => groupEnd >= 0)) return false;
  const names = namesOf(round, places);
  for (const { row, name, nameEnd, groupEnd } of places) if (names.has(name)) round.skips[row] = groupEnd < 0 ? nameEnd : groupEnd;
  return names.size > 0;
};
