/**
 * A machine that is used up slows everybody who runs on it. Where replicas are measured by how long they answer, and it is known where they run: those of several services there take
 * longer from the moment on at which the machine is used up, and their fellows on other machines do not, or far less. Nothing but the machine joins them.
 */
import type { MetricAnalysis, SeriesAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { seriesComponent } from '../../signals/metrics/series-component.ts';
import type { Health, Resource } from '../relate/health.ts';
import { isNearlyFull, risen } from '../relate/spent.ts';
import { clearest, type Crowding, isSqueezed, machineClue, MIN_STRENGTH, MIN_TENANTS, MOST, SQUEEZED, TOGETHER_MS } from './crowding.ts';

/** Of what a replica loses there its fellows elsewhere lose less than this: they wait for those whom they call. */
const ELSEWHERE = 0.5;
/** Who computes so much more may be the one who uses the machine up. */
const COMPUTES = 2;

interface Replica {
  readonly service: string;
  readonly node: string;
  /** By how much longer it takes, in the series' unit; nought where it does not clearly. */
  readonly lost: number;
  readonly analysis: SeriesAnalysis;
}

const lostBy = (analysis: SeriesAnalysis): number => (analysis.shift !== null && isSqueezed(analysis) ? analysis.shift.observed - analysis.shift.expected : 0);

const replicasIn = ({ series }: MetricAnalysis, places: ReadonlyMap<string, string>): readonly Replica[] =>
  series.flatMap((analysis): readonly Replica[] => {
    const { pod, node = places.get(pod ?? '') } = analysis.series.labels;
    const component = seriesComponent(analysis.series);
    return analysis.meaning.quantity !== 'latency' || pod === undefined || node === undefined || component?.kind !== 'service' ? [] : [{ service: component.name, node, lost: lostBy(analysis), analysis }];
  });

/** Of each service the replicas that take so much longer on one machine, and together with it, that those elsewhere are no match. */
const slowedOn = (node: string, { onset }: Resource, byService: ReadonlyMap<string, readonly Replica[]>): readonly Replica[] =>
  [...byService.values()].flatMap((replicas): readonly Replica[] => {
    const worst = (here: boolean): Replica | undefined => replicas.filter((one) => (one.node === node) === here).sort((a, b) => b.lost - a.lost)[0];
    const own = worst(true);
    const since = own?.analysis.shift?.onset ?? Number.NaN;
    return own === undefined || own.lost <= 0 || Math.abs(since - onset) > TOGETHER_MS || (worst(false)?.lost ?? 0) >= ELSEWHERE * own.lost ? [] : [own];
  });

const computesMore = (health: Health | undefined): boolean => health?.resources.some((one) => one.analysis.meaning.quantity === 'cpu' && risen(one) && one.ratio >= COMPUTES) ?? false;

/** `places`: by pod the machine it runs on, where its series do not say. */
export const slowedReplicas = (all: ReadonlyMap<string, Health>, metrics: MetricAnalysis, places: ReadonlyMap<string, string>): Crowding => {
  const byService = new Map<string, Replica[]>();
  for (const replica of replicasIn(metrics, places)) {
    const same = byService.get(replica.service);
    if (same === undefined) byService.set(replica.service, [replica]);
    else same.push(replica);
  }
  const nodes = new Set<string>();
  const left = new Map<string, number>();
  const clues: Crowding['clues'][number][] = [];
  for (const { kind, name, resources } of all.values()) {
    const spent = kind === 'node' ? resources.find((one) => one.analysis.meaning.quantity === 'cpu' && one.strength >= MIN_STRENGTH && risen(one) && isNearlyFull(one)) : undefined;
    if (spent === undefined) continue;
    const slowed = slowedOn(name, spent, byService);
    const measured = [...byService.values()].filter((replicas) => replicas.some(({ node }) => node === name)).length;
    if (slowed.length < MIN_TENANTS || slowed.length < MOST * measured) continue;
    nodes.add(name);
    for (const { service } of slowed) if (!computesMore(all.get(service))) left.set(service, SQUEEZED);
    clues.push(machineClue(name, 'cpu', slowed.length, clearest(slowed.map(({ analysis }) => analysis))));
  }
  return { nodes, left, clues };
};
