/**
 * Columns that no header grammar knows: found in the rows of a whole run, not in a line.
 *
 * Who logs (a module, a host, a thread, a tenant) and what is logged are chosen independently, so the same text comes behind
 * several values of a column, or with and without it. The first word of a message is not like that: what follows
 * `opened` hardly ever follows another word. So words that begin rows are a column where most of the texts behind them were
 * seen behind other values of the same dress (`web:`, `[web]`, `tenant=web`), or alone.
 *
 * A function of the rows and their counts as sets, so it depends on neither the order of input nor how it was split.
 */
import { stripContext } from './context-groups.ts';
import { Dresses } from './dresses.ts';
import { skipLayout } from './layout.ts';
import { type CountedRow, ENOUGH, IS_GROUP, isSentence, Rests, type Round, wordEnd } from './round.ts';

/** Distinct rows that tell the columns of their stream. */
const LONG_STREAM = 50;
/** Before a dress in which names and numbers are the same: `web` and `web3`. */
const ANY = '~';
/** Columns are found one after another, so many at most. */
const MAX_ROUNDS = 6;
/** Words that are taken for columns together, where each alone leaves too little that repeats. */
const MAX_WORDS = 4;
/** Fewer texts, where nearly all of them say it. */
const FEW = { shared: 3, beginnings: 3, share: 0.9 };
/** A group in brackets of its own (`[client 10.0.0.5:80]`) is hardly ever text, even where most of what follows is written once. */
const GROUP = { shared: 6, beginnings: 4, share: 0.25 };
const GOOD_PART = 0.1;

/** A name in the same dress in front of nearly every event is a column even where each name has texts of its own. */
const NEARLY_ALL = { share: 0.95, values: 3, rows: 12 };
/** A word in marks: `w:`, `[w]`, `(w)`, `w->`; a bare word begins a sentence, and `w=w` is data. */
const MARKED = /^[[({<]?w(?:[.:/-]?w)*[\])}>:|-]{1,3}$/;
/** The same key in front of nearly every event, with a value that is one each time: `op=*`. Statements differ in their words. */
const KEYED = /^[A-Za-z_][\w.-]*=\*$/;
const PAIR = /^[A-Za-z_][\w.-]*=[*w]$/;

/** A text, and what was seen in front of it. */
interface Text {
  count: number;
  /** The row that it was seen in first, and where it begins there. */
  readonly row: number;
  readonly end: number;
  /** Bits of the words in front that others were seen in the place of. */
  varied: number;
  readonly alone: boolean;
}

interface Candidate {
  readonly dress: string;
  /** Names and numbers: the same texts must be seen behind several, as a number alone may stand in front of texts that begin with a word. */
  readonly isMixed: boolean;
  readonly rows: { readonly row: number; readonly end: number }[];
}

/** Candidates of `words` words by dress. Rows that have no more words are left out. */
const candidatesOf = ({ rows, skips, dresses }: Round, words: number): Candidate[] => {
  const byDress = new Map<string, Candidate>();
  rows.forEach(({ tokens }, row) => {
    const from = skips[row] ?? 0;
    let end = from;
    for (let n = 0; n < words; n++) {
      end = wordEnd(tokens, end);
      if (end < 0) return;
    }
    const dress = dresses.of(tokens, from, end);
    const finer = dresses.finerOf(tokens, from, end);
    const coarse = dress.replaceAll('*', 'w');
    for (const name of new Set([dress, finer, `${ANY}${coarse}`])) {
      const known = byDress.get(name);
      if (known === undefined) byDress.set(name, { dress: name.startsWith(ANY) ? coarse : name, isMixed: name.startsWith(ANY), rows: [{ row, end }] });
      else known.rows.push({ row, end });
    }
  });
  return [...byDress.values()].filter((candidate) => candidate.rows.length >= FEW.shared);
};

