/** One finding for each component and quantity that left its normal range. */
import type { Finding } from '../../domain/finding.ts';
import type { Fault } from '../../domain/report.ts';
import type { SeriesAnalysis, MetricAnalysis } from './analyze-metrics.ts';
import type { Shift } from './shift.ts';
import { componentOf, seriesComponent } from './series-component.ts';
import type { MetricMeaning } from './vocabulary.ts';

/** In units of the reference's robust standard deviation. */
export const MIN_STRENGTH = 3;

/** Does the shift go the way that hurts? */
export const hurts = (meaning: MetricMeaning, shift: Shift): boolean => meaning.bad === 'both' || meaning.bad === shift.direction;

const roleOf = (meaning: MetricMeaning, shift: Shift): Finding['role'] => {
  if (meaning.quantity === 'other' || !hurts(meaning, shift)) return 'context';
  return meaning.internal ? 'cause' : 'symptom';
};

const unitOf = (analysis: SeriesAnalysis): string => {
  const { unit } = analysis.series.labels;
  const base = unit === undefined ? '' : ` ${unit}`;
  return analysis.counter ? `${base}/s` : base;
};

/** Four significant digits at most. */
export const figure = (value: number): string => (Number.isFinite(value) ? String(Number(value.toPrecision(4))) : 'n/a');

const sentence = (analysis: SeriesAnalysis, shift: Shift): string => {
  const unit = unitOf(analysis);
  const verb = shift.direction === 'up' ? 'rose' : 'fell';
  const where = shift.preexisting ? 'before the window began' : `at ${new Date(shift.onset).toISOString()}`;
  return `${analysis.selector} ${verb} from ${figure(shift.expected)} to ${figure(shift.observed)}${unit} (${figure(shift.strength)} times its normal spread), beginning ${where}`;
};

/** What a mean was made of. */
const quotient = (selector: string): string => {
  const counterOf = (part: string): string => `rate(${selector.replace(/_mean(?=\{|$)/, part)}[5m])`;
  return `${counterOf('_sum')} / ${counterOf('_count')}`;
};

/** PromQL that shows the series again. */
export const promqlOf = ({ selector, counter, isMean }: SeriesAnalysis): string => (isMean ? quotient(selector) : counter ? `rate(${selector}[5m])` : selector);

const faultsOf = (meaning: MetricMeaning, shift: Shift): Readonly<Partial<Record<Fault, number>>> => {
  if (!hurts(meaning, shift)) return {};
  if (meaning.quantity === 'rate' && shift.direction === 'down') return {};
  return meaning.faults;
};

export const findingOf = (analysis: SeriesAnalysis, shift: Shift): Finding => {
  const component = seriesComponent(analysis.series) ?? componentOf('external', 'clients');
  return {
    id: `metric:${analysis.selector}`,
    kind: 'metric',
    component,
    faults: faultsOf(analysis.meaning, shift),
    role: component.kind === 'external' ? 'context' : roleOf(analysis.meaning, shift),
    strength: shift.strength,
    onset: shift.onset,
    end: shift.end,
    window: { start: shift.onset, end: shift.end ?? shift.onset + shift.durationMs },
    changeId: null,
    indicator: analysis.series.name,
    summary: sentence(analysis, shift),
    query: promqlOf(analysis),
    observed: shift.observed,
    expected: shift.expected,
    samples: [],
  };
};

/** That a rate ceased; null where it did not. */
export const stoppedFinding = (analysis: SeriesAnalysis): Finding | null => {
  const { stopped, reference } = analysis;
  if (stopped === null) return null;
  const usual = reference.spread.median;
  return {
    id: `metric:stopped:${analysis.selector}`, kind: 'metric', component: seriesComponent(analysis.series) ?? componentOf('external', 'clients'), faults: {}, role: 'symptom',
    strength: stopped.surprise, onset: stopped.onset, end: null, window: null, changeId: null, indicator: analysis.series.name,
    summary: `${analysis.selector} ceased at ${new Date(stopped.onset).toISOString()}: 0 in ${stopped.samples} samples in a row, normally ${figure(usual)}`,
    query: promqlOf(analysis), observed: 0, expected: usual, samples: [],
  };
};

/** Strongest first, then by id. */
export const metricFindings = (analysis: MetricAnalysis, minStrength: number = MIN_STRENGTH): readonly Finding[] => {
  const best = new Map<string, { readonly analysis: SeriesAnalysis; readonly shift: Shift }>();
  for (const one of analysis.series) {
    const { shift } = one;
    if (shift === null || shift.strength < minStrength) continue;
    const component = seriesComponent(one.series);
    const key = JSON.stringify([component?.kind, component?.name, component?.pod, component?.source, one.series.labels['reporter'], one.meaning.quantity, one.series.name, shift.direction]);
    const known = best.get(key);
    if (known === undefined || shift.strength > known.shift.strength) best.set(key, { analysis: one, shift });
  }
  const findings = [...best.values()].map((entry) => findingOf(entry.analysis, entry.shift));
  return findings.sort((a, b) => b.strength - a.strength || (a.id < b.id ? -1 : 1));
};
