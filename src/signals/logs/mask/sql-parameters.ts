/** Values bound to a statement's columns, as database layers log them: `UPDATE users SET password = ? WHERE id = ? params: ["x", 3]`. */
import { acceptsValue, NO_CONTEXT } from './accept-value.ts';
import { lineBefore } from './characters.ts';
import type { SpanSink } from './mask-span.ts';
import { ruleOfKey, type KeyRule } from './sensitive-keys.ts';

const MAX_STATEMENT_CHARS = 1200;
const MAX_PARAMETERS = 64;
const STATEMENT = /\b(?:insert\s+into|update|select|delete\s+from|merge|replace\s+into)\s[^\r\n]*$/i;
/** `(name, password) VALUES (?, ?)`: the columns by their order. */
const INSERTED = /\(([\w\s,."`[\]\\]{1,600})\)\s*values\s*\(\s*(?:\?|\$1\b|%s|:\w+|@\w+)/i;
/** `password = ?`, `u.password = $2`: a column and what is bound to it. */
const BOUND = /(?<![\w.])([\w.]{1,64})["`\]\\]{0,3}\s*(?:=|<>|!=|like|<|>|<=|>=)\s*(?:[a-z_]{1,24}\(\s*)?(?:\?|\$(\d{1,3})|%s|:\w+|@\w+)/gi;
/** One value: in quotes, or bare, and what ends it. */
const VALUE = /\s*(?:\$\d{1,3}\s*=\s*)?(?:[bu]?\\*(["'])((?:[^"'\\\r\n]|\\[^"'\r\n])*?)\\*\1|([^\s,\])"'\\]{1,256}))\s*(,|[\])}]|$)/y;
const OPENING = /\s*\\*"?\s*[[({]?/y;

/** The rule of each parameter by its place; empty where no column is a secret's. */
const rulesOf = (statement: string): readonly (KeyRule | null)[] => {
  const inserted = INSERTED.exec(statement)?.[1];
  const rules: (KeyRule | null)[] = [];
  if (inserted !== undefined) for (const name of inserted.split(',').slice(0, MAX_PARAMETERS)) rules.push(ruleOfKey(name.replaceAll(/[\s"`[\]\\]/g, '')));
  else {
    for (const [, name = '', place] of statement.matchAll(BOUND)) {
      const index = place === undefined ? rules.length : Number(place) - 1;
      if (index >= 0 && index < MAX_PARAMETERS) rules[index] = ruleOfKey(name.slice(name.lastIndexOf('.') + 1));
    }
  }
  return rules.some((rule) => rule?.kind.startsWith('secret:') === true) ? rules : [];
};

/** Handles what follows the separator at `from` behind a key for parameters that begins at `start`; the end of what was masked, or 0. */
export const maskParameters = (text: string, start: number, from: number, sink: SpanSink): number => {
  const statement = STATEMENT.exec(lineBefore(text, start, MAX_STATEMENT_CHARS))?.[0];
  const rules = statement === undefined || !/[?$%:@]/.test(statement) ? [] : rulesOf(statement);
  if (rules.length === 0) return 0;
  OPENING.lastIndex = from;
  OPENING.test(text);
  let at = OPENING.lastIndex;
  let end = 0;
  for (let n = 0; n < Math.min(rules.length, MAX_PARAMETERS); n++) {
    VALUE.lastIndex = at;
    const match = VALUE.exec(text);
    if (match === null) break;
    const content = match[2] ?? match[3] ?? '';
    const rule = rules[n] ?? null;
    if (rule !== null && rule.accept !== 'authorization' && rule.accept !== 'cookie' && content !== '' && acceptsValue(rule.accept, content, NO_CONTEXT)) {
      const first = text.indexOf(content, at);
      end = sink.add(first, first + content.length, rule.kind);
    }
    at = VALUE.lastIndex;
    if (match[4] !== ',') break;
  }
  return end;
};
