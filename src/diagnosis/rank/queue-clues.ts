/**
 * A queue is a balance: what waits in it grows where more is put in than is taken out (Little 1961). Where as much is put in as ever and less is taken out, those who
 * read it do not keep up, and the queue is only where it shows; where more is put in, those who write brought it.
 */
import type { MetricAnalysis, SeriesAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { findingOf, hurts } from '../../signals/metrics/metric-findings.ts';
import { median } from '../../signals/metrics/robust.ts';
import { valuesDuring } from '../../signals/metrics/samples.ts';
import { componentOf } from '../../signals/metrics/series-component.ts';
import type { Shift } from '../../signals/metrics/shift.ts';
import { wordsOf } from '../../signals/metrics/vocabulary.ts';
import type { CallGraph } from '../relate/call-graph.ts';
import type { Health, Resource } from '../relate/health.ts';
import { persistenceOf } from '../relate/persistence.ts';
import { pointsOf, type Clue } from './clue.ts';

/** Words for what is put into a queue, and for what is taken out, by RabbitMQ, Kafka, Service Bus, SQS, Pub/Sub and NATS. */
const IN: ReadonlySet<string> = new Set(['publish', 'published', 'produce', 'produced', 'enqueued', 'enqueue', 'incoming', 'sent', 'in']);
const OUT: ReadonlySet<string> = new Set(['deliver', 'delivered', 'delivery', 'consume', 'consumed', 'ack', 'acked', 'acknowledged', 'deleted', 'dequeued', 'dequeue', 'outgoing', 'completed', 'processed', 'received', 'out']);
const BACKLOG: ReadonlySet<string> = new Set(['ready', 'backlog', 'lag', 'visible', 'pending', 'waiting', 'depth', 'length', 'size', 'age', 'behind', 'messages', 'queue', 'queued', 'unacked', 'unacknowledged']);

const MIN_STRENGTH = 4;
/** Flows that moved by less are as they were. */
const MOVED = 1.25;
/** The same of the flow out of a queue: its readers rarely stop altogether. */
const FALLEN = 0.8;
/** Who reads slowly says little of why: as much as convinces, and no more. */
const MOST_POINTS = 3;
/** What is left of that at a reader who itself waits for somebody in trouble. */
const WAITS = 0.4;
/** What is left of the queue's own suspicion once its readers explain it. */
const SHOWS_ONLY = 0.5;
/** Two samples of a minute each: what fills up shows later than what fills it. */
const LATER_MS = 120_000;
/** A flow that moved little stands out by its length: so many spreads, in nearly as many samples as it takes to be sure. */
const LASTING_STRENGTH = 1.5;
const LASTING = 0.95;

interface Flow {
  readonly queue: string;
  /** Who writes or reads; null where nothing says. */
  readonly other: string | null;
  readonly way: 'in' | 'out';
  /** Present level in units of the usual one; 1 where it did not clearly move. */
  readonly ratio: number;
  readonly analysis: SeriesAnalysis;
}

const LABELS = ['source', 'destination', 'consumer', 'consumergroup', 'consumer_group', 'producer'] as const;

const ratioOf = ({ shift, reference }: SeriesAnalysis): number => {
  if (shift === null || shift.expected <= 0) return 1;
  const persistence = persistenceOf(shift.samples, reference.values.length);
  const isClear = (shift.strength >= MIN_STRENGTH && persistence >= 0.5) || (shift.strength >= LASTING_STRENGTH && persistence >= LASTING && shift.samples * 2 >= reference.values.length);
  return isClear ? shift.observed / shift.expected : 1;
};

const flowOf = (analysis: SeriesAnalysis, queues: ReadonlySet<string>): Flow | null => {
  const { series: { name, labels }, meaning } = analysis;
  if (meaning.quantity !== 'rate') return null;
  const queue = [labels['service'], labels['destination'], labels['source']].find((one) => one !== undefined && queues.has(one));
  const words = wordsOf(name);
  const way = words.some((word) => OUT.has(word)) ? 'out' : words.some((word) => IN.has(word)) ? 'in' : null;
  if (queue === undefined || way === null) return null;
  return { queue, other: LABELS.map((label) => labels[label]).find((one) => one !== undefined && one !== queue) ?? null, way, ratio: ratioOf(analysis), analysis };
};

const flowsByQueue = ({ series }: MetricAnalysis, queues: ReadonlySet<string>): ReadonlyMap<string, readonly Flow[]> => {
  const found = new Map<string, Flow[]>();
  for (const analysis of series) {
    const flow = flowOf(analysis, queues);
    if (flow === null) continue;
    const same = found.get(flow.queue);
    if (same === undefined) found.set(flow.queue, [flow]);
    else same.push(flow);
  }
  return found;
};

/** What piles up in a component, where it is work that waits for others. */
const backlogOf = ({ resources }: Health): Resource | null => {
  let most: Resource | null = null;
  for (const resource of resources) {
    const { meaning, shift, series } = resource.analysis;
    if (meaning.quantity !== 'saturation' || shift === null || !hurts(meaning, shift) || resource.strength < MIN_STRENGTH || !wordsOf(series.name).some((word) => BACKLOG.has(word))) continue;
    if (most === null || resource.strength > most.strength) most = resource;
  }
  return most;
};

const isInTrouble = (health: Health | undefined): boolean =>
  health !== undefined && [health.errors, ...health.latency.values()].some((excess) => excess !== null && excess.strength >= MIN_STRENGTH && excess.persistence >= 0.5);

/** What goes one way while the queue fills up, of all writers or readers; null where it is not measured. */
const flowing = (flows: readonly Flow[], way: Flow['way'], { analysis: { shift } }: Resource): number | null => {
  const levels = flows.flatMap(({ way: own, analysis: { window } }) => {
    const level = own === way ? median(valuesDuring(window, shift ?? { onset: 0, end: null })) : Number.NaN;
    return Number.isFinite(level) ? [level] : [];
  });
  return levels.length === 0 ? null : levels.reduce((a, b) => a + b, 0);
};

/** Flows out of a queue that are too small: less than ever, or less than what goes in, which is no more than ever. */
const slowFlows = (flows: readonly Flow[], backlog: Resource): readonly Flow[] => {
  const out = flows.filter(({ way }) => way === 'out');
  const fallen = out.filter(({ ratio }) => ratio <= FALLEN);
  if (fallen.length > 0) return fallen;
  const [put, taken] = [flowing(flows, 'in', backlog), flowing(flows, 'out', backlog)];
  return put !== null && taken !== null && taken <= FALLEN * put && out.length === 1 ? out : [];
};

/** Those who read a queue: as its flows say, else who calls it or is called by it without writing to it. */
const readersOf = (queue: string, flows: readonly Flow[], slow: readonly Flow[], graph: CallGraph): readonly string[] => {
  const named = slow.flatMap(({ other }) => (other === null ? [] : [other]));
  if (named.length > 0) return [...new Set(named)].sort();
  const writers = new Set(flows.filter(({ way }) => way === 'in').flatMap(({ other }) => (other === null ? [] : [other])));
  // A queue calls nobody: where the graph says that it does, its edges follow the messages, and those whom it calls are its readers.
  const behind = [...(graph.callees.get(queue) ?? [])].filter((name) => !writers.has(name));
  if (behind.length > 0) return behind.length === 1 ? behind : [];
  const others = [...(graph.callers.get(queue) ?? [])].filter((name) => !writers.has(name));
  if (writers.size > 0) return others.length === 1 ? others : [];
  // Who works and is called by nobody is fed by the queue. Of several whom nothing tells apart none is accused.
  const fed = others.filter((name) => (graph.callers.get(name)?.size ?? 0) === 0);
  return fed.length === 1 && others.length > 1 ? fed : [];
};

/**
 * Who does less though as much is put in as ever is no writer. Looked at are those who touch the queue; of several who do less none is accused, for they may have a
 * cause in common.
 */
const idleReader = (queue: string, { analysis: { shift } }: Resource, graph: CallGraph, all: ReadonlyMap<string, Health>): readonly [string, SeriesAnalysis] | null => {
  const near = [...new Set([...(graph.callers.get(queue) ?? []), ...(graph.callees.get(queue) ?? [])])].sort();
  const idle = near.flatMap((name): readonly (readonly [string, SeriesAnalysis])[] => {
    const traffic = all.get(name)?.traffic ?? null;
    const own = traffic?.analysis.shift ?? null;
    const isLess = traffic !== null && own !== null && own.direction === 'down' && traffic.strength >= MIN_STRENGTH && traffic.persistence >= 0.5 && traffic.ratio <= FALLEN;
    // Who stopped after the queue had filled did not fill it.
    return isLess && own.onset <= (shift?.onset ?? 0) + LATER_MS ? [[name, traffic.analysis]] : [];
  });
  const [only] = idle;
  return only === undefined || idle.length > 1 || near.length < 2 ? null : only;
};

const readerClue = (reader: string, points: number, analyses: readonly (readonly [SeriesAnalysis, Shift])[]): Clue => ({
  component: componentOf('service', reader), fault: 'capacity', points, leading: true, findings: analyses.map(([analysis, shift]) => findingOf(analysis, shift)), topic: 'backlog',
});

export interface Backlogs {
  /** At those who read too slowly. */
  readonly clues: readonly Clue[];
  /** By queue: the share of its own suspicion that is left. */
  readonly left: ReadonlyMap<string, number>;
  /** Where work that waits for others piles up, whatever it is called. */
  readonly queues: ReadonlySet<string>;
}

/** `all`: how each component fares. */
export const backlogsOf = (all: ReadonlyMap<string, Health>, metrics: MetricAnalysis, graph: CallGraph): Backlogs => {
  const backlogs = new Map([...all.values()].flatMap((health) => {
    const backlog = health.kind === 'service' ? backlogOf(health) : null;
    return backlog === null ? [] : [[health.name, backlog] as const];
  }));
  if (backlogs.size === 0) return { clues: [], left: new Map(), queues: new Set() };
  const queues = new Set(backlogs.keys());
  const flows = flowsByQueue(metrics, queues);
  const left = new Map<string, number>();
  const clues: Clue[] = [];
  /** A reader that itself waits for somebody in trouble is less to blame. */
  const pointsAt = (reader: string, queue: string, { strength, persistence }: Resource): number => {
    const waits = [...(graph.callees.get(reader) ?? [])].some((callee) => callee !== queue && isInTrouble(all.get(callee)));
    return Math.min(MOST_POINTS, pointsOf(strength) * persistence) * (waits ? WAITS : 1);
  };
  for (const [queue, backlog] of backlogs) {
    const own = flows.get(queue) ?? [];
    const isOverrun = own.some(({ way, ratio }) => way === 'in' && ratio >= MOVED);
    const slow = slowFlows(own, backlog);
    if (isOverrun) left.set(queue, SHOWS_ONLY);
    if (isOverrun) continue;
    const idle = slow.length === 0 ? idleReader(queue, backlog, graph, all) : null;
    if (idle !== null) {
      const [reader, analysis] = idle;
      left.set(queue, SHOWS_ONLY);
      clues.push(readerClue(reader, pointsAt(reader, queue, backlog), [backlog.analysis, analysis].flatMap((one) => (one.shift === null ? [] : [[one, one.shift] as const]))));
    }
    if (slow.length === 0) continue;
    for (const reader of readersOf(queue, own, slow, graph)) {
      const shown = [backlog.analysis, ...slow.filter(({ other }) => other === null || other === reader).map(({ analysis }) => analysis)];
      left.set(queue, SHOWS_ONLY);
      clues.push(readerClue(reader, pointsAt(reader, queue, backlog), shown.flatMap((analysis) => (analysis.shift === null ? [] : [[analysis, analysis.shift] as const]))));
    }
  }
  return { clues, left, queues };
};
