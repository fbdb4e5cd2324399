/** The few series that matter: those the first hypotheses cite, and the symptom's own. */
import type { Capsule } from '../../domain/capsule.ts';
import type { Report } from '../../domain/report.ts';
import { type ChartRole, MAX_CHARTS, type NormalBand, type SeriesChart } from '../../domain/report-view.ts';
import type { TimeWindow } from '../../domain/time.ts';
import type { MetricAnalysis, SeriesAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { hurts, promqlOf } from '../../signals/metrics/metric-findings.ts';
import { quantileOf, sorted } from '../../signals/metrics/robust.ts';
import { prepare, within } from '../../signals/metrics/samples.ts';
import { seriesComponent } from '../../signals/metrics/series-component.ts';
import { wordsOf } from '../../signals/metrics/vocabulary.ts';
import { scopeOf } from '../scope.ts';
import { chartRuns } from './chart-points.ts';
import { beganEarlier } from './cited-findings.ts';

const HYPOTHESES = 3;
/** Replicas of one component tell the same story twice. */
const MAX_ALIKE = 2;
const MAX_SYMPTOMS = 2;
/** A symptom weaker than this is not worth a chart. */
const MIN_SYMPTOM_STRENGTH = 3;

const UNITS = new Set(['seconds', 'milliseconds', 'microseconds', 'ms', 'bytes', 'percent', 'ratio', 'celsius', 'cores', 'bits', 'packets']);

const unitOf = ({ series }: SeriesAnalysis): string | null => {
  const { unit } = series.labels;
  if (unit !== undefined && unit !== '') return unit;
  return wordsOf(series.name).findLast((word) => UNITS.has(word)) ?? null;
};

const SAID_ELSEWHERE = new Set(['service', 'service_name', 'unit', 'namespace', 'job']);
const MAX_LABELS = 4;

const detailOf = ({ series }: SeriesAnalysis): string | null => {
  const labels = Object.keys(series.labels).filter((label) => !SAID_ELSEWHERE.has(label)).sort().slice(0, MAX_LABELS);
  return labels.length === 0 ? null : labels.map((label) => `${label}=${series.labels[label] ?? ''}`).join(' ');
};

const bandOf = ({ reference: { values, spread } }: SeriesAnalysis): NormalBand | null => {
  if (spread.count === 0) return null;
  const ascending = sorted(values);
  return { median: spread.median, low: quantileOf(ascending, 0.25), high: quantileOf(ascending, 0.75) };
};

/** Normal times are shown where they join the window, and no longer than the window is. */
const shownTimes = (window: TimeWindow, reference: TimeWindow | null): { readonly shown: TimeWindow; readonly baseline: TimeWindow | null } => {
  const length = window.end - window.start;
  if (reference === null || reference.end < window.start - length / 2 || reference.start >= window.end) return { shown: window, baseline: null };
  const start = Math.min(window.start, Math.max(reference.start, window.start - length));
  return { shown: { start, end: window.end }, baseline: { start: Math.max(start, reference.start), end: Math.min(reference.end, window.end) } };
};

interface Chosen {
  readonly analysis: SeriesAnalysis;
  readonly evidence: string | null;
  readonly role: ChartRole;
}

/** Of the sufferers' latency, failures and traffic the most shifted. */
const symptomsOf = (capsule: Capsule, metrics: MetricAnalysis): readonly SeriesAnalysis[] => {
  const { sufferers } = scopeOf(capsule);
  return metrics.series
    .filter((analysis) => {
      const { shift, meaning } = analysis;
      if (shift === null || shift.strength < MIN_SYMPTOM_STRENGTH || meaning.internal || meaning.quantity === 'other' || !hurts(meaning, shift)) return false;
      const component = seriesComponent(analysis.series);
      return component === null || sufferers.includes(component.name);
    })
    .sort((a, b) => (b.shift?.strength ?? 0) - (a.shift?.strength ?? 0) || (a.selector < b.selector ? -1 : 1));
};

const candidates = (capsule: Capsule, metrics: MetricAnalysis, report: Report): readonly Chosen[] => {
  const byQuery = new Map(metrics.series.map((analysis) => [promqlOf(analysis), analysis]));
  const evidence = new Map(report.evidence.map((one) => [one.id, one]));
  const cited = report.hypotheses.slice(0, HYPOTHESES).map(({ evidence: ids }, index) =>
    ids.flatMap((id): readonly Chosen[] => {
      const one = evidence.get(id);
      const analysis = one?.kind === 'metric' && one.query !== null ? byQuery.get(one.query) : undefined;
      return analysis === undefined ? [] : [{ analysis, evidence: id, role: index === 0 ? 'blamed' : 'other' }];
    }),
  );
  const symptoms = symptomsOf(capsule, metrics).slice(0, MAX_SYMPTOMS).map((analysis): Chosen => ({ analysis, evidence: null, role: 'symptom' }));
  return [...(cited[0] ?? []).slice(0, MAX_CHARTS - MAX_SYMPTOMS), ...symptoms, ...cited.slice(1).flat()];
};

/** No series twice, and not every replica of one metric. */
const distinct = (chosen: readonly Chosen[]): readonly Chosen[] => {
  const seen = new Set<SeriesAnalysis>();
  const alike = new Map<string, number>();
  return chosen.filter(({ analysis }) => {
    const key = `${analysis.series.name}\n${seriesComponent(analysis.series)?.name ?? ''}`;
    const count = alike.get(key) ?? 0;
    if (seen.has(analysis) || count >= MAX_ALIKE) return false;
    seen.add(analysis);
    alike.set(key, count + 1);
    return true;
  });
};

const chartOf = ({ analysis, evidence, role }: Chosen, window: TimeWindow, reference: TimeWindow | null): SeriesChart => {
  const { shown, baseline } = shownTimes(window, reference);
  return {
    evidence,
    role,
    metric: analysis.series.name,
    selector: analysis.selector,
    component: seriesComponent(analysis.series)?.name ?? null,
    detail: detailOf(analysis),
    unit: unitOf(analysis),
    isRate: analysis.counter,
    shown,
    window,
    baseline,
    band: bandOf(analysis),
    onset: analysis.shift?.onset ?? analysis.stopped?.onset ?? null,
    isEarlier: beganEarlier(analysis, window.start),
    observed: analysis.shift?.observed ?? null,
    runs: chartRuns(within(prepare(analysis.series), shown)),
  };
};

export const seriesCharts = (capsule: Capsule, metrics: MetricAnalysis, report: Report): readonly SeriesChart[] =>
  distinct(candidates(capsule, metrics, report))
    .slice(0, MAX_CHARTS)
    .map((chosen) => chartOf(chosen, capsule.window, metrics.reference))
    .filter(({ runs }) => runs.length > 0);
