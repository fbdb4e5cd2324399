/** Prometheus series selectors as column headers: `cpu_usage{service="order",pod="order-6c7"}`. */

export interface SeriesSelector {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** One label at a time: name, `=`, quoted value with \\, \" and \n escaped, then a comma. Linear: each alternative starts differently. */
const LABEL = /\s*([A-Za-z_][\w.]*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*,?/y;

const unescaped = (value: string): string => (value.includes('\\') ? value.replace(/\\(.)/g, (_, next: string) => (next === 'n' ? '\n' : next)) : value);

/** Null where the header is empty or its braces do not parse. */
export const parseSelector = (header: string): SeriesSelector | null => {
  const text = header.trim();
  const open = text.indexOf('{');
  if (open < 0) return text === '' ? null : { name: text, labels: {} };
  const name = text.slice(0, open).trim();
  if (!text.endsWith('}') || name === '') return null;
  const labels: Record<string, string> = {};
  const end = text.length - 1;
  let at = open + 1;
  while (text.slice(at, end).trim() !== '') {
    LABEL.lastIndex = at;
    const match = LABEL.exec(text);
    const key = match?.[1];
    if (match === null || key === undefined) return null;
    labels[key] = unescaped(match[2] ?? '');
    at = LABEL.lastIndex;
  }
  return { name, labels };
};
