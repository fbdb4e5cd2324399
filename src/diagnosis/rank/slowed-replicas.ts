/**
 * A machine that is used up slows everybody who runs on it. Where replicas are measured by how long they answer, and it is known where they run: those of several services there take
 * longer from the moment on at which the machine is used up, and their fellows on other machines do not, or far less. Nothing but the machine joins them.
 */
import { findingOf, hurts } from '../../signals/metrics/metric-findings.ts';
import type { MetricAnalysis, SeriesAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { componentOf, seriesComponent } from '../../signals/metrics/series-component.ts';
import type { Health, Resource } from '../relate/health.ts';
import { persistenceOf } from '../relate/persistence.ts';
import { isNearlyFull, risen } from '../relate/spent.ts';
import type { Crowding } from './crowding.ts';

/** Services that have to be slowed: two may have called each other. */
const MIN_TENANTS = 3;
/** Of all that are measured there. */
const MOST = 0.5;
const MIN_STRENGTH = 4;
const MIN_PERSISTENCE = 0.5;
/** Of what a replica loses there its fellows elsewhere lose less than this: they wait for those whom they call. */
const ELSEWHERE = 0.5;
/** One fault that explains several is likelier than one of each. */
const SLOWED = 0.3;
/** Who computes so much more may be the one who uses the machine up. */
const COMPUTES = 2;
/** Two samples of a minute each. */
const TOGETHER_MS = 120_000;

interface Replica {
  readonly service: string;
  readonly node: string;
  /** By how much longer it takes, in the series' unit; nought where it does not clearly. */
  readonly lost: number;
  readonly analysis: SeriesAnalysis;
}

const lostBy = ({ shift, meaning, reference }: SeriesAnalysis): number =>
  shift !== null && hurts(meaning, shift) && shift.strength >= MIN_STRENGTH && persistenceOf(shift.samples, reference.values.length) >= MIN_PERSISTENCE ? shift.observed - shift.expected : 0;

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
    for (const { service } of slowed) if (!computesMore(all.get(service))) left.set(service, SLOWED);
    const shown = [...slowed].sort((a, b) => (b.analysis.shift?.strength ?? 0) - (a.analysis.shift?.strength ?? 0) || (a.analysis.selector < b.analysis.selector ? -1 : 1)).slice(0, MIN_TENANTS);
    clues.push({ component: componentOf('node', name), fault: 'cpu', points: Math.log2(1 + slowed.length), leading: true, findings: shown.flatMap(({ analysis }) => (analysis.shift === null ? [] : [findingOf(analysis, analysis.shift)])), topic: 'tenants' });
  }
  return { nodes, left, clues };
};
