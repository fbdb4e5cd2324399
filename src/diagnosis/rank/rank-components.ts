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

const sumOf = (clues: readonly Clue[]): number => {
  const topics = new Map<string, number[]>();
  for (const { topic, points } of clues) topics.set(topic, [...(topics.get(topic) ?? []), points]);
  let sum = 0;
  for (const points of topics.values()) {
    points.sort((a, b) => b - a);
    points.forEach((point, index) => (sum += index === 0 ? point : Math.min(1, point * REPEAT) / index));
  }
  return sum;
};

const reachFactor = (component: Component, scope: Scope, graph: CallGraph): number => {
  if (scope.sufferers.length === 0) return 1;
  const known = scope.sufferers.filter((name) => graph.callees.has(name) || graph.callers.has(name));
  if (known.length === 0 || component.kind === 'node' || component.kind === 'kubernetes_object') return 1;
  if (!graph.callees.has(component.name) && !graph.callers.has(component.name)) return 0.8;
  return known.some((name) => reachableFrom(name, graph.callees).has(component.name)) ? 1 : OUT_OF_REACH;
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
  return suspects.sort((a, b) => b.score - a.score || (componentKey(a.component) + a.fault < componentKey(b.component) + b.fault ? -1 : 1));
};
