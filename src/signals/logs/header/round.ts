/** What the search for columns knows of the rows in one of its rounds. */
import { WILDCARD } from '../patterns/wildcard.ts';
import { type Dresses, WORD } from './dresses.ts';

export interface CountedRow {
  readonly tokens: readonly string[];
  readonly count: number;
  /** Where it was seen first; rows without one are of one stream. */
  readonly stream?: string;
}

/** A word of more tokens is no column (a list, an object). */
const MAX_TOKENS = 48;
/**
 * Texts that must come behind several values, how many different words they must begin with (one sentence with a name in
 * front is no column), and their share of the texts seen twice. Where few texts are written, nearly all must, and
 * the column must be in a good part of all events.
 */
export const ENOUGH = { shared: 6, beginnings: 4, share: 0.5 };
export const IS_GROUP = /^\[[^[\]]*\]:?$/;

/** Where the word that begins at token `from` ends; -1 where it is too long or the last. */
export const wordEnd = (tokens: readonly string[], from: number): number => {
  const stop = Math.min(tokens.length, from + MAX_TOKENS);
  for (let i = from + 1; i < stop; i++) if (tokens[i]?.startsWith(' ') === true) return i;
  return -1;
};

/** A number for the rest of any row from any token on: equal texts, equal numbers (53 bits of two hashes). */
export class Rests {
  private readonly ids = new Map<string, number>();
  /** For each row, two hashes a token, of everything from that token on. */
  private readonly hashes: readonly Int32Array[];
  private readonly rows: readonly CountedRow[];

  constructor(rows: readonly CountedRow[]) {
    this.rows = rows;
    this.hashes = rows.map(({ tokens }) => {
      const hashes = new Int32Array(2 * tokens.length + 2);
      for (let i = tokens.length - 1; i >= 0; i--) {
        const id = this.idOf(tokens[i] ?? '');
        hashes[2 * i] = mix(hashes[2 * i + 2] ?? 0, id, 0x9e3779b1);
        hashes[2 * i + 1] = mix(hashes[2 * i + 3] ?? 0, id, 0x85ebca6b);
      }
      return hashes;
    });
  }

  /** Of the row's text from token `from` on, without the blank before it. */
  of(row: number, from: number): number {
    const hashes = this.hashes[row];
    const id = this.idOf((this.rows[row]?.tokens[from] ?? '').trimStart());
    const high = mix(hashes?.[2 * from + 2] ?? 0, id, 0x9e3779b1);
    const low = mix(hashes?.[2 * from + 3] ?? 0, id, 0x85ebca6b);
    return (high >>> 0) * 0x200000 + (low >>> 11);
  }

  private idOf(token: string): number {
    let id = this.ids.get(token);
    if (id === undefined) {
      id = this.ids.size + 1;
      this.ids.set(token, id);
    }
    return id;
  }
}

const mix = (hash: number, id: number, factor: number): number => {
  const h = Math.imul(hash ^ id, factor);
  return Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
};

/** What every candidate of a round is judged by. */
export interface Round {
  readonly rows: readonly CountedRow[];
  readonly skips: Int32Array;
  readonly rests: Rests;
  readonly dresses: Dresses;
  /** Pairs that were columns in a round before: what stood in front of them in other rows. */
  readonly keys: Set<string>;
  /** Events of each text that stands alone. */
  readonly whole: ReadonlyMap<number, number>;
  readonly events: number;
}

/** Two words at least that are no values. */
export const isSentence = (tokens: readonly string[], from: number): boolean => {
  let words = 0;
  for (let i = from; i < tokens.length && words < 2; i++) {
    const token = tokens[i] ?? '';
    if (!token.endsWith(WILDCARD) && WORD.test(token)) words++;
  }
  return words >= 2;
};
