/** The part of the call graph that an incident is about: whom it blames, who suffers, and the way between them. */
import type { Capsule } from '../../domain/capsule.ts';
import type { Component, Report } from '../../domain/report.ts';
import { type MapEdge, type MapNode, MAX_MAP_EDGES, MAX_MAP_NODES, type NodeState, type ServiceMap } from '../../domain/report-view.ts';
import { type CallGraph, callGraphOf } from '../relate/call-graph.ts';
import { scopeOf } from '../scope.ts';

type Neighbours = ReadonlyMap<string, ReadonlySet<string>>;

const sortedNames = (names: Iterable<string>): readonly string[] => [...names].sort();

const edgeKey = (source: string, destination: string): string => JSON.stringify([source, destination]);

/** Everybody who reaches `start` against the direction of `next`'s edges, within `allowed`. */
const reaching = (start: string, next: Neighbours, allowed: ReadonlySet<string>): ReadonlySet<string> => {
  const seen = new Set([start]);
  for (const here of seen) for (const name of next.get(here) ?? []) if (allowed.has(name)) seen.add(name);
  return seen;
};

/** The shortest chain of calls, both ends included; null where there is none. */
const shortestPath = (from: string, to: string, callees: Neighbours): readonly string[] | null => {
  const before = new Map<string, string | null>([[from, null]]);
  for (const here of before.keys()) {
    if (here === to) break;
    for (const name of sortedNames(callees.get(here) ?? [])) if (!before.has(name)) before.set(name, here);
  }
  if (!before.has(to)) return null;
  const path: string[] = [];
  for (let here: string | null = to; here !== null; here = before.get(here) ?? null) path.unshift(here);
  return path;
};

/** Calls over which the trouble reaches those who suffer. */
const pathEdges = (blamed: string, suffering: ReadonlySet<string>, sufferers: readonly string[], graph: CallGraph): ReadonlySet<string> => {
  const edges = new Set<string>();
  const onWay = reaching(blamed, graph.callers, suffering);
  for (const source of onWay) for (const destination of graph.callees.get(source) ?? []) if (onWay.has(destination) && source !== blamed) edges.add(edgeKey(source, destination));
  for (const sufferer of sufferers) {
    if (onWay.has(sufferer)) continue;
    const path = shortestPath(sufferer, blamed, graph.callees) ?? [];
    path.forEach((name, index) => {
      const next = path[index + 1];
      if (next !== undefined) edges.add(edgeKey(name, next));
    });
  }
  return edges;
};

/** Nearest to what matters first, then by name. */
const chooseNodes = (core: readonly string[], graph: CallGraph): ReadonlySet<string> => {
  const chosen = new Set(core.slice(0, MAX_MAP_NODES));
  for (const here of chosen) {
    for (const name of sortedNames([...(graph.callers.get(here) ?? []), ...(graph.callees.get(here) ?? [])])) if (chosen.size < MAX_MAP_NODES) chosen.add(name);
  }
  for (const name of graph.names) if (chosen.size < MAX_MAP_NODES) chosen.add(name);
  return chosen;
};

interface Blame {
  readonly name: string | null;
  /** Key of the blamed call; null where no call is to blame. */
  readonly edge: string | null;
}

const blameOf = (component: Component | undefined): Blame => {
  if (component === undefined) return { name: null, edge: null };
  const { kind, name, source, destination } = component;
  return kind === 'edge' && source !== null ? { name: destination ?? name, edge: edgeKey(source, destination ?? name) } : { name, edge: null };
};

const edgesOf = (chosen: ReadonlySet<string>, graph: CallGraph, path: ReadonlySet<string>, blame: Blame): readonly MapEdge[] => {
  const edges: MapEdge[] = [];
  for (const source of sortedNames(chosen)) {
    for (const destination of sortedNames(graph.callees.get(source) ?? [])) {
      const key = edgeKey(source, destination);
      if (chosen.has(destination)) edges.push({ source, destination, state: key === blame.edge ? 'blamed' : path.has(key) ? 'path' : 'normal' });
    }
  }
  const weight = { blamed: 0, path: 1, normal: 2 } as const;
  return edges.sort((a, b) => weight[a.state] - weight[b.state]).slice(0, MAX_MAP_EDGES);
};

export const serviceMap = (capsule: Capsule, report: Report): ServiceMap => {
  const graph = callGraphOf(capsule);
  if (graph.names.length === 0) return { nodes: [], edges: [], left: 0 };
  const known = new Set(graph.names);
  const { sufferers } = scopeOf(capsule);
  // Nobody is blamed by a report that does not know.
  const blame = blameOf(report.verdict === 'no_incident' ? undefined : report.hypotheses[0]?.component);
  const affected = new Set(report.impact.services);
  const path = blame.name === null ? new Set<string>() : pathEdges(blame.name, new Set([...affected, ...sufferers]), sufferers, graph);
  const onPath = new Set([...path].flatMap((key) => JSON.parse(key) as readonly string[]));
  const core = [...(blame.name === null ? [] : [blame.name]), ...sortedNames(onPath), ...sufferers.filter((name) => known.has(name)), ...sortedNames(affected).filter((name) => known.has(name))];
  const chosen = chooseNodes([...new Set(core)], graph);
  const stateOf = (name: string): NodeState => (name === blame.name ? 'blamed' : onPath.has(name) ? 'path' : affected.has(name) ? 'affected' : 'normal');
  const nodes = sortedNames(chosen).map((name): MapNode => ({ name, state: stateOf(name), hurts: sufferers.includes(name) }));
  return { nodes, edges: edgesOf(chosen, graph, path, blame), left: graph.names.filter((name) => !chosen.has(name)).length };
};
