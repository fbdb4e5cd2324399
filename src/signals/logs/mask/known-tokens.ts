/** Looks up tokens that carry their issuer's prefix, and those that carry its signature elsewhere. */
import { ISSUER_FORMATS } from './issuer-formats.ts';

interface Format {
  readonly kind: string;
  readonly prefix: string;
  readonly rest: string;
  /** Of the rest, once a text had the prefix: most texts have none of the hundreds. */
  pattern: RegExp | null;
}

/** First two characters ► formats, longest prefix first. */
const formatTable = (): ReadonlyMap<number, readonly Format[]> => {
  const out = new Map<number, Format[]>();
  const rows = [...ISSUER_FORMATS].sort((a, b) => b.prefix.length - a.prefix.length);
  for (const { kind, prefix, rest } of rows) {
    const key = (prefix.charCodeAt(0) << 7) | prefix.charCodeAt(1);
    const list = out.get(key) ?? [];
    list.push({ kind, prefix, rest, pattern: null });
    out.set(key, list);
  }
  return out;
};

const TABLE = formatTable();
/** 1 where some format begins with these two characters. */
const STARTS = new Uint8Array(1 << 14);
for (const key of TABLE.keys()) STARTS[key] = 1;
/** The same for formats that may have a dot early: words before a dot are far more frequent than tokens. */
const DOTTED = new Uint8Array(1 << 14);
for (const [key, rows] of TABLE) if (rows.some((row) => row.prefix.includes('.') || /\[[^\]]*\.[^\]]*\]/.test(row.rest))) DOTTED[key] = 1;

export interface TokenMatch {
  readonly kind: string;
  readonly end: number;
}

/** True where a known token may begin at `at`: two table look-ups, no allocation. */
export const mayStartToken = (text: string, at: number): boolean => {
  const a = text.charCodeAt(at);
  const b = text.charCodeAt(at + 1);
  return a < 128 && b < 128 && STARTS[(a << 7) | b] === 1;
};

/** True where a known token whose first part ends with a dot may begin at `at`. */
export const mayStartDotted = (text: string, at: number): boolean => {
  const a = text.charCodeAt(at);
  const b = text.charCodeAt(at + 1);
  return a < 128 && b < 128 && DOTTED[(a << 7) | b] === 1;
};

/** Under the first three characters of a prefix, five bits each: 1 where some format begins so. */
const THREE = new Uint8Array(1 << 15);
const three = (a: number, b: number, c: number): number => ((a & 31) << 10) | ((b & 31) << 5) | (c & 31);
for (const { prefix } of ISSUER_FORMATS) {
  const [a, b] = [prefix.charCodeAt(0), prefix.charCodeAt(1)];
  if (prefix.length > 2) THREE[three(a, b, prefix.charCodeAt(2))] = 1;
  else for (let c = 0; c < 32; c++) THREE[three(a, b, c)] = 1;
}

/** The issuer's token that begins at `at`, if any. */
export const tokenAt = (text: string, at: number): TokenMatch | null => {
  const a = text.charCodeAt(at);
  const b = text.charCodeAt(at + 1);
  if (a >= 128 || b >= 128 || THREE[three(a, b, text.charCodeAt(at + 2))] === 0) return null;
  for (const row of TABLE.get((a << 7) | b) ?? []) {
    if (!text.startsWith(row.prefix, at)) continue;
    const pattern = (row.pattern ??= new RegExp(row.rest, 'y'));
    pattern.lastIndex = at + row.prefix.length;
    if (pattern.test(text)) return { kind: row.kind, end: pattern.lastIndex };
  }
  return null;
};
