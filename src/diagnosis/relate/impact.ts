/** How much of what the sufferer suffers passes through a component: failed calls against failed calls, time lost against time lost. */
import type { Scope, SymptomFamily } from '../scope.ts';
import type { Health } from './health.ts';

/** Share of calls above a quantile's latency: what a shift of only that quantile says about the mean. */
const WEIGHT: Readonly<Record<string, number>> = { '0.5': 0.5, '0.75': 0.25, '0.9': 0.1, '0.95': 0.05, '0.99': 0.01, '0.999': 0.001, max: 0.001 };

/** Mean excess milliseconds; from the mean where it is measured, else from the quantile that says most. */
export const meanExcess = (health: Health): number => {
  const mean = health.latency.get('mean');
  if (mean !== undefined) return mean.amount;
  let most = 0;
  for (const [quantile, excess] of health.latency) most = Math.max(most, excess.amount * (WEIGHT[quantile] ?? 0.1));
  return most;
};

/** Per sample interval: failed calls or lost milliseconds; null where calls are not counted. */
export const lossOf = (health: Health, family: SymptomFamily): number | null => {
  if (health.calls === null || health.calls <= 0) return null;
  if (family === 'latency') return health.calls * meanExcess(health);
  return family === 'errors' ? health.calls * (health.errors?.amount ?? 0) : null;
};

/**
 * 0 to 1: the component's loss in units of the sufferer's, or of the greatest in the system where no sufferer is known; null where calls are not counted.
 * A component that fails a call in a thousand does not explain that every tenth fails here.
 */
export const impactShare = (health: Health, all: ReadonlyMap<string, Health>, scope: Scope, family: SymptomFamily): number | null => {
  const own = lossOf(health, family);
  if (own === null) return null;
  const lossesOf = (healths: Iterable<Health | undefined>): number => {
    let most = 0;
    for (const one of healths) if (one !== undefined) most = Math.max(most, lossOf(one, family) ?? 0);
    return most;
  };
  const most = lossesOf(scope.sufferers.map((name) => all.get(name))) || lossesOf(all.values());
  return most <= 0 ? null : Math.min(1, own / most);
};
