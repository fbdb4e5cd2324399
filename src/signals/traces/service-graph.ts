/** Who calls whom: from parent and child spans, merged with the capsule's topology. */
import type { TopologyEdge } from '../../domain/capsule.ts';
import type { Spans } from '../../domain/spans.ts';

export interface ServiceCall {
  /** Calls seen in traces; 0 where only the topology knows the edge. */
  readonly calls: number;
  readonly errors: number;
}

export interface ServiceGraph {
  /** Caller ► callee ► call. Services that call nobody are in `services` only. */
  readonly calls: ReadonlyMap<string, ReadonlyMap<string, ServiceCall>>;
  /** Every service of either source, sorted. */
  readonly services: readonly string[];
}

/** Spans without a service name and calls within a service are left out. */
export const serviceGraph = (spans: Spans, topology: readonly TopologyEdge[]): ServiceGraph => {
  const calls = new Map<string, Map<string, { calls: number; errors: number }>>();
  const services = new Set<string>();
  const edge = (caller: string, callee: string): { calls: number; errors: number } => {
    const callees = calls.get(caller) ?? new Map<string, { calls: number; errors: number }>();
    calls.set(caller, callees);
    const call = callees.get(callee) ?? { calls: 0, errors: 0 };
    callees.set(callee, call);
    return call;
  };
  const { names, parents, failed } = spans;
  const seen = new Uint8Array(names.length);
  const callOfPair = new Map<number, { calls: number; errors: number }>();
  for (let index = 0; index < spans.length; index++) {
    const service = spans.services[index] ?? 0;
    seen[service] = 1;
    const parent = parents[index] ?? -1;
    const caller = parent < 0 ? service : (spans.services[parent] ?? service);
    if (caller === service || names[service] === '' || names[caller] === '') continue;
    const pair = caller * names.length + service;
    let call = callOfPair.get(pair);
    if (call === undefined) {
      call = edge(names[caller] ?? '', names[service] ?? '');
      callOfPair.set(pair, call);
    }
    call.calls += 1;
    call.errors += failed[index] ?? 0;
  }
  names.forEach((name, number) => {
    if (seen[number] === 1 && name !== '') services.add(name);
  });
  for (const { source, destination } of topology) {
    services.add(source).add(destination);
    if (source !== destination) edge(source, destination);
  }
  return { calls: sortedCalls(calls), services: [...services].sort() };
};

const sortedCalls = <T>(calls: ReadonlyMap<string, ReadonlyMap<string, T>>): Map<string, Map<string, T>> => {
  return new Map([...calls].sort(byName).map(([caller, callees]) => [caller, new Map([...callees].sort(byName))]));
};

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : Number(a > b));

/** Everything `service` calls, directly or through others, itself not included. */
export const calleesOf = (graph: ServiceGraph, service: string): ReadonlySet<string> => {
  const reached = new Set<string>();
  const queue = [service];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const callee of graph.calls.get(next)?.keys() ?? []) {
      if (callee === service || reached.has(callee)) continue;
      reached.add(callee);
      queue.push(callee);
    }
  }
  return reached;
};
