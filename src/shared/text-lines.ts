/** Bytes to lines of text, in constant memory. */

/** Characters of one line that are kept; a longer line is cut, not split. */
export const MAX_LINE_CHARS = 4_194_304;

/**
 * Lines of UTF-8 text without their end (\n or \r\n); invalid bytes become U+FFFD, a byte order mark is dropped.
 * The last line needs no end. An empty input has no line.
 */
export function* textLines(chunks: Iterable<Uint8Array>): Generator<string> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  for (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true });
    let from = 0;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      yield lineOf(from === 0 ? rest + text.slice(0, at) : text.slice(from, at));
      if (from === 0) rest = '';
      from = at + 1;
    }
    if (rest.length < MAX_LINE_CHARS) rest += from === 0 ? text : text.slice(from);
  }
  rest += decoder.decode();
  if (rest !== '') yield lineOf(rest);
}

const lineOf = (line: string): string => {
  const end = line.endsWith('\r') ? line.length - 1 : line.length;
  return end === line.length && end <= MAX_LINE_CHARS ? line : line.slice(0, Math.min(end, MAX_LINE_CHARS));
};
