/** RFC 4180 rows, one line each (quoted line breaks do not occur in capsules). */

/** Fields of one line; `""` inside quotes is a quote. Never fails: an open quote ends with the line. */
export const csvFields = (line: string): string[] => {
  if (!line.includes('"')) return line.split(',');
  const fields: string[] = [];
  let at = 0;
  while (at <= line.length) {
    if (line.charCodeAt(at) === QUOTE) {
      const { value, next } = quotedField(line, at + 1);
      fields.push(value);
      at = next;
    } else {
      const comma = line.indexOf(',', at);
      const end = comma < 0 ? line.length : comma;
      fields.push(line.slice(at, end));
      at = end + 1;
    }
  }
  return fields;
};

const QUOTE = 34;

const quotedField = (line: string, from: number): { readonly value: string; readonly next: number } => {
  let value = '';
  let at = from;
  for (;;) {
    const quote = line.indexOf('"', at);
    if (quote < 0) return { value: value + line.slice(at), next: line.length + 1 };
    value += line.slice(at, quote);
    if (line.charCodeAt(quote + 1) !== QUOTE) {
      const comma = line.indexOf(',', quote + 1);
      return { value, next: comma < 0 ? line.length + 1 : comma + 1 };
    }
    value += '"';
    at = quote + 2;
  }
};
