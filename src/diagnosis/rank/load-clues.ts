/**
 * Load that comes from elsewhere. Traffic that rises at the door explains what gets busy behind it. Calls that multiply on their way, while nobody
 * calls the caller more often, are the caller's doing: retries, a cache that no longer answers, a query in a loop.
 */
import type { Finding } from '../../domain/finding.ts';
import type { Fault } from '../../domain/report.ts';
import type { MetricAnalysis, SeriesAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { componentOf, seriesComponent } from '../../signals/metrics/series-component.ts';
import type { Shift } from '../../signals/metrics/shift.ts';
import { findingOf } from '../../signals/metrics/metric-findings.ts';
import type { CallGraph } from '../relate/call-graph.ts';
import type { Health } from '../relate/health.ts';
import { FORWARDER } from '../relate/forwarder.ts';
import { persistenceOf } from '../relate/persistence.ts';
import { firstSuffering } from '../relate/suffering.ts';
import { isStore } from '../relate/store.ts';
import { pointsOf, type Clue } from './clue.ts';

/** Traffic that rose by less than this is a busy hour. */
const SURGE = 1.6;
const MIN_STRENGTH = 4;
const MIN_PERSISTENCE = 0.8;
/** Those whose traffic rose by at least this share of the door's rise carry it. */
const CARRIES = 0.6;
/** Users try again when they are not answered: traffic that rises so much later than the first trouble follows from it. */
const LATER_MS = 60_000;
/** A caller that is called this much more often passes on what it gets. */
const PASSED_ON = 1.25;
/** Share of the rise of all calls that one cause of it accounts for; of several callers the others' calls stay as they are. */
const MOST_OF_RISE = 0.7;
/** Doublings of calls, and what they are worth at most. */
const PER_DOUBLING = 1.5;
const MOST = 3;

/** Rates of calls that arrive; of what a service does with a call (queries, retries, misses) it is the author. */
const ARRIVALS = /req|rps|calls|traffic|workload|throughput|hits|views|invocations|visitors|sessions|response|(?:duration|latency)\w*_count$/i;
const AT_STORES = /req|rps|calls|command|quer|question|commit|transaction|ops|operation|statement|response/i;
/** A `duration` holds a ratio, and a `message` an age. */
const NOT_ARRIVALS = /retr|miss|evict|fail|err|(?<!du)ratio|percent|size|bytes|(?<!mess)age|lag|per_request|cache/i;

interface Arrivals {
  /** Calls in units of the usual; 1 where they did not clearly change. */
  readonly ratio: number;
  /** Null where they did not rise. */
  readonly shown: (SeriesAnalysis & { readonly shift: Shift }) | null;
}

const arrivalsIn = (one: SeriesAnalysis): Arrivals => {
  const { shift, reference } = one;
  const clear = shift !== null && shift.direction === 'up' && shift.expected > 0 && shift.strength >= MIN_STRENGTH && persistenceOf(shift.samples, reference.values.length) >= MIN_PERSISTENCE;
  return clear ? { ratio: shift.observed / shift.expected, shown: { ...one, shift } } : { ratio: 1, shown: null };
};

type ArrivalsOf = ReadonlyMap<string, Arrivals>;

/** Of each service whose arriving calls are measured the rate that rose most. */
export const arrivalsOf = ({ series }: MetricAnalysis): ArrivalsOf => {
  const found = new Map<string, Arrivals>();
  for (const one of series) {
    const component = seriesComponent(one.series);
    if (component?.kind !== 'service' || one.meaning.quantity !== 'rate' || NOT_ARRIVALS.test(one.series.name) || !(isStore(component.name) ? AT_STORES : ARRIVALS).test(one.series.name)) continue;
    const arrivals = arrivalsIn(one);
    const known = found.get(component.name);
    if (known === undefined || arrivals.ratio > known.ratio) found.set(component.name, arrivals);
  }
  return found;
};

/** Calls of one caller to one callee, where they are counted. */
interface EdgeCalls extends Arrivals {
  readonly source: string;
  readonly destination: string;
  /** Usual calls per sample, and how many more there are now. */
  readonly usual: number;
  readonly more: number;
}

/** Of each pair the count that rose most, in order of names; both ends may count the same calls. */
const edgeCallsOf = ({ series }: MetricAnalysis): readonly EdgeCalls[] => {
  const found = new Map<string, EdgeCalls>();
  for (const one of series) {
    const { source, destination } = one.series.labels;
    if (source === undefined || destination === undefined || one.meaning.quantity !== 'rate' || NOT_ARRIVALS.test(one.series.name)) continue;
    const usual = one.reference.spread.median;
    const arrivals = arrivalsIn(one);
    const key = JSON.stringify([source, destination]);
    const known = found.get(key);
    if (!Number.isFinite(usual) || (known !== undefined && known.ratio >= arrivals.ratio && known.usual > 0)) continue;
    found.set(key, { ...arrivals, source, destination, usual, more: Math.max(0, (arrivals.ratio - 1) * usual) });
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, calls]) => calls);
};

