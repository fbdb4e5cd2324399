/** see below */
import { absorb } from './absorb.ts';
import { ItemTable } from './item-table.ts';
import { createMatcher } from './matcher.ts';
import { mergeCompounds, mergeRareWords, mergeSinglePlaces } from './merge-passes.ts';
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
const RARE = [2, 8, 32];

export const mineTemplates = (rows: readonly Row[]): MinedTemplates => {
  const keys = rows.map((row) => rowKey(row.tokens));
  const table = new ItemTable(keys);
  const mergeUntilStable = (): void => {
    for (let round = 0; round < MAX_ROUNDS && mergeSinglePlaces(table); round++);
  };
  mergeCompounds(table);
  mergeUntilStable();
  for (const maxItemsOfWord of RARE) if (mergeRareWords(table, maxItemsOfWord)) mergeUntilStable();
  if (absorb(table)) mergeUntilStable();
  return renderTemplates(rows, keys, table.itemOfRow);
};
