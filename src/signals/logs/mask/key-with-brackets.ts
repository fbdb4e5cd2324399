/** Values between brackets: `password[x]` as firewalls log attributes, and quoted ones behind a path in brackets: `set: [system login … plain-text-password] "x"`. */
import { isDigit, isKeyChar, isLetter } from './characters.ts';
import { mayEndKey } from './key-endings.ts';
import type { SpanSink } from './mask-span.ts';
import { ruleOfKey } from './sensitive-keys.ts';
import { isSpokenPassword } from './spoken-values.ts';
import { valueAt } from './value-extent.ts';
import { isPlaceholder, looksLikePassword } from './value-shape.ts';

const MAX_NAME_CHARS = 40;
const MAX_PATH_CHARS = 240;
/** `x]`, `old->x]`. */
const INSIDE = /\[([^\s[\]"']{0,128}->)?([^\s[\]"']{4,128})\]/y;
const LAST_WORD = /([\w.-]{3,48})$/;
const CHANGE = /^\] \\*"[^"\r\n]{0,128}" -> \\*"/;

const bracketedValue = (text: string, at: number, sink: SpanSink): number => {
  let start = at;
  while (at - start < MAX_NAME_CHARS && isKeyChar(text.charCodeAt(start - 1))) start--;
  const rule = ruleOfKey(text.slice(start, at));
  if (rule === null || !rule.kind.startsWith('secret:') || rule.accept === 'cookie' || rule.accept === 'authorization') return 0;
  INSIDE.lastIndex = at;
  const match = INSIDE.exec(text);
  const content = match?.[2] ?? '';
  const attribute = text.charCodeAt(INSIDE.lastIndex) === 34;
  if (match === null || rule.accept === 'random' || rule.accept === 'opaque' || isPlaceholder(content)) return 0;
  if (attribute ? !isSpokenPassword(content) && !looksLikePassword(content) : !/\d/.test(content) || !/[!#$%^&*?@~]/.test(content) || !isSpokenPassword(content)) return 0;
  const from = match[1] === undefined || match[1].length < 6 ? INSIDE.lastIndex - 1 - content.length : at + 1;
  return sink.add(from, INSIDE.lastIndex - 1, rule.kind);
};

/** Junos' audit trail (Junos System Log Explorer, UI_CFG_AUDIT_SET): the path of a statement, then its value. */
const pathValue = (text: string, at: number, sink: SpanSink): number => {
  const close = text.slice(at, at + MAX_PATH_CHARS).search(/\] \\*["<]/);
  if (close < 0) return 0;
  const rule = ruleOfKey(LAST_WORD.exec(text.slice(at + 1, at + close))?.[1] ?? '');
  if (rule === null || !rule.kind.startsWith('secret:')) return 0;
  const change = CHANGE.exec(text.slice(at + close, at + close + 160))?.[0].length ?? 0;
  const value = valueAt(text, at + close + (change > 0 ? change - 1 : 1));
  if (value === null || !value.quoted || value.end - value.start < 4 || isPlaceholder(text.slice(value.start, value.end))) return 0;
  return sink.add(value.start, value.end, rule.kind);
};

/** Handles `[` at `at`; the end of what was masked, or 0. */
export const maskBracketed = (text: string, at: number, sink: SpanSink): number => {
  const before = text.charCodeAt(at - 1);
  // `set: [`, `delete: [`: the verbs end with t or e, as few loggers' names and no process numbers do.
  if (before === 32) return text.charCodeAt(at - 2) === 58 && ((text.charCodeAt(at - 3) | 32) === 116 || (text.charCodeAt(at - 3) | 32) === 101) && /(?:set|replace|delete|annotate|activate): $/i.test(text.slice(Math.max(0, at - 10), at)) ? pathValue(text, at, sink) : 0;
  return isLetter(before) && !isDigit(text.charCodeAt(at + 1)) && mayEndKey(text, at) ? bracketedValue(text, at, sink) : 0;
};
