/** How long what was stored before a change lives on: until then it covers what the change did to lifetimes. */
import { withoutRemark, type DiffLines } from './diff-lines.ts';

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;
/** Nothing that lives longer hides anything within an incident. */
const MOST_MS = 7 * DAY_MS;
const MAX_LINES = 500;

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:ms|millis)/, 1],
  [/^(?:m$|min)/, 60_000],
  [/^h/, 3_600_000],
  [/^d/, DAY_MS],
];
const unitMs = (word: string): number => UNITS.find(([pattern]) => pattern.test(word.toLowerCase()))?.[1] ?? SECOND_MS;

/** Redis: SETEX and EXPIRE take seconds, PSETEX and PEXPIRE milliseconds, SET says `EX` or `PX`. */
const COMMAND = /(p?)(?:setex|expire)\w{0,10}\(\s*[^,()]{1,80},\s*(\d[\d_]{0,12})/i;
const OPTION = /["']([ep])x["']\s*,\s*(\d[\d_]{0,12})/i;
/** A setting, its unit behind the number, in front of it, or at the end of the name; seconds where none is told. */
const WORD = /ttl|lifetime|max[-_ ]?age|expir|keep[-_ ]?for/i;
const BEHIND = /(\d[\d_]{0,12})\s{0,2}(?:[.*]\s{0,2}(?:time\.)?)?(ms|millis|minutes?|mins?|hours?|days?|seconds?|[smhd])(?![a-z])/i;
const BEFORE = /(?:of|from|in)?_?(millis|minutes|hours|days|seconds)\w{0,8}["']?\s{0,2}[(:=]\s{0,2}["']?(\d[\d_]{0,12})/i;
const PLAIN = /["']?\s{0,2}[:=(,]\s{0,2}["']?(\d[\d_]{0,12})(?![\w.])/;

const inMs = (digits: string, unit: number): number => Number(digits.replaceAll('_', '')) * unit;

/** `6 * 60 * 60` */
const PRODUCT = /(?<![\w.])\d{1,9}(?:\s{0,2}\*\s{0,2}\d{1,9}(?![\w.])){1,6}/g;
const multiplied = (line: string): string => line.replaceAll(PRODUCT, (factors) => String(factors.split('*').reduce((product, factor) => product * Number(factor), 1)));

const lifetimeIn = (line: string): number | null => {
  const command = COMMAND.exec(line) ?? OPTION.exec(line);
  if (command !== null) return inMs(command[2] ?? '', command[1]?.toLowerCase() === 'p' ? 1 : SECOND_MS);
  const word = WORD.exec(line);
  if (word === null) return null;
  const rest = line.slice(word.index, word.index + 120);
  const behind = BEHIND.exec(rest);
  if (behind !== null) return inMs(behind[1] ?? '', unitMs(behind[2] ?? ''));
  const before = BEFORE.exec(rest);
  if (before !== null) return inMs(before[2] ?? '', unitMs(before[1] ?? ''));
  const plain = PLAIN.exec(rest);
  return plain === null ? null : inMs(plain[1] ?? '', /ms\b|millis/i.test(rest.slice(0, plain.index)) ? 1 : SECOND_MS);
};

const lifetimesIn = (lines: readonly string[]): readonly number[] => lines.slice(0, MAX_LINES).flatMap((line) => lifetimeIn(multiplied(withoutRemark(line.slice(0, 300)))) ?? []);

/** In milliseconds: the longest lifetime that the lines taken away gave and those put in no longer give; 0 of none. */
export const formerLifetime = ({ added, removed }: DiffLines): number => {
  const now = new Set(lifetimesIn(added));
  return Math.min(MOST_MS, Math.max(0, ...lifetimesIn(removed).filter((lifetime) => !now.has(lifetime))));
};
