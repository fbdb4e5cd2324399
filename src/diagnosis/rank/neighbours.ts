/**
 * Pods of several services that share nothing but their machine, busy all at once, while pods of the same services elsewhere are as ever: it is the
 * machine. (Difference in differences, as between the pods of two versions.)
 */
import type { MetricAnalysis, SeriesAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { findingOf, hurts } from '../../signals/metrics/metric-findings.ts';
import { componentOf, seriesComponent } from '../../signals/metrics/series-component.ts';
import { pointsOf, type Clue } from './clue.ts';

const NODE_LABELS = ['node', 'node_name', 'kubernetes_node', 'k8s_node_name', 'host', 'hostname'] as const;
const CLEAR = 4;
/** Sampling and how long it takes to run out of it. */
const TOGETHER_MS = 120_000;
/** Two may be caller and callee. */
const MIN_SERVICES = 3;
const MOST_THERE = 0.6;
const FEW_ELSEWHERE = 0.25;
/** Of its full scale. */
const FULL = 0.85;
/** A machine has this many points at most, and what is left of the suspicion of those who live there. */
const MOST_POINTS = 6;
const LEFT = 0.4;

const nodeOf = ({ labels }: SeriesAnalysis['series']): string | null => {
  for (const label of NODE_LABELS) if (labels[label] !== undefined && labels[label] !== '') return labels[label];
  return null;
};

interface Tally {
  readonly services: Set<string>;
  readonly busy: Set<string>;
}

const isBusy = ({ shift, meaning }: SeriesAnalysis, onset: number): boolean => shift !== null && shift.strength >= CLEAR && hurts(meaning, shift) && Math.abs(shift.onset - onset) <= TOGETHER_MS;

/** The services whose pods a full machine takes along; null where it does not, or nobody sees who lives there. */
const residentsOf = (node: string, onset: number, series: readonly SeriesAnalysis[]): ReadonlySet<string> | null => {
  const here: Tally = { services: new Set(), busy: new Set() };
  const elsewhere: Tally = { services: new Set(), busy: new Set() };
  for (const one of series) {
    const name = seriesComponent(one.series)?.name;
    const place = nodeOf(one.series);
    if (name === undefined || place === null || one.meaning.quantity !== 'cpu') continue;
    const tally = place === node ? here : elsewhere;
    tally.services.add(name);
    if (isBusy(one, onset)) tally.busy.add(name);
  }
  const isShared = here.busy.size >= MIN_SERVICES && here.busy.size >= MOST_THERE * here.services.size;
  return isShared && elsewhere.busy.size <= FEW_ELSEWHERE * elsewhere.services.size ? here.busy : null;
};

/** Clues about machines that run full, and the suspicions of those who live there made less. */
export const withNeighbours = (clues: readonly Clue[], { series }: MetricAnalysis): readonly Clue[] => {
  const machines: Clue[] = [];
  const residents = new Set<string>();
  for (const one of series) {
    const { shift, meaning } = one;
    const component = seriesComponent(one.series);
    if (component?.kind !== 'node' || meaning.quantity !== 'cpu' || meaning.fullScale === null || shift === null || shift.strength < CLEAR || shift.direction !== 'up' || shift.observed < FULL * meaning.fullScale) continue;
    const found = residentsOf(component.name, shift.onset, series);
    if (found === null) continue;
    for (const name of found) residents.add(name);
    machines.push({ component: componentOf('node', component.name), fault: 'cpu', points: Math.min(MOST_POINTS, pointsOf(shift.strength) + Math.log2(found.size)), findings: [findingOf(one, shift)], leading: true, topic: 'resource' });
  }
  if (machines.length === 0) return clues;
  return [...clues.map((clue) => (residents.has(clue.component.name) && clue.fault === 'cpu' ? { ...clue, points: clue.points * LEFT } : clue)), ...machines];
};