interface Into {
  /** Usual calls from all callers, how many more there are now. */
  readonly usual: number;
  readonly more: number;
}

const NOTHING: Into = { usual: 0, more: 0 };

const callsInto = (edges: readonly EdgeCalls[]): ReadonlyMap<string, Into> => {
  const into = new Map<string, Into>();
  for (const { destination, usual, more } of edges) {
    const known = into.get(destination) ?? NOTHING;
    into.set(destination, { usual: known.usual + usual, more: known.more + more });
  }
  return into;
};

const clueOf = (name: string, fault: Fault, points: number, { shown }: Arrivals, topic: string): readonly Clue[] =>
  shown === null ? [] : [{ component: componentOf('service', name), fault, points, leading: true, findings: [findingOf(shown, shown.shift)], topic }];

export interface Surge {
  /** At the services that users call. */
  readonly clues: readonly Clue[];
  /** Everybody behind them who gets more calls for it. */
  readonly carriers: ReadonlySet<string>;
}

const NO_SURGE: Surge = { clues: [], carriers: new Set() };

/** Calls that arrive at each component, of those who do not count them themselves as their callers' side does (a mesh): all callers together. */
const allArrivals = (arrivals: ArrivalsOf, edges: readonly EdgeCalls[]): ArrivalsOf => {
  const into = callsInto(edges);
  const found = new Map(arrivals);
  for (const { destination, usual, shown } of edges) {
    const all = into.get(destination) ?? NOTHING;
    if (arrivals.has(destination) || all.usual <= 0) continue;
    const known = found.get(destination);
    // The busiest edge that rose shows it.
    if (known === undefined || (shown !== null && usual > (known.shown?.reference.spread.median ?? 0))) found.set(destination, { ratio: 1 + all.more / all.usual, shown: shown ?? known?.shown ?? null });
  }
  return found;
};

export interface SurgeContext {
  readonly all: ReadonlyMap<string, Health>;
  readonly metrics: MetricAnalysis;
  readonly arrivals: ArrivalsOf;
  readonly graph: CallGraph;
  /** Who is called or calls and of whom nothing is measured. */
  readonly unseen: readonly string[];
}

/**
 * Nobody calls them, and nobody counts what users ask of them: those that measure nothing, and load balancers and proxies, which pass on what they get whatever else they measure.
 * What they send is what users ask for. What a balancer counts of all its targets together hides the rise at one of them: where that total did not surge, it counts for nothing.
 */
const entrancesOf = ({ arrivals, graph, unseen }: SurgeContext): ReadonlySet<string> => {
  const isUncalled = (name: string): boolean => (graph.callers.get(name)?.size ?? 0) === 0;
  return new Set([...unseen.filter(isUncalled), ...graph.names.filter((name) => FORWARDER.test(name) && (arrivals.get(name)?.ratio ?? 1) < SURGE && isUncalled(name))]);
};

/** Of each whom entrances call the share of the rise of its calls that comes from them. */
const fromEntrances = (edges: readonly EdgeCalls[], entrances: ReadonlySet<string>): ((name: string) => number) => {
  const all = callsInto(edges);
  const outside = callsInto(edges.filter(({ source }) => entrances.has(source)));
  return (name) => (outside.get(name)?.more ?? 0) / Math.max(all.get(name)?.more ?? 0, Number.MIN_VALUE);
};

