/** Root before symptom: what a cause explains steps back behind it. */
import type { Finding } from '../../domain/finding.ts';
import type { Component } from '../../domain/report.ts';
import type { ClusterGraph } from './cluster/cluster-graph.ts';

export interface RankedFinding {
  readonly finding: Finding;
  /** Strength after corroboration and explanation, 0 to about 10. */
  readonly score: number;
  /** Id of the finding that explains this one, if any. */
  readonly explainedBy: string | null;
}

const EXPLAINED = 0.5;
/** Findings as strong as this explain others. */
const EXPLAINS = 7;
const MAX_DEPTH = 4;

const sameComponent = (a: Component, b: Component): boolean => a.name === b.name && a.namespace === b.namespace;
const keyOf = (component: Component): string => `${component.namespace ?? ''}/${component.name}`;

/** `Kind/namespace/name` without its kind. */
const short = (key: string): string => key.slice(key.indexOf('/') + 1);

/** `namespace/name` of everything that a component needs, nearest first, itself excluded. Names of one app's objects coincide on purpose. */
const needsOf = (graph: ClusterGraph): ReadonlyMap<string, ReadonlySet<string>> => {
  const next = new Map<string, Set<string>>();
  for (const edge of graph.edges) {
    const from = short(edge.from);
    const set = next.get(from) ?? new Set<string>();
    set.add(short(edge.to));
    next.set(from, set);
  }
  const reach = new Map<string, ReadonlySet<string>>();
  for (const start of next.keys()) {
    const seen = new Set<string>([start]);
    let frontier = [start];
    for (let depth = 0; depth < MAX_DEPTH && frontier.length > 0; depth++) {
      const following = frontier.flatMap((key) => [...(next.get(key) ?? [])]).filter((key) => !seen.has(key));
      for (const key of following) seen.add(key);
      frontier = [...new Set(following)];
    }
    seen.delete(start);
    reach.set(start, seen);
  }
  return reach;
};

/** What the finding itself proves, before others are heard: tells a wrong object from a process that merely ended. */
const OWN_PROOF = 8.5;

/**
 * Orders findings: context last; a finding is explained (and halved) by a stronger cause on something that its component needs,
 * unless it proves a defect of its own; several findings about one component support each other a little.
 */
export const rankKubernetes = (result: { readonly findings: readonly Finding[]; readonly graph: ClusterGraph }): readonly RankedFinding[] => {
  const { findings, graph } = result;
  const needs = needsOf(graph);
  const causes = findings.filter((item) => item.role === 'cause' && item.strength >= EXPLAINS);
  const explain = (item: Finding): Finding | undefined => {
    if (item.role === 'context' || item.strength >= OWN_PROOF) return undefined;
    const reach = needs.get(keyOf(item.component));
    return causes.find((cause) => cause.strength > item.strength && !sameComponent(cause.component, item.component) && reach?.has(keyOf(cause.component)) === true);
  };
  const ranked = findings.map((finding) => {
    const cause = explain(finding);
    const support = findings.filter((other) => other !== finding && other.role !== 'context' && sameComponent(other.component, finding.component)).length;
    const base = cause === undefined ? finding.strength : finding.strength * EXPLAINED;
    return { finding, score: finding.role === 'context' ? 0 : base + Math.min(support, 5) * 0.05, explainedBy: cause?.id ?? null };
  });
  return ranked.sort((a, b) => b.score - a.score || b.finding.strength - a.finding.strength || (a.finding.id < b.finding.id ? -1 : 1));
};
