/**
 * Log templates from distinct token rows, in one batch.
 *
 * Mining all rows at once, not line by line, makes the result independent of order and of how the input was
 * split (the union of two tables of rows mines as the whole), and lets every decision see all values of a place.
 * Counts play no part, so that a statement seen once weighs as much as one seen a million times: a rare error
 * is not drawn into a frequent neighbour.
 *
 * 1. The tokeniser has made wildcards of whatever holds a digit, of paths, URLs, dates and literals such as `true`.
 *    That alone groups most statements; the rest of the work is values without digits.
 * 2. Rows are folded to elements (`row-key.ts`), so that lists, quoted text, quantities and optional
 *    brackets do not make rows of one statement differ in length. Only rows of equally many elements are compared.
 *    Names of several words are found by the text around them (`fuse-names.ts`).
 * 3. Items that agree but for host names, qualified types and the values of keys become one (`mergeCompounds`).
 * 4. Items that agree but for one place become one where the words at that place add up to enough evidence
 *    that it is a parameter (`evidence.ts`): two host names are enough, six plain words, hardly ever `opened`
 *    and `closed`. Repeated until nothing changes, as parameters found open the view on others.
 * 5. Items that agree but for words which few items hold become one (`mergeRareWords`): several names a message.
 * 6. Stragglers that a template covers join it (`absorb`).
 * 7. Words that more rows hold as a parameter than as text are values wherever they stand (`learnValues`), as strong as
 *    host names; steps 3, 4 and 6 again. It matters most for short logs, where a place shows few of its values.
 *
 * All passes are linear in the elements: an item meets its kin by a hash with holes, never by comparison.
 *
 * Sources. Nagappan and Vouk, "Abstracting Log Lines to Log Event Types", MSR 2010, and Vaarandi, "A Data
 * Clustering Algorithm for Mining Patterns from Event Logs", IPOM 2003, for frequent words as the frame of a statement;
 * Yu et al., "Brain: Log Parsing with Bidirectional Parallel Tree", TSC 2023, for the threshold on distinct
 * values at a place; Khan et al., ICSE 2022, for what counts as a parameter. Drain (He et al., ICWS 2017) was not
 * followed: its similarity threshold merges statements that differ in the one word that matters.
 *
 * Tried, without gain on labelled logs of eight systems: one threshold of distinct values for all kinds of words (states
 * merge before names do); a higher share for capitals (request methods merge); a lower one for host names;
 * the same weight at the first place as elsewhere (service names merge); no discount for few agreeing words; rare-word
 * merging of groups of three (no change); object dumps `Type(a=1, b=2)` as one place (values inside tell more).
 * Each constant stands in the middle of a plateau: moved by a fifth, it changes groups in at most one of the eight,
 * and chosen on seven logs it is the same for the eighth.
 */
import { absorb } from './absorb.ts';
import { mergeLists } from './collapse.ts';
import { ItemTable } from './item-table.ts';
import { createMatcher } from './matcher.ts';
import { mergeCompounds, mergeRareWords, mergeSinglePlaces } from './merge-passes.ts';
import { mergePhrases } from './phrases.ts';
import { renderTemplates } from './render.ts';
import { rowKey } from './row-key.ts';

export { createMatcher };

export interface Row {
  readonly tokens: readonly string[];
  /** How many events the row stands for; the templates do not depend on it. */
  readonly count: number;
}

export interface MinedTemplates {
  /** Distinct texts, in order of first use by `rows`. */
  readonly templates: readonly string[];
  /** The token sequence of every template: joined it is the text. */
  readonly tokensOf: readonly (readonly string[])[];
  /** Index into `templates` of every row. */
  readonly templateOf: Int32Array;
}

/** Rounds of merging; each works on the templates of the one before. Most input is done after two. */
const MAX_ROUNDS = 4;
const RARE = [1, 2, 4, 8, 16, 32];

export const mineTemplates = (rows: readonly Row[]): MinedTemplates => {
  const table = new ItemTable(rows.map((row) => rowKey(row.tokens)));
  const mergeUntilStable = (): void => {
    for (let round = 0; round < MAX_ROUNDS && mergeSinglePlaces(table); round++);
  };
  mergeCompounds(table);
  mergeUntilStable();
  for (const maxItemsOfWord of RARE) if (mergeRareWords(table, maxItemsOfWord)) mergeUntilStable();
  if (absorb(table)) mergeUntilStable();
  const learn = (): void => {
    for (let round = 0; round < MAX_ROUNDS && table.learnValues(); round++) {
      mergeCompounds(table);
      mergeUntilStable();
      if (absorb(table)) mergeUntilStable();
    }
  };
  learn();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const lists = mergeLists(table);
    const phrases = mergePhrases(table);
    if (!lists && !phrases) break;
    mergeCompounds(table);
    mergeUntilStable();
    if (absorb(table)) mergeUntilStable();
    learn();
  }
  return renderTemplates(rows, table.keys, table.itemOfRow);
};
