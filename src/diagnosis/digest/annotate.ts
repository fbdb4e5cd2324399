/** First stage: what each pattern is, before time is looked at. */
import type { LogException, LogPattern, LogSummary, TimeSeries } from '../../domain/log-summary.ts';
import type { KnownFailure } from '../../signals/logs/knowledge/known-failure.ts';
import { isClaim, matchKnownFailures } from '../../signals/logs/knowledge/match-known-failures.ts';
import { errorCodesOf, filledTemplate } from './error-codes.ts';

/** `mild` is everything that is neither an error nor a warning. */
export type Weight = 'fatal' | 'error' | 'warn' | 'mild';

export interface Annotated {
  readonly pattern: LogPattern;
  readonly weight: Weight;
  /** The events that make it this weight, over time. */
  readonly series: TimeSeries;
  /** How many those are, timed or not. */
  readonly count: number;
  /** The most specific known failure its words show. */
  readonly failure: KnownFailure | null;
  readonly codes: readonly string[];
  /** It argues a cause or gives orders: nothing it says is believed. */
  readonly claim: boolean;
}

/** Below this share of errors a pattern's series says nothing about its errors. */
const MAIN_SHARE = 0.5;

export const isBad = (item: Annotated): boolean => item.weight === 'fatal' || item.weight === 'error';

/** Every pattern, annotated, sorted by id: no later stage can see the order of the summary. */
export const annotate = (summary: LogSummary): readonly Annotated[] => {
  const exceptions = new Map(summary.exceptions.map((exception) => [exception.fingerprint, exception]));
  return [...summary.patterns].sort((a, b) => (a.id < b.id ? -1 : 1)).map((pattern) => annotateOne(pattern, exceptions));
};

const annotateOne = (pattern: LogPattern, known: ReadonlyMap<string, LogException>): Annotated => {
  const own = Object.keys(pattern.exceptions).sort().flatMap((id) => known.get(id) ?? []);
  const weightByLevel = levelWeight(pattern);
  if (weightByLevel === 'mild' && pattern.level !== null) return { pattern, weight: 'mild', series: pattern.series, count: pattern.count, failure: null, codes: [], claim: false };
  const codes = errorCodesOf(pattern, own);
  const texts = [filledTemplate(pattern), ...own.map((exception) => exception.message)];
  const failure = matchKnownFailures({ texts, types: own.flatMap((exception) => exception.types), codes })[0]?.failure ?? null;
  const weight = weightByLevel === 'mild' && failure?.severe === true ? 'error' : weightByLevel;
  const series = weight === 'mild' || weight === 'warn' ? pattern.series : (pattern.errorSeries ?? pattern.series);
  const count = weight === 'error' || weight === 'fatal' ? errorCount(pattern) : pattern.count;
  return { pattern, weight, series, count, failure: weight === 'mild' ? null : failure, codes, claim: texts.some(isClaim) };
};

const errorCount = (pattern: LogPattern): number => {
  const errors = (pattern.levels.ERROR ?? 0) + (pattern.levels.FATAL ?? 0);
  return errors > 0 && pattern.errorSeries !== undefined ? errors : pattern.count;
};

const levelWeight = (pattern: LogPattern): Weight => {
  if (pattern.level === null) return 'mild';
  const errors = (pattern.levels.ERROR ?? 0) + (pattern.levels.FATAL ?? 0);
  const levelled = Object.values(pattern.levels).reduce((sum, count) => sum + count, 0);
  const mostly = levelled === 0 || pattern.errorSeries !== undefined || errors >= MAIN_SHARE * levelled;
  if (pattern.level === 'FATAL' && mostly) return 'fatal';
  if ((pattern.level === 'ERROR' || pattern.level === 'FATAL') && mostly) return 'error';
  return pattern.level === 'WARN' || pattern.level === 'ERROR' || pattern.level === 'FATAL' ? 'warn' : 'mild';
};
