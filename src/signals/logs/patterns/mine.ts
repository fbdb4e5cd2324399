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
 * 2. Rows are folded to elements (`row-key.ts`), so that quoted text, quantities and optional brackets do not make rows
 *    of one statement differ in length.
 * 3. Items that agree but for host names, qualified types and the values of keys become one (`mergeCompounds`), and so do statements with and
 *    without a place at their end (`at line 15`, `endings.ts`).
 * 4. Items that agree but for one place become one where the words there add up to enough evidence that it is
 *    a parameter (`evidence.ts`, `context.ts`): two host names are enough, three words of most kinds, two where a noun or `by`
 *    announces them, hardly ever `opened` and `closed`. Repeated until nothing changes, as parameters found open the view on others.
 * 5. Items that agree but for words which few items hold become one (`mergeRareWords`): several names a message.
 * 6. Items that agree but for identifiers where others have ids with digits become one (`mergeIdentifiers`), and stragglers that a
 *    template covers join it (`absorb`).
 * 7. Names that sentences begin with are values (`subjects.ts`).
 * 8. Words that a third of their rows hold as a parameter are values wherever they stand (`learnValues`), as strong as
 *    host names; steps 3, 4 and 6 again, as after step 7. It matters most for short logs, where a place shows few of its values.
 * 9. Names of several words that two statements are told of become values (`crossings.ts`). Lists of values of any length become one (`collapse.ts`), and so do values of several words: those that stand in the place of
 *    a known value in one statement (`names.ts`) or of any value in two (`known-places.ts`), and reasons, error texts and names by their frame (`phrases.ts`). Steps 3 to 8 but 5 and 7 again, as
 *    long as there are any.
 * 10. A value and what follows it in some messages only become one (`optional-parts.ts`), and so do items that differ in a choice which
 *    comes back in other statements (`choices.ts`).
 * 11. Items that agree in the verbs and prepositions of a long sentence become one where each of its nouns varies enough
 *    (`mergeSkeletons`), and what that opens the view on.
 * 12. Printed structures of several shapes become one value (`structures.ts`). Lists of pairs with other keys become one (`pair-lists.ts`), pairs that
 *    only some messages end with go with the value before them (`tail-pairs.ts`), and items with the same words become one, whatever marks and values
 *    stand between two of these (`same-words.ts`).
 * 13. Items that differ in a sentence at their end (`remarks.ts`) or in the number of what they count (`plurals.ts`) become one.
 *
 * All passes are linear in the elements: an item meets its kin by a hash with holes, never by comparison.
 *
 * Sources. Nagappan and Vouk, "Abstracting Log Lines to Log Event Types", MSR 2010, and Vaarandi, "A Data
 * Clustering Algorithm for Mining Patterns from Event Logs", IPOM 2003, for frequent words as the frame of a statement;
 * Yu et al., "Brain: Log Parsing with Bidirectional Parallel Tree", TSC 2023, for the threshold on distinct
 * values at a place; Khan et al., ICSE 2022, for what counts as a parameter. Drain (He et al., ICWS 2017) was not
 * followed: its similarity threshold merges statements that differ in the one word that matters.
 *
 * How the constants were chosen, and what did not help, is in `docs/adr/0003`.
 */
import { absorb } from './absorb.ts';
import { mergeChoices } from './choices.ts';
import { mergeLists } from './collapse.ts';
import { mergeCrossings } from './crossings.ts';
import { mergeEndings } from './endings.ts';
import { ItemTable } from './item-table.ts';
import { mergeNamesInPlaces } from './known-places.ts';
import { createMatcher } from './matcher.ts';
import { mergeCompounds, mergeIdentifiers, mergeRareWords, mergeSinglePlaces, mergeSkeletons } from './merge-passes.ts';
import { joinNames } from './names.ts';
import { mergeOptionalParts } from './optional-parts.ts';
import { mergePairLists } from './pair-lists.ts';
import { mergePhrases } from './phrases.ts';
import { mergePlurals } from './plurals.ts';
import { mergeRemarks } from './remarks.ts';
import { renderTemplates } from './render.ts';
import { type RowKey, rowKey } from './row-key.ts';
import { mergeSameWords } from './same-words.ts';
import { mergeStructures } from './structures.ts';
import { learnSubjects } from './subjects.ts';
import { mergeTailPairs } from './tail-pairs.ts';

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
/** A part that was found may be followed by another. */
const MAX_PARTS = 2;
/** Words in so many items or fewer are rare, from the strictest: the words of a statement are less rare than its values. */
const RARE = [2, 4, 8, 16, 32];

export const mineTemplates = (rows: readonly Row[]): MinedTemplates => {
  const table = new ItemTable(keysOf(rows));
  mergeCompounds(table);
  if (mergeEndings(table)) mergeCompounds(table);
  mergeUntilStable(table);
  for (const maxItemsOfWord of RARE) if (mergeRareWords(table, maxItemsOfWord)) mergeUntilStable(table);
  if (mergeIdentifiers(table)) mergeUntilStable(table);
  if (absorb(table)) mergeUntilStable(table);
  if (learnSubjects(table)) mergeAll(table);
  learn(table);
  if (mergeCrossings(table)) {
    mergeAll(table);
    learn(table);
  }
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const lists = mergeLists(table);
    const names = joinNames(table);
    const phrases = mergePhrases(table) || names;
    const places = mergeNamesInPlaces(table);
    if (!lists && !phrases && !places) break;
    mergeAll(table);
    learn(table);
    // Lists alone seldom open the view on phrases; phrases that were found are known from then on.
    if (!phrases && !places) break;
  }
  for (let round = 0; round < MAX_PARTS && mergeOptionalParts(table); round++) mergeAll(table);
  if (mergeChoices(table)) {
    mergeAll(table);
    learn(table);
  }
  if (mergeSkeletons(table)) {
    mergeAll(table);
    learn(table);
    if (mergePhrases(table)) mergeAll(table);
  }
  if (mergeStructures(table)) mergeAll(table);
  if (mergePairLists(table)) mergeAll(table);
  if (mergeTailPairs(table)) mergeAll(table);
  if (mergeSameWords(table)) mergeAll(table);
  if (mergeRemarks(table)) mergeAll(table);
  mergePlurals(table);
  return renderTemplates(rows, table.keys, table.itemOfRow);
};

/** Rows that differ in their level or service alone share their tokens, and so their key. */
const keysOf = (rows: readonly Row[]): readonly RowKey[] => {
  const known = new Map<readonly string[], RowKey>();
  return rows.map(({ tokens }) => {
    const key = known.get(tokens) ?? rowKey(tokens);
    known.set(tokens, key);
    return key;
  });
};

const mergeUntilStable = (table: ItemTable): void => {
  for (let round = 0; round < MAX_ROUNDS && mergeSinglePlaces(table); round++);
};

const mergeAll = (table: ItemTable): void => {
  mergeCompounds(table);
  mergeUntilStable(table);
  if (absorb(table)) mergeUntilStable(table);
};

const learn = (table: ItemTable): void => {
  for (let round = 0; round < MAX_ROUNDS && table.learnValues(); round++) mergeAll(table);
};
