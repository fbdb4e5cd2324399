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

/** What stands for a wildcard of the template in a row: text, the index of the row's own wildcard, or null where that is unclear. */
type Source = string | number | null;

/** The tokens of the template between its wildcards: one list more than there are wildcards. */
const literalsOf = (template: readonly string[]): (readonly string[])[] => {
  const literals: string[][] = [[]];
  for (const token of template) if (isWildcard(token)) literals.push([]);
  else literals.at(-1)?.push(token);
  return literals;
};

const standsAt = (literal: readonly string[], tokens: readonly string[], at: number): boolean => literal.every((token, k) => tokens[at + k] === token);

/**
 * Where each literal begins in the row, each as far left (step 1) or right (step -1) as it goes, first and last at the row's
 * ends and at least one token between two; null where they do not fit.
 */
const placesOf = (literals: readonly (readonly string[])[], tokens: readonly string[], step: 1 | -1): number[] | null => {
  const places: number[] = [];
  const last = literals.length - 1;
  let at = step === 1 ? 0 : tokens.length;
  for (let n = 0; n <= last; n++) {
    const index = step === 1 ? n : last - n;
    const literal = literals[index] ?? [];
    let place = step === 1 ? at + Math.min(n, 1) : at - Math.min(n, 1) - literal.length;
    if (index === 0) place = 0;
    else if (index === last) place = tokens.length - literal.length;
    else while (place >= 0 && place <= tokens.length && !standsAt(literal, tokens, place)) place += step;
    if (place < 0 || place + literal.length > tokens.length || !standsAt(literal, tokens, place)) return null;
    places[index] = place;
    at = step === 1 ? place + literal.length : place;
  }
  return places;
};

/**
 * What each wildcard of the template stands for in the row, which has `columns` tokens in front that the template has not. A
 * wildcard may stand for several tokens; where its borders are open to doubt its source is null. Null where the two do not fit.
 */
const align = (template: readonly string[], rowTokens: readonly string[], columns: number): Source[] | null => {
  const tokens = rowTokens.slice(columns).map((token, i) => (i === 0 ? token.trimStart() : token));
  const literals = literalsOf(template);
  const left = placesOf(literals, tokens, 1);
  const right = placesOf(literals, tokens, -1);
  if (left === null || right === null) return null;
  const ordinals: number[] = [];
  let wildcards = rowTokens.slice(0, columns).filter(isWildcard).length;
  for (const token of tokens) ordinals.push(isWildcard(token) ? wildcards++ : -1);
  return literals.slice(1).map((_, index) => {
    const start = (left[index] ?? 0) + (literals[index]?.length ?? 0);
    const end = left[index + 1] ?? 0;
    const isSure = left[index] === right[index] && end === right[index + 1] && start < end;
    if (!isSure) return null;
    if (end - start === 1) return (ordinals[start] ?? -1) >= 0 ? (ordinals[start] ?? null) : (tokens[start] ?? '').trim();
    return tokens.slice(start, end).some(isWildcard) ? null : tokens.slice(start, end).join('').trim();
  });
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

const addTo = (totals: (Map<string, number> | null)[], index: number, source: Source, row: Row): void => {
  const total = totals[index];
  if (total === null || total === undefined) return;
  if (typeof source === 'string') total.set(source, (total.get(source) ?? 0) + row.count);
  else {
    const own = source !== null && row.count <= row.looks ? countsOf(row.values?.[source] ?? null, row.count) : null;
    if (own === null) {
      totals[index] = null;
      return;
    }
    for (const [value, count] of own) total.set(value, (total.get(value) ?? 0) + count);
  }
  if (total.size > MAX_VALUES) totals[index] = null;
};
