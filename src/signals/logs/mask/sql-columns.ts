/** Values of an INSERT by the columns they go to: `INSERT INTO users (name, password) VALUES ('kim', 'x')`. */
import { acceptsValue, NO_CONTEXT } from './accept-value.ts';
import { lineBefore } from './characters.ts';
import type { SpanSink } from './mask-span.ts';
import { ruleOfKey } from './sensitive-keys.ts';

const MAX_COLUMN_CHARS = 600;
const MAX_ROWS = 64;
const COLUMNS = /\(([\w\s,."'`[\]]{1,600})\)\s*$/;
const OPENING = /\s*,?\s*\(\s*/y;
/** A quoted string with doubled or escaped quotes, or a bare literal, and what ends it. */
const FIELD = /(?:[NnEeBb]?\\?'((?:[^'\\\r\n]|''|\\[^'\r\n]){0,1024})\\?'|([^\s,()'"]{1,256}))\s*([,)])\s*/y;

/** Handles `VALUES` at [start, end); where to go on, `end` where nothing was found. */
export const maskInserted = (text: string, start: number, end: number, sink: SpanSink): number => {
  const names = COLUMNS.exec(lineBefore(text, start, MAX_COLUMN_CHARS))?.[1];
  if (names === undefined) return end;
  const rules = names.split(',').map((name) => ruleOfKey(name.replaceAll(/[\s"'`[\]]/g, '')));
  if (rules.every((rule) => rule === null)) return end;
  let at = end;
  for (let row = 0; row < MAX_ROWS; row++) {
    OPENING.lastIndex = at;
    if (!OPENING.test(text)) break;
    at = OPENING.lastIndex;
    for (const rule of rules) {
      FIELD.lastIndex = at;
      const match = FIELD.exec(text);
      if (match === null) return sink.lastEnd > end ? sink.lastEnd : end;
      const content = match[1] ?? '';
      if (rule !== null && content !== '' && acceptsValue(rule.accept, content, NO_CONTEXT)) {
        const from = text.indexOf(content, at);
        sink.add(from, from + content.length, rule.kind);
      }
      at = FIELD.lastIndex;
      if (match[3] === ')') break;
    }
  }
  return sink.lastEnd > end ? sink.lastEnd : end;
};
