/**
 * A machine that is used up squeezes everybody who runs on it: several services' replicas there get busy at once although nobody calls them more often, and their
 * fellows on other machines do not. Nothing but the machine joins them.
 */
import type { Finding } from '../../domain/finding.ts';
import type { Fault } from '../../domain/report.ts';
import { findingOf, hurts } from '../../signals/metrics/metric-findings.ts';
import type { MetricAnalysis, SeriesAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { componentOf, seriesComponent } from '../../signals/metrics/series-component.ts';
import type { Health } from '../relate/health.ts';
import { persistenceOf } from '../relate/persistence.ts';
import { isNearlyFull, risen } from '../relate/spent.ts';
import type { Clue } from './clue.ts';

export interface Crowding {
  /** Names of machines that squeeze those who run there. */
  readonly nodes: ReadonlySet<string>;
  /**
   * The share of their own suspicion that is left to services that show trouble on such machines and, as far as they are measured, nowhere else; and to those
   * of whom nobody knows where they run, whose trouble began together with a machine's.
   */
  readonly left: ReadonlyMap<string, number>;
  /** At the machines. */
  readonly clues: readonly Clue[];
}

/** Services that have to be squeezed: two may have called each other. */
export const MIN_TENANTS = 3;
/** Of all that are measured there. */
export const MOST = 0.5;
export const MIN_STRENGTH = 4;
export const MIN_PERSISTENCE = 0.5;
/** Who is called this much more often works more, wherever it runs. */
const MORE_CALLS = 1.25;

/** What is left of those who show trouble there: one fault that explains several is likelier than one of each. */
export const SQUEEZED = 0.3;
export const MAY_RUN_THERE = 0.6;
/** Two samples of a minute each. */
export const TOGETHER_MS = 120_000;

export const isSqueezed = ({ shift, meaning, reference }: SeriesAnalysis): boolean =>
  shift !== null && hurts(meaning, shift) && shift.strength >= MIN_STRENGTH && persistenceOf(shift.samples, reference.values.length) >= MIN_PERSISTENCE;

/** Series of processors of replicas, by the machine they run on. */
const replicasByNode = ({ series }: MetricAnalysis): ReadonlyMap<string, readonly SeriesAnalysis[]> => {
  const found = new Map<string, SeriesAnalysis[]>();
  for (const one of series) {
    const { node } = one.series.labels;
    if (node === undefined || one.meaning.quantity !== 'cpu' || seriesComponent(one.series)?.kind !== 'service') continue;
    const same = found.get(node);
    if (same === undefined) found.set(node, [one]);
    else same.push(one);
  }
  return found;
};

export const nameOf = ({ series }: SeriesAnalysis): string => seriesComponent(series)?.name ?? '';

/** Of whom some series says where they run. */
export const placedIn = ({ series }: MetricAnalysis): ReadonlySet<string> => new Set(series.filter(({ series: { labels } }) => labels['node'] !== undefined).map(nameOf));

/** A machine accused by so many services that run or write there. */
export const machineClue = (node: string, fault: Fault, services: number, findings: readonly Finding[]): Clue => ({
  component: componentOf('node', node), fault, points: Math.log2(1 + services), leading: true, findings, topic: 'tenants',
});

/** The clearest of the series, as findings. */
export const clearest = (shown: readonly SeriesAnalysis[]): readonly Finding[] =>
  [...shown].sort((a, b) => (b.shift?.strength ?? 0) - (a.shift?.strength ?? 0) || (a.selector < b.selector ? -1 : 1)).slice(0, MIN_TENANTS).flatMap((one) => (one.shift === null ? [] : [findingOf(one, one.shift)]));

/** Whose processor got busy together with a machine's, and of whom no series says where it runs. */
const unplaced = (metrics: MetricAnalysis, onsets: readonly number[]): readonly string[] => {
  const placed = placedIn(metrics);
  const isTogether = ({ meaning, shift }: SeriesAnalysis): boolean => meaning.quantity === 'cpu' && shift !== null && onsets.some((at) => Math.abs(at - shift.onset) <= TOGETHER_MS);
  return metrics.series.filter((one) => isTogether(one) && isSqueezed(one) && seriesComponent(one.series)?.kind === 'service' && !placed.has(nameOf(one))).map(nameOf);
};

export const crowdingOf = (all: ReadonlyMap<string, Health>, metrics: MetricAnalysis): Crowding => {
  const byNode = replicasByNode(metrics);
  const busyOn = new Map<string, Set<string>>();
  for (const [node, replicas] of byNode) for (const one of replicas) if (isSqueezed(one)) busyOn.set(nameOf(one), (busyOn.get(nameOf(one)) ?? new Set()).add(node));
  const nodes = new Set<string>();
  const left = new Map<string, number>();
  const onsets: number[] = [];
  const clues: Clue[] = [];
  for (const [node, replicas] of byNode) {
    const spent = all.get(`node/${node}`)?.resources.find((resource) => resource.analysis.meaning.quantity === 'cpu' && risen(resource) && isNearlyFull(resource));
    if (spent === undefined) continue;
    const isOfThisNode = (name: string): boolean => busyOn.get(name)?.size === 1 && (all.get(name)?.traffic?.ratio ?? 1) < MORE_CALLS;
    const here = replicas.filter((one) => isSqueezed(one) && isOfThisNode(nameOf(one)));
    const squeezed = new Set(here.map(nameOf));
    if (squeezed.size < MIN_TENANTS || squeezed.size < MOST * new Set(replicas.map(nameOf)).size) continue;
    nodes.add(node);
    onsets.push(spent.onset);
    for (const name of squeezed) left.set(name, SQUEEZED);
    clues.push(machineClue(node, 'cpu', squeezed.size, clearest(here)));
  }
  if (onsets.length > 0) for (const name of unplaced(metrics, onsets)) left.set(name, Math.min(MAY_RUN_THERE, left.get(name) ?? 1));
  return { nodes, left, clues };
};

/** Two ways to see that a machine squeezes those who run there. */
export const joinedCrowding = (one: Crowding, other: Crowding): Crowding => ({
  nodes: new Set([...one.nodes, ...other.nodes]),
  left: new Map([...one.left, ...[...other.left].map(([name, share]): readonly [string, number] => [name, Math.min(share, one.left.get(name) ?? 1)])]),
  clues: [...one.clues, ...other.clues.filter(({ component }) => !one.nodes.has(component.name))],
});
