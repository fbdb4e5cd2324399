/** A leak climbs, a broken build jumps: does a series reach its new level at once or bit by bit? */
import type { SeriesAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { median } from '../../signals/metrics/robust.ts';
import { valuesDuring } from '../../signals/metrics/samples.ts';

/** Fewer samples show no course. */
const MIN_SAMPLES = 8;
/** Where the first of the new samples are as far on as this, it jumped. */
const AT_ONCE = 0.7;

/** Whether the series jumped to its new level and stayed there; false for one that climbs, and where it is not to be seen. */
export const isAbrupt = ({ window, shift }: SeriesAnalysis): boolean => {
  if (shift === null || shift.preexisting) return false;
  const values = valuesDuring(window, shift);
  if (values.length < MIN_SAMPLES) return false;
  const part = Math.max(2, Math.floor(values.length / 4));
  // The very first sample may average over the change.
  const first = median(values.slice(1, 1 + part)) - shift.expected;
  const last = median(values.slice(-part)) - shift.expected;
  return last !== 0 && first / last >= AT_ONCE;
};
