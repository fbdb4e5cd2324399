/**
 * Clocks of different hosts disagree; spans show by how much, because a call begins while its caller waits for it. Only durations
 * are compared elsewhere, so a correction matters for self time and for the order of onsets.
 */
import type { Spans } from '../../domain/spans.ts';

export interface ClockSkew {
  /** Start of each span, corrected by the clock it was taken with; the spans' own column where nothing needs correcting. */
  readonly startMs: Float64Array;
  /** One sentence a corrected clock. */
  readonly gaps: readonly string[];
}

/** Pairs that an edge needs, and the share of them that must begin outside their caller's span. */
const MIN_PAIRS = 5;
const MIN_IMPOSSIBLE_SHARE = 0.9;
const TOLERANCE_MS = 1;

/** Clocks are numbers of names. */
interface Edge {
  readonly caller: number;
  readonly callee: number;
  pairs: number;
  impossible: number;
}

/** Pods have clocks; where none is named, the service stands for its host. */
const clockOf = ({ pods, services }: Spans, index: number): number => {
  const pod = pods[index] ?? -1;
  return pod >= 0 ? pod : (services[index] ?? 0);
};

export const clockSkew = (spans: Spans): ClockSkew => {
  const edges = [...collectEdges(spans).values()].filter(({ pairs }) => pairs >= MIN_PAIRS);
  if (!edges.some(isImpossible)) return { startMs: spans.startMs, gaps: [] };
  const nameOf = (clock: number): string => spans.names[clock] ?? '';
  const offsets = spread(edges, medianOffsets(spans, edges.filter(isImpossible)), nameOf);
  const startMs = spans.startMs.map((at, index) => at + (offsets.get(clockOf(spans, index)) ?? 0));
  const corrected = [...offsets].filter(([, offset]) => offset !== 0).map(([clock, offset]) => [nameOf(clock), offset] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  const gaps = corrected.map(([clock, offset]) => `The clock of ${clock} is ${Math.abs(offset / 1000).toFixed(1)} s ${offset > 0 ? 'behind' : 'ahead of'} its callers'; its spans were moved by that.`);
  return gaps.length === 0 ? { startMs: spans.startMs, gaps } : { startMs, gaps };
};

const keyOf = (spans: Spans, caller: number, callee: number): number => caller * spans.names.length + callee;

/** Calls `visit` with every span whose parent was timed by another clock. */
const eachPair = (spans: Spans, visit: (parent: number, child: number, key: number) => void): void => {
  for (let child = 0; child < spans.length; child++) {
    const parent = spans.parents[child] ?? -1;
    if (parent < 0) continue;
    const caller = clockOf(spans, parent);
    const callee = clockOf(spans, child);
    if (caller !== callee) visit(parent, child, keyOf(spans, caller, callee));
  }
};

const collectEdges = (spans: Spans): Map<number, Edge> => {
  const { startMs, durationMs } = spans;
  const edges = new Map<number, Edge>();
  eachPair(spans, (parent, child, key) => {
    let edge = edges.get(key);
    if (edge === undefined) {
      edge = { caller: clockOf(spans, parent), callee: clockOf(spans, child), pairs: 0, impossible: 0 };
      edges.set(key, edge);
    }
    edge.pairs += 1;
    const start = (startMs[child] ?? 0) - (startMs[parent] ?? 0);
    if (start < -TOLERANCE_MS || start > (durationMs[parent] ?? 0) + TOLERANCE_MS) edge.impossible += 1;
  });
  return edges;
};

const isImpossible = ({ pairs, impossible }: Edge): boolean => impossible >= MIN_IMPOSSIBLE_SHARE * pairs;

/** By edge: between request and response the child lies about in the middle of its caller. */
const medianOffsets = (spans: Spans, wanted: readonly Edge[]): ReadonlyMap<Edge, number> => {
  const { startMs, durationMs } = spans;
  const offsets = new Map<number, number[]>(wanted.map(({ caller, callee }) => [keyOf(spans, caller, callee), []]));
  eachPair(spans, (parent, child, key) => {
    offsets.get(key)?.push((startMs[parent] ?? 0) - (startMs[child] ?? 0) + ((durationMs[parent] ?? 0) - (durationMs[child] ?? 0)) / 2);
  });
  return new Map(wanted.map((edge) => [edge, median(offsets.get(keyOf(spans, edge.caller, edge.callee)) ?? [])]));
};

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Offsets of all clocks against the busiest that only calls, along the busiest edges first. */
const spread = (edges: readonly Edge[], offsetOf: ReadonlyMap<Edge, number>, nameOf: (clock: number) => string): Map<number, number> => {
  const textOf = ({ caller, callee }: Edge): string => `${nameOf(caller)}\n${nameOf(callee)}`;
  const ordered = [...edges].sort((a, b) => b.pairs - a.pairs || (textOf(a) < textOf(b) ? -1 : 1));
  const offsets = new Map<number, number>();
  for (const seed of [...ordered.filter(({ caller }) => !ordered.some(({ callee }) => callee === caller)), ...ordered]) {
    if (!offsets.has(seed.caller)) {
      offsets.set(seed.caller, 0);
      spreadFrom(ordered, offsetOf, offsets);
    }
  }
  return offsets;
};

const spreadFrom = (edges: readonly Edge[], offsetOf: ReadonlyMap<Edge, number>, offsets: Map<number, number>): void => {
  for (let open = true; open; ) {
    const edge = edges.find(({ caller, callee }) => offsets.has(caller) && !offsets.has(callee));
    open = edge !== undefined;
    if (edge !== undefined) offsets.set(edge.callee, (offsets.get(edge.caller) ?? 0) + (offsetOf.get(edge) ?? 0));
  }
};
