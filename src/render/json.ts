/** JSON output: the contract's object, one of it, safe to print on a terminal. */

/** Valid inside JSON strings, but acted on by terminals, editors or JavaScript: C1 controls, bidirectional marks, line separators. */
const UNSAFE = /[\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** One line, no line feed. */
export const jsonLine = (value: unknown): string => JSON.stringify(value).replaceAll(UNSAFE, escaped);

/** Indented, with a line feed at the end. */
export const renderJson = (value: unknown): string => `${JSON.stringify(value, null, 2).replaceAll(UNSAFE, escaped)}\n`;