/** Requests that rise at those whom no service calls, or where the rise comes through an entrance that counts none: an ingress, a load balancer, a client. */
export const surgeOf = (context: SurgeContext): Surge => {
  const { all, metrics, arrivals: counted, graph } = context;
  if (graph.isHearsay) return NO_SURGE;
  const latest = firstSuffering(all) + LATER_MS;
  const entrances = entrancesOf(context);
  const edges = edgeCallsOf(metrics);
  const share = fromEntrances(edges, entrances);
  const isDoor = (name: string): boolean => graph.callees.has(name) && !entrances.has(name) && ([...(graph.callers.get(name) ?? [])].every((caller) => entrances.has(caller)) || share(name) >= MOST_OF_RISE);
  const arrivals = allArrivals(counted, edges);
  const doors = [...arrivals].filter(([name, { ratio, shown }]) => isDoor(name) && ratio >= SURGE && (shown?.shift.onset ?? 0) <= latest);
  if (doors.length === 0) return NO_SURGE;
  const least = Math.max(PASSED_ON, Math.min(...doors.map(([, { ratio }]) => ratio)) ** CARRIES);
  const carriers = new Set([...arrivals].filter(([, { ratio }]) => ratio >= least).map(([name]) => name));
  // What nobody counts is called more often where those who call it are.
  for (const [name, callers] of graph.callers) if (!arrivals.has(name) && [...callers].some((caller) => carriers.has(caller))) carriers.add(name);
  return { clues: doors.flatMap(([name, one]) => clueOf(name, 'traffic', pointsOf(one.shown?.shift.strength ?? 0), one, 'traffic')), carriers };
};

/** What a callee writes or its spans show, from this strength on. */
const MIN_SAID = 3;

/** A callee that fails is called again: those calls are its own doing. */
const failsFirst = (name: string, onset: number, { all, findings }: LoadContext): boolean => {
  const errors = all.get(name)?.errors ?? null;
  if (errors !== null && errors.strength >= MIN_STRENGTH && errors.onset <= onset) return true;
  return findings.some(({ component, kind, role, strength, onset: said }) => component.name === name && (kind === 'log_pattern' || kind === 'trace') && role === 'cause' && strength >= MIN_SAID && said !== null && said <= onset);
};

/** What calls are judged with. */
export interface LoadContext {
  readonly all: ReadonlyMap<string, Health>;
  readonly metrics: MetricAnalysis;
  readonly arrivals: ArrivalsOf;
  readonly graph: CallGraph;
  /** Of logs and traces. */
  readonly findings: readonly Finding[];
}

export interface Amplification {
  /** At callers that make more calls than they get. */
  readonly clues: readonly Clue[];
  /** Callees that get them. */
  readonly flooded: ReadonlySet<string>;
}

/** More calls of one caller burden a callee from this share of all that it usually gets. */
const BURDEN = 0.25;
/** One of several callers makes more calls, though nobody calls it more often. */
const amplifiedEdges = (edges: readonly EdgeCalls[], context: LoadContext): readonly EdgeCalls[] => {
  const into = callsInto(edges);
  return edges.filter(({ source, destination, ratio, more, shown }) => {
    if (shown === null || ratio < SURGE || (context.graph.callers.get(destination)?.size ?? 0) < 2) return false;
    const all = into.get(destination) ?? NOTHING;
    if (more < BURDEN * all.usual || more < MOST_OF_RISE * all.more) return false;
    const called = into.get(source) ?? NOTHING;
    const own = Math.max(context.arrivals.get(source)?.ratio ?? 0, called.usual > 0 ? 1 + called.more / called.usual : 0);
    return own > 0 && own < Math.max(PASSED_ON, ratio ** CARRIES) && !failsFirst(destination, shown.shift.onset, context);
  });
};

/** Where a callee has one caller, by the calls that each of them gets; of several callers by the calls of each. */
export const amplificationOf = (context: LoadContext): Amplification => {
  const { metrics, arrivals, graph } = context;
  const flooded = new Set<string>();
  const ofOne = amplifiedEdges(edgeCallsOf(metrics), context).flatMap((edge) => {
    flooded.add(edge.destination);
    return clueOf(edge.source, 'code', Math.min(MOST, PER_DOUBLING * Math.log2(edge.ratio)), edge, 'amplification');
  });
  const clues = [...arrivals].flatMap(([name, one]) => {
    const [caller, ...others] = graph.callers.get(name) ?? [];
    const called = arrivals.get(caller ?? '');
    if (caller === undefined || called === undefined || others.length > 0 || one.ratio < SURGE || called.ratio >= Math.max(PASSED_ON, one.ratio ** CARRIES) || failsFirst(name, one.shown?.shift.onset ?? 0, context)) return [];
    flooded.add(name);
    return clueOf(caller, 'code', Math.min(MOST, PER_DOUBLING * Math.log2(one.ratio)), one, 'amplification');
  });
  return { clues: [...ofOne, ...clues], flooded };
};