/** Bits of the words before the texts of two rows that differ. */
const differences = ({ rows, skips }: Round, text: Text, row: number): number => {
  const a = rows[text.row]?.tokens ?? [];
  const b = rows[row]?.tokens ?? [];
  let bits = 0;
  let [i, j] = [skips[text.row] ?? 0, skips[row] ?? 0];
  for (let word = 0; i < text.end && word < MAX_WORDS; word++) {
    const [iEnd, jEnd] = [wordEnd(a, i), wordEnd(b, j)];
    let same = iEnd - i === jEnd - j;
    for (let k = 0; same && i + k < iEnd; k++) same = (a[i + k] ?? '').trimStart() === (b[j + k] ?? '').trimStart();
    if (!same) bits |= 1 << word;
    [i, j] = [iEnd, jEnd];
  }
  return bits;
};

/** Whether nearly every event begins with such a word, and the words differ. */
const isEverywhere = ({ rows, skips, events }: Round, { dress, rows: members }: Candidate): boolean => {
  const isId = KEYED.test(dress);
  if (!(isId || MARKED.test(dress)) || members.length < NEARLY_ALL.rows) return false;
  const values = new Set<string>();
  let covered = 0;
  for (const { row, end } of members) {
    const { tokens, count } = rows[row] ?? { tokens: [], count: 0 };
    covered += count;
    if (values.size < NEARLY_ALL.values) values.add(tokens.slice(skips[row], end).join('').trimStart());
  }
  return (isId || values.size >= NEARLY_ALL.values) && covered >= events * NEARLY_ALL.share;
};

/** Begins with a bare word, which sentences do as well. */
const BARE = /^w(?: |$)/;

/** The rows of a candidate that begin with a column; none where it is none. */
const columnRows = (round: Round, candidate: Candidate): Candidate['rows'] => {
  if (round.keys.has(candidate.dress) || isEverywhere(round, candidate)) return candidate.rows;
  const { dress, rows: members } = candidate;
  const { rows, rests, whole } = round;
  // `Client maple` is no column, though names vary in it: every word must.
  const wanted = dress.split(' ').reduce((bits, word, i) => (word.includes('w') ? bits | (1 << i) : bits), 0);
  const texts = new Map<number, Text>();
  let events = 0;
  for (const { row, end } of members) {
    const count = rows[row]?.count ?? 0;
    events += count;
    const key = rests.of(row, end);
    const known = texts.get(key);
    if (known === undefined) {
      const alone = whole.get(key) ?? 0;
      texts.set(key, { count: count + alone, row, end, varied: 0, alone: alone > 0 && !candidate.isMixed });
    } else {
      known.count += count;
      if (!isVaried(known, wanted)) known.varied |= differences(round, known, row);
    }
  }
  const least = IS_GROUP.test(dress) ? GROUP : ENOUGH;
  if (!isShared(rows, texts, wanted, events >= round.events * GOOD_PART ? [least, FEW] : [least])) return [];
  if (!BARE.test(dress)) return members;
  // A bare word that stands in front of nothing that others stand in front of begins its text.
  const nameOf = (row: number): string => {
    const { tokens } = rows[row] ?? { tokens: [] };
    const from = round.skips[row] ?? 0;
    return tokens.slice(from, wordEnd(tokens, from)).join('').trimStart();
  };
  const known = new Set<string>();
  for (const { row, end } of members) {
    const text = texts.get(rests.of(row, end));
    if (text !== undefined && (text.alone || text.varied !== 0) && isSentence(rows[row]?.tokens ?? [], end)) known.add(nameOf(row));
  }
  return members.filter(({ row }) => known.has(nameOf(row)));
};

/** Whether all the words in front that must vary do. */
const isVaried = ({ varied }: Text, wanted: number): boolean => varied !== 0 && (varied & wanted) === wanted;

