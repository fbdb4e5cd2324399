/** Series for tests: seeded noise around a level, with a shifted stretch. */
import type { MetricSeries, StringMap } from '../../src/domain/capsule.ts';
import type { EpochMs } from '../../src/domain/time.ts';

export interface SeriesPlan {
  readonly name: string;
  readonly labels: StringMap;
  readonly start: EpochMs;
  readonly intervalMs: number;
  readonly samples: number;
  readonly level: number;
  /** Relative noise, 0.02 for two percent. */
  readonly noise?: number;
  /** From this instant on the level is `to`, until `until`. */
  readonly shift?: { readonly at: EpochMs; readonly to: number; readonly until?: EpochMs };
  readonly seed?: number;
}

/** Park and Miller's generator: the same numbers in every run. */
const randoms = (seed: number): (() => number) => {
  let state = (seed % 2147483646) + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
};

export const syntheticSeries = (plan: SeriesPlan): MetricSeries => {
  const random = randoms(plan.seed ?? plan.name.length * 7919 + JSON.stringify(plan.labels).length);
  const times = new Float64Array(plan.samples);
  const values = new Float64Array(plan.samples);
  for (let i = 0; i < plan.samples; i++) {
    const at = plan.start + i * plan.intervalMs;
    const shifted = plan.shift !== undefined && at >= plan.shift.at && at < (plan.shift.until ?? Number.POSITIVE_INFINITY);
    const level = shifted ? (plan.shift?.to ?? plan.level) : plan.level;
    times[i] = at;
    values[i] = level * (1 + (plan.noise ?? 0.02) * (random() + random() - 1));
  }
  return { name: plan.name, labels: plan.labels, file: 'metrics/test.csv', times, values };
};
