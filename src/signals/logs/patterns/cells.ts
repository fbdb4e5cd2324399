/** Messages in cells between bars: `Pump <*> | Seal worn out | Cleared`. */
import { LETTER_OR_DIGIT } from '../../../shared/letter-pattern.ts';
import { isHexId } from './hex-ids.ts';
import { WILDCARD } from './wildcard.ts';

const BAR = '|';
const isWord = (text: string | undefined): boolean => text !== undefined && text !== WILDCARD && LETTER_OR_DIGIT.test(text);

/** The elements that stand with others, all of them words, in a cell behind a bar: they say what happened. */
export function* cellWords(texts: readonly string[]): Generator<number> {
  for (let bar = texts.indexOf(BAR); bar >= 0; ) {
    let end = bar + 1;
    while (isWord(texts[end])) end++;
    if (end > bar + 2 && (end === texts.length || texts[end] === BAR)) for (let at = bar + 1; at < end; at++) yield at;
    bar = texts.indexOf(BAR, bar + 1);
  }
}

/** Whether an id in hexadecimal stands alone in the cell at `at`. The first cell of a row of values numbers it, whatever its letters spell. */
export const isHexCell = (words: readonly string[], at: number): boolean => {
  const word = words[at] ?? '';
  if (words[at + 1] !== BAR || (at > 0 && words[at - 1] !== BAR)) return false;
  return isHexId(word) || (at === 0 && words[2] === WILDCARD && /^(?:[a-f]{2,}|[A-F]{2,})$/.test(word));
};
