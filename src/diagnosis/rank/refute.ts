/** Guesses from outside give way to what was measured inside: nobody is short of CPU whose CPU is as idle as ever. */
import type { Fault } from '../../domain/report.ts';
import type { MetricAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { hurts } from '../../signals/metrics/metric-findings.ts';
import { seriesComponent } from '../../signals/metrics/series-component.ts';
import type { Quantity } from '../../signals/metrics/vocabulary.ts';
import type { Clue } from './clue.ts';

/** Resources whose own metric decides. */
const MEASURED_BY: Readonly<Partial<Record<Fault, Quantity>>> = { cpu: 'cpu', memory: 'memory', disk: 'disk' };
const RISEN = 1.3;
const FULL = 0.75;
/** What is left of a guess that the measurement does not bear out. */
const LEFT = 0.3;

/** `service/quantity` of resources that were measured, and whether any of their series rose. */
const measuredResources = (metrics: MetricAnalysis): ReadonlyMap<string, boolean> => {
  const measured = new Map<string, boolean>();
  for (const { series, meaning, shift, window, reference } of metrics.series) {
    const component = seriesComponent(series);
    if (component === null || window.values.length === 0 || !Number.isFinite(reference.spread.median)) continue;
    const key = `${component.name}/${meaning.quantity}`;
    const isHeadroom = meaning.bad === 'down';
    const last = window.values.slice(-200);
    const used = isHeadroom ? (meaning.fullScale ?? 0) - Math.min(...last) : Math.max(...last);
    const full = meaning.fullScale !== null && used >= FULL * meaning.fullScale;
    const [more, less] = isHeadroom ? [shift?.expected ?? 0, shift?.observed ?? 0] : [shift?.observed ?? 0, shift?.expected ?? 0];
    const risen = full || (shift !== null && hurts(meaning, shift) && more >= RISEN * less);
    measured.set(key, (measured.get(key) ?? false) || risen);
  }
  return measured;
};

/** Clues of other signals that accuse a resource which the metrics saw and found calm are kept at a fraction of their points. */
export const refuteByMetrics = (clues: readonly Clue[], metrics: MetricAnalysis): readonly Clue[] => {
  const measured = measuredResources(metrics);
  return clues.map((clue) => {
    const quantity = MEASURED_BY[clue.fault];
    if (quantity === undefined || measured.get(`${clue.component.name}/${quantity}`) !== false) return clue;
    const { component, fault, points, findings, topic } = clue;
    return { component, fault, points: points * LEFT, leading: false, findings, topic };
  });
};
