/**
 * Where time is spent: in a service's own code, or between two services.
 *
 * The gap of a call is the caller's span less the callee's: the network, the queues and the serialisation between them. It needs
 * no synchronised clocks, and finds a slow network where no metric of either side shows one.
 */
import type { Span } from '../../domain/capsule.ts';
import type { Operations } from './operations.ts';
import type { Phases } from './phases.ts';
import { slotOf } from './phases.ts';
import type { DurationShift } from './shift.ts';
import { DurationPool } from './shift.ts';
import type { SpanTable } from './span-table.ts';

export interface ServiceShift {
  readonly service: string;
  /** The only pod seen, or null. */
  readonly pod: string | null;
  readonly shift: DurationShift;
}

export interface EdgeShift {
  readonly caller: string;
  readonly callee: string;
  readonly shift: DurationShift;
}

export interface SpanDurations {
  /** Time in own code, without the time spent waiting for a call. */
  readonly self: readonly ServiceShift[];
  readonly edges: readonly EdgeShift[];
  /** Whole duration of calls into a service, as its callers and users suffer it. */
  readonly entries: readonly ServiceShift[];
}

class ServicePools {
  private readonly pools = new Map<string, { readonly pool: DurationPool; readonly pods: Set<string> }>();

  of(span: Span): DurationPool {
    let entry = this.pools.get(span.service);
    if (entry === undefined) {
      entry = { pool: new DurationPool(), pods: new Set() };
      this.pools.set(span.service, entry);
    }
    if (span.pod !== null) entry.pods.add(span.pod);
    return entry.pool;
  }

  shifts(phases: Phases): ServiceShift[] {
    return [...this.pools].sort(byKey).flatMap(([service, { pool, pods }]) => {
      const shift = pool.shift(phases);
      return shift === null ? [] : [{ service, pod: pods.size === 1 ? ([...pods][0] ?? null) : null, shift }];
    });
  }
}

/** Shifts of every service and edge with enough spans in normal and suspect time, by name. */
export const spanDurations = (table: SpanTable, phases: Phases, operations: Operations): SpanDurations => {
  const { spans, parents, selfMs } = table;
  const waits = waitingSpans(table);
  const nameOf = (index: number): string => operations.names[operations.of[index] ?? -1] ?? '';
  const self = new ServicePools();
  const entries = new ServicePools();
  const edges = new Map<string, { readonly caller: string; readonly callee: string; readonly pool: DurationPool }>();
  spans.forEach((span, index) => {
    const slot = slotOf(phases, span.startMs);
    if (slot < 0 || span.service === '') return;
    const operation = nameOf(index);
    if (waits[index] !== 1) self.of(span).add(operation, slot, selfMs[index] ?? 0, selfMs[index] ?? 0);
    const parentIndex = parents[index] ?? -1;
    const parent = spans[parentIndex];
    if (parent?.service === span.service) return;
    entries.of(span).add(operation, slot, span.durationMs, span.durationMs);
    if (parent === undefined || parent.service === '' || waits[parentIndex] !== 1) return;
    const gapMs = parent.durationMs - span.durationMs;
    // A callee that outlives its caller was called asynchronously.
    if (gapMs >= 0) edgeOf(edges, parent.service, span.service).add(`${nameOf(parentIndex)} > ${operation}`, slot, gapMs, parent.durationMs);
  });
  const edgeShifts = [...edges].sort(byKey).flatMap(([, { caller, callee, pool }]) => {
    const shift = pool.shift(phases);
    return shift === null ? [] : [{ caller, callee, shift }];
  });
  return { self: self.shifts(phases), edges: edgeShifts, entries: entries.shifts(phases) };
};

/** 1 for client spans: those whose one child is of another service. Others do work of their own between calls. */
const waitingSpans = ({ spans, parents }: SpanTable): Uint8Array => {
  const children = new Uint32Array(spans.length);
  const waits = new Uint8Array(spans.length);
  parents.forEach((parent, index) => {
    if (parent < 0) return;
    children[parent] = (children[parent] ?? 0) + 1;
    if (spans[parent]?.service !== spans[index]?.service) waits[parent] = 1;
  });
  return waits.map((wait, index) => (wait === 1 && children[index] === 1 ? 1 : 0));
};

const edgeOf = (edges: Map<string, { readonly caller: string; readonly callee: string; readonly pool: DurationPool }>, caller: string, callee: string): DurationPool => {
  const key = `${caller}\n${callee}`;
  const known = edges.get(key);
  if (known !== undefined) return known.pool;
  const pool = new DurationPool();
  edges.set(key, { caller, callee, pool });
  return pool;
};

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : Number(a > b));
