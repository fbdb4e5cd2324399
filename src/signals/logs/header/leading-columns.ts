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

export interface CountedRow {
  readonly tokens: readonly string[];
  readonly count: number;
}

/** Columns are found one after another, so many at most. */
const MAX_ROUNDS = 6;
/** Words that are taken for columns together, where each alone leaves too little that repeats. */
const MAX_WORDS = 4;
/** A word of more tokens is no column (a list, an object). */
const MAX_TOKENS = 48;
/**
 * Texts that must come behind several values, how many different words they must begin with (one sentence with a name in
 * front is no column), and their share of the texts seen twice. Where few texts are written, nearly all must, and
 * the column must be in a good part of all events.
 */
const ENOUGH = { shared: 6, beginnings: 4, share: 0.5 };
const FEW = { shared: 3, beginnings: 3, share: 0.9 };
const GOOD_PART = 0.3;

const WILDCARD = '<*>';
const WORD = /[\p{L}\p{N}_]/u;

/** Where the word that begins at token `from` ends; -1 where it is too long or the last. */
const wordEnd = (tokens: readonly string[], from: number): number => {
  const stop = Math.min(tokens.length, from + MAX_TOKENS);
  for (let i = from + 1; i < stop; i++) if (tokens[i]?.startsWith(' ') === true) return i;
  return -1;
};

/** Words stand for each other, marks only for themselves (`[w]`, `w:`, `w=*`) unless one is all there is (`✔`). */
const dressOf = (tokens: readonly string[], from: number, to: number): string => {
  if (to - from === 1 && /^ ?[^\s\p{L}\p{N}_<]{1,4}$/u.test(tokens[from] ?? '')) return 'mark';
  let dress = '';
  for (let i = from; i < to; i++) {
    const token = tokens[i] ?? '';
    const text = token.trimStart();
    dress += `${text.length < token.length ? ' ' : ''}${text === WILDCARD ? '*' : WORD.test(text) ? 'w' : text}`;
  }
  return dress.trimStart();
};

const textOf = (tokens: readonly string[], from: number, to = tokens.length): string => tokens.slice(from, to).join('').trimStart();

/** A text, and what was seen in front of it. */
interface Text {
  readonly begins: string;
  count: number;
  /** The words of the value seen first. */
  readonly first: readonly string[];
  /** Bits of the words that others were seen in the place of. */
  varied: number;
  readonly alone: boolean;
}

/** The words of tokens [from, to). */
const wordsOf = (tokens: readonly string[], from: number, to: number): string[] => {
  const words: string[] = [];
  for (let at = from; at < to; ) {
    const end = wordEnd(tokens, at);
    words.push(textOf(tokens, at, end));
    at = end;
  }
  return words;
};

interface Candidate {
  readonly dress: string;
  readonly rows: { readonly row: number; readonly end: number }[];
}

/** Candidates of `words` words by dress. Rows that have no more words are left out. */
const candidatesOf = (rows: readonly CountedRow[], skips: Int32Array, words: number): Candidate[] => {
  const byDress = new Map<string, Candidate>();
  rows.forEach(({ tokens }, row) => {
    const from = skips[row] ?? 0;
    let end = from;
    for (let n = 0; n < words; n++) {
      end = wordEnd(tokens, end);
      if (end < 0) return;
    }
    const dress = dressOf(tokens, from, end);
    const known = byDress.get(dress);
    if (known === undefined) byDress.set(dress, { dress, rows: [{ row, end }] });
    else known.rows.push({ row, end });
  });
  return [...byDress.values()].filter((candidate) => candidate.rows.length >= FEW.shared);
};

const isColumn = (rows: readonly CountedRow[], skips: Int32Array, whole: ReadonlyMap<string, number>, { dress, rows: members }: Candidate): boolean => {
  const all = rows.reduce((sum, { count }) => sum + count, 0);
  const texts = new Map<string, Text>();
  for (const { row, end } of members) {
    const { tokens, count } = rows[row] ?? { tokens: [], count: 0 };
    const text = textOf(tokens, end);
    const words = wordsOf(tokens, skips[row] ?? 0, end);
    const known = texts.get(text);
    if (known === undefined) {
      const alone = whole.get(text) ?? 0;
      texts.set(text, { begins: tokens[end] ?? '', count: count + alone, first: words, varied: 0, alone: alone > 0 });
    } else {
      known.count += count;
      words.forEach((word, i) => {
        if (word !== known.first[i]) known.varied |= 1 << i;
      });
    }
  }
  // `Client maple` is no column, though names vary in it: every word must.
  const wanted = dress.split(' ').reduce((bits, word, i) => (word.includes('w') ? bits | (1 << i) : bits), 0);
  const events = members.reduce((sum, { row }) => sum + (rows[row]?.count ?? 0), 0);
  return isShared(texts, wanted, events >= all * GOOD_PART ? [ENOUGH, FEW] : [ENOUGH]);
};

const isShared = (texts: ReadonlyMap<string, Text>, wanted: number, least: readonly (typeof ENOUGH)[]): boolean => {
  let seen = 0;
  let shared = 0;
  const beginnings = new Set<string>();
  for (const { count, alone, varied, begins } of texts.values()) {
    if (count < 2) continue;
    seen++;
    if (!alone && (varied === 0 || (varied & wanted) !== wanted)) continue;
    shared++;
    beginnings.add(begins);
  }
  return least.some((bound) => shared >= bound.shared && beginnings.size >= bound.beginnings && shared >= seen * bound.share);
};

/** How many leading tokens of each row are columns. */
export const leadingColumns = (rows: readonly CountedRow[]): Int32Array => {
  const skips = new Int32Array(rows.length);
  for (let round = 0; round < MAX_ROUNDS; round++) if (!stripRound(rows, skips)) break;
  return skips;
};

const stripRound = (rows: readonly CountedRow[], skips: Int32Array): boolean => {
  const whole = new Map<string, number>();
  rows.forEach(({ tokens, count }, row) => {
    const text = textOf(tokens, skips[row] ?? 0);
    whole.set(text, (whole.get(text) ?? 0) + count);
  });
  for (let words = 1; words <= MAX_WORDS; words++) {
    const columns = candidatesOf(rows, skips, words).filter((candidate) => isColumn(rows, skips, whole, candidate));
    for (const { rows: members } of columns) for (const { row, end } of members) skips[row] = end;
    if (columns.length > 0) return true;
  }
  return false;
};
