/** Secrets between tags: `<password>…</password>`, also with the tags as entities. */
import { acceptsValue, NO_CONTEXT } from './accept-value.ts';
import { lineBefore } from './characters.ts';
import { tokenAt } from './known-tokens.ts';
import type { SpanSink } from './mask-span.ts';
import { ruleOfKey } from './sensitive-keys.ts';
import { openNamed } from './value-lines.ts';

const NAMED_TAG = /(?:name|key|id|property)\s*=\s*\\*["']([\w.-]{2,64})\\*["']\s*$/;
/** The tag that `>` ends, with its attributes. */
const TAG = /<(?:[\w.-]{1,32}:)?([\w.-]{1,64})(?:\s[^<>]*)?$/;
/** `<x name="password"><value>` and `<key>password</key><string>`. */
const OUTER_NAME = /(?:\s(?:name|key|id|property)\s*=\s*\\*["']([\w.-]{2,64})\\*["'][^<>]*>|<(?:key|name)>([\w.-]{2,64})<\/(?:key|name)>|<([\w.-]{2,64})>)\s*<(?:string|value|val|Value)$/;

const elementName = (text: string, at: number): string | undefined => {
  const before = lineBefore(text, at, 200);
  const outer = OUTER_NAME.exec(before);
  if (outer !== null) return outer[1] ?? outer[2] ?? outer[3];
  const tag = TAG.exec(before)?.[1];
  return tag !== undefined && ruleOfKey(tag) !== null ? tag : (NAMED_TAG.exec(before)?.[1] ?? tag);
};

/** `<password>…</password>` and `<entry key="password">…</entry>`: handles the `>` at `at`. */
export const maskElement = (text: string, at: number, sink: SpanSink): number => {
  const next = at + 1;
  const data = text.startsWith('<![CDATA[', next);
  const from = data ? next + 9 : next;
  const end = text.slice(from, from + 4097).search(data ? ']]>' : '<') + from;
  if (end <= from || (!data && text.charCodeAt(end + 1) !== 47)) return next;
  const name = elementName(text, at);
  if (name === 'name' || name === 'key') openNamed(text, lineBefore(text, at, 256).lastIndexOf('<'), { start: from, end }, sink, end + name.length + 3);
  const rule = name === undefined || name === '' ? null : ruleOfKey(name);
  if (rule === null) return next;
  const content = text.slice(from, end);
  const context = { ...NO_CONTEXT, key: (name ?? '').toLowerCase() };
  return !/[\r\n]/.test(content) && acceptsValue(rule.accept, content, context) ? sink.add(from, end, tokenAt(text, from)?.kind ?? rule.kind) : next;
};

const ESCAPED_ELEMENT = /&lt;(?:[\w.-]{1,32}:)?([\w.-]{1,64})(?:\s[^&<>]{0,80})?$/;

/** `&lt;password&gt;…&lt;/password&gt;`: handles the `&` at `at`. */
export const maskEscapedElement = (text: string, at: number, sink: SpanSink): number => {
  if (!text.startsWith('&gt;', at)) return at + 1;
  const from = at + 4;
  const length = text.slice(from, from + 512).indexOf('&lt;/');
  const name = length > 0 ? ESCAPED_ELEMENT.exec(lineBefore(text, at, 160))?.[1] : undefined;
  const rule = name === undefined ? null : ruleOfKey(name);
  const content = text.slice(from, from + length);
  if (rule === null || /[\r\n]/.test(content) || !acceptsValue(rule.accept, content, NO_CONTEXT)) return from;
  return sink.add(from, from + length, rule.kind);
};
