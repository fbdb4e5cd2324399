/** What was observed at all, and how completely: a fault that nobody could see must not look like anybody else's. */
import type { Capsule, MetricSeries } from '../../domain/capsule.ts';
import type { Finding } from '../../domain/finding.ts';
import type { MetricAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { median } from '../../signals/metrics/robust.ts';
import { intervalOf } from '../../signals/metrics/samples.ts';
import { seriesComponent } from '../../signals/metrics/series-component.ts';
import type { Coverage } from '../../signals/traces/phases.ts';
import type { Scope } from '../scope.ts';
import type { CallGraph } from './call-graph.ts';

/** What the engines of logs and traces saw of the capsule's times. */
export interface Seen {
  readonly logs: Coverage | null;
  readonly traces: Coverage | null;
}

export interface Observation {
  /** Share of the samples that the series' own rhythm promises and that are not there; median over series, 0 of none. */
  readonly missingSamples: number;
  /** Services that are called of which no signal holds anything although it does of others; sorted. */
  readonly unseen: readonly string[];
  /** The same of services that were changed. */
  readonly unseenChanged: readonly string[];
  /** The same of services that the symptom or an alert names. */
  readonly unseenSufferers: readonly string[];
  /** Milliseconds from one sample of a series to the next; median over series, 0 of none. */
  readonly stepMs: number;
}

/** Series looked at for their rhythm. */
const MAX_SERIES = 400;
/** Fewer samples have no rhythm. */
const MIN_SAMPLES = 5;
const RHYTHM = 0.1;
/** Longer than this many beats nothing was recorded on purpose. */
const PAUSE = 12;

/** A scraper's rhythm is its shortest usual step; what is missing makes other steps longer. Where a few steps are far longer, those are pauses between recordings. */
const missingOf = ({ times }: MetricSeries): number | null => {
  if (times.length < MIN_SAMPLES) return null;
  const steps = new Float64Array(times.length - 1);
  for (let i = 1; i < times.length; i++) steps[i - 1] = (times[i] ?? 0) - (times[i - 1] ?? 0);
  const ascending = steps.slice().sort();
  const rhythm = ascending[Math.floor((ascending.length - 1) * RHYTHM)] ?? 0;
  if (rhythm <= 0) return null;
  let expected = 1;
  for (const step of steps) expected += step > PAUSE * rhythm ? 1 : Math.max(1, Math.round(step / rhythm));
  return 1 - times.length / expected;
};

const missingSamples = (metrics: readonly MetricSeries[]): number => {
  const step = Math.max(1, Math.ceil(metrics.length / MAX_SERIES));
  const shares: number[] = [];
  for (let i = 0; i < metrics.length; i += step) {
    const share = metrics[i] === undefined ? null : missingOf(metrics[i] as MetricSeries);
    if (share !== null) shares.push(share);
  }
  shares.sort((a, b) => a - b);
  return shares[shares.length >> 1] ?? 0;
};

const stepOf = ({ series }: MetricAnalysis): number => {
  const steps = series.slice(0, MAX_SERIES).flatMap(({ window: { times } }) => intervalOf(times) ?? []);
  return steps.length === 0 ? 0 : median(steps);
};

const observedNames = (capsule: Capsule, findings: readonly Finding[]): ReadonlySet<string> => {
  const names = new Set<string>();
  const note = (name: string | undefined): void => {
    if (name !== undefined) names.add(name.toLowerCase());
  };
  for (const series of capsule.metrics) note(seriesComponent(series)?.name);
  for (const service of new Set(capsule.spans.services)) note(capsule.spans.names[service]);
  for (const { component, kind } of findings) if (kind !== 'change') note(component.name);
  return names;
};

interface Observed {
  readonly capsule: Capsule;
  readonly signals: { readonly metrics: MetricAnalysis; readonly findings: readonly Finding[] };
  readonly scope: Scope;
  readonly graph: CallGraph;
}

export const observationOf = ({ capsule, signals: { metrics, findings }, scope, graph }: Observed): Observation => {
  const observed = observedNames(capsule, findings);
  const isUnseen = (name: string): boolean => !observed.has(name.toLowerCase());
  const isJudgeable = observed.size > 0 && capsule.kubernetes.length === 0;
  const changed = capsule.changes.flatMap(({ service }) => (service === null ? [] : [service]));
  return {
    missingSamples: missingSamples(capsule.metrics),
    unseen: isJudgeable ? [...new Set(graph.names.filter(isUnseen))] : [],
    unseenChanged: isJudgeable ? [...new Set(changed.filter(isUnseen))].sort() : [],
    unseenSufferers: isJudgeable ? scope.sufferers.filter(isUnseen) : [],
    stepMs: stepOf(metrics),
  };
};
