/** What the telemetry of each component shows, as signs that a change can be held against. */
import type { Finding } from '../../domain/finding.ts';
import type { EpochMs } from '../../domain/time.ts';
import { signsOfMetric, signsOfText, type Sign } from '../../signals/changes/sign.ts';
import type { MetricAnalysis, SeriesAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { hurts } from '../../signals/metrics/metric-findings.ts';
import { seriesComponent } from '../../signals/metrics/series-component.ts';
import type { CallGraph } from '../relate/call-graph.ts';
import { isStore } from '../relate/store.ts';
import { isAbrupt } from './abrupt.ts';

export interface SeenSign {
  readonly sign: Sign;
  /** 0 to 1. */
  readonly certainty: number;
  readonly onset: EpochMs | null;
  /** It was there at once; false where it climbed, or nobody knows. */
  readonly isAbrupt?: boolean;
  /** What shows it: a metric's selector or a log pattern. */
  readonly shownBy: string;
}

export interface TelemetrySigns {
  /** More calls arrive at it than those who call it would explain: what load brings about there is not its own doing. */
  readonly isFlooded: (component: string) => boolean;
  /** Its arriving calls are counted, and no more of them come than ever. */
  readonly isCalledAsEver: (component: string) => boolean;
  /** Stores that nobody but a service uses, sorted: only it calls them, or they are named after it and nobody is known to call them. */
  readonly storesOf: (service: string) => readonly string[];
  readonly of: (component: string) => readonly SeenSign[];
  /** Signs and texts by which a component shows anything at all. */
  readonly isQuiet: (component: string) => boolean;
  /** Traffic that rose from outside, and when: it explains load, waiting and time-outs without any change. */
  readonly surge: { readonly components: ReadonlySet<string>; readonly onset: EpochMs } | null;
}

/** Texts of telemetry that a person could have written as a verdict count for nothing. */
const CLAIM = /root\s*cause|culprit|to blame|ignore (?:all|any|previous)|you (?:must|should)/i;
const MIN_SHIFT = 3;
const MIN_FINDING = 1.5;
/** Certainty of a text: it names the sign, but other things too. */
const TEXT_CERTAINTY = 0.85;
const SPAN_CERTAINTY = 0.5;
const SURGE = 1.6;
const RETRY_SURGE = 1.3;
const CALLED_MORE = 1.25;
/** That calls multiply, where nobody measured how often their callers are called. */
const UNMEASURED = 0.7;

/** What load alone brings about. */
export const LOAD_SIGNS: ReadonlySet<Sign> = new Set<Sign>(['cpu', 'memory', 'latency', 'queue', 'pool', 'timeout', 'retry', 'store_load', 'amplification', 'errors', 'handles', 'rate_limit', 'lock', 'slow_query', 'size', 'host', 'lost_work', 'disk']);

const quantitySign = ({ meaning, shift }: SeriesAnalysis): Sign | null => {
  if (shift === null) return null;
  const rises = shift.observed > shift.expected;
  if (hurts(meaning, shift) && (meaning.quantity === 'cpu' || meaning.quantity === 'memory' || meaning.quantity === 'latency' || meaning.quantity === 'cache')) return meaning.quantity;
  if ((rises && meaning.quantity === 'error') || (!rises && meaning.quantity === 'success')) return 'errors';
  return rises && meaning.quantity === 'restart' ? 'crash' : null;
};

const metricSigns = (one: SeriesAnalysis): readonly SeenSign[] => {
  const { shift, series, selector, meaning } = one;
  if (shift === null || shift.strength < MIN_SHIFT) return [];
  const own = quantitySign(one);
  const rises = shift.observed > shift.expected;
  // An error rate's name rarely says more than that calls fail; where it does, the words count.
  const named = meaning.quantity === 'cpu' || meaning.quantity === 'memory' || meaning.quantity === 'latency' ? signsOfMetric(series.name, rises).filter((sign) => sign === 'slow_query' || sign === 'pool' || sign === 'store_load') : signsOfMetric(series.name, rises);
  const certainty = Math.min(1, shift.strength / 8);
  return [...new Set([...(own === null ? [] : [own]), ...named])].map((sign) => ({ sign, certainty, onset: shift.onset, isAbrupt: isAbrupt(one), shownBy: selector }));
};

const findingSigns = (finding: Finding): readonly SeenSign[] => {
  const { kind, role, strength, indicator, samples, onset, observed } = finding;
  if (role === 'context' || strength < MIN_FINDING || kind === 'change' || kind === 'metric') return [];
  const texts = [indicator, ...samples, typeof observed === 'string' ? observed : ''].filter((text) => !CLAIM.test(text));
  const signs = new Set(texts.flatMap((text) => signsOfText(text)));
  if (kind === 'trace' && finding.id.startsWith('trace:errors')) signs.add('errors');
  if (kind === 'trace' && /^trace:(?:latency|slow)/.test(finding.id)) signs.add('latency');
  // A call that is made now and was not before: somebody behind is asked who was not.
  if (kind === 'trace' && finding.id.startsWith('trace:break') && indicator.includes(': call of ') && Number(observed) > Number(finding.expected)) signs.add('amplification');
  const certainty = (kind === 'trace' ? SPAN_CERTAINTY : TEXT_CERTAINTY) * Math.min(1, strength / 4);
  return [...signs].map((sign) => ({ sign, certainty, onset, shownBy: indicator }));
};

/** Requests from outside; what services make of them (logins, orders, messages) may multiply for reasons of their own. */
const REQUESTS = /req|rps|http|hits|views|visitors|traffic/i;

interface Rate { readonly ratio: number; readonly onset: EpochMs; readonly isRequests: boolean }

const ARRIVALS = /req|rps|(?:^|_)ops(?:_|$)|calls|traffic|hits|views|pages|invocations|messages|orders|sessions|visitors|events|logins/i;
const NOT_ARRIVALS = /quer|retr|miss|evict|fail|err|(?<!du)ratio|percent|size|bytes|(?<!mess)age|lag|per_?(?:req|call)|in_?flight|active/i;
/** Time that requests take, its sum included; how many were timed is a count of them. */
const TAKES_TIME = /(?<!per_?)(?:seconds|millis|_ms(?:_|$)|duration|latency|_time)(?!.*count)|_sum$/i;

const ratesOf = (metrics: MetricAnalysis): ReadonlyMap<string, Rate> => {
  const rates = new Map<string, Rate>();
  for (const { meaning, shift, series } of metrics.series) {
    const name = seriesComponent(series)?.name;
    if (name === undefined || (meaning.quantity !== 'rate' && meaning.quantity !== 'other') || series.labels['source'] !== undefined) continue;
    if (!ARRIVALS.test(series.name) || NOT_ARRIVALS.test(series.name) || TAKES_TIME.test(series.name)) continue;
    const ratio = shift === null || shift.expected <= 0 ? 1 : shift.observed / shift.expected;
    const known = rates.get(name);
    if (known === undefined || ratio > known.ratio) rates.set(name, { ratio, onset: shift?.onset ?? 0, isRequests: REQUESTS.test(series.name) });
  }
  return rates;
};

/** Calls that multiply on their way: the callee's rate rises, that of those who call it does not. */
const amplified = (rates: ReadonlyMap<string, Rate>, graph: CallGraph, name: string): SeenSign | null => {
  const rate = rates.get(name);
  if (rate === undefined || rate.ratio < SURGE) return null;
  const callers = [...(graph.callers.get(name) ?? [])].map((caller) => rates.get(caller)).filter((one) => one !== undefined);
  if ((graph.callers.get(name)?.size ?? 0) === 0 || callers.some(({ ratio }) => ratio >= Math.max(RETRY_SURGE, rate.ratio * 0.6))) return null;
  return { sign: 'amplification', certainty: callers.length === 0 ? UNMEASURED : 1, onset: rate.onset, shownBy: `rate of ${name}` };
};

/** A sample may lie between what came first and what came of it. */
const LATER_MS = 60_000;
const CLEARLY = 4;
const CLEAR_SAMPLES = 3;

/** When somebody first visibly waited or failed. */
const firstSuffering = ({ series }: MetricAnalysis): EpochMs => {
  let first = Number.POSITIVE_INFINITY;
  for (const { meaning, shift } of series) {
    const isFelt = meaning.quantity === 'latency' || meaning.quantity === 'error' || meaning.quantity === 'success';
    if (isFelt && shift !== null && shift.strength >= CLEARLY && shift.samples >= CLEAR_SAMPLES && hurts(meaning, shift)) first = Math.min(first, shift.onset);
  }
  return first;
};

/** Rates of those whom nobody measured calls, rising together: traffic from outside. What rises after the trouble are people who try again. */
const surgeOf = (rates: ReadonlyMap<string, Rate>, graph: CallGraph, latest: EpochMs): TelemetrySigns['surge'] => {
  const raised = [...rates].filter(([, { ratio }]) => ratio >= SURGE);
  const outer = raised.filter(([name, { isRequests }]) => {
    if (!isRequests) return false;
    const callers = [...(graph.callers.get(name) ?? [])].filter((caller) => rates.has(caller));
    return callers.length === 0 && (graph.callers.get(name)?.size ?? 0) === 0;
  });
  const onset = Math.min(...outer.map(([, rate]) => rate.onset));
  return onset <= latest ? { components: new Set(raised.map(([name]) => name)), onset } : null;
};

export const telemetrySigns = (metrics: MetricAnalysis, findings: readonly Finding[], graph: CallGraph): TelemetrySigns => {
  const byComponent = new Map<string, SeenSign[]>();
  const add = (name: string, signs: readonly SeenSign[]): void => {
    if (signs.length > 0) byComponent.set(name, [...(byComponent.get(name) ?? []), ...signs]);
  };
  const loud = new Set<string>();
  for (const one of metrics.series) {
    const name = seriesComponent(one.series)?.name;
    if (name === undefined) continue;
    add(name, metricSigns(one));
    if (one.shift !== null && one.shift.strength >= MIN_SHIFT) loud.add(name);
  }
  for (const finding of findings) {
    add(finding.component.name, findingSigns(finding));
    if (finding.role !== 'context' && finding.kind !== 'change' && finding.strength >= MIN_FINDING) loud.add(finding.component.name);
  }
  const rates = ratesOf(metrics);
  const flooded = new Set<string>();
  for (const name of rates.keys()) {
    const sign = amplified(rates, graph, name);
    if (sign === null) continue;
    add(name, [sign]);
    flooded.add(name);
  }
  const isCalledAsEver = (component: string): boolean => (rates.get(component)?.ratio ?? CALLED_MORE) < CALLED_MORE;
  const stores = [...byComponent.keys()].filter(isStore).sort();
  const storesOf = (service: string): readonly string[] => stores.filter((store) => {
    const callers = graph.callers.get(store);
    return callers === undefined || callers.size === 0 ? store.toLowerCase().startsWith(`${service.toLowerCase()}-`) : callers.size === 1 && callers.has(service);
  });
  return { storesOf, isCalledAsEver, isFlooded: (component) => flooded.has(component), of: (component) => byComponent.get(component) ?? [], isQuiet: (component) => !loud.has(component), surge: surgeOf(rates, graph, Math.min(Number.MAX_VALUE, firstSuffering(metrics) + LATER_MS)) };
};
