/** How each component fares by its metrics: excess latency, failures, traffic, and what its resources do. */
import type { EpochMs } from '../../domain/time.ts';
import type { MetricAnalysis, SeriesAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { limitFor } from '../../signals/metrics/limits.ts';
import { CALLERS_WORDS, seriesComponent } from '../../signals/metrics/series-component.ts';
import { hurts } from '../../signals/metrics/metric-findings.ts';
import { wordsOf } from '../../signals/metrics/vocabulary.ts';
import { persistenceOf } from './persistence.ts';

/** A stretch in which latency or failures are above normal. */
export interface Excess {
  readonly analysis: SeriesAnalysis;
  readonly strength: number;
  /** 0 to 1: how many consecutive samples say so; one may be an accident. */
  readonly persistence: number;
  /** Milliseconds for latency; share of calls (0 to 1) for failures. */
  readonly amount: number;
  readonly onset: EpochMs;
}

export interface Resource {
  readonly analysis: SeriesAnalysis;
  readonly strength: number;
  readonly persistence: number;
  /** 0 to 1: below 1 where its level is one at which the better used among its siblings always are. */
  readonly weight: number;
  /** Observed level in units of the normal one; of what is left of a resource, the normal one in units of the observed. */
  readonly ratio: number;
  /** Observed level as a share of the limit that the component itself reports for it; null where it reports none. */
  readonly used: number | null;
  readonly onset: EpochMs;
}

export interface Health {
  readonly name: string;
  readonly kind: 'service' | 'node';
  /** By quantile (`mean` for none): latency as the component's own side measured it; of one that measures nothing, as its callers did. */
  readonly latency: ReadonlyMap<string, Excess>;
  /** Quantiles (`mean`, `max`) of its latency that its own side measures at all, shifted or not. */
  readonly quantiles: ReadonlySet<string>;
  /** Latency of calls to it as its callers measured it, by caller. */
  readonly clientLatency: ReadonlyMap<string, Excess>;
  /** Callers that measure their calls to it, slower or not. */
  readonly clients: ReadonlySet<string>;
  /** The same calls as it measured them itself. */
  readonly edgeLatency: ReadonlyMap<string, Excess>;
  /** Milliseconds: the highest of its latency series' usual levels; null where none is measured. */
  readonly usualLatencyMs: number | null;
  readonly errors: Excess | null;
  /** Usual calls per sample; null where not measured. */
  readonly calls: number | null;
  readonly traffic: Resource | null;
  /** The series whose calls ceased most surprisingly; null of none. */
  readonly stopped: SeriesAnalysis | null;
  readonly resources: readonly Resource[];
  /** Whether its processor is measured, busier or not. */
  readonly measuresCpu: boolean;
}

interface Draft {
  name: string;
  kind: 'service' | 'node';
  latency: Map<string, Excess>;
  quantiles: Set<string>;
  clients: Set<string>;
  clientLatency: Map<string, Excess>;
  edgeLatency: Map<string, Excess>;
  usualLatencyMs: number | null;
  errors: Excess | null;
  calls: number | null;
  traffic: Resource | null;
  stopped: SeriesAnalysis | null;
  resources: Resource[];
  limits: SeriesAnalysis[];
  measuresCpu: boolean;
}

const MILLISECONDS: Readonly<Record<string, number>> = { seconds: 1000, s: 1000, second: 1000, milliseconds: 1, ms: 1, millis: 1, microseconds: 0.001, us: 0.001, usec: 0.001, usecs: 0.001, micros: 0.001, msec: 1, msecs: 1, nanoseconds: 1e-6, ns: 1e-6 };

/** Milliseconds in one unit of a latency series; seconds where nothing says, as Prometheus asks. */
const millisecondsIn = (analysis: SeriesAnalysis): number => {
  const { unit } = analysis.series.labels;
  if (unit !== undefined) return MILLISECONDS[unit] ?? 1;
  return wordsOf(analysis.series.name).map((word) => MILLISECONDS[word]).find((factor) => factor !== undefined) ?? 1000;
};

const stronger = (a: Excess | null | undefined, b: Excess): Excess => (a === null || a === undefined || b.strength > a.strength ? b : a);

const failureShare = (analysis: SeriesAnalysis, delta: number): number => {
  const full = analysis.meaning.fullScale ?? (analysis.reference.spread.max > 1.0001 ? null : 1);
  if (full !== null) return Math.min(1, Math.abs(delta) / full);
  if (analysis.meaning.quantity === 'success') return Math.min(1, Math.abs(delta) / Math.max(1, analysis.reference.spread.median));
  // A count or rate of errors without a whole to compare with.
  return Math.min(1, Math.abs(delta) / Math.max(Math.abs(analysis.shift?.observed ?? 0), 1));
};

const excessOf = (analysis: SeriesAnalysis): Excess | null => {
  const { shift, meaning } = analysis;
  if (shift === null || !hurts(meaning, shift)) return null;
  const delta = Math.abs(shift.observed - shift.expected);
  const amount = meaning.quantity === 'latency' ? delta * millisecondsIn(analysis) : failureShare(analysis, delta);
  return { analysis, strength: shift.strength, persistence: persistenceOf(shift.samples, analysis.reference.values.length), amount, onset: shift.onset };
};

/** A component that now uses what its siblings use all day has not run out of it. */
const weightOf = ({ busy, meaning }: SeriesAnalysis, observed: number): number => {
  if (meaning.quantity !== 'cpu' && meaning.quantity !== 'io' && meaning.quantity !== 'disk') return 1;
  return busy === null || busy <= 0 ? 1 : Math.min(1, Math.abs(observed) / busy);
};

const resourceOf = (analysis: SeriesAnalysis): Resource | null => {
  const { shift } = analysis;
  if (shift === null) return null;
  const [observed, expected] = analysis.meaning.bad === 'down' ? [shift.expected, shift.observed] : [shift.observed, shift.expected];
  const ratio = Math.abs(observed) / Math.max(Math.abs(expected), Number.MIN_VALUE);
  return { analysis, strength: shift.strength, persistence: persistenceOf(shift.samples, analysis.reference.values.length), weight: weightOf(analysis, shift.observed), ratio: Math.min(ratio, 1e6), used: null, onset: shift.onset };
};

const quantileOf = ({ series: { name, labels } }: SeriesAnalysis): string => labels['quantile'] ?? (wordsOf(name).includes('max') ? 'max' : 'mean');

/** Measured by the one who calls: by Istio's label, Linkerd's, the service whose series it is, or its name. */
const isCallersSide = ({ series: { name, labels } }: SeriesAnalysis): boolean => {
  const { reporter, direction, service, source, destination } = labels;
  if (reporter !== undefined || direction !== undefined) return reporter === 'source' || direction === 'outbound';
  const words = wordsOf(name);
  if (destination === undefined || (source === undefined && service === undefined)) return words.includes('client') || words.includes('dependency');
  return (source !== undefined && service === source) || (service !== destination && CALLERS_WORDS.some((word) => words.includes(word)));
};

const noteLatency = (draft: Draft, analysis: SeriesAnalysis, edge: boolean): void => {
  const usual = analysis.reference.spread.median * millisecondsIn(analysis);
  const outside = isCallersSide(analysis);
  // The slowest call of an interval is nobody's usual one.
  if (Number.isFinite(usual) && !outside && !wordsOf(analysis.series.name).includes('max')) draft.usualLatencyMs = Math.max(draft.usualLatencyMs ?? 0, usual);
  const { labels } = analysis.series;
  if (!outside) draft.quantiles.add(quantileOf(analysis));
  const caller = labels['source'] ?? labels['service'] ?? '';
  if (edge && outside) draft.clients.add(caller);
  const excess = excessOf(analysis);
  if (excess === null) return;
  if (outside) {
    // A client's latency is that of the calls it makes; whom it calls nobody says where there is no edge.
    if (edge) draft.clientLatency.set(caller, stronger(draft.clientLatency.get(caller), excess));
    return;
  }
  if (edge) draft.edgeLatency.set(caller, stronger(draft.edgeLatency.get(caller), excess));
  const key = quantileOf(analysis);
  draft.latency.set(key, stronger(draft.latency.get(key), excess));
};

const note = (draft: Draft, analysis: SeriesAnalysis, edge: boolean): void => {
  const { quantity, internal } = analysis.meaning;
  if (quantity === 'latency') return noteLatency(draft, analysis, edge);
  if (quantity === 'error' || quantity === 'success') {
    const excess = excessOf(analysis);
    if (excess !== null) draft.errors = stronger(draft.errors, excess);
    return;
  }
  if (quantity === 'rate') {
    if (Number.isFinite(analysis.reference.spread.median)) draft.calls = Math.max(draft.calls ?? 0, analysis.reference.spread.median);
    if (analysis.stopped !== null && analysis.stopped.surprise > (draft.stopped?.stopped?.surprise ?? 0)) draft.stopped = analysis;
    const traffic = resourceOf(analysis);
    if (traffic !== null && (draft.traffic === null || traffic.strength > draft.traffic.strength)) draft.traffic = traffic;
    return;
  }
  if (quantity === 'limit' && analysis.meaning.bad !== 'down') draft.limits.push(analysis);
  if (quantity === 'cpu' && analysis.window.values.length > 0) draft.measuresCpu = true;
  const resource = internal ? resourceOf(analysis) : null;
  if (resource !== null) draft.resources.push(resource);
};

const isCallersPod = ({ series: { labels } }: SeriesAnalysis): boolean =>
  labels['pod'] !== undefined && labels['source'] !== undefined && labels['service'] === labels['source'] && labels['destination'] !== labels['source'];

/** Of what is in use the share of the most that may be. */
const withLimits = (resources: readonly Resource[], limits: readonly SeriesAnalysis[]): Resource[] => {
  const known = limits.map(({ series, window: { values } }) => ({ series, most: values[values.length - 1] ?? 0 }));
  return resources.map((resource) => {
    const { series, meaning, shift } = resource.analysis;
    if (known.length === 0 || (meaning.quantity !== 'saturation' && meaning.quantity !== 'io') || meaning.bad === 'down' || shift === null) return resource;
    const most = limitFor(series, known);
    return most === null ? resource : { ...resource, used: shift.observed / most };
  });
};

/** Of a silent component its callers' side is all there is to go by. */
const borrowLatency = (draft: Draft): void => {
  for (const excess of draft.clientLatency.values()) {
    const quantile = quantileOf(excess.analysis);
    draft.latency.set(quantile, stronger(draft.latency.get(quantile), excess));
  }
};

/** In order of name. Nodes are apart from services of the same name. */
export const healthOf = (metrics: MetricAnalysis): ReadonlyMap<string, Health> => {
  const drafts = new Map<string, Draft>();
  for (const analysis of metrics.series) {
    const component = seriesComponent(analysis.series);
    // What one pod of a caller sees of a call may be that pod's own doing: it neither accuses nor clears whom it called.
    if (component === null || (component.kind === 'edge' && isCallersPod(analysis))) continue;
    const kind = component.kind === 'node' ? 'node' : 'service';
    const key = kind === 'node' ? `node/${component.name}` : component.name;
    const draft = drafts.get(key) ?? { name: component.name, kind, latency: new Map(), quantiles: new Set(), clients: new Set(), clientLatency: new Map(), edgeLatency: new Map(), usualLatencyMs: null, errors: null, calls: null, traffic: null, stopped: null, resources: [], limits: [], measuresCpu: false };
    drafts.set(key, draft);
    note(draft, analysis, component.kind === 'edge');
  }
  for (const draft of drafts.values()) {
    if (draft.quantiles.size === 0) borrowLatency(draft);
    draft.resources = withLimits(draft.resources, draft.limits);
  }
  return new Map([...drafts].sort(([a], [b]) => (a < b ? -1 : 1)));
};
