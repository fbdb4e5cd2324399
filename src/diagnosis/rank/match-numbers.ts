/** A setting's number, and numbers that the telemetry shows: a series that follows it, one that stops at it, an error that quotes it. */
import type { ChangeProfile } from '../../signals/changes/change-profile.ts';
import type { NumberEdit } from '../../signals/changes/number-edits.ts';
import type { SeriesAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { quantileOf, sorted } from '../../signals/metrics/robust.ts';
import { valuesDuring } from '../../signals/metrics/samples.ts';

export interface NumberMatch {
  readonly points: number;
  readonly reason: string | null;
}

const FOLLOWS = 2;
const STOPS = 1.5;
const QUOTED = 1.2;

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 0.02 * Math.max(Math.abs(a), Math.abs(b));

const MIN_SHIFT = 2;
const CLEAR = 4;
/** Samples at the limit beside the highest one: what merely passes by is not held there. */
const HELD = 0.5;
/** Smaller numbers are reached by anything. */
const LEAST_LIMIT = 4;

/** Seconds as milliseconds, and the other way round; megabytes as bytes. */
const SCALES = [1, 1_000, 1 / 1_000, 1_048_576, 1_000_000] as const;

/** It went from 50 to 10, and so did a series, in whatever unit. */
const follows = ({ from, to }: NumberEdit, { shift }: SeriesAnalysis): boolean => shift !== null && shift.strength >= MIN_SHIFT && SCALES.some((scale) => near(shift.expected, from * scale) && near(shift.observed, to * scale));

/** It was set to 10, and since then a series rises up to 10 and stays there. */
const stopsAt = ({ from, to }: NumberEdit, { shift, window, meaning }: SeriesAnalysis): boolean => {
  if (shift === null || shift.direction !== 'up' || shift.strength < CLEAR || to < LEAST_LIMIT || to >= from || meaning.fullScale !== null || near(shift.expected, to)) return false;
  const values = sorted(valuesDuring(window, shift));
  return values.length >= 4 && near(values.at(-1) ?? 0, to) && near(quantileOf(values, 1 - HELD), to);
};

/** What answers and addresses are full of. */
const EVERYWHERE: ReadonlySet<number> = new Set([80, 100, 200, 201, 204, 301, 302, 304, 400, 401, 403, 404, 405, 408, 409, 422, 429, 443, 499, 500, 502, 503, 504, 1000, 3306, 5432, 6379, 8080, 8443, 9090, 9092]);
const LEAST_QUOTED = 20;
const NUMBER = /(?<![\w.:/-])(\d[\d_,]{0,15}(?:\.\d+)?)(?=\s?(?:ms|s|m|k|kb|mb|gb|ki|mi|gi|b|bytes|sec\w*|millis\w*|min\w*|%|\/s)?\b(?![\w.:-]))/gi;
const TELLS_LIMIT = /limit|max|exceed|time[ds]?[- ]?out|deadline|larger|longer|too |over |capacity|quota|full|exhaust|at most|within|after|of \d/i;
const MAX_NUMBERS = 2_000;

/** Numbers in lines that tell of a limit. */
export const numbersIn = (text: string): ReadonlySet<number> => {
  const found = new Set<number>();
  for (const line of text.split('\n')) {
    if (!TELLS_LIMIT.test(line)) continue;
    for (const [, digits = ''] of line.slice(0, 1_000).matchAll(NUMBER)) {
      found.add(Number(digits.replaceAll(/[_,]/g, '')));
      if (found.size >= MAX_NUMBERS) return found;
    }
  }
  return found;
};

const isQuoted = ({ to, from }: NumberEdit, quoted: ReadonlySet<number>): boolean => {
  const as = (value: number): boolean => SCALES.some((scale) => value * scale >= LEAST_QUOTED && !EVERYWHERE.has(value * scale) && quoted.has(value * scale));
  return as(to) && !as(from);
};

/** `quoted`: numbers that the errors tell as limits; `series`: of the components in question. */
export const matchNumbers = ({ edits }: Pick<ChangeProfile, 'edits'>, series: readonly SeriesAnalysis[], quoted: ReadonlySet<number>): NumberMatch => {
  let best: NumberMatch = { points: 0, reason: null };
  for (const edit of edits) {
    if (edit.from === edit.to || best.points >= FOLLOWS) continue;
    const follower = series.find((one) => follows(edit, one));
    if (follower !== undefined) best = { points: FOLLOWS, reason: `it sets ${edit.key} from ${edit.from} to ${edit.to}, and ${follower.selector} follows` };
    const held = best.points >= STOPS ? undefined : series.find((one) => stopsAt(edit, one));
    if (held !== undefined) best = { points: STOPS, reason: `it sets ${edit.key} from ${edit.from} to ${edit.to}, and ${held.selector} stops there` };
    if (best.points >= QUOTED) continue;
    if (isQuoted(edit, quoted)) best = { points: QUOTED, reason: `it sets ${edit.key} from ${edit.from} to ${edit.to}, and the errors tell of ${edit.to}` };
  }
  return best;
};
