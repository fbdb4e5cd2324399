/** Which brackets belong together, where what stands between them may have been cut short by the program that printed it. */

const CLOSING: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

/** Brackets of prose and names; what is in braces is printed. */
export const ROUND_AND_SQUARE: ReadonlyMap<string, string> = new Map([...CLOSING].filter(([opening]) => opening !== '{'));

export const isOpening = (word: string): boolean => word.length === 1 && CLOSING.has(word);

/** The bracket that closes an opening one. */
export const closingOf = (word: string): string => CLOSING.get(word) ?? '';

/**
 * Index of the bracket that closes, for every bracket that is closed. A bracket that stays open within a pair (`(args: [1, 2, ...)`) is
 * closed by none; where the message itself was cut, what is open ends with it.
 */
export const matchBrackets = (words: readonly string[], isCut: boolean): ReadonlyMap<number, number> => {
  const closers = new Map<number, number>();
  const open: number[] = [];
  words.forEach((word, at) => {
    if (word.length !== 1) return;
    if (CLOSING.has(word)) {
      open.push(at);
      return;
    }
    if (word !== ')' && word !== ']' && word !== '}') return;
    let depth = open.length - 1;
    while (depth >= 0 && closingOf(words[open[depth] ?? 0] ?? '') !== word) depth--;
    if (depth < 0) return;
    closers.set(open[depth] ?? 0, at);
    open.length = depth;
  });
  if (isCut) for (const at of open) closers.set(at, words.length - 1);
  return closers;
};
