/** What follows from a capsule and what its signals found, before anybody is suspected: worked out once, read by every later step. */
import type { Capsule } from '../../domain/capsule.ts';
import type { Finding } from '../../domain/finding.ts';
import type { MetricAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { type Scope, scopeOf } from '../scope.ts';
import { type CallGraph, callGraphOf } from './call-graph.ts';
import { type Health, healthOf } from './health.ts';
import { type Observation, observationOf } from './observation.ts';

export interface Situation<S> {
  readonly capsule: Capsule;
  readonly signals: S;
  readonly scope: Scope;
  readonly graph: CallGraph;
  /** How each component fares. */
  readonly health: ReadonlyMap<string, Health>;
  readonly observation: Observation;
}

export const situationOf = <S extends { readonly metrics: MetricAnalysis; readonly findings: readonly Finding[] }>(capsule: Capsule, signals: S): Situation<S> => {
  const scope = scopeOf(capsule);
  const graph = callGraphOf(capsule, signals.findings);
  return { capsule, signals, scope, graph, health: healthOf(signals.metrics), observation: observationOf({ capsule, signals, scope, graph }) };
};
