/**
 * Text from logs ► text that only shows. Terminals, chat and browsers act on some characters; what logs say must not:
 * escape sequences (ECMA-48), C0 and C1 controls, bidirectional overrides (Unicode TR9; CVE-2021-42574), invisible tags, lone surrogates.
 */

// One pass each, no nested repetition: linear time. An unterminated sequence loses its introducer only.
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const SEQUENCES = /(?:\u001B\[|\u009B)[0-?]{0,64}[ -/]{0,8}[@-~]|(?:\u001B\]|\u009D)[^\u0007\u001B\u009C]{0,4096}(?:\u0007|\u001B\\|\u009C)|\u001B[PX^_][^\u001B]{0,4096}\u001B\\|\u001B[ -/]{0,8}[0-Z\\^-~]/g;
const SPACES = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
const INVISIBLE =
  // oxlint-disable-next-line no-control-regex -- see above
  /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|\uDB40[\uDC00-\uDFFF]/g;

const LONE_SURROGATES = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** One line: line feeds and tabs become spaces; spaces at the ends stay. */
export const plainText = (text: string): string => text.replaceAll(SEQUENCES, '').replaceAll(SPACES, ' ').replaceAll(INVISIBLE, '').replaceAll(LONE_SURROGATES, '\uFFFD');

/** As {@link plainText}, without spaces at the ends. */
export const plainLine = (text: string): string => plainText(text).trim();

/** Several lines stay several; each is made plain. At most `maxLines`. */
export const plainLines = (text: string, maxLines: number): readonly string[] => {
  const lines = text.split(/\r\n|[\n\r]/, maxLines + 1).map((line) => plainLineKeepingIndent(line));
  return lines.length > maxLines ? [...lines.slice(0, maxLines), '…'] : lines;
};

/** Indentation tells a stack trace's frames apart. */
const plainLineKeepingIndent = (line: string): string => {
  const indent = /^[ \t]{0,16}/.exec(line)?.[0] ?? '';
  const plain = plainLine(line);
  return plain === '' ? '' : indent.replaceAll('\t', '  ') + plain;
};
