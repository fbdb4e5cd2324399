/**
 * A component that is no longer measured at all while others are: whatever answered the scraper is gone. Prometheus marks such series stale
 * (prometheus.io/docs/prometheus/latest/querying/basics, staleness). Neither a shift nor noughts show it, for there are no samples.
 */
import type { Finding } from '../../domain/finding.ts';
import type { EpochMs, TimeWindow } from '../../domain/time.ts';
import type { MetricAnalysis, SeriesAnalysis } from './analyze-metrics.ts';
import { figure, promqlOf } from './metric-findings.ts';
import { median } from './robust.ts';
import { intervalOf, within } from './samples.ts';
import { componentOf, seriesComponent } from './series-component.ts';

export interface FallenSilent {
  /** Of its last sample. */
  readonly last: EpochMs;
  /** Milliseconds between its samples. */
  readonly step: EpochMs;
  readonly finding: Finding;
}

interface Draft {
  last: EpochMs;
  step: EpochMs;
  /** The longest pause between two samples of all of its series. */
  pause: EpochMs;
  readonly series: SeriesAnalysis[];
}

/** A series alone may have been renamed. */
const MIN_SERIES = 2;
/** Components from which on it can be said that others go on. */
const MIN_COMPONENTS = 3;
/** Steps without a sample: scrapers miss one or two. */
const MIN_STEPS = 4;
/** Longer than the longest pause before by this factor. */
const LONGER = 2;

/** Pauses at the window's borders are of who recorded, not of who was recorded. */
const longestPause = (times: Float64Array, { start, end }: TimeWindow): EpochMs => {
  let longest = 0;
  for (let i = 1; i < times.length; i++) {
    const [from, to] = [times[i - 1] ?? 0, times[i] ?? 0];
    if (!(from < start && to >= start) && !(from < end && to >= end)) longest = Math.max(longest, to - from);
  }
  return longest;
};

/** How often it is measured is known from before the window and from after it. */
const note = (draft: Draft, one: SeriesAnalysis, window: TimeWindow): void => {
  const { times } = one.series;
  const last = within({ times, values: times }, window).times.at(-1) ?? 0;
  draft.last = Math.max(draft.last, last);
  draft.step = Math.max(draft.step, intervalOf(times) ?? 0);
  draft.pause = Math.max(draft.pause, longestPause(times, window));
  draft.series.push(one);
};

const draftsOf = ({ series }: MetricAnalysis, window: TimeWindow): ReadonlyMap<string, Draft> => {
  const drafts = new Map<string, Draft>();
  for (const one of series) {
    const component = seriesComponent(one.series);
    if (component?.kind !== 'service') continue;
    const draft = drafts.get(component.name) ?? { last: 0, step: 0, pause: 0, series: [] };
    note(draft, one, window);
    drafts.set(component.name, draft);
  }
  return drafts;
};

const findingOf = (name: string, { last, step, series }: Draft, others: EpochMs): Finding | null => {
  const shown = series.find(({ meaning }) => meaning.quantity === 'rate') ?? series[0];
  if (shown === undefined) return null;
  const { selector, reference: { spread: { median: usual } } } = shown;
  const onset = last + step;
  return {
    id: `metric:stopped:silent:${selector}`, kind: 'metric', component: componentOf('service', name), faults: { crash: 1 }, role: 'cause', strength: (others - last) / step, onset, end: null, window: null, changeId: null,
    indicator: shown.series.name, summary: `all ${series.length} series of ${name} have no samples from ${new Date(onset).toISOString()} on, while others go on; ${selector} was normally ${figure(usual)}`,
    query: promqlOf(shown), observed: 0, expected: usual, samples: [],
  };
};

/** Components of which every series ended inside the window, long before those of most others did. */
export const fallenSilent = (metrics: MetricAnalysis, window: TimeWindow): ReadonlyMap<string, FallenSilent> => {
  const drafts = draftsOf(metrics, window);
  const found = new Map<string, FallenSilent>();
  if (drafts.size < MIN_COMPONENTS) return found;
  const others = median([...drafts.values()].flatMap(({ last }) => (last > 0 ? [last] : [])));
  for (const [name, draft] of drafts) {
    const { last, step, pause, series } = draft;
    if (series.length < MIN_SERIES || step <= 0 || last <= 0 || others - last < Math.max(MIN_STEPS * step, LONGER * pause)) continue;
    const finding = findingOf(name, draft, others);
    if (finding !== null) found.set(name, { last, step, finding });
  }
  return found;
};
