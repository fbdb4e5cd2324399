/** Samples ► at most so many points in runs, with gaps kept as gaps and extremes as extremes. */
import { type ChartPoint, MAX_CHART_POINTS } from '../../domain/report-view.ts';
import { intervalOf, type Samples } from '../../signals/metrics/samples.ts';

/** A distance of more intervals than this between two samples is a gap. */
const GAP_INTERVALS = 2.5;
const MAX_RUNS = 80;

/** Start indices of runs. */
const startsOf = (times: Float64Array, gapMs: number): readonly number[] => {
  const starts: number[] = [];
  for (let i = 0; i < times.length; i++) if (i === 0 || (times[i] ?? 0) - (times[i - 1] ?? 0) > gapMs) starts.push(i);
  return starts;
};

/** The lowest and the highest sample of each of equal parts, in time order, with the first and the last sample. */
const thinned = (points: readonly ChartPoint[], most: number): readonly ChartPoint[] => {
  if (points.length <= most) return points;
  const parts = Math.max(1, (most - 2) >> 1);
  const kept = new Set<number>(most >= 4 ? [0, points.length - 1] : []);
  for (let part = 0; part < parts; part++) {
    const from = Math.floor((part * points.length) / parts);
    const to = Math.floor(((part + 1) * points.length) / parts);
    let low = from;
    let high = from;
    for (let i = from; i < to; i++) {
      if ((points[i]?.value ?? 0) < (points[low]?.value ?? 0)) low = i;
      if ((points[i]?.value ?? 0) > (points[high]?.value ?? 0)) high = i;
    }
    if (most === 1) return points.slice(high, high + 1);
    kept.add(low).add(high);
  }
  return points.filter((_, index) => kept.has(index));
};

/** `times` ascending; both arrays finite. */
export const chartRuns = ({ times, values }: Samples): readonly (readonly ChartPoint[])[] => {
  if (times.length === 0) return [];
  let gapMs = GAP_INTERVALS * (intervalOf(times) ?? 0);
  let starts = startsOf(times, gapMs);
  while (starts.length > MAX_RUNS) {
    gapMs = 2 * Math.max(1, gapMs);
    starts = startsOf(times, gapMs);
  }
  const room = MAX_CHART_POINTS - starts.length;
  return starts.map((from, index) => {
    const to = starts[index + 1] ?? times.length;
    const points = Array.from({ length: to - from }, (_, i): ChartPoint => ({ at: times[from + i] ?? 0, value: values[from + i] ?? 0 }));
    return times.length <= MAX_CHART_POINTS ? points : thinned(points, 1 + Math.floor((room * points.length) / times.length));
  });
};
