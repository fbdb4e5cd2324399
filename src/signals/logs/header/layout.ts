/**
 * The layout that nearly all rows of a run share: what stands at the same place in front of everything, whatever is said behind
 * it. A line is read as elements (words, groups in brackets, cells between bars); an element is *sure* where nearly all rows
 * have a number, a level, a group or a name with its mark in its place, while the texts behind it differ. Elements in front of a
 * sure one belong to the header as well, whatever they are (a host, a label, a program).
 *
 * A function of the rows as a set, like {@link ./leading-columns.ts}.
 */
import { levelOfField, levelOfWord } from '../formats/levels.ts';
import { WILDCARD } from '../patterns/wildcard.ts';
import { WORD } from './dresses.ts';
import { type CountedRow, ENOUGH, isSentence } from './round.ts';

/** Elements of a header at most. */
const MAX_ELEMENTS = 24;
/** A sure element is looked for so many elements ahead. */
const MAX_AHEAD = 3;
/** Tokens of a group or an element at most. */
const MAX_TOKENS = 48;
/** Of the events, and of the distinct rows: one frequent statement is no layout. */
const NEARLY_ALL = 0.9;
/** Rows that say something about a layout. */
const MIN_ROWS = 12;
const MIN_NAMES = 3;
/** Of the rows read alike so far, those with another dress that are worth telling apart. */
const GOOD_PART = 0.05;

/** Words in the column of a level at most, and how many of them must be known as levels. */
const MAX_LEVELS = 12;
const MIN_LEVELS = 3;

const CLOSERS: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}', '<': '>', '"': '"' };

/** Behind the group that opens at token `at`; `at + 1` where none does. */
const groupEnd = (tokens: readonly string[], at: number): number => {
  const open = textOf(tokens, at);
  const close = CLOSERS[open];
  if (close === undefined) return at + 1;
  const stop = Math.min(tokens.length, at + MAX_TOKENS);
  let depth = 1;
  for (let i = at + 1; i < stop; i++) {
    const token = textOf(tokens, i);
    if (token === close) depth--;
    else if (token === open) depth++;
    if (depth === 0) return i + 1;
  }
  return at + 1;
};

interface Element {
  readonly end: number;
  /** How it is dressed: words and numbers are the same. */
  readonly type: string;
  /** The words in it, one behind the other; `*` for a number. */
  readonly value: string;
  /** Words that are no numbers. */
  readonly words: number;
}

const textOf = (tokens: readonly string[], at: number): string => (tokens[at] ?? '').trimStart();

/** Whether a cell ends behind token `at`: at a bar, or at a semicolon that nothing blank follows. */
const endsCell = (tokens: readonly string[], at: number): boolean => {
  const text = textOf(tokens, at);
  return text === '|' || (text === ';' && tokens[at + 1]?.startsWith(' ') === false);
};

/** The element that begins at token `from`; null where it is the last or too long. */
const elementAt = (tokens: readonly string[], from: number): Element | null => {
  const stop = Math.min(tokens.length - 1, from + MAX_TOKENS);
  let [type, value, words] = ['', '', 0];
  for (let i = from; i < stop; ) {
    if (endsCell(tokens, i)) return { end: i + 1, type: textOf(tokens, i), value, words };
    const end = groupEnd(tokens, i);
    const text = textOf(tokens, i);
    const isWord = text === WILDCARD || (end === i + 1 && WORD.test(text));
    if (text === '=' && type === 'w') [type, value, words] = [value, '', 0];
    type += end > i + 1 ? text + (CLOSERS[text] ?? '') : isWord ? 'w' : text;
    for (let k = i; k < end; k++) {
      const word = textOf(tokens, k);
      if (word === WILDCARD) value += '*';
      else if (WORD.test(word)) {
        value += word;
        words++;
      }
    }
    i = end;
    const next = tokens[i];
    if (next === undefined) return null;
    const isGroup = type.length === 2 && CLOSERS[type.charAt(0)] !== undefined;
    if (textOf(tokens, i) !== '|' && (next.startsWith(' ') || (isGroup && (CLOSERS[next] !== undefined || WORD.test(next))))) return { end: i, type: dressOf(type), value: type === '-' ? '-' : value, words };
  }
  return null;
};

