/** `--since`, `--until`, `--timezone` and a `--baseline` range ► instants, or a `usage` error that says what would be right. */
import { type EpochMs, type TimeWindow, toRfc3339 } from '../../domain/time.ts';
import type { CliWords } from '../words/words.ts';
import { type InstantContext, parseInstant } from './instant.ts';
import { usageError } from './parse.ts';
import { type Zone, zoneOf } from './zone.ts';

export const parseZone = (text: string | null, words: CliWords): Zone => {
  const zone = zoneOf(text ?? 'UTC');
  if (zone === null) throw usageError(words.badZone(text ?? ''), words.badZoneHint);
  return zone;
};

const instant = (option: string, text: string, context: InstantContext, words: CliWords): EpochMs => {
  const at = parseInstant(text, context);
  if (at === null) throw usageError(words.badTime(option, text), words.badTimeHint);
  return at;
};

export interface TimeRange {
  readonly since?: EpochMs;
  readonly until?: EpochMs;
}

export const parseTimeRange = (since: string | null, until: string | null, context: InstantContext, words: CliWords): TimeRange => {
  const start = since === null ? undefined : instant('--since', since, context, words);
  const end = until === null ? undefined : instant('--until', until, start === undefined ? context : { ...context, after: start }, words);
  if (start !== undefined && end !== undefined && end <= start) throw usageError(words.emptyRange(toRfc3339(start), toRfc3339(end)), words.emptyRangeHint);
  return { ...(start === undefined ? {} : { since: start }), ...(end === undefined ? {} : { until: end }) };
};

/** `A..B` ► the window, null where the text is no range. */
export const parseBaselineRange = (text: string, context: InstantContext): TimeWindow | null => {
  const at = text.indexOf('..');
  if (at <= 0) return null;
  const start = parseInstant(text.slice(0, at), context);
  const end = start === null ? null : parseInstant(text.slice(at + 2), { ...context, after: start });
  return start === null || end === null || end <= start ? null : { start, end };
};
