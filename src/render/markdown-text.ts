/** Log text in Markdown: it can form no link, image, mention, HTML or heading. */
import { truncate } from './display-width.ts';
import { plainLine } from './plain-text.ts';

/** Nothing that marks up keeps its meaning; a zero-width space keeps bare addresses and mentions from becoming links. */
export const escapeMarkdown = (text: string): string =>
  plainLine(text)
    .replaceAll(/[\\`*_[\]|~<>&$]/g, String.raw`\$&`)
    .replaceAll('://', ':\u200B//')
    .replaceAll(/\bwww\./gi, 'www\u200B.')
    .replaceAll('@', '@\u200B')
    .replaceAll(/^([-+=:#]|\d+[.)])/g, String.raw`\$1`);

/** Log text in code cannot become a link either, should its fence be lost on the way; commands and queries stay as they are. */
export const defused = (text: string): string => text.replaceAll('](', ']\u200B(');

const longestRun = (text: string): number => Math.max(0, ...Array.from(text.matchAll(/`+/g), (match) => match[0].length));

/** A code span: its fence is longer than any run of back-ticks in it. */
export const rawCodeSpan = (plain: string): string => {
  const fence = '`'.repeat(longestRun(plain) + 1);
  const pad = plain.startsWith('`') || plain.endsWith('`') ? ' ' : '';
  return plain === '' ? '' : `${fence}${pad}${plain}${pad}${fence}`;
};

export const codeSpan = (text: string): string => rawCodeSpan(truncate(defused(plainLine(text)), 300));

/** In a table even a code span's bars need an escape (GitHub Flavored Markdown, 4.10). */
export const codeCell = (text: string): string => rawCodeSpan(truncate(defused(plainLine(text)), 200)).replaceAll('|', String.raw`\|`);

export const codeBlock = (lines: readonly string[], language = ''): string => {
  const fence = '`'.repeat(Math.max(2, ...lines.map(longestRun)) + 1);
  return `${fence}${language}\n${lines.join('\n')}\n${fence}`;
};
