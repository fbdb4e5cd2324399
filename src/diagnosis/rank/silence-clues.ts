/** A component that nobody measures any more is suspected of having stopped where those who call it begin to fail just then. */
import { fallenSilent } from '../../signals/metrics/fallen-silent.ts';
import type { MetricAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import type { TimeWindow } from '../../domain/time.ts';
import type { CallGraph } from '../relate/call-graph.ts';
import type { Health } from '../relate/health.ts';
import type { Clue } from './clue.ts';

/** In spreads, of a caller's failures. */
const FAILS = 3;
/** Steps between the last sample and the first failure of a caller: what averages over a minute shows it late. */
const NEAR_STEPS = 4;
/** As much as a crash that the cluster reports. */
const STOPPED = 5;
/** Its exporter may have stopped alone. */
const UNCONFIRMED = 0.5;

/** Does somebody who calls it begin to fail between these instants? */
export const callersFail = (name: string, from: number, until: number, all: ReadonlyMap<string, Health>, graph: CallGraph): boolean =>
  [...(graph.callers.get(name) ?? [])].some((caller) => {
    const errors = all.get(caller)?.errors ?? null;
    return errors !== null && errors.strength >= FAILS && errors.onset >= from && errors.onset <= until;
  });

export interface Silences {
  readonly clues: readonly Clue[];
  /** Whose callers fail from then on: it answers nobody. */
  readonly dead: ReadonlySet<string>;
}

export const silencesOf = (metrics: MetricAnalysis, window: TimeWindow, all: ReadonlyMap<string, Health>, graph: CallGraph): Silences => {
  const dead = new Set<string>();
  const clues: Clue[] = [];
  for (const [name, { last, step, finding }] of fallenSilent(metrics, window)) {
    const isMissed = callersFail(name, last - step, last + NEAR_STEPS * step, all, graph);
    if (isMissed) dead.add(name);
    clues.push({ component: finding.component, fault: 'crash', points: isMissed ? STOPPED : UNCONFIRMED, leading: true, findings: [finding], topic: 'silence' });
  }
  return { clues, dead };
};
