/** What the metrics suggest about each component: resources that ran out, and suffering that no callee explains. */
import type { Fault } from '../../domain/report.ts';
import type { EpochMs } from '../../domain/time.ts';
import { componentOf } from '../../signals/metrics/series-component.ts';
import { findingOf, stoppedFinding } from '../../signals/metrics/metric-findings.ts';
import type { SeriesAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import type { CallGraph } from '../relate/call-graph.ts';
import { impactShare } from '../relate/impact.ts';
import type { Scope, SymptomFamily } from '../scope.ts';
import { explainedErrors, explainedLatency } from '../relate/explain.ts';
import type { Excess, Health, Resource } from '../relate/health.ts';
import { FORWARDER } from '../relate/forwarder.ts';
import { isQueue, isStore } from '../relate/store.ts';
import { materiality } from '../relate/materiality.ts';
import { isNearlyFull, risen } from '../relate/spent.ts';
import { pointsOf, type Clue } from './clue.ts';
import type { Crowding } from './crowding.ts';
import { gapClues } from './gap-clues.ts';

const MIN_STRENGTH = 2.5;
/** Memory that grew by less than this factor is not what a component dies of. */
const MEMORY_GROWTH = 1.5;
/** Bits of surprise from which on calls count as lost, and the most that they are worth. */
const LOST_BITS = 6;
const LOST_MOST = 4;
const MEMORY_FULL = 0.7;
const MEMORY_AMOUNT_BYTES = 134_217_728;
const findingFor = (analysis: SeriesAnalysis): Clue['findings'] => (analysis.shift === null ? [] : [findingOf(analysis, analysis.shift)]);

const clue = (health: Health, fault: Fault, points: number, analyses: readonly SeriesAnalysis[], topic: string): Clue => {
  const pod = analyses.map((one) => one.series.labels['pod']).find((name) => name !== undefined) ?? null;
  return { component: componentOf(health.kind, health.name, { pod }), fault, points, leading: true, findings: analyses.flatMap(findingFor), topic };
};

const strongest = (resources: readonly Resource[], quantity: string): Resource | null => {
  let best: Resource | null = null;
  for (const resource of resources) if (resource.analysis.meaning.quantity === quantity && risen(resource) && (best === null || resource.strength > best.strength)) best = resource;
  return best;
};

const BYTES: Readonly<Record<string, number>> = { bytes: 1, kibibytes: 1024, mebibytes: 1_048_576, megabytes: 1e6, gibibytes: 1_073_741_824, gigabytes: 1e9 };

/** Near its limit where the series is a share of it, else by an amount that matters on any machine. */
const occupies = (memory: Resource): boolean => {
  const { shift, meaning, series } = memory.analysis;
  if (shift === null) return false;
  if (meaning.fullScale !== null) return (meaning.bad === 'down' ? meaning.fullScale - shift.observed : shift.observed) >= MEMORY_FULL * meaning.fullScale;
  const unit = series.labels['unit'] ?? (series.name.endsWith('bytes') ? 'bytes' : undefined);
  const bytes = unit === undefined ? undefined : BYTES[unit];
  return bytes === undefined || Math.abs(shift.observed - shift.expected) * bytes >= MEMORY_AMOUNT_BYTES;
};

/** A component that dies of its memory begins anew with little of it: half of the time a sawtooth is far below its teeth. */
const DIES_AT = 0.9;
/** Ups and downs from one end of the room that is left to the other. */
const MIN_TEETH = 2;

/** How often it filled nearly all there is and was let go again, from a level that leaves room. */
const teethOf = ({ analysis: { shift, meaning, window: { values } } }: Resource): number => {
  const full = meaning.fullScale;
  if (shift === null || full === null || meaning.bad === 'down' || shift.expected > MEMORY_FULL * full) return 0;
  const low = (shift.expected + DIES_AT * full) / 2;
  let teeth = 0;
  let isHigh = false;
  for (const value of values) {
    if (value >= DIES_AT * full) isHigh = true;
    else if (isHigh && value <= low) {
      isHigh = false;
      teeth++;
    }
  }
  return teeth;
};

/** A fifth more CPU than usual is work; twice as much, or all there is, is trouble. */
const growthWeight = (resource: Resource): number => (isNearlyFull(resource) ? 1 : Math.max(0, Math.min(1, resource.ratio - 1)));

/** Quantities that more calls raise in proportion. */
const WORK: ReadonlySet<string> = new Set(['cpu', 'io', 'disk', 'saturation', 'cache']);

const ratioOf = (traffic: Health['traffic']): number => (traffic !== null && traffic.strength >= MIN_STRENGTH ? traffic.ratio : 1);

/** Calls in units of the usual; of those whose calls nobody counts, by what their callers get: who is called more often calls more often. Null where nothing is known. */
const callRatio = ({ name, traffic, calls }: Health, { all, graph }: MetricContext): number | null => {
  if (traffic !== null || calls !== null) return ratioOf(traffic);
  let usual = 0;
  let now = 0;
  for (const caller of graph.callers.get(name) ?? []) {
    const health = all.get(caller);
    if (health === undefined || health.calls === null || health.calls <= 0) continue;
    usual += health.calls;
    now += health.calls * ratioOf(health.traffic);
  }
  return usual <= 0 ? null : now / usual;
};

/** 0 to 1: the share of a resource's growth that more traffic does not account for; all of it where it is nearly used up. */
const beyondTraffic = (resource: Resource, health: Health, context: MetricContext): number => {
  const ratio = callRatio(health, context);
  if (ratio === null || ratio <= 1 || !WORK.has(resource.analysis.meaning.quantity) || isNearlyFull(resource)) return 1;
  return Math.max(0, Math.min(1, (resource.ratio - ratio) / Math.max(resource.ratio - 1, Number.EPSILON)));
};

const WARM_UP = 0.3;

/**
 * Threads, connections and requests in flight are arrivals times time in the system (Little's law): of the time that callees explain they are the echo,
 * and so are those who wait for one of them.
 */
const isOccupancy = (resource: Resource): boolean => resource.analysis.meaning.quantity === 'saturation' || resource.analysis.meaning.quantity === 'wait';

/** What is left of threads and connections in use where a processor or disk is used up: they wait for it. */
const WAIT_FOR_SPENT = 0.4;

const isSpent = ({ resources }: Health): boolean => resources.some((resource) => (resource.analysis.meaning.quantity === 'cpu' || resource.analysis.meaning.quantity === 'disk') && risen(resource) && isNearlyFull(resource));

/** What is held while callees take their time is theirs; and of a limit that is far away nobody runs short. */
const occupancyWeight = (resource: Resource, ownTime: number): number => {
  if (!isOccupancy(resource)) return 1;
  return resource.used === null || isNearlyFull(resource) ? ownTime : ownTime * Math.min(1, resource.used) ** 2;
};

/** Whether it shows the component's own exhaustion, or only that it is waiting. */
const topicOf = (resource: Resource): string => (isOccupancy(resource) && resource.used !== null && !isNearlyFull(resource) ? 'occupancy' : `resource:${resource.analysis.meaning.quantity}`);

/** What a restart breaks shows within so much time; what is left of its suspicion where nothing did. */
const FELT_WITHIN_MS = 300_000;
const UNFELT = 0.3;

/** A restart that lies before the window or long before anybody suffered, and did not come again, is not what they suffer from. */
const restartWeight = ({ analysis: { meaning, window: { times, values } } }: Resource, first: number): number => {
  if (meaning.quantity !== 'restart') return 1;
  const last = times.findLast((at, i) => (values[i] ?? 0) > (values[i - 1] ?? values[i] ?? 0) && at <= first + FELT_WITHIN_MS);
  return last === undefined || (Number.isFinite(first) && last < first - FELT_WITHIN_MS) ? UNFELT : 1;
};

/** What waits in a queue waits for those who read it: the queue is where it shows. */
const BACKLOG = 0.6;

const backlogWeight = ({ name }: Health, { analysis: { meaning } }: Resource, queues: ReadonlyMap<string, number>): number =>
  meaning.quantity === 'saturation' ? (isQueue(name) ? BACKLOG : 1) * (queues.get(name) ?? 1) : 1;

const OUT_OF: Readonly<Partial<Record<Fault, number>>> = { capacity: 0.9, code: 0.4 };

const resourceClues = (health: Health, context: MetricContext, explained: number): Clue[] => {
  const { rolling: releases, queues, crowding } = context;
  const rolling = releases.has(health.name);
  const ownTime = (1 - explained) * (isSpent(health) ? WAIT_FOR_SPENT : 1);
  const weight = (health.kind === 'node' ? (crowding.nodes.has(health.name) ? 1 : 0.4) : (crowding.left.get(health.name) ?? 1)) * (rolling ? WARM_UP : 1);
  const clues: Clue[] = [];
  const cpu = strongest(health.resources, 'cpu');
  const memory = strongest(health.resources, 'memory');
  const cpuPoints = cpu === null ? 0 : pointsOf(cpu.strength) * cpu.persistence * cpu.weight * growthWeight(cpu) * weight * beyondTraffic(cpu, health, context);
  // Who computes more than usual and has room left may be slow for it, and does not fail for it: failing itself costs time.
  if (cpu !== null) clues.push({ ...clue(health, 'cpu', cpuPoints, [cpu.analysis], 'resource'), leading: cpu.analysis.meaning.fullScale === null || isNearlyFull(cpu) });
  if (memory !== null) {
    // Memory pressure burns CPU (allocation, collection); burning CPU occupies little memory. So memory that multiplies takes over the CPU's evidence.
    const grown = (memory.ratio >= MEMORY_GROWTH && occupies(memory)) || teethOf(memory) >= MIN_TEETH;
    const points = (grown ? Math.max(cpuPoints * 1.05, pointsOf(memory.strength) * memory.persistence * memory.weight * weight) : Math.min(1, pointsOf(memory.strength) * 0.3) * weight);
    clues.push(clue(health, 'memory', points, grown && cpu !== null ? [memory.analysis, cpu.analysis] : [memory.analysis], grown ? 'resource' : 'memory'));
  }
  for (const resource of health.resources) {
    const { quantity, faults } = resource.analysis.meaning;
    if (quantity === 'cpu' || quantity === 'memory' || !risen(resource)) continue;
    // A machine is busy on behalf of others; its clock is its own. Descriptors and sockets are busy all day; that there are no more of them is a fault.
    const fits = quantity === 'io' && resource.used !== null && isNearlyFull(resource) ? OUT_OF : faults;
    for (const [fault, fit] of Object.entries(fits)) clues.push(clue(health, fault as Fault, pointsOf(resource.strength) * resource.persistence * resource.weight * fit * (quantity === 'clock' ? 1 : weight) * occupancyWeight(resource, ownTime) * beyondTraffic(resource, health, context) * backlogWeight(health, resource, queues) * restartWeight(resource, context.firstHurt), [resource.analysis], topicOf(resource)));
  }
  return clues;
};

const worst = (excesses: Iterable<Excess>): Excess | null => {
  let best: Excess | null = null;
  for (const excess of excesses) if (excess.strength >= MIN_STRENGTH && (best === null || excess.strength > best.strength)) best = excess;
  return best;
};

/** What the clues of one capsule are judged with. */
export interface MetricContext {
  readonly all: ReadonlyMap<string, Health>;
  readonly graph: CallGraph;
  readonly scope: Scope;
  /** Services being released: their new pods warm up, and are compared with the old ones elsewhere. */
  readonly rolling: ReadonlySet<string>;
  /** By queue that fills up: the share of its own suspicion that those who write and read leave it. */
  readonly queues: ReadonlyMap<string, number>;
  /** Where work piles up: messages do not call those who read them. */
  readonly filling: ReadonlySet<string>;
  /** When somebody first visibly suffered; infinitely late where nobody does. */
  readonly firstHurt: EpochMs;
  /** Machines that are used up, and whom they squeeze. */
  readonly crowding: Crowding;
}

/** Load balancers and proxies are to blame far less often than they are seen. */
const FORWARDER_WEIGHT = 0.6;

/** A sign of the kind that was noticed counts by its share in what was noticed; other signs count half. */
const relevance = (health: Health, family: SymptomFamily, { all, scope }: MetricContext): number => {
  const share = impactShare(health, all, scope, family);
  const weight = (FORWARDER.test(health.name) ? FORWARDER_WEIGHT : 1) * (share === null ? 1 : 0.2 + 0.8 * Math.min(1, share * 1.25));
  return scope.family === null || scope.family === 'other' || scope.family === family ? weight : weight * 0.5;
};

/** A delay on the way adds the same to every call; slow code or a full pool stretches the slow calls most. */
const isUniform = (health: Health): boolean => {
  const middle = health.latency.get('0.5');
  if (middle === undefined || middle.strength < MIN_STRENGTH) return false;
  let most = 0;
  for (const [quantile, excess] of health.latency) if (quantile !== '0.99' && quantile !== '0.999') most = Math.max(most, excess.amount);
  return middle.amount >= 0.5 * most;
};

/** Its time multiplies from here on: who computed it would be busier. */
const MULTIPLIED = 2;
/** Of its time, by what its callees' own clocks show: else it waits for them. */
const UNEXPLAINED = 0.8;

/**
 * Answers take a multiple of their time while the component's own resources, which are measured, do no more than ever, and the store that it calls
 * answers as fast as ever by its own clock: the time is lost on the way to it.
 */
const waitsOnTheWay = ({ name, resources, measuresCpu }: Health, { analysis: { shift } }: Excess, { graph, all }: MetricContext): boolean => {
  if (shift === null || shift.observed < MULTIPLIED * shift.expected || !measuresCpu || resources.some(risen)) return false;
  const stores = [...(graph.callees.get(name) ?? [])].flatMap((callee) => (isStore(callee) ? (all.get(callee) ?? []) : []));
  return stores.length > 0 && stores.every(({ quantiles, latency }) => quantiles.size > 0 && worst(latency.values()) === null);
};

/** `busiest`: the component's own exhausted resource, which then is why it is slow. */
const latencyClues = (health: Health, context: MetricContext, busiest: Fault | null): Clue[] => {
  const own = worst(health.latency.values());
  if (own === null) return [];
  const left = 1 - explainedLatency(health, context.graph, context.all).share;
  const points = pointsOf(own.strength) * own.persistence * left * (context.crowding.left.get(health.name) ?? 1) * relevance(health, 'latency', context) * materiality(health, own.amount, context.graph, context.all);
  // Who measures nothing is known by what its callers wait for; the way there may be to blame as well.
  const fault = busiest ?? (health.quantiles.size === 0 ? 'dependency' : isStore(health.name) ? 'capacity' : isUniform(health) || (left >= UNEXPLAINED && waitsOnTheWay(health, own, context)) ? 'network_delay' : 'code');
  return points <= 0 ? [] : [clue(health, fault, points * 0.8, [own.analysis], 'latency')];
};

/** Calls that waited for a slow callee end in time-outs: failures that nobody but the one who waits sees. */
const TIMED_OUT = 0.8;

const errorClues = (health: Health, context: MetricContext): Clue[] => {
  const own = health.errors;
  if (own === null || own.strength < 1) return [];
  const left = 1 - Math.max(explainedErrors(health, context.graph, context.all).share, TIMED_OUT * explainedLatency(health, context.graph, context.all).share);
  const points = pointsOf(own.strength) * own.persistence * left * relevance(health, 'errors', context);
  return points <= 0 ? [] : [clue(health, 'error_return', points, [own.analysis], 'errors')];
};

const countedServices = (all: ReadonlyMap<string, Health>): number => [...all.values()].filter(({ calls }) => calls !== null).length;

/** Calls that a component alone makes stop, though it is called as before: it gives up before it makes them. */
const lostCallClues = (health: Health, { all, graph, filling }: MetricContext): Clue[] => {
  if (health.calls === null || health.stopped !== null || isQueue(health.name) || filling.has(health.name)) return [];
  const lost: SeriesAnalysis[] = [];
  for (const name of graph.callees.get(health.name) ?? []) {
    const callee = all.get(name)?.stopped ?? null;
    if (callee !== null && graph.callers.get(name)?.size === 1) lost.push(callee);
  }
  lost.sort((a, b) => (b.stopped?.surprise ?? 0) - (a.stopped?.surprise ?? 0) || (a.selector < b.selector ? -1 : 1));
  // So many services are looked at, so many chances has an accident.
  const bits = (lost[0]?.stopped?.surprise ?? 0) - Math.log2(Math.max(1, countedServices(all)));
  if (bits < LOST_BITS) return [];
  const findings = lost.slice(0, 3).map(stoppedFinding).filter((finding) => finding !== null);
  const persistence = Math.min(1, (lost[0]?.stopped?.samples ?? 0) / 3);
  const points = Math.min(LOST_MOST, bits / 4 + (lost.length - 1) * 0.5) * persistence;
  return (['exception', 'error_return'] as const).map((fault) => ({ component: componentOf(health.kind, health.name), fault, points, leading: true, findings, topic: 'lost calls' }));
};

/** A resource convinces by itself from here on, or when it is nearly used up. */
const EXHAUSTED_POINTS = 1.5;

const exhausted = (one: Clue, { resources }: Health): boolean => {
  const [finding] = one.findings;
  if ((one.topic !== 'resource' && one.topic !== 'resource:disk') || finding === undefined) return false;
  // A processor that is busier makes slow at once, a disk when there is none of it left.
  return (one.topic === 'resource' && one.points >= EXHAUSTED_POINTS) || (one.points >= 0.5 && resources.some((resource) => isNearlyFull(resource) && findingFor(resource.analysis)[0]?.id === finding.id));
};

const cluesOf = (health: Health, context: MetricContext): { readonly clues: readonly Clue[]; readonly isExhausted: boolean } => {
  const resources = resourceClues(health, context, explainedLatency(health, context.graph, context.all).share);
  const top = resources.filter((one) => exhausted(one, health)).sort((a, b) => b.points - a.points)[0];
  const clues = [...resources, ...latencyClues(health, context, top?.fault ?? null), ...errorClues(health, context), ...lostCallClues(health, context)];
  return { clues, isExhausted: top !== undefined };
};

export const metricClues = (context: MetricContext): readonly Clue[] => {
  const judged = [...context.all.values()].map((health) => ({ health, ...cluesOf(health, context) }));
  const exhaustedNames = new Set(judged.filter(({ isExhausted }) => isExhausted).map(({ health }) => health.name));
  return [...judged.flatMap(({ clues }) => clues), ...gapClues(context.all, context.graph, exhaustedNames)];
};
