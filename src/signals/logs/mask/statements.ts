/** Sentences and statements that give a name a value: `set dob to '…'`, `sessionId changed from x to y`, `SET value = 'x' WHERE name = 'password'`. */
import { acceptsValue, NO_CONTEXT } from './accept-value.ts';
import { lineBefore } from './characters.ts';
import { isDirectiveValue } from './directive-values.ts';
import { mayEndKey } from './key-endings.ts';
import { maskValue } from './mask-value.ts';
import type { SpanSink } from './mask-span.ts';
import { ruleOfKey, type KeyRule } from './sensitive-keys.ts';
import { valueAt, type Extent } from './value-extent.ts';
import { isPlaceholder, isRandom } from './value-shape.ts';

interface Verb {
  readonly start: number;
  readonly end: number;
  /** In lower case. */
  readonly word: string;
}

/** `set the value of X to`, `changing X from "a" to`: after the verb. */
const OBJECT = /[ \t]+(?:(?:the|new|value|of|variable|property|attribute|field|column|option|parameter|config|setting|key|env) ){0,4}(["'`]?)([A-Za-z][\w.-]{1,63})\1[ \t]+(?:from ("[^"\r\n]{0,80}"|'[^'\r\n]{0,80}'|\S{1,80}) )?(?:to|with|as|=|:=|->)[ \t]+(?=\S)/y;
/** `X set to`, `X was`, `X is`: before the verb, and what may stand between verb and value. */
const SUBJECT = /(?:^|[^\w.-])["'`]?([A-Za-z][\w.-]{1,63})["'`]?[ ](?:(?:was|is|has been|got) )?$/;
const VALUE_OF_VERB = /[ \t]+(?:(?:now |set |changed |updated )?(?:from ("[^"\r\n]{0,80}"|'[^'\r\n]{0,80}'|\S{1,80}) )?(?:to|as)[ \t]+)?(?=\S)/y;
/** `ENV X v`, `etcdctl put /app/x v`, `SET app:x v`, `HSET h x v`. */
const ASSIGNED = /[ \t]+(?:[\w.:-]{1,64}[ \t]+(?=[\w.:/-]{2,64}[ \t]+\S))?["']?(?:[\w./:-]{0,64}[/:])?([A-Za-z][\w.-]{1,63})["']?[ \t]+(?=[^\s=])/y;

/** Handles a verb, `ENV`, `put`, `WHERE`; returns where to go on, `end` where nothing was found. */
export const maskStatement = (text: string, verb: Verb, sink: SpanSink): number => {
  const { start, end, word } = verb;
  if (word === 'where') return maskNamedRow(text, end, start, sink);
  const capitals = text.charCodeAt(start + 1) < 91;
  if (word === 'env' || word === 'hset' || word === 'put') return word === 'put' || capitals ? assigned(text, end, sink) : end;
  if (word === 'set' && STORE.test(lineBefore(text, start, 32))) {
    STORED.lastIndex = end;
    const password = STORED.exec(text)?.[1];
    if (password !== undefined && !isPlaceholder(password)) return sink.add(STORED.lastIndex - password.length, STORED.lastIndex, 'secret:password');
  }
  if (word === 'set' && capitals) {
    const after = assigned(text, end, sink);
    if (after > end) return after;
  }
  if (word !== 'is' && word !== 'was') {
    const after = stated(text, end, OBJECT, sink);
    if (after > end || word === 'setting' || word === 'override') return after;
  }
  // The subject stands before the verb: most words there are no keys.
  const lead = text.charCodeAt(start - 2);
  if (text.charCodeAt(start - 1) !== 32 || !(lead === 34 || lead === 39 || lead === 96 || mayEndKey(text, start - 1) || lead === 110 || lead === 115)) return end;
  const key = SUBJECT.exec(lineBefore(text, start, 80))?.[1];
  const rule = key === undefined ? null : statedRule(key);
  if (rule === null) return end;
  VALUE_OF_VERB.lastIndex = end;
  const former = VALUE_OF_VERB.exec(text)?.[1];
  if (VALUE_OF_VERB.lastIndex === 0) return end;
  maskFormer(text, former, VALUE_OF_VERB.lastIndex, rule, sink);
  const to = VALUE_OF_VERB.lastIndex - end > 2;
  return word === 'is' || word === 'was' || to ? take(text, key ?? '', rule, valueAt(text, VALUE_OF_VERB.lastIndex), { sink, end, linked: to }) : end;
};

/** `hdbuserstore SET KEY HOST:PORT USER PASSWORD` (SAP HANA Security Guide) and stores like it. */
const STORE = /\b\w*userstore(?: -\w+)* $/i;
const STORED = / \S{1,64} \S{1,160} \S{1,64} \\*["']?([^\s"'\\]{4,128})/y;

const stated = (text: string, end: number, pattern: RegExp, sink: SpanSink): number => {
  pattern.lastIndex = end;
  const match = pattern.exec(text);
  const key = match?.[2];
  const rule = key === undefined ? null : statedRule(key);
  if (rule === null) return end;
  const from = pattern.lastIndex;
  maskFormer(text, match?.[3], from, rule, sink);
  return take(text, key ?? '', rule, valueAt(text, from), { sink, end, linked: true });
};

/** The value before the change, in quotes: `from "…" to`. */
const maskFormer = (text: string, former: string | undefined, before: number, rule: KeyRule, sink: SpanSink): void => {
  const content = former?.slice(1, -1) ?? '';
  if (former === undefined || !/^["']/.test(former) || !acceptsValue(rule.accept, content, NO_CONTEXT)) return;
  const at = text.lastIndexOf(former, before) + 1;
  sink.add(at, at + content.length, rule.kind);
};

const assigned = (text: string, end: number, sink: SpanSink): number => {
  ASSIGNED.lastIndex = end;
  const key = ASSIGNED.exec(text)?.[1];
  const rule = key === undefined ? null : statedRule(key);
  const value = rule === null ? null : valueAt(text, ASSIGNED.lastIndex);
  if (rule === null || value === null || isPlaceholder(text.slice(value.start, value.end))) return end;
  return maskValue(text, rule, value, { context: { ...NO_CONTEXT, key: (key ?? '').toLowerCase() }, sink, next: end });
};

const statedRule = (key: string): KeyRule | null => {
  const rule = ruleOfKey(key);
  return rule === null || rule.accept === 'authorization' || rule.accept === 'cookie' ? null : rule;
};

interface Target {
  readonly sink: SpanSink;
  readonly end: number;
  /** `to` or the like links key and value. */
  readonly linked: boolean;
}

/** `dbPassword`, `db_password`: no word of a sentence. */
const isName = (key: string): boolean => /[a-zA-Z\d][_.-][a-zA-Z]|[a-z][A-Z]/.test(key);
/** Three words or more, as phrases are that people choose: `river-mango-kitten`. */
const WORDS = /^[a-z]{3,}(?:-[a-z]{3,}){2,}$/;

const take = (text: string, key: string, rule: KeyRule, value: Extent | null, { sink, end, linked }: Target): number => {
  if (value === null) return end;
  const content = text.slice(value.start, value.end);
  if (isPlaceholder(content) || content.length < 3 || (value.quoted && /\s/.test(content) && rule.kind.startsWith('secret:') && rule.accept !== 'mnemonic')) return end;
  const secret = rule.kind.startsWith('secret:');
  const chosen = rule.accept === 'any' && (linked || isName(key)) && (/^[A-Za-z]{4,}\d{3,}$/.test(content) || (isName(key) && WORDS.test(content)));
  if (secret && !value.quoted && (rule.accept === 'any' || rule.accept === 'word') && !chosen && !isRandom(content) && !isDirectiveValue(rule, content, false)) return end;
  if (!secret && !value.quoted && (rule.accept === 'name' || rule.accept === 'address') && !linked) return end;
  return maskValue(text, rule, value, { context: { ...NO_CONTEXT, prose: !value.quoted && !isName(key), key: key.toLowerCase() }, sink, next: end });
};

/** `value = 'x' WHERE name = 'password'`: the row's name says what the value is. */
const ROW_NAME = /\s+[\w.]{0,32}["'`[]?\w{1,40}["'`\]]?\s*(?:=|like|in \()\s*N?\\*["']([\w./:-]{2,80})\\*["']/iy;
/** The assignments before `WHERE`, each to a column that says nothing. */
const ASSIGNMENT = /(?:val(?:ue)?|v|data|content|text|body|payload|config|setting|param|secret|encrypted|cipher|raw|str(?:ing)?|current|new)\w{0,12}["'`\]]?\s*=\s*N?\\*(["'])((?:(?!\1)[^\r\n\\]){1,1024})\\*\1(?=\s*(?:,|$))/g;

const maskNamedRow = (text: string, end: number, start: number, sink: SpanSink): number => {
  ROW_NAME.lastIndex = end;
  const name = ROW_NAME.exec(text)?.[1];
  const rule = name === undefined ? null : statedRule(name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')) + 1));
  if (rule === null) return end;
  const before = lineBefore(text, start, 1200);
  const update = before.search(/\bSET\s(?!.*\bSET\s)/i);
  if (update < 0) return end;
  const from = start - before.length + update;
  for (const match of before.slice(update).matchAll(ASSIGNMENT)) {
    const at = from + match.index + match[0].indexOf(match[1] ?? '', match[0].indexOf('=')) + 1;
    if (at < sink.lastEnd) continue;
    maskValue(text, rule, { start: at, end: at + (match[2] ?? '').length, quoted: true, spaced: true, wholeEnd: () => at + (match[2] ?? '').length }, { context: NO_CONTEXT, sink, next: 0 });
  }
  return end;
};