/** Attached groups and marks within a name do not matter, how it begins and ends does: `w[]:` and `w/w:` are `w:`. */
const dressOf = (type: string): string => {
  const pair = type.indexOf('=');
  if (pair > 0) return type.slice(0, pair + 1);
  const last = type.at(-1) ?? '';
  if (type === '-') return 'w';
  if (/^[[({<].:$/.test(type)) return type.slice(0, 2);
  return type.startsWith('w') ? (last === 'w' ? 'w' : `w${last}`) : type;
};

interface Column {
  readonly dress: string;
  events: number;
  readonly values: Set<string>;
  readonly places: Place[];
}

/** A row, and where it is read on. */
interface Place {
  readonly row: number;
  readonly at: number;
}

/** A number, nothing (`-`) or a level. */
const isTyped = (value: string): boolean => /^(?:\**|-)$/.test(value) || (value.length > 2 && levelOfWord(value) !== null);

/** Whether it is header by itself, where nearly all have it. */
const isSure = ({ type, value }: Element): boolean => (type !== 'w' && !type.endsWith('=')) || isTyped(value);

/** A name with its mark that all have may be the subject of one program's texts. */
const isOneName = ({ dress, values }: Column): boolean => /^w[^|;]$/.test(dress) && values.size < MIN_NAMES && ![...values].every((value) => value.includes('*'));

/** The first two words of a text. */
const beginningOf = (tokens: readonly string[], from: number): string => {
  let words = '';
  for (let i = from, n = 0; i < tokens.length && n < 2; i++) {
    const text = textOf(tokens, i);
    if (text === WILDCARD || !WORD.test(text)) continue;
    words += ` ${text}`;
    n++;
  }
  return words;
};

/** Whether what stands behind are many texts. */
const isVaried = (rows: readonly CountedRow[], places: readonly Place[]): boolean => {
  const beginnings = new Set<string>();
  let texts = 0;
  for (const { row, at } of places) {
    const { tokens } = rows[row] ?? { tokens: [] };
    if (!isSentence(tokens, at)) continue;
    texts++;
    beginnings.add(beginningOf(tokens, at));
  }
  return texts >= MIN_ROWS && beginnings.size >= ENOUGH.beginnings;
};

/** Moves `skips` behind the layout that nearly all rows share. */
export const skipLayout = (rows: readonly CountedRow[], skips: Int32Array): void => {
  let kinds: (readonly Place[])[] = [rows.map((_, row) => ({ row, at: skips[row] ?? 0 }))];
  for (let n = 0; n < MAX_ELEMENTS && kinds.length > 0; n++) {
    kinds = kinds.flatMap((places) => sureAhead(rows, places));
    for (const places of kinds) if (isVaried(rows, places)) for (const { row, at } of places) skips[row] = at;
  }
};

/** Rows by the dress of their next sure element, each behind it; empty where hardly any have one. */
const sureAhead = (rows: readonly CountedRow[], places: readonly Place[]): (readonly Place[])[] => {
  let ahead = places;
  for (let n = 0; n < MAX_AHEAD && ahead.length >= MIN_ROWS; n++) {
    const { sure, others } = columnsOf(rows, ahead);
    if (sure.length > 0) return sure.map((column) => column.places);
    ahead = others;
  }
  return [];
};

interface Columns {
  /** Dresses that nearly all rows have one of; empty where there are none. */
  readonly sure: readonly Column[];
  /** All that have an element of a word or less, behind it. */
  readonly others: readonly Place[];
}

/**
 * The words of a column of few, most of which are levels: a program may have levels of its own beside those that all have (`timing`
 * beside `verbose`, `info` and `error`). Empty where the column is none.
 */
const levelsOf = (elements: readonly (Element | null)[]): ReadonlySet<string> => {
  const words = new Set<string>();
  for (const element of elements) {
    if (element?.type !== 'w' || element.words !== 1) continue;
    words.add(element.value);
    if (words.size > MAX_LEVELS) return new Set();
  }
  let levels = 0;
  for (const word of words) if (word.length > 2 && levelOfField(word) !== null) levels++;
  return levels >= Math.max(MIN_LEVELS, words.size / 2) ? words : new Set();
};

const columnsOf = (rows: readonly CountedRow[], places: readonly Place[]): Columns => {
  const columns = new Map<string, Column>();
  const others: Place[] = [];
  let events = 0;
  const elements = places.map(({ row, at }) => elementAt(rows[row]?.tokens ?? [], at));
  const levels = levelsOf(elements);
  for (const [i, { row }] of places.entries()) {
    const count = rows[row]?.count ?? 0;
    events += count;
    const element = elements[i] ?? null;
    if (element === null) continue;
    const place = { row, at: element.end };
    if (element.words < 2) others.push(place);
    if (!isSure(element) && !(element.type === 'w' && levels.has(element.value))) continue;
    let column = columns.get(element.type);
    if (column === undefined) columns.set(element.type, (column = { dress: element.type, events: 0, values: new Set(), places: [] }));
    column.events += count;
    column.places.push(place);
    if (column.values.size < MIN_NAMES) column.values.add(element.value);
  }
  const sure = [...columns.values()].filter((column) => column.places.length >= MIN_ROWS && column.events >= events * GOOD_PART && !isOneName(column));
  const covered = sure.reduce((sum, column) => ({ events: sum.events + column.events, rows: sum.rows + column.places.length }), { events: 0, rows: 0 });
  const isLayout = covered.events >= events * NEARLY_ALL && covered.rows >= places.length * NEARLY_ALL;
  return { sure: isLayout ? sure : [], others };
};
