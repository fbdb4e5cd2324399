/**
 * Clocks of different hosts disagree; spans show by how much, because a call begins while its caller waits for it. Only durations
 * are compared elsewhere, so a correction matters for self time and for the order of onsets.
 */
import type { Span } from '../../domain/capsule.ts';

export interface ClockSkew {
  /** Milliseconds to add to each span's start, by the clock it was taken with. */
  readonly offsetOf: (span: Span) => number;
  /** One sentence a corrected clock. */
  readonly gaps: readonly string[];
}

/** Pairs that an edge needs, and the share of them that must begin outside their caller's span. */
const MIN_PAIRS = 5;
const MIN_IMPOSSIBLE_SHARE = 0.9;
const TOLERANCE_MS = 1;

interface Edge {
  readonly caller: string;
  readonly callee: string;
  readonly offsets: number[];
  impossible: number;
}

/** Pods have clocks; where none is named, the service stands for its host. */
const clockOf = ({ pod, service }: Span): string => pod ?? service;

export const clockSkew = (spans: readonly Span[], parents: Int32Array): ClockSkew => {
  const edges = [...collectEdges(spans, parents).values()].filter(({ offsets }) => offsets.length >= MIN_PAIRS);
  if (!edges.some(isImpossible)) return { offsetOf: () => 0, gaps: [] };
  const offsets = spread(edges);
  const corrected = [...offsets].filter(([, offset]) => offset !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    offsetOf: (span) => offsets.get(clockOf(span)) ?? 0,
    gaps: corrected.map(([clock, offset]) => `The clock of ${clock} is ${Math.abs(offset / 1000).toFixed(1)} s ${offset > 0 ? 'behind' : 'ahead of'} its callers'; its spans were moved by that.`),
  };
};

const collectEdges = (spans: readonly Span[], parents: Int32Array): Map<string, Edge> => {
  const edges = new Map<string, Edge>();
  spans.forEach((child, index) => {
    const parent = spans[parents[index] ?? -1];
    if (parent === undefined || clockOf(parent) === clockOf(child)) return;
    const key = `${clockOf(parent)}\n${clockOf(child)}`;
    const edge = edges.get(key) ?? { caller: clockOf(parent), callee: clockOf(child), offsets: [], impossible: 0 };
    edges.set(key, edge);
    // Between request and response the child lies about in the middle of its caller.
    edge.offsets.push(parent.startMs - child.startMs + (parent.durationMs - child.durationMs) / 2);
    const start = child.startMs - parent.startMs;
    if (start < -TOLERANCE_MS || start > parent.durationMs + TOLERANCE_MS) edge.impossible += 1;
  });
  return edges;
};

const isImpossible = ({ offsets, impossible }: Edge): boolean => impossible >= MIN_IMPOSSIBLE_SHARE * offsets.length;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Offsets of all clocks against the busiest that only calls, along the busiest edges first. */
const spread = (edges: readonly Edge[]): Map<string, number> => {
  const ordered = [...edges].sort((a, b) => b.offsets.length - a.offsets.length || (`${a.caller}\n${a.callee}` < `${b.caller}\n${b.callee}` ? -1 : 1));
  const offsets = new Map<string, number>();
  for (const seed of [...ordered.filter(({ caller }) => !ordered.some(({ callee }) => callee === caller)), ...ordered]) {
    if (!offsets.has(seed.caller)) {
      offsets.set(seed.caller, 0);
      spreadFrom(ordered, offsets);
    }
  }
  return offsets;
};

const spreadFrom = (edges: readonly Edge[], offsets: Map<string, number>): void => {
  for (let open = true; open; ) {
    const edge = edges.find(({ caller, callee }) => offsets.has(caller) && !offsets.has(callee));
    open = edge !== undefined;
    if (edge !== undefined) offsets.set(edge.callee, (offsets.get(edge.caller) ?? 0) + (isImpossible(edge) ? median(edge.offsets) : 0));
  }
};
