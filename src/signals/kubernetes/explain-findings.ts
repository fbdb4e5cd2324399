/** Root before symptom: what a stronger cause explains steps back behind it. */
import type { Finding } from '../../domain/finding.ts';
import type { Component } from '../../domain/report.ts';
import type { ClusterGraph } from './cluster/cluster-graph.ts';

export interface Explained {
  /** Strongest first; what another finding explains is a symptom at half its strength. */
  readonly findings: readonly Finding[];
  /** Id of a finding ► id of the finding that explains it. */
  readonly explanations: ReadonlyMap<string, string>;
}

const EXPLAINED = 0.5;
/** Findings as strong as this explain others. */
const EXPLAINS = 4.2;
const MAX_DEPTH = 4;
/** What each further finding about the same component adds, up to five. */
const SUPPORT = 0.03;
const MAX_SUPPORT = 5;

const round = (value: number): number => Math.round(value * 1000) / 1000;
const rankOf = (item: Finding): number => (item.role === 'context' ? 1 : 0);
const compareIds = (a: Finding, b: Finding): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

const keyOf = (component: Component): string => `${component.namespace ?? ''}/${component.name}`;

/** `Kind/namespace/name` without its kind. */
const short = (key: string): string => key.slice(key.indexOf('/') + 1);

/** What a component needs, directly or not, as `namespace/name`; itself excluded. Names of one app's objects coincide on purpose. */
const needsOf = (graph: ClusterGraph): ((start: string) => ReadonlySet<string>) => {
  const next = new Map<string, Set<string>>();
  for (const edge of graph.edges) {
    const from = short(edge.from);
    const set = next.get(from);
    if (set === undefined) next.set(from, new Set([short(edge.to)]));
    else set.add(short(edge.to));
  }
  const known = new Map<string, ReadonlySet<string>>();
  return (start) => {
    const memo = known.get(start);
    if (memo !== undefined) return memo;
    const seen = new Set<string>([start]);
    let frontier = [start];
    for (let depth = 0; depth < MAX_DEPTH && frontier.length > 0; depth++) {
      frontier = [...new Set(frontier.flatMap((key) => [...(next.get(key) ?? [])]))].filter((key) => !seen.has(key));
      for (const key of frontier) seen.add(key);
    }
    seen.delete(start);
    known.set(start, seen);
    return seen;
  };
};

/** What the finding itself proves, before others are heard: tells a wrong object from a process that merely ended. */
const OWN_PROOF = 5.1;

/**
 * A finding is explained by a stronger cause on something that its component needs, unless it proves a defect of its own;
 * several findings about one component support each other a little.
 * `claims`: id of a finding ► `namespace/name` of what it explains by itself, proof or not: a quota and those it refuses.
 */
export const explainFindings = (findings: readonly Finding[], graph: ClusterGraph, claims: ReadonlyMap<string, ReadonlySet<string>>): Explained => {
  const needs = needsOf(graph);
  const causes = findings.filter((item) => item.role === 'cause' && item.strength >= EXPLAINS).sort((a, b) => b.strength - a.strength || compareIds(a, b));
  const groups = new Map<string, number>();
  for (const item of findings) if (item.role !== 'context') groups.set(keyOf(item.component), (groups.get(keyOf(item.component)) ?? 0) + 1);
  const explanations = new Map<string, string>();
  const weighed = findings.map((item): Finding => {
    if (item.role === 'context') return item;
    const support = Math.min((groups.get(keyOf(item.component)) ?? 1) - 1, MAX_SUPPORT) * SUPPORT;
    const own = keyOf(item.component);
    const explains = (other: Finding): boolean =>
      other.strength > item.strength &&
      keyOf(other.component) !== own &&
      (claims.get(other.id)?.has(own) === true || (item.strength < OWN_PROOF && needs(own).has(keyOf(other.component))));
    const cause = causes.find(explains);
    if (cause === undefined) return { ...item, strength: round(item.strength + support) };
    explanations.set(item.id, cause.id);
    return { ...item, role: 'symptom', strength: round(item.strength * EXPLAINED + support) };
  });
  return { findings: weighed.sort((a, b) => rankOf(a) - rankOf(b) || b.strength - a.strength || compareIds(a, b)), explanations };
};
