/**
 * Where time is spent: in a service's own code, or between two services.
 *
 * The gap of a call is the caller's span less the callee's: the network, the queues and the serialisation between them. It needs
 * no synchronised clocks, and finds a slow network where no metric of either side shows one.
 */
import type { Spans } from '../../domain/spans.ts';
import type { Phases } from './phases.ts';
import type { DurationShift } from './shift.ts';
import { DurationPool } from './shift.ts';
import type { TracePhases } from './trace-phases.ts';

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
  /** Each pair of services once. */
  readonly calls: readonly { readonly caller: string; readonly callee: string }[];
}

/** Pools by a number of the caller's: a service, or an edge. */
class Pools {
  private readonly pools = new Map<number, DurationPool>();

  of(key: number): DurationPool {
    let pool = this.pools.get(key);
    if (pool === undefined) {
      pool = new DurationPool();
      this.pools.set(key, pool);
    }
    return pool;
  }

  /** Those that have enough durations, in no particular order. */
  shifts(phases: Phases, nameOf: (operation: number) => string): { readonly key: number; readonly shift: DurationShift }[] {
    return [...this.pools].flatMap(([key, pool]) => {
      const shift = pool.shift(phases, nameOf);
      return shift === null ? [] : [{ key, shift }];
    });
  }
}

/** The only pod of a service, or that there are several. */
class OnlyPods {
  private readonly pods: Int32Array;

  constructor(services: number) {
    this.pods = new Int32Array(services).fill(UNSEEN);
  }

  add(service: number, pod: number): void {
    if (pod < 0) return;
    const known = this.pods[service];
    if (known === UNSEEN) this.pods[service] = pod;
    else if (known !== pod) this.pods[service] = SEVERAL;
  }

  of(service: number): number {
    return this.pods[service] ?? UNSEEN;
  }
}
const UNSEEN = -1;
const SEVERAL = -2;

/** Shifts of every service and edge with enough spans in normal and suspect time, by name. */
export const spanDurations = ({ table, phases, operations, slots }: TracePhases): SpanDurations => {
  const { spans, selfMs } = table;
  const { names, services, pods, parents, durationMs, length } = spans;
  const waits = waitingSpans(spans);
  const [self, entries, edges] = [new Pools(), new Pools(), new Pools()];
  const pairs = new Set<number>();
  const [selfPods, entryPods] = [new OnlyPods(names.length), new OnlyPods(names.length)];
  for (let index = 0; index < length; index++) {
    const slot = slots[index] ?? -1;
    const operation = operations.of[index] ?? -1;
    if (slot < 0 || operation < 0) continue;
    const service = services[index] ?? 0;
    const pod = pods[index] ?? -1;
    if (waits[index] !== 1) {
      self.of(service).add(operation, slot, selfMs[index] ?? 0, selfMs[index] ?? 0);
      selfPods.add(service, pod);
    }
    const parent = parents[index] ?? -1;
    if (parent >= 0 && services[parent] === service) continue;
    const ownMs = durationMs[index] ?? 0;
    entries.of(service).add(operation, slot, ownMs, ownMs);
    entryPods.add(service, pod);
    if (parent >= 0) pairs.add((services[parent] ?? 0) * names.length + service);
    const calling = operations.of[parent] ?? -1;
    if (calling < 0 || waits[parent] !== 1) continue;
    const wholeMs = durationMs[parent] ?? 0;
    // A callee that outlives its caller was called asynchronously.
    if (wholeMs >= ownMs) edges.of((services[parent] ?? 0) * names.length + service).add(calling * operations.names.length + operation, slot, wholeMs - ownMs, wholeMs);
  }
  const nameOf = (operation: number): string => operations.names[operation] ?? '';
  const pairName = (pair: number): string => `${nameOf(Math.floor(pair / operations.names.length))} > ${nameOf(pair % operations.names.length)}`;
  const serviceShifts = (pools: Pools, onlyPods: OnlyPods): ServiceShift[] =>
    pools.shifts(phases, nameOf).map(({ key, shift }) => ({ service: names[key] ?? '', pod: names[onlyPods.of(key)] ?? null, shift })).sort((a, b) => compareText(a.service, b.service));
  const edgeShifts = edges.shifts(phases, pairName).map(({ key, shift }) => ({ caller: names[Math.floor(key / names.length)] ?? '', callee: names[key % names.length] ?? '', shift }));
  return {
    self: serviceShifts(self, selfPods),
    edges: edgeShifts.sort((a, b) => compareText(`${a.caller}\n${a.callee}`, `${b.caller}\n${b.callee}`)),
    entries: serviceShifts(entries, entryPods),
    calls: [...pairs].map((pair) => ({ caller: names[Math.floor(pair / names.length)] ?? '', callee: names[pair % names.length] ?? '' })),
  };
};

/** 1 for client spans: those whose one child is of another service, unless they are themselves what another service called. Others do work of their own between calls. */
const waitingSpans = ({ length, parents, services }: Spans): Uint8Array => {
  const children = new Uint8Array(length);
  const waits = new Uint8Array(length);
  for (let index = 0; index < length; index++) {
    const parent = parents[index] ?? -1;
    if (parent < 0) continue;
    children[parent] = Math.min(2, (children[parent] ?? 0) + 1);
    if (services[parent] !== services[index]) waits[parent] = 1;
  }
  const isEntry = (index: number): boolean => (parents[index] ?? -1) >= 0 && services[parents[index] ?? -1] !== services[index];
  return waits.map((wait, index) => (wait === 1 && children[index] === 1 && !isEntry(index) ? 1 : 0));
};

const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
