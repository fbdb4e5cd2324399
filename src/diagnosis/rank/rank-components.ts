/** Clues add up to hypotheses; hypotheses are ordered by what they explain. */
import type { Finding } from '../../domain/finding.ts';
import type { Component, Fault } from '../../domain/report.ts';
import type { Scope } from '../scope.ts';
import { reachableFrom, type CallGraph } from '../relate/call-graph.ts';
import { componentKey, type Clue } from './clue.ts';

export interface Suspect {
  readonly component: Component;
  readonly fault: Fault;
  readonly score: number;
  readonly supports: readonly Finding[];
  readonly contradictions: readonly Finding[];
  readonly changeId: string | null;
  /** Topics that testify, sorted. */
  readonly topics: readonly string[];
}

/** What further clues of one topic are worth beside its best. */
const REPEAT = 0.15;
/** Nobody whom the sufferer calls, directly or not: it can hardly hurt there. */
const OUT_OF_REACH = 0.35;
/** A fault's own clues count in full, those of other faults of the same component this much. */
const OTHER_FAULT = 0.4;

/** What the best, second, third topic are worth: signals of one event repeat each other, and some faults show in one signal only. */
const TOPIC_WEIGHTS = [1, 0.4, 0.25, 0.15, 0.1] as const;

const sumOf = (clues: readonly Clue[]): number => {
  const topics = new Map<string, number[]>();
  for (const { topic, points } of clues) topics.set(topic, [...(topics.get(topic) ?? []), points]);
  const sums = [...topics.values()].map((points) => {
    points.sort((a, b) => b - a);
    return points.reduce((sum, point, index) => sum + (index === 0 ? point : Math.min(1, point * REPEAT) / index), 0);
  });
  sums.sort((a, b) => b - a);
  return sums.reduce((sum, points, index) => sum + points * (TOPIC_WEIGHTS[index] ?? 0), 0);
};

const reachFactor = (component: Component, scope: Scope, graph: CallGraph): number => {
  if (scope.sufferers.length === 0) return 1;
  const known = scope.sufferers.filter((name) => graph.callees.has(name) || graph.callers.has(name));
  if (known.length === 0 || component.kind === 'node' || component.kind === 'kubernetes_object') return 1;
  if (!graph.callees.has(component.name) && !graph.callers.has(component.name)) return 0.8;
  return known.some((name) => reachableFrom(name, graph.callees).has(component.name)) ? 1 : OUT_OF_REACH;
};

/** Faults that travel up the call graph: a caller fails or waits because its callee does. */
const INHERITED: ReadonlySet<Fault> = new Set<Fault>(['exception', 'error_return', 'code', 'dependency', 'configuration', 'unknown']);
/** The most that a suspect among its callees takes from a caller. */
const EXPLAINED_AWAY = 0.6;

/** Weighs callers by what their callees leave to explain; each is judged by the scores before anybody was explained away. */
const explainedAway = (suspects: readonly Suspect[], graph: CallGraph): readonly Suspect[] => {
  const best = new Map<string, number>();
  for (const { component, score } of suspects) if (component.kind !== 'kubernetes_object') best.set(component.name, Math.max(best.get(component.name) ?? 0, score));
  const shares = new Map<string, number>();
  const shareOf = (name: string): number => {
    const known = shares.get(name);
    if (known !== undefined) return known;
    let most = 0;
    for (const callee of reachableFrom(name, graph.callees).keys()) {
      // Of two that call each other, neither explains the other.
      if (callee === name || reachableFrom(callee, graph.callees).has(name)) continue;
      most = Math.max(most, best.get(callee) ?? 0);
    }
    const own = best.get(name) ?? 0;
    const share = own <= 0 ? 0 : Math.min(1, most / own);
    shares.set(name, share);
    return share;
  };
  return suspects.map((suspect) => (INHERITED.has(suspect.fault) ? { ...suspect, score: suspect.score * (1 - EXPLAINED_AWAY * shareOf(suspect.component.name)) } : suspect));
};

const distinct = (findings: readonly Finding[]): readonly Finding[] => [...new Map(findings.map((finding) => [finding.id, finding])).values()];

/** Best first; ties by name, so that order of input does not matter. */
export const rankComponents = (clues: readonly Clue[], scope: Scope, graph: CallGraph): readonly Suspect[] => {
  const byComponent = new Map<string, Clue[]>();
  for (const clue of clues) {
    const key = componentKey(clue.component);
    byComponent.set(key, [...(byComponent.get(key) ?? []), clue]);
  }
  const suspects: Suspect[] = [];
  for (const group of byComponent.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const factor = reachFactor(first.component, scope, graph);
    for (const fault of new Set(group.map((clue) => clue.fault))) {
      const own = group.filter((clue) => clue.fault === fault);
      const score = factor * (sumOf(own) * (1 - OTHER_FAULT) + sumOf(group) * OTHER_FAULT);
      const lead = own.reduce((a, b) => (b.points > a.points ? b : a));
      const byPoints = [...own, ...group.filter((clue) => clue.fault !== fault)].filter((clue) => clue.points > 0);
      suspects.push({
        component: lead.component,
        fault,
        score,
        supports: distinct(byPoints.flatMap((clue) => clue.findings)).slice(0, 8),
        contradictions: distinct(group.filter((clue) => clue.points < 0).flatMap((clue) => clue.findings)),
        changeId: null,
        topics: [...new Set(byPoints.map((clue) => clue.topic))].sort(),
      });
    }
  }
  return [...explainedAway(suspects, graph)].sort((a, b) => b.score - a.score || (componentKey(a.component) + a.fault < componentKey(b.component) + b.fault ? -1 : 1));
};
