/** The stack frames that an error brings along, as printed: they name the files, classes and functions in which it happened. */

/** Java, JavaScript, C#: `at f (file:1:2)`. Python: `File "x.py", line 3, in f`. Go and Ruby: `/srv/x.go:12 +0x1d`, `x.rb:12:in 'f'`. Rust: `12: crate::f`. */
const FRAME = /^\s*(?:at\s+\S.{2,240}|File ".{1,200}", line \d+.*|\S{1,200}\.(?:go|rb|rs|php|exs?|swift|cpp|cc):\d+\b.*|\d{1,3}: +[\w<>]+(?:::[\w<>{}]+)+.*)$/;
const MAX_FRAMES = 8;
const MAX_LINE_CHARS = 240;
const MAX_CHARS = 8_000;

/** The innermost frames of a text, at most eight: the first, and of a Python traceback, which prints them last, the last. */
export const framesOf = (text: string): readonly string[] => {
  const found: string[] = [];
  if (!/\n|\\n/.test(text)) return found;
  for (const line of text.slice(0, MAX_CHARS).split(/\r?\n|\\n/)) {
    const frame = line.slice(0, MAX_LINE_CHARS);
    if (FRAME.test(frame)) found.push(frame.trim());
  }
  return found.some((frame) => frame.startsWith('File "')) ? found.slice(-MAX_FRAMES) : found.slice(0, MAX_FRAMES);
};
