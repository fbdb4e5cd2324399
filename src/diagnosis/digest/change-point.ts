/** Where the rate of a series shifts most. */
import type { SeriesBucket } from '../../domain/log-summary.ts';
import type { EpochMs, TimeWindow } from '../../domain/time.ts';
import { binCounts, binWidth, dispersionOf, durationOf } from './timeline.ts';

const MAX_BINS = 1024;
/** Log-likelihood ratio a shift must reach after correction for clumping: p about 1e-4 over a thousand candidate points. */
const LEAST_GAIN = 16;

/**
 * One upward change point of a Poisson rate by the largest likelihood ratio (Raftery, Akman 1986), at a bin's start; null where none
 * is significant. The counts' own dispersion before the candidate weakens it, so that clumps are not taken for shifts.
 */
export const changePoint = (buckets: readonly SeriesBucket[], covered: readonly TimeWindow[], leastMs: number): EpochMs | null => {
  const binMs = binWidth(durationOf(covered), MAX_BINS, leastMs);
  const bins = [...binCounts({ widthMs: leastMs, buckets }, covered, binMs)].sort(([a], [b]) => a - b);
  const total = bins.reduce((sum, [, count]) => sum + count, 0);
  let before = 0;
  let best = { gain: 0, index: 0 };
  for (let i = 1; i < bins.length; i++) {
    before += bins[i - 1]?.[1] ?? 0;
    const gain = gainOf({ before, total }, i, bins.length);
    if (gain > best.gain) best = { gain, index: i };
  }
  const at = bins[best.index]?.[0];
  if (at === undefined || best.gain === 0) return null;
  const dispersion = dispersionOf(bins.slice(0, best.index).map(([, count]) => count));
  return best.gain / dispersion >= LEAST_GAIN ? at : null;
};

/** Log-likelihood ratio of two rates against one; 0 where the rate does not rise. */
const gainOf = ({ before, total }: { readonly before: number; readonly total: number }, i: number, n: number): number => {
  const after = total - before;
  if (after / (n - i) <= before / i) return 0;
  return term(before, i) + term(after, n - i) - term(total, n);
};

const term = (count: number, bins: number): number => (count === 0 ? 0 : count * Math.log(count / bins));
