/** The values behind the `<*>` of a template, where they are few and all of them were seen. */
import type { LogVariable } from '../../domain/log-summary.ts';
import { WILDCARD } from './patterns/wildcard.ts';
import { countsOf, type Row, type ValueCounts } from './rows.ts';

/** A variable with more distinct values is one that says little. */
const MAX_VALUES = 12;
const MAX_VALUE_CHARS = 80;
/** Rows of one template that are compared. */
const MAX_ROWS = 2_000;

const isWildcard = (token: string): boolean => token.endsWith(WILDCARD) && token.length <= WILDCARD.length + 1;

/**
 * The texts that a message shows for the wildcards of its own token sequence, in order; null where the two cannot be
 * laid over each other without doubt.
 */
export const valuesOf = (tokens: readonly string[], message: string): string[] | null => {
  const values: string[] = [];
  let at = 0;
  let open = -1;
  for (const token of tokens) {
    const text = token.startsWith(' ') ? token.slice(1) : token;
    if (text === WILDCARD) {
      if (open >= 0) return null;
      while (message.charCodeAt(at) <= 32) at++;
      open = at;
      continue;
    }
    const found = message.indexOf(text, at);
    if (found < 0 || (open < 0 && message.slice(at, found).trim() !== '')) return null;
    if (open >= 0) values.push(message.slice(open, found).trim());
    open = -1;
    at = found + text.length;
  }
  if (open >= 0) values.push(message.slice(open).trim());
  else if (message.slice(at).trim() !== '') return null;
  return values;
};

/** Adds one message's values to its row. The message must be masked: out of its context a value betrays nothing. */
export const addValues = (row: Row, message: string): void => {
  const values = valuesOf(row.tokens, message);
  const before = row.valueEvents++;
  if (values === null) row.values = [];
  else if (row.values === undefined) row.values = values.map((value) => value.slice(0, MAX_VALUE_CHARS));
  else row.values = row.values.map((counts, index) => withValue(counts, before, (values[index] ?? '').slice(0, MAX_VALUE_CHARS)));
};

const withValue = (values: ValueCounts, events: number, value: string): ValueCounts => {
  if (values === null || values === value) return values;
  const counts = countsOf(values, events);
  counts?.set(value, (counts.get(value) ?? 0) + 1);
  return counts !== null && counts.size > MAX_VALUES ? null : counts;
};

/** For each wildcard of the template the one token of the row it stands for: text, or the index of the row's own wildcard. */
const align = (template: readonly string[], tokens: readonly string[], columns: number): (string | number)[] | null => {
  if (template.length !== tokens.length - columns) return null;
  const matched: (string | number)[] = [];
  let wildcards = 0;
  for (let i = 0; i < columns; i++) if (isWildcard(tokens[i] ?? '')) wildcards++;
  for (let i = 0; i < template.length; i++) {
    const own = tokens[i + columns] ?? '';
    const token = i === 0 ? own.trimStart() : own;
    const wildcard = isWildcard(token);
    if (isWildcard(template[i] ?? '')) matched.push(wildcard ? wildcards : token.trim());
    else if (template[i] !== token) return null;
    if (wildcard) wildcards++;
  }
  return matched;
};

/** Variables of a template with few values, exact counts, most frequent first. `columnsOf`: leading tokens that a row has more. */
export const variablesOf = (template: readonly string[], rows: readonly Row[], columnsOf: (row: Row) => number = () => 0): LogVariable[] => {
  const wildcards = template.filter(isWildcard).length;
  if (wildcards === 0 || rows.length > MAX_ROWS) return [];
  const totals: (Map<string, number> | null)[] = Array.from({ length: wildcards }, () => new Map<string, number>());
  for (const row of rows) {
    if (row.count === 0) continue;
    const matched = align(template, row.tokens, columnsOf(row));
    if (matched === null) return [];
    matched.forEach((source, index) => addTo(totals, index, source, row));
  }
  return totals.flatMap((counts, index) => {
    if (counts === null || counts.size === 0) return [];
    const values = [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
    return [{ index, values }];
  });
};

const addTo = (totals: (Map<string, number> | null)[], index: number, source: string | number, row: Row): void => {
  const total = totals[index];
  if (total === null || total === undefined) return;
  if (typeof source === 'string') total.set(source, (total.get(source) ?? 0) + row.count);
  else {
    const own = row.count <= row.looks ? countsOf(row.values?.[source] ?? null, row.count) : null;
    if (own === null) {
      totals[index] = null;
      return;
    }
    for (const [value, count] of own) total.set(value, (total.get(value) ?? 0) + count);
  }
  if (total.size > MAX_VALUES) totals[index] = null;
};
