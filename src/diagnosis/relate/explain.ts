/** How much of a component's suffering its callees explain: a callee's fault explains its callers, not the reverse. */
import type { CallGraph } from './call-graph.ts';
import type { Excess, Health } from './health.ts';
import { meanExcess } from './impact.ts';
import { isStore } from './store.ts';

/** Weaker shifts explain nobody. */
const MIN_STRENGTH = 2.5;

const largest = (excesses: Iterable<Excess>): number => {
  let most = 0;
  for (const excess of excesses) if (excess.strength >= MIN_STRENGTH) most = Math.max(most, excess.amount);
  return most;
};

/** Of a mean, a callee explains no more than its share of the caller's calls lets it. */
const callShare = (caller: Health, callee: Health, quantile: string): number =>
  quantile !== 'mean' || caller.calls === null || callee.calls === null || caller.calls <= 0 ? 1 : Math.min(1, callee.calls / caller.calls);

/** The caller's quantile that tells most: the mean, which adds up over calls, else its strongest. */
const tellingQuantile = (caller: Health, callee: Health): string | null => {
  let found: string | null = null;
  let most = 0;
  for (const [quantile, own] of caller.latency) {
    if (own.strength < MIN_STRENGTH || !callee.latency.has(quantile)) continue;
    if (quantile === 'mean') return quantile;
    if (own.strength > most) {
      most = own.strength;
      found = quantile;
    }
  }
  return found;
};

/**
 * A caller holds a thread for as long as it waits. A wait of the length of its whole usual time halves what its threads can serve, and the queue that forms
 * then has no bound: beyond it a caller's excess, however large, is no sign of a fault of its own. Only where such a queue is seen: requests in flight,
 * busy threads or held connections that rose.
 */
const QUEUEING = 0.85;

/** Where a single high quantile is all that was measured: the mean of waiting times with that quantile (exponential, as of a queue), not the little that the quantile proves. */
const typicalExcess = (callee: Health): number => {
  const [only] = callee.quantiles.size === 1 ? callee.quantiles : [];
  const q = Number(only);
  return q >= 0.5 && q < 1 ? largest(callee.latency.values()) / -Math.log1p(-q) : meanExcess(callee);
};

const hasQueue = ({ resources }: Health): boolean =>
  resources.some(({ strength, ratio, analysis }) => analysis.meaning.quantity === 'saturation' && strength >= MIN_STRENGTH && ratio > 1);

const queueingShare = (caller: Health, callee: Health): number => {
  if (!hasQueue(caller) || caller.usualLatencyMs === null || caller.usualLatencyMs <= 0 || ![...callee.latency.values()].some(({ strength }) => strength >= MIN_STRENGTH)) return 0;
  return QUEUEING * Math.min(1, typicalExcess(callee) / caller.usualLatencyMs);
};

/** At the same quantile where both measured one; where they have none in common, largest against largest. */
const latencyRatio = (caller: Health, callee: Health, callerName: string): number => {
  const seen = callee.clientLatency.get(callerName);
  const outside = seen === undefined || seen.strength < MIN_STRENGTH ? 0 : seen.amount;
  const quantile = tellingQuantile(caller, callee);
  if (quantile === null) {
    const own = largest(caller.latency.values());
    return own === 0 ? 0 : Math.min(1, Math.max(largest(callee.latency.values()), outside) / own);
  }
  const own = caller.latency.get(quantile);
  const theirs = callee.latency.get(quantile);
  const amount = Math.max(outside, theirs === undefined || theirs.strength < MIN_STRENGTH / 2 ? 0 : theirs.amount);
  return own === undefined || own.amount <= 0 ? 0 : Math.min(1, (amount * callShare(caller, callee, quantile)) / own.amount);
};

const failures = (health: Health): number => (health.errors === null ? 0 : health.errors.amount * (health.calls === null || health.calls <= 0 ? 1 : health.calls));

const errorRatio = (caller: Health, callee: Health): number => {
  if (caller.errors === null || callee.errors === null || callee.errors.strength < MIN_STRENGTH) return 0;
  const counted = caller.calls !== null && caller.calls > 0 && callee.calls !== null && callee.calls > 0;
  const [own, theirs] = counted ? [failures(caller), failures(callee)] : [caller.errors.amount, callee.errors.amount];
  return own <= 0 ? 0 : Math.min(1, theirs / own);
};

export interface Explained {
  /** 0 to 1, of all callees together. */
  readonly share: number;
  /** The callee that explains most of it; null of none. */
  readonly by: string | null;
}

const NOBODY: Explained = { share: 0, by: null };

/** Where nobody knows who calls whom, this much is known: services call stores, and stores call nobody. */
const calleesOf = ({ name, kind }: Health, graph: CallGraph, all: ReadonlyMap<string, Health>): readonly string[] => {
  const known = graph.callees.get(name) ?? [];
  if (graph.names.length > 0 && !graph.isHearsay) return [...known].sort();
  if (kind === 'node' || isStore(name)) return [];
  const stores = [...all.values()].filter((other) => other.kind === 'service' && isStore(other.name)).map((other) => other.name);
  return [...new Set([...known, ...stores])].sort();
};

const best = (health: Health, graph: CallGraph, all: ReadonlyMap<string, Health>, ratio: (caller: Health, callee: Health) => number): Explained => {
  let found = NOBODY;
  let total = 0;
  for (const name of calleesOf(health, graph, all)) {
    const callee = all.get(name);
    if (callee === undefined) continue;
    const share = ratio(health, callee);
    total += share;
    if (share > found.share) found = { share, by: name };
  }
  return { share: Math.min(1, total), by: found.by };
};

export const explainedLatency = (health: Health, graph: CallGraph, all: ReadonlyMap<string, Health>): Explained => {
  const added = best(health, graph, all, (caller, callee) => latencyRatio(caller, callee, health.name));
  const queued = best(health, graph, all, queueingShare);
  // Waits add up; that somebody's wait fills the queue is said once.
  return added.share >= Math.min(QUEUEING, queued.share) ? added : { share: Math.min(QUEUEING, queued.share), by: queued.by };
};

export const explainedErrors = (health: Health, graph: CallGraph, all: ReadonlyMap<string, Health>): Explained => best(health, graph, all, errorRatio);
