/**
 * Which service the lost time belongs to. Every slow edge could be its caller's or its callee's: a slow or busy callee shows on
 * all edges into it, a busy caller on all edges out of it, and a busy service in its own code as well.
 */
import type { EdgeShift, ServiceShift, SpanDurations } from './span-durations.ts';

export interface LatencyBlame {
  readonly service: string;
  readonly pod: string | null;
  /** Doublings of the normal spread that the service answers for, over its own code and its edges. */
  readonly strength: number;
  readonly selfStrength: number;
  readonly inboundStrength: number;
  readonly outboundStrength: number;
  /** The clearest of its slow edges and its own code. */
  readonly clearest: EdgeShift | ServiceShift;
}

/** Normal spreads by which a median must have moved to be looked at. */
const MIN_SHIFT = 3;

/** A slow edge between two services that have no other is more often the callee's doing. */
const OUTBOUND_WEIGHT = 0.9;

/** On a logarithmic scale, so that one edge that is a thousand times slower does not outvote ten that are a hundred times slower. */
const doublings = (strength: number): number => (strength < MIN_SHIFT ? 0 : Math.log2(1 + strength));

/** The most of a caller's own time that can be waiting for a thread. */
const QUEUEING = 0.85;

/**
 * 0 to 1: the share of a service's own time that may be a queue in front of it. Who waits for a callee by as much longer as it usually takes for a whole
 * call serves half as many; the queue that forms then has no bound, and it lies within the caller's span.
 */
const queueingShares = ({ entries, calls }: SpanDurations): ReadonlyMap<string, number> => {
  const byService = new Map(entries.map((entry) => [entry.service, entry.shift]));
  const shares = new Map<string, number>();
  for (const { caller, callee } of calls) {
    const [waiting, slow] = [byService.get(caller), byService.get(callee)];
    if (waiting === undefined || slow === undefined || waiting.normalMs <= 0 || slow.strength < MIN_SHIFT) continue;
    const longer = Math.max(0, slow.suspectMs - slow.normalMs) / waiting.normalMs;
    shares.set(caller, Math.max(shares.get(caller) ?? 0, QUEUEING * Math.min(1, longer)));
  }
  return shares;
};

/** Services that answer for lost time, most first; each slow edge is charged once. */
export const blameForLatency = (durations: SpanDurations): LatencyBlame[] => {
  const queueing = queueingShares(durations);
  const { edges } = durations;
  const self = durations.self.map((one) => ({ ...one, queueing: queueing.get(one.service) ?? 0 }));
  const services = new Set([...self.map(({ service }) => service), ...edges.flatMap(({ caller, callee }) => [caller, callee])]);
  const charged = new Set<EdgeShift>();
  const blamed: LatencyBlame[] = [];
  for (let open = [...services].sort(); open.length > 0; ) {
    const ranked = open
      .map((service) => blameOf(service, self, edges, charged))
      .filter((blame) => blame !== null)
      .sort((a, b) => b.strength - a.strength || (a.service < b.service ? -1 : 1));
    const worst = ranked[0];
    if (worst === undefined) break;
    blamed.push(worst);
    open = open.filter((service) => service !== worst.service);
    for (const edge of edges) if (edge.caller === worst.service || edge.callee === worst.service) charged.add(edge);
  }
  return blamed;
};

const blameOf = (service: string, self: readonly (ServiceShift & { readonly queueing: number })[], edges: readonly EdgeShift[], charged: ReadonlySet<EdgeShift>): LatencyBlame | null => {
  const own = self.find((shift) => shift.service === service);
  const inbound = edges.filter(({ callee }) => callee === service);
  const outbound = edges.filter(({ caller }) => caller === service);
  const selfStrength = doublings(own?.shift.strength ?? 0) * (1 - (own?.queueing ?? 0));
  const inboundStrength = meanDoublings(inbound, charged);
  const outboundStrength = OUTBOUND_WEIGHT * meanDoublings(outbound, charged);
  const strength = selfStrength + inboundStrength + outboundStrength;
  const clearest = [...(own === undefined ? [] : [own]), ...inbound, ...outbound]
    .filter((shift) => !('caller' in shift && charged.has(shift)))
    .sort((a, b) => b.shift.strength - a.shift.strength)[0];
  if (strength === 0 || clearest === undefined) return null;
  return { service, pod: own?.pod ?? null, strength, selfStrength, inboundStrength, outboundStrength, clearest };
};

/**
 * Mean over all of the edges, slow or not: one slow edge among many is not the service's doing. Busy edges weigh more, and many
 * slow edges with one end in common are more than one slow edge.
 */
const meanDoublings = (edges: readonly EdgeShift[], charged: ReadonlySet<EdgeShift>): number => {
  let sum = 0;
  let weights = 0;
  let slow = 0;
  for (const edge of edges) {
    const weight = Math.sqrt(edge.shift.suspectCount);
    weights += weight;
    const moved = charged.has(edge) ? 0 : doublings(edge.shift.strength);
    sum += weight * moved;
    if (moved > 0) slow += 1;
  }
  return slow === 0 ? 0 : (sum / weights) * (1 + 0.5 * Math.log2(slow));
};
