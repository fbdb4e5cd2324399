/** Ids in hexadecimal that happen to hold no digit. */

/** Words of English that are spelt with the digits of hexadecimal numbers. */
const HEX_WORDS = new Set('ad add added be bed bead bad cab dab dad dead deaf deed fab fad fade faded fed fee feed face faced beef cafe decade facade ebb'.split(' '));

/** Letters that may be digits in hexadecimal, and no word of English. */
export const isHexId = (word: string): boolean => word.length > 1 && /^(?:[a-f]+|[A-F]+)$/.test(word) && !HEX_WORDS.has(word.toLowerCase());
