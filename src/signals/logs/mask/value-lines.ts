/** Values that stand on the lines after their key: YAML scalars, members of an object, a name and its value, a prompt's answer. */
import { acceptsValue, NO_CONTEXT } from './accept-value.ts';
import { isPrintable } from './base64-parts.ts';
import { isLineEnd } from './characters.ts';
import type { OpenedBlock, SpanSink } from './mask-span.ts';
import { ruleOfKey } from './sensitive-keys.ts';
import { valueAt, type Extent } from './value-extent.ts';
import { isPlaceholder, isRandom, looksLikePassword } from './value-shape.ts';

/** Lines each form may last. */
export const BLOCK_LINES: Readonly<Record<OpenedBlock['form'], number>> = { scalar: 120, object: 8, named: 3, next: 1, answer: 1, reply: 1 };

export interface Line {
  readonly start: number;
  readonly end: number;
  readonly line: string;
}

/** Marks a value on a line of an open block. `end` is where scanning goes on, `closed` that the block is over. */
export interface LineResult {
  readonly at: number;
  readonly closed: boolean;
}

/** Handles one line of `block`. */
export const maskValueLine = (text: string, { start, end, line }: Line, block: OpenedBlock, sink: SpanSink): LineResult => {
  const indent = line.search(/\S/);
  if (line.includes('-----BEGIN ')) return { at: start, closed: true };
  if (block.form === 'named') return namedLine(text, { start, end, line }, block, sink);
  if (block.form === 'next') return nextLine(text, { start, end, line }, block, sink);
  if (block.form === 'answer') return loneLine({ start, end, line }, block, sink);
  if (block.form === 'reply') return replyLine({ start, end, line }, block, sink);
  if (indent <= block.column) return { at: start, closed: true };
  if (block.form === 'scalar') {
    const content = line.trim();
    if (isPlaceholder(content) || ((block.accept === 'random' || block.accept === 'opaque') && !acceptsValue(block.accept, content, NO_CONTEXT))) return { at: start, closed: false };
    sink.add(start + indent, start + line.trimEnd().length, block.kind);
    return { at: end, closed: false };
  }
  return objectLine(text, { start, end, line }, block, sink);
};

const MEMBER = /^\s*\\*["']?value\\*["']?\s*[:=]/i;

const objectLine = (text: string, { start, end, line }: Line, block: OpenedBlock, sink: SpanSink): LineResult => {
  const member = MEMBER.exec(line)?.[0].length ?? 0;
  const value = member === 0 ? null : valueAt(text, start + member);
  if (value === null || value.start >= end || value.end - value.start < 4 || isPlaceholder(text.slice(value.start, value.end))) return { at: start, closed: false };
  return { at: sink.add(value.start, Math.min(value.end, end), block.kind), closed: true };
};

/** `value: x`, `"ParameterValue": "x"`, `<value>x</value>`, `<string>x</string>`. */
const NAMED_MEMBER = /^\\*["']?(?:\w{0,16}value|val|data)\\*["']?\s*[:=]|^<(?:value|string|val|data)>/i;
/** A member between name and value: `"type": "SecureString",`. */
const OTHER_MEMBER = /^\\*["']?(?!\w{0,16}(?:name|key)\b)[\w-]{1,32}\\*["']?\s*[:=]\s*\S/i;

const namedLine = (text: string, { start, end, line }: Line, block: OpenedBlock, sink: SpanSink): LineResult => {
  const indent = line.search(/\S/);
  const column = NAMED_MEMBER.test(line.slice(indent)) ? indent : block.column;
  const rest = line.slice(column);
  const head = NAMED_MEMBER.exec(rest)?.[0].length ?? 0;
  if (head === 0) return { at: start, closed: !OTHER_MEMBER.test(rest) || rest.startsWith('valueFrom') };
  const from = start + column + head;
  const tagged = rest.startsWith('<');
  const value = tagged ? elementText(text, from, end) : valueAt(text, from);
  if (value === null || value.start >= end || !acceptsValue(block.accept, text.slice(value.start, Math.min(value.end, end)), NO_CONTEXT)) return { at: start, closed: true };
  return { at: sink.add(value.start, Math.min(value.end, end), block.kind), closed: true };
};

const elementText = (text: string, from: number, end: number): Pick<Extent, 'start' | 'end'> | null => {
  const close = text.slice(from, end).indexOf('<');
  return close <= 0 ? null : { start: from, end: from + close };
};

/** `"password":`, `["password"]=>`: a quoted value alone on the next line. */
const nextLine = (text: string, { start, end, line }: Line, block: OpenedBlock, sink: SpanSink): LineResult => {
  const value = valueAt(text, start + line.search(/\S/));
  if (value === null || !value.quoted || value.end > end || !/^\\*["'],?;?\s*$/.test(text.slice(value.end, end)) || !acceptsValue(block.accept, text.slice(value.start, value.end), NO_CONTEXT)) return { at: start, closed: true };
  return { at: sink.add(value.start, value.end, block.kind), closed: true };
};

/** Upper case, lower case and digits, a sign, or hexadecimal: nothing that a word of a log is. */
const isProven = (value: string): boolean =>
  value.length >= 8 && !isPlaceholder(value) && (isRandom(value) || /^(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{16,}$/.test(value) || (looksLikePassword(value) && /[a-z]/.test(value) && /[A-Z]/.test(value) && !/[:=/\\]/.test(value)));

/** A prompt's answer, or the body of a form's part: one word alone on its line. */
const loneLine = ({ start, end, line }: Line, block: OpenedBlock, sink: SpanSink): LineResult => {
  const content = line.trim();
  const known = block.accept !== 'random' && !/[\s]/.test(content) && acceptsValue(block.accept, content, NO_CONTEXT);
  if (!known && !isProven(content)) return { at: start, closed: true };
  const from = start + line.indexOf(content);
  sink.add(from, from + content.length, block.kind);
  return { at: end, closed: true };
};

const LAST_WORD = /(?:^|\s)"?([A-Za-z0-9+/]{4,256}={0,2})"?\s*$/;

/** The client's answer to a server's challenge: base64 at the line's end. */
const replyLine = ({ start, end, line }: Line, block: OpenedBlock, sink: SpanSink): LineResult => {
  const answer = LAST_WORD.exec(line)?.[1];
  if (answer === undefined || answer.length % 4 !== 0 || !isPrintable(answer)) return { at: start, closed: true };
  const from = start + line.lastIndexOf(answer);
  sink.add(from, from + answer.length, block.kind);
  return { at: end, closed: true };
};

/** Opens a block where the line ends after a name that is a key: `- name: DB_PASSWORD`, `"name": "DB_PASSWORD",`. */
export const openNamed = (text: string, column: number, value: Pick<Extent, 'start' | 'end'>, sink: SpanSink, after = value.end): void => {
  let i = after;
  while (i < after + 6 && ' ",\'\t'.includes(text.charAt(i)) && i < text.length) i++;
  if (!isLineEnd(text.charCodeAt(i)) || value.end - value.start > 80) return;
  const rule = ruleOfKey(text.slice(value.start, value.end));
  if (rule !== null && rule.accept !== 'cookie' && rule.accept !== 'authorization') sink.block = { kind: rule.kind, accept: rule.accept, column, form: 'named' };
};
