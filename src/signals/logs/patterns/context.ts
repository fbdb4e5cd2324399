/** What the text around a place tells about the words that stand there. */
import { agreementFactor, LONG_FIRST_FACTOR, STAND } from './evidence.ts';
import type { Item, ItemTable } from './item-table.ts';
import { BRACKETED, CELL, GOVERNED, QUOTED } from './row-key.ts';
import { TRAIT, WILD } from './vocabulary.ts';

/** Items that agree in so many words come from one statement, even where they begin with different ones. */
const LONG = 5;

export interface Context {
  /** How much a share of evidence counts. */
  readonly factor: number;
  /** What the place is like for a choice of words, as bits of {@link STAND}. */
  readonly stand: number;
  readonly isLong: boolean;
}

/** Where the text begins that is neither the rest of a header nor the name of who speaks (`kernel: `). */
const textStart = (table: ItemTable, item: Item): number => {
  const body = table.bodyStart(item);
  return body === 0 && table.vocabulary.has(item.ids[1] ?? WILD, TRAIT.colon) ? 2 : body;
};

/** How many words agree where only the place p differs, up to {@link LONG}. */
export const agreeingWordsAt = (table: ItemTable, item: Item, p: number): number => agreeingWords(table, item, p, undefined);

const agreeingWords = (table: ItemTable, item: Item, p: number, holes: Uint8Array | undefined): number => {
  let agreeing = 0;
  for (let q = textStart(table, item); q < item.ids.length && agreeing < LONG; q++) {
    if (q !== p && holes?.[q] !== 1 && !table.vocabulary.isPunctuation(item.ids[q] ?? WILD) && !table.isSoft(item, q)) agreeing++;
  }
  return agreeing;
};

/** The place of a word depends on what stands beside it; where that varies too, the most telling place counts. */
const largestPlaceFactor = (table: ItemTable, members: readonly number[], p: number): number => {
  let factor = 0;
  for (const member of members) {
    const item = table.items[member];
    if (item === undefined) continue;
    // Numbers in the first place show that a value can begin the message, and so do names.
    const id = item.ids[p] ?? -1;
    factor = Math.max(factor, table.isWildcard(id) || table.vocabulary.isSubject(id) ? 1 : table.placeFactorAt(item, p));
  }
  return factor;
};

const standAt = (table: ItemTable, item: Item, p: number, holes: Uint8Array | undefined): number => {
  const { vocabulary } = table;
  const { ids } = item;
  // What a message begins with is its subject, and a verb follows `failed to`.
  if (p === 0 || item.places[p] === CELL || (vocabulary.has(ids[p - 1] ?? WILD, TRAIT.to) && holes?.[p - 2] !== 1 && vocabulary.has(ids[p - 2] ?? WILD, TRAIT.catenative))) return 0;
  let stand: number = STAND.open;
  if ((holes?.[p - 1] !== 1 && table.isAnswer(item, p)) || item.places[p] === GOVERNED || item.places[p] === BRACKETED || item.places[p] === QUOTED) stand |= STAND.answer;
  for (let q = 0; q < ids.length; q++) if (q !== p && (holes?.[q] === 1 || table.isWildcard(ids[q] ?? WILD))) return stand | STAND.specific;
  return stand;
};

/** The context of place p of items that agree but for the holes (and p). */
export const contextAt = (table: ItemTable, members: readonly number[], p: number, holes?: Uint8Array): Context => {
  const item = table.items[members[0] ?? 0];
  if (item === undefined) return { factor: 0, stand: 0, isLong: false };
  const agreeing = agreeingWords(table, item, p, holes);
  const isLong = agreeing >= LONG;
  const factor = largestPlaceFactor(table, members, p);
  const place = item.places[p];
  return { factor: agreementFactor(place === QUOTED ? Math.max(agreeing, 1) : agreeing) * (isLong ? Math.max(factor, LONG_FIRST_FACTOR) : factor), stand: standAt(table, item, p, holes), isLong };
};
