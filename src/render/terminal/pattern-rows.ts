/** Patterns as rows: level, count, sparkline, template. */
import type { LogLevel } from '../../domain/severity.ts';
import { displayWidth, padEnd, padStart, truncate } from '../display-width.ts';
import { plainLine } from '../plain-text.ts';
import { shortCount } from '../time-text.ts';
import { levelStyle, type Paint } from './style.ts';

export interface PatternRow {
  readonly level: LogLevel | null;
  readonly count: number;
  readonly sparkline: string;
  readonly template: string;
  /** `was 12`, service names: shown dim after the template where there is room. */
  readonly note: string;
}

/** The message stays visible: what does not fit is cut from the note first, then from the template's end. */
export const patternRow = (row: PatternRow, width: number, paint: Paint): string => {
  const head = `${padEnd(row.level ?? '-', 5)} ${padStart(shortCount(row.count), 5)}  `;
  const room = width - head.length - row.sparkline.length - 2;
  const template = truncate(plainLine(row.template), room);
  const left = room - displayWidth(template) - 3;
  const note = row.note !== '' && left >= 8 ? `  ${truncate(row.note, left)}` : '';
  return `${paint(levelStyle(row.level), padEnd(row.level ?? '-', 5))} ${padStart(shortCount(row.count), 5)}  ${paint('cyan', row.sparkline)}  ${withVariables(template, paint)}${paint('dim', note)}`;
};

/** The places that vary, set apart. */
const withVariables = (template: string, paint: Paint): string => template.split('<*>').join(paint('blue', '<*>'));
