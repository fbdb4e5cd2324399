/** Who calls whom: the capsule's topology, edges that metrics measured, and parent and child spans of different services. */
import type { Capsule } from '../../domain/capsule.ts';

export interface CallGraph {
  readonly callees: ReadonlyMap<string, ReadonlySet<string>>;
  readonly callers: ReadonlyMap<string, ReadonlySet<string>>;
  /** In sorted order. */
  readonly names: readonly string[];
}

const add = (map: Map<string, Set<string>>, key: string, value: string): void => {
  const set = map.get(key);
  if (set === undefined) map.set(key, new Set([value]));
  else set.add(value);
};

/** An address stands for a host, not for somebody who is called. */
const isAddress = (name: string): boolean => /^\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?$/.test(name);

export const callGraphOf = (capsule: Capsule): CallGraph => {
  const callees = new Map<string, Set<string>>();
  const callers = new Map<string, Set<string>>();
  const link = (source: string, destination: string): void => {
    if (source === '' || destination === '' || source === destination || isAddress(source) || isAddress(destination)) return;
    add(callees, source, destination);
    add(callers, destination, source);
  };
  for (const { source, destination } of capsule.topology) link(source, destination);
  for (const { labels } of capsule.metrics) {
    const { source, destination } = labels;
    if (source !== undefined && destination !== undefined) link(source, destination);
  }
  const owner = new Map<string, string>();
  for (const span of capsule.spans) owner.set(`${span.traceId}/${span.spanId}`, span.service);
  for (const span of capsule.spans) {
    const parent = span.parentSpanId === null ? undefined : owner.get(`${span.traceId}/${span.parentSpanId}`);
    if (parent !== undefined) link(parent, span.service);
  }
  return { callees, callers, names: [...new Set([...callees.keys(), ...callers.keys()])].sort() };
};

/** `reachableFrom` with a memory, for those who ask about everybody. */
export const reachability = (next: ReadonlyMap<string, ReadonlySet<string>>): ((start: string) => ReadonlyMap<string, number>) => {
  const known = new Map<string, ReadonlyMap<string, number>>();
  return (start) => {
    const found = known.get(start) ?? reachableFrom(start, next);
    known.set(start, found);
    return found;
  };
};

/** Everybody whom `start` calls, directly or not, with the number of hops; `start` itself at 0. */
export const reachableFrom = (start: string, next: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, number> => {
  const hops = new Map<string, number>([[start, 0]]);
  const queue = [start];
  for (let i = 0; i < queue.length; i++) {
    const here = queue[i] ?? '';
    for (const name of next.get(here) ?? []) {
      if (hops.has(name)) continue;
      hops.set(name, (hops.get(here) ?? 0) + 1);
      queue.push(name);
    }
  }
  return hops;
};
