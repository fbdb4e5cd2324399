/** Who calls whom: the capsule's topology, edges that metrics measured, and parent and child spans of different services; where there is none of it, whom services that fail name in their logs. */
import type { Capsule } from '../../domain/capsule.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Spans } from '../../domain/spans.ts';
import { isInbound, seriesComponent } from '../../signals/metrics/series-component.ts';
import { complaintsIn } from './complaints.ts';

export interface CallGraph {
  readonly callees: ReadonlyMap<string, ReadonlySet<string>>;
  readonly callers: ReadonlyMap<string, ReadonlySet<string>>;
  /** In sorted order. */
  readonly names: readonly string[];
  /** Nobody recorded calls: only those are known that services wrote about when they failed. */
  readonly isHearsay: boolean;
}

const add = (map: Map<string, Set<string>>, key: string, value: string): void => {
  const set = map.get(key);
  if (set === undefined) map.set(key, new Set([value]));
  else set.add(value);
};

/** An address stands for a host, not for somebody who is called. */
const isAddress = (name: string): boolean => /^\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?$/.test(name);

/** Names of caller and callee, each pair of services once. */
const calledPairs = ({ length, names, services, parents }: Spans): readonly (readonly [string, string])[] => {
  const pairs = new Set<number>();
  for (let index = 0; index < length; index++) {
    const parent = parents[index] ?? -1;
    if (parent >= 0) pairs.add((services[parent] ?? 0) * names.length + (services[index] ?? 0));
  }
  return [...pairs].map((pair) => [names[Math.floor(pair / names.length)] ?? '', names[pair % names.length] ?? '']);
};

const namesIn = (capsule: Capsule, findings: readonly Finding[]): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const series of capsule.metrics) {
    const component = seriesComponent(series);
    if (component !== null && component.kind !== 'node') names.add(component.name);
  }
  for (const { component } of findings) if (component.kind === 'service') names.add(component.name);
  return names;
};

/** `findings`: of logs, where calls are not recorded. */
export const callGraphOf = (capsule: Capsule, findings: readonly Finding[] = []): CallGraph => {
  const callees = new Map<string, Set<string>>();
  const callers = new Map<string, Set<string>>();
  const link = (source: string, destination: string): void => {
    if (source === '' || destination === '' || source === destination || isAddress(source) || isAddress(destination)) return;
    add(callees, source, destination);
    add(callers, destination, source);
  };
  for (const { source, destination } of capsule.topology) link(source, destination);
  for (const { labels } of capsule.metrics) {
    const { source = isInbound(labels) ? undefined : labels['service'], destination } = labels;
    if (source !== undefined && destination !== undefined) link(source, destination);
  }
  for (const [caller, callee] of calledPairs(capsule.spans)) link(caller, callee);
  const isHearsay = callees.size === 0;
  if (isHearsay) for (const { by, about } of complaintsIn(findings, namesIn(capsule, findings))) link(by, about);
  return { callees, callers, isHearsay, names: [...new Set([...callees.keys(), ...callers.keys()])].sort() };
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
