/** Which limit a component reports for what it has in use. */
import type { MetricSeries } from '../../domain/capsule.ts';
import { wordsOf } from './vocabulary.ts';

/** What may be limited by number. */
const COUNTED = ['thread', 'connection', 'conn', 'worker', 'pool', 'session', 'permit', 'goroutine', 'process', 'handle', 'fd', 'file', 'client', 'request', 'task'] as const;

const countedIn = (name: string): ReadonlySet<string> => {
  const words = wordsOf(name).map((word) => (word.endsWith('s') ? word.slice(0, -1) : word));
  return new Set(COUNTED.filter((word) => words.includes(word)).map((word) => (word === 'conn' ? 'connection' : word)));
};

/** A limit and the most that it allows now. */
export interface Limit {
  readonly series: MetricSeries;
  readonly most: number;
}

/** A component has few limits; more are not looked at. */
const MAX_LIMITS = 50;

/** The most that may be in use, by a limit of the same component (`limits`), of the same family (first word) and the same things; null of none. */
export const limitFor = (series: MetricSeries, limits: readonly Limit[]): number | null => {
  if (limits.length === 0) return null;
  const [family] = wordsOf(series.name);
  const things = countedIn(series.name);
  const { pod, destination } = series.labels;
  const found = limits.slice(0, MAX_LIMITS).find(({ series: one, most }) =>
    most > 0 && one.labels['pod'] === pod && one.labels['destination'] === destination && wordsOf(one.name)[0] === family && [...countedIn(one.name)].some((thing) => things.has(thing)));
  return found?.most ?? null;
};
