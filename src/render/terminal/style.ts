/** Colours of the terminal views: SGR sequences (ECMA-48), or nothing. */
import type { LogLevel, Severity } from '../../domain/severity.ts';

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36, badgeRed: '1;97;41', badgeOrange: '1;30;43', badgeBlue: '1;97;44', badgeGray: '1;30;47' } as const;
export type StyleName = keyof typeof CODES;

export type Paint = (style: StyleName, text: string) => string;

export const createPaint = (color: boolean): Paint => (color ? (style, text) => (text === '' ? '' : `\u001b[${CODES[style]}m${text}\u001b[0m`) : (_style, text) => text);

const SEVERITY_STYLES: Readonly<Record<Severity, StyleName>> = { P1: 'badgeRed', P2: 'badgeOrange', P3: 'badgeBlue', P4: 'badgeGray' };

/** Without colour the badge keeps its shape: `[P1]`. */
export const severityBadge = (severity: Severity, color: boolean, paint: Paint): string => (color ? paint(SEVERITY_STYLES[severity], ` ${severity} `) : `[${severity}]`);

const LEVEL_STYLES: Readonly<Record<LogLevel, StyleName>> = { FATAL: 'magenta', ERROR: 'red', WARN: 'yellow', INFO: 'green', DEBUG: 'dim', TRACE: 'dim' };

export const levelStyle = (level: LogLevel | null): StyleName => (level === null ? 'dim' : LEVEL_STYLES[level]);