const isShared = (rows: readonly CountedRow[], texts: ReadonlyMap<number, Text>, wanted: number, least: readonly (typeof ENOUGH)[]): boolean => {
  let seen = 0;
  let shared = 0;
  const beginnings = new Set<string>();
  for (const text of texts.values()) {
    const { tokens } = rows[text.row] ?? { tokens: [] };
    // One word or a value may as well be what two statements speak of.
    if (text.count < 2 || !isSentence(tokens, text.end)) continue;
    seen++;
    if (!text.alone && !isVaried(text, wanted)) continue;
    shared++;
    beginnings.add(tokens[text.end] ?? '');
  }
  return least.some((bound) => shared >= bound.shared && beginnings.size >= bound.beginnings && shared >= seen * bound.share);
};

/** Rows of one stream together, where there are several and the rows are enough to judge by themselves. */
const longStreams = (rows: readonly CountedRow[]): readonly (readonly number[])[] => {
  const streams = new Map<string, number[]>();
  rows.forEach(({ stream = '' }, row) => {
    const known = streams.get(stream);
    if (known === undefined) streams.set(stream, [row]);
    else known.push(row);
  });
  return streams.size === 1 ? [] : [...streams.values()].filter((members) => members.length >= LONG_STREAM);
};

/** Whether most of the columns begin with what columns of other streams begin with, too. */
const isFamiliar = (rows: readonly CountedRow[], members: readonly number[], columns: Int32Array, known: ReadonlySet<string>): boolean => {
  const withColumns = members.filter((row) => (columns[row] ?? 0) > 0);
  return withColumns.filter((row) => known.has(rows[row]?.tokens[0] ?? '')).length > withColumns.length / 2;
};

/**
 * How many leading tokens of each row are columns. Streams have layouts of their own, and what is a column of one begins texts of another. One that
 * tells none by itself may be the lesser part of a longer one (a rotated file): then it has the same names in its columns, and is judged with all.
 */
export const leadingColumns = (rows: readonly CountedRow[]): Int32Array => {
  const columns = new Int32Array(rows.length);
  const known = new Set<string>();
  const judged = new Set<number>();
  const without: (readonly number[])[] = [];
  for (const members of longStreams(rows)) {
    const own = columnsOf(members.flatMap((row) => rows[row] ?? []));
    if (own.every((skip) => skip === 0)) {
      without.push(members);
      continue;
    }
    members.forEach((row, i) => {
      judged.add(row);
      columns[row] = own[i] ?? 0;
      if ((own[i] ?? 0) > 0) known.add(rows[row]?.tokens[0] ?? '');
    });
  }
  if (judged.size === rows.length) return columns;
  columnsOf(rows).forEach((skip, row) => {
    if (!judged.has(row)) columns[row] = skip;
  });
  for (const members of without) if (!isFamiliar(rows, members, columns, known)) for (const row of members) columns[row] = 0;
  return columns;
};

const columnsOf = (rows: readonly CountedRow[]): Int32Array => {
  const skips = new Int32Array(rows.length);
  skipLayout(rows, skips);
  const known = { rows, skips, rests: new Rests(rows), dresses: new Dresses(), keys: new Set<string>() };
  for (let round = 0; round < MAX_ROUNDS; round++) if (!stripRound(known)) break;
  return skips;
};

const stripRound = (known: Omit<Round, 'whole' | 'events'>): boolean => {
  const { rows, skips, rests, keys } = known;
  const whole = new Map<number, number>();
  let events = 0;
  rows.forEach(({ count }, row) => {
    const key = rests.of(row, skips[row] ?? 0);
    whole.set(key, (whole.get(key) ?? 0) + count);
    events += count;
  });
  const round: Round = { ...known, whole, events };
  for (let words = 1; words <= MAX_WORDS; words++) {
    const columns = candidatesOf(round, words).map((candidate) => ({ dress: candidate.dress, members: columnRows(round, candidate) })).filter(({ members }) => members.length > 0);
    for (const { dress, members } of columns) {
      if (PAIR.test(dress)) keys.add(dress);
      for (const { row, end } of members) skips[row] = end;
    }
    if (columns.length > 0) return true;
  }
  return stripContext(round);
};
