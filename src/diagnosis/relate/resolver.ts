/**
 * Names are resolved before anybody is called. Whose name could not be resolved was never asked, and who asked for it is not to blame: both wait for the resolver,
 * which no call graph shows because every service uses it.
 */
import type { Finding } from '../../domain/finding.ts';
import type { CallGraph } from './call-graph.ts';
import { complaintsIn } from './complaints.ts';
import type { Excess, Health } from './health.ts';

/** Products and the field's words for a server of the domain name system, by the component's name. */
const RESOLVER = /(?:^|[-_.])(?:core-?dns|kube-?dns|(?:node-?local-?)?dns|dnsmasq|unbound|bind9|named|resolver)(?:$|[-_.\d])/i;

export const isResolver = (name: string): boolean => RESOLVER.test(name);

/** How well a text must fit a failed resolution. */
const FITS = 0.6;
const MIN_SAID = 1.5;
/** In spreads, from which on a resolver is in trouble by its own figures; in points by its own words. */
const MIN_SHIFT = 4;
const MIN_WORDS = 3;
/** The same without anybody's word for it. */
const CERTAIN = 8;
const PERSISTENT = 0.5;

export interface Unresolved {
  /** In trouble by its own figures or words. */
  readonly resolver: string;
  /** Services that write that a name could not be resolved, strongest first; none where the resolver's own figures alone say so. */
  readonly findings: readonly Finding[];
  /** Its failures, where it counts them; null where it does not, or none. */
  readonly failures: Excess | null;
}

const saysUnresolved = ({ kind, role, strength, faults }: Finding): boolean => kind === 'log_pattern' && role !== 'context' && strength >= MIN_SAID && (faults.dns ?? 0) >= FITS;

const isTroubled = (name: string, all: ReadonlyMap<string, Health>, findings: readonly Finding[]): boolean => {
  const health = all.get(name);
  const measured = health !== undefined && [health.errors, ...health.latency.values()].some((excess) => excess !== null && excess.strength >= MIN_SHIFT);
  return measured || findings.some(({ component, kind, role, strength }) => component.name === name && kind !== 'change' && role === 'cause' && strength >= MIN_WORDS);
};

/** Failures that a resolver counts itself: all services depend on it, whether or not they say so. */
const failuresOf = (name: string, all: ReadonlyMap<string, Health>): Excess | null => {
  const errors = all.get(name)?.errors ?? null;
  return errors !== null && errors.strength >= CERTAIN && errors.persistence >= PERSISTENT ? errors : null;
};

/** Hosts of the world; the cluster's own end otherwise. */
const HOST = /[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6}/gi;
const OWN_HOST = /\.(?:internal|local|svc|cluster|lan|corp|consul|intra|localdomain)$|\.svc\.|(?:^|\.)(?:\d+|\w*(?:exception|error))$/i;
const hostsIn = ({ indicator }: Finding): readonly string[] => (indicator.slice(0, 1_000).match(HOST) ?? []).filter((host) => /\.[a-z]{2,}$/.test(host) && !OWN_HOST.test(host));

/** A resolver that fails fails more than one. Where one service alone asks in vain, and for the names of one foreign zone only, it is that zone which nobody answers for. */
const isOneZone = (said: readonly Finding[]): boolean => {
  const zones = new Set(said.flatMap((finding) => hostsIn(finding)).map((host) => host.split('.').slice(-2).join('.')));
  return zones.size === 1 && new Set(said.map(({ component }) => component.name)).size === 1 && said.every((finding) => hostsIn(finding).length > 0);
};

/** Null where nobody fails to resolve names and no resolver counts failures, or no resolver is seen to be in trouble. */
export const unresolvedOf = (all: ReadonlyMap<string, Health>, findings: readonly Finding[]): Unresolved | null => {
  const said = findings.filter((finding) => saysUnresolved(finding) && !isResolver(finding.component.name)).sort((a, b) => b.strength - a.strength || (a.id < b.id ? -1 : 1));
  const names = new Set([...[...all.values()].filter(({ kind }) => kind === 'service').map(({ name }) => name), ...findings.map(({ component }) => component.name)]);
  const resolver = [...names].filter((name) => isResolver(name) && isTroubled(name, all, findings)).sort()[0];
  const failures = resolver === undefined ? null : failuresOf(resolver, all);
  return resolver === undefined || (said.length === 0 && failures === null) || isOneZone(said) ? null : { resolver, findings: said, failures };
};

/** The call graph with the resolver behind those who failed to resolve, and behind those whose names they asked for; behind everybody where it counts failures. */
export const withResolver = (graph: CallGraph, unresolved: Unresolved | null): CallGraph => {
  if (unresolved === null) return graph;
  const { resolver, findings, failures } = unresolved;
  const callees = new Map(graph.callees);
  const asked = new Set([...findings.map(({ component }) => component.name), ...complaintsIn(findings, graph.names).map(({ about }) => about), ...(failures === null ? [] : graph.names)]);
  asked.delete(resolver);
  for (const name of asked) callees.set(name, new Set([...(graph.callees.get(name) ?? []), resolver]));
  const callers = new Map(graph.callers).set(resolver, new Set([...(graph.callers.get(resolver) ?? []), ...asked]));
  return { ...graph, callees, callers, names: [...new Set([...graph.names, ...asked, resolver])].sort() };
};
