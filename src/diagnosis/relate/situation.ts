/** What follows from a capsule and what its signals found, before anybody is suspected: worked out once, read by every later step. */
import type { Capsule } from '../../domain/capsule.ts';
import type { Finding } from '../../domain/finding.ts';
import type { MetricAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { type Scope, scopeOf } from '../scope.ts';
import { type CallGraph, callGraphOf } from './call-graph.ts';
import { type Health, healthOf } from './health.ts';
import { type Unresolved, unresolvedOf, withResolver } from './resolver.ts';
import { type Observation, observationOf } from './observation.ts';

export interface Situation<S> {
  readonly capsule: Capsule;
  readonly signals: S;
  readonly scope: Scope;
  readonly graph: CallGraph;
  /** How each component fares. */
  readonly health: ReadonlyMap<string, Health>;
  readonly observation: Observation;
  /** The resolver that others wait for; null of none. */
  readonly unresolved: Unresolved | null;
}

export const situationOf = <S extends { readonly metrics: MetricAnalysis; readonly findings: readonly Finding[] }>(capsule: Capsule, signals: S): Situation<S> => {
  const scope = scopeOf(capsule);
  const health = healthOf(signals.metrics);
  const unresolved = unresolvedOf(health, signals.findings);
  const graph = withResolver(callGraphOf(capsule, signals.findings), unresolved);
  return { capsule, signals, scope, graph, health, observation: observationOf({ capsule, signals, scope, graph }), unresolved };
};
