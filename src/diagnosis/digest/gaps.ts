/** What was not there, and what that leaves open. */
import type { LogSummary } from '../../domain/log-summary.ts';
import { toRfc3339 } from '../../domain/time.ts';
import { type Annotated, isBad } from './annotate.ts';
import type { ChangeKind, Changes } from './change.ts';
import type { Words } from './words/words.ts';

export interface GapFacts {
  readonly summary: LogSummary;
  readonly items: readonly Annotated[];
  readonly changes: Changes;
  readonly words: Words;
  readonly scattered: number;
  readonly moreIncidents: number;
  readonly unlisted: readonly { readonly name: ChangeKind; readonly count: number }[];
}

/** The engine's own sentences first, then those of the digest. */
export const digestGaps = (facts: GapFacts): readonly string[] => [...new Set([...facts.summary.gaps, ...timeGaps(facts), ...compareGaps(facts), ...listGaps(facts)])];

const timeGaps = ({ summary, items, words }: GapFacts): readonly string[] => {
  const bad = items.filter(isBad);
  const errors = bad.reduce((sum, { count }) => sum + count, 0);
  const timed = bad.reduce((sum, { series }) => sum + series.buckets.reduce((total, { count }) => total + count, 0), 0);
  const gaps: string[] = [];
  if (summary.events > 0 && summary.period === null) gaps.push(words.gapNoTime(errors));
  else if (errors - timed > 0) gaps.push(words.gapSomeUntimed(errors - timed));
  if (summary.events > 0 && items.every(({ pattern }) => pattern.level === null)) gaps.push(words.gapNoLevels());
  return gaps;
};

const compareGaps = ({ summary, changes, words }: GapFacts): readonly string[] => {
  if (changes.given || summary.events === 0) return [];
  if (changes.baseline === null) return [words.gapNoBaseline()];
  return [words.gapEarlierPart({ start: toRfc3339(changes.baseline.start), end: toRfc3339(changes.baseline.end) })];
};

const listGaps = ({ items, words, scattered, moreIncidents, unlisted }: GapFacts): readonly string[] => {
  const other = items.find(({ pattern }) => pattern.template === '<*>')?.pattern.count ?? 0;
  const claims = items.filter(({ claim }) => claim).length;
  return [
    ...(other > 0 ? [words.gapOther(other)] : []),
    ...(claims > 0 ? [words.gapClaims(claims)] : []),
    ...(scattered > 0 ? [words.gapScattered(scattered)] : []),
    ...(moreIncidents > 0 ? [words.gapMoreIncidents(moreIncidents)] : []),
    ...unlisted.filter(({ count }) => count > 0).map(({ name, count }) => words.gapMorePatterns(count, name)),
  ];
};
