/** Keys and values that only words or a table's border stand between: `ENV X v`, `db_password set to x`, `| password | x |`. */
import { acceptsValue, NO_CONTEXT } from './accept-value.ts';
import { isKeyChar, isWord, lineBefore } from './characters.ts';
import { isChosen, isDirectiveValue, KEBAB } from './directive-values.ts';
import type { SpanSink } from './mask-span.ts';
import { ruleOfKey, type KeyRule } from './sensitive-keys.ts';
import { valueAt, type Extent } from './value-extent.ts';
import { isPlaceholder, isRandom, looksLikePassword } from './value-shape.ts';

/** `"SET" "db_password" "x"`, as Redis shows its commands: handles the quoted word [start, end) that ends like a key. */
export const maskQuotedPair = (text: string, start: number, end: number, sink: SpanSink): number => {
  const rule = ruleOfKey(text.slice(Math.max(start, end - 64), end));
  const value = rule === null ? null : valueAt(text, end + 1);
  if (rule === null || value === null || !value.quoted || rule.accept === 'authorization' || rule.accept === 'cookie') return end;
  return acceptsValue(rule.accept, text.slice(value.start, value.end), NO_CONTEXT) ? sink.add(value.start, value.end, rule.kind) : end;
};

/** What gives the next word a value: `ENV X v`, `setx X v`, `set -gx X v`, `put /config/x v`, `HSET h x v`. */
const ASSIGNS = /(?:\b(?:ENV|setx|setenv|put|SET|HSET \S{1,64}|git config(?: --\w+)*|set -[a-zA-Z]+)[ \t]+["']?[\w./:-]{0,64}|[({ \t]:[\w-]{0,64})$/;

export const isAssigned = (text: string, start: number, value: Extent): boolean => {
  const before = text.charCodeAt(start - 1);
  if ((before === 58 && !value.quoted) || !isWord(text.charCodeAt(value.start)) && /^[=?:]/.test(text.slice(value.start, value.start + 1))) return false;
  return (before === 58 || before === 32 || before === 34 || before === 47 || before === 46) && ASSIGNS.test(lineBefore(text, start, 140));
};

/** `db_password is x`, `db_password set to 'x'`, `db_password with value x`, `setting db_password to x`. */
export const STATED_VERB = /^(?:is|was|set|changed|updated|with|to|has|as)$/;
const STATED = /[ \t]+(?:is|was|(?:was |is )?(?:set|changed|updated) to|with value|to|has value|as)(?: now| set to)?:?[ \t]+(?=\S)/y;

export const statedValue = (text: string, end: number, rule: KeyRule, sink: SpanSink): number => {
  STATED.lastIndex = end;
  const value = STATED.test(text) ? valueAt(text, STATED.lastIndex) : null;
  if (value === null) return end;
  const content = text.slice(value.start, value.end);
  const taken = !isPlaceholder(content) && (isDirectiveValue(rule, content, value.quoted) || (rule.accept === 'any' && /^[a-z]{4,}\d{3,}$/.test(content)));
  return taken ? sink.add(value.start, value.end, rule.kind) : end;
};

/** `| password | x |`: a table of names and values. */
export const CELL = /[ \t]{1,64}[|│][ \t]+(?=[^\s|│])/y;

/** Handles the `|` at `at` where it opens a cell with a key in it; `at + 1` where nothing was found. */
export const maskRow = (text: string, at: number, sink: SpanSink): number => {
  const next = at + 1;
  let start = next;
  while (start < at + 3 && text.charCodeAt(start) === 32) start++;
  let end = start;
  while (end < start + 64 && isKeyChar(text.charCodeAt(end))) end++;
  if (end - start < 3 || text.charCodeAt(end) !== 32) return next;
  CELL.lastIndex = end;
  if (!CELL.test(text)) return next;
  const rule = ruleOfKey(text.slice(start, end));
  if (rule === null || !rule.kind.startsWith('secret:') || rule.accept === 'authorization' || rule.accept === 'cookie') return next;
  return tableCell(text, next, CELL.lastIndex, rule, sink);
};

export const tableCell = (text: string, end: number, from: number, rule: KeyRule, sink: SpanSink): number => {
  const value = valueAt(text, from);
  if (value === null) return end;
  const content = text.slice(value.start, value.end);
  if (!/^[!-~]+ {1,200}[|│]\s*$/.test(text.slice(value.start, value.end + 202).split(/[\r\n]/, 1).join('')) || isPlaceholder(content) || KEBAB.test(content) || ((rule.accept === 'random' || rule.accept === 'opaque') && !isRandom(content))) return end;
  return looksLikePassword(content) || isChosen(content) || /^[a-z]{4,}\d{3,}$/.test(content) || isRandom(content) || /^[0-9a-f]{24,}$/.test(content) ? sink.add(value.start, value.end, rule.kind) : end;
};
