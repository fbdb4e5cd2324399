/**
 * Time that a hypervisor takes from a virtual machine (steal: `proc(5)`, /proc/stat). Nothing that runs on the machine can bring it about, so it is no work on behalf of
 * others but a trouble of the machine's own; and whatever runs there takes longer by what is taken.
 */
import type { MetricAnalysis, SeriesAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { seriesComponent } from '../../signals/metrics/series-component.ts';
import { wordsOf } from '../../signals/metrics/vocabulary.ts';
import type { Health } from '../relate/health.ts';
import { persistenceOf } from '../relate/persistence.ts';
import { type Crowding, MAY_RUN_THERE, MIN_PERSISTENCE, MIN_STRENGTH, SQUEEZED, TOGETHER_MS } from './crowding.ts';

/** Of what is used there: what is taken beyond that makes everything so much slower. */
const FELT = 0.25;
/** The same of all there is, where that is the unit. */
const FELT_OF_ALL = 0.1;

const STEAL: ReadonlySet<string> = new Set(['steal', 'stolen']);
/** What a processor does for those who run on it, by the modes of Linux. */
const WORKS: ReadonlySet<string> = new Set(['user', 'system', 'nice', 'softirq', 'irq']);

const modeOf = ({ labels }: SeriesAnalysis['series']): string => labels['mode'] ?? labels['state'] ?? labels['cpu_mode'] ?? '';

const isSteal = ({ series, meaning }: SeriesAnalysis): boolean => meaning.quantity === 'cpu' && (STEAL.has(modeOf(series)) || wordsOf(series.name).some((word) => STEAL.has(word)));

const nodeOf = ({ series }: SeriesAnalysis): string | null => {
  const component = seriesComponent(series);
  return component?.kind === 'node' ? component.name : null;
};

/** By machine what its processors usually do for those who run there, in the unit of the series. */
const usedByNode = ({ series }: MetricAnalysis): ReadonlyMap<string, number> => {
  const used = new Map<string, number>();
  for (const one of series) {
    const node = nodeOf(one);
    const level = one.reference.spread.median;
    if (node !== null && one.meaning.quantity === 'cpu' && WORKS.has(modeOf(one.series)) && Number.isFinite(level)) used.set(node, (used.get(node) ?? 0) + level);
  }
  return used;
};

/** Whether so much more is taken that whoever runs there has to feel it. */
const isTaken = (one: SeriesAnalysis, used: number | undefined): boolean => {
  const { shift, meaning, reference } = one;
  if (shift === null || shift.direction !== 'up' || shift.strength < MIN_STRENGTH || persistenceOf(shift.samples, reference.values.length) < MIN_PERSISTENCE) return false;
  const more = shift.observed - shift.expected;
  return (used !== undefined && used > 0 && more >= FELT * used) || (meaning.fullScale !== null && more >= FELT_OF_ALL * meaning.fullScale);
};

/** By service the machines it runs on, as far as series tell. */
const placesOf = ({ series }: MetricAnalysis): ReadonlyMap<string, ReadonlySet<string>> => {
  const places = new Map<string, Set<string>>();
  for (const one of series) {
    const { node } = one.series.labels;
    const component = node === undefined ? null : seriesComponent(one.series);
    if (node === undefined || component === null || component.kind === 'node') continue;
    places.set(component.name, (places.get(component.name) ?? new Set()).add(node));
  }
  return places;
};

/** When it began to be slow or to fail; null where it does not. */
const hurtSince = ({ errors, latency }: Health): number | null => {
  const clear = [errors, ...latency.values()].filter((excess) => excess !== null && excess.strength >= MIN_STRENGTH && excess.persistence >= MIN_PERSISTENCE);
  return clear.length === 0 ? null : Math.min(...clear.map((excess) => excess?.onset ?? Number.POSITIVE_INFINITY));
};

/** Machines from which time is taken while somebody there, or somebody of whom nobody knows where he runs, begins to suffer. */
export const stolenFrom = (all: ReadonlyMap<string, Health>, metrics: MetricAnalysis): Crowding => {
  const nodes = new Set<string>();
  const left = new Map<string, number>();
  const used = usedByNode(metrics);
  const places = placesOf(metrics);
  for (const one of metrics.series) {
    const node = isSteal(one) ? nodeOf(one) : null;
    const { shift } = one;
    if (node === null || shift === null || !isTaken(one, used.get(node))) continue;
    for (const health of all.values()) {
      const since = health.kind === 'service' ? hurtSince(health) : null;
      const at = places.get(health.name);
      if (since === null || Math.abs(since - shift.onset) > TOGETHER_MS || (at !== undefined && !at.has(node))) continue;
      nodes.add(node);
      left.set(health.name, Math.min(left.get(health.name) ?? 1, at === undefined ? MAY_RUN_THERE : SQUEEZED));
    }
  }
  return { nodes, left, clues: [] };
};
