/**
 * What happens inside an operation, and how often: of all runs of an operation (spans of one service and name), in how many a
 * certain child call was made, a certain log statement written, an error returned. Counting within the operation makes it
 * independent of load, and keeps a fault apart from its echo: a callee that is called less often because its caller
 * failed still does the same whenever it runs.
 */
import type { Contrast, Phases } from './phases.ts';
import { SLOTS, clearestContrast } from './phases.ts';

/** An operation with more distinct events has no fixed vocabulary (ids in its names, say) and is left out whole. */
const MAX_EVENTS_PER_OPERATION = 500;

interface EventCounts {
  readonly hits: Uint32Array;
  /** Runs with the event by pod, in the window. */
  readonly pods: Map<string, number>;
}

interface Operation {
  readonly runs: Uint32Array;
  /** Pods that ran it in the window. */
  readonly pods: Set<string>;
  readonly events: Map<number, EventCounts>;
}

export interface EventContrast {
  /** The caller's numbers for operation and event. */
  readonly operation: number;
  readonly event: number;
  /** The pod it was seen in, or the only pod of the operation; null where several share it. */
  readonly pod: string | null;
  readonly contrast: Contrast;
  /** Another ordinary event of the operation moved as far the other way: the runs do something else instead. */
  readonly isSwap: boolean;
  /** The operation knows no other ordinary event: a client span and its one call. */
  readonly isOnlyChild: boolean;
}

export class OperationEvents {
  private readonly operations = new Map<number, Operation>();
  private readonly phases: Phases;

  constructor(phases: Phases) {
    this.phases = phases;
  }

  /** One run of an operation in `slot` (`phases.ts`) with the distinct events in it. Numbers are the caller's. */
  addRun(operationId: number, slot: number, pod: string | null, events: Iterable<number>): void {
    if (slot < 0) return;
    let operation = this.operations.get(operationId);
    if (operation === undefined) {
      operation = { runs: new Uint32Array(SLOTS), pods: new Set(), events: new Map() };
      this.operations.set(operationId, operation);
    }
    operation.runs[slot] = (operation.runs[slot] ?? 0) + 1;
    if (pod !== null && slot > 0) operation.pods.add(pod);
    for (const event of events) count(operation, event, slot, pod);
  }

  /** Every event whose share changed beyond chance, in no particular order. `isOrdinary` is false for errors and complaints. */
  contrasts(isOrdinary: (event: number) => boolean): EventContrast[] {
    const found: EventContrast[] = [];
    for (const [operation, { runs, pods, events }] of this.operations) {
      if (events.size > MAX_EVENTS_PER_OPERATION) continue;
      const changed: Omit<EventContrast, 'isSwap' | 'isOnlyChild'>[] = [];
      for (const [event, counts] of events) {
        const contrast = clearestContrast(this.phases, counts.hits, runs);
        if (contrast === null || contrast.surprise === 0) continue;
        changed.push({ operation, event, pod: podOf(contrast.surprise > 0 ? counts.pods : null, pods), contrast });
      }
      const moves = changed.filter(({ event }) => isOrdinary(event)).map(({ contrast }) => moveOf(contrast));
      const isOnlyChild = [...events.keys()].filter(isOrdinary).length === 1;
      for (const one of changed) found.push(Object.assign(one, { isOnlyChild, isSwap: isOrdinary(one.event) && isSwapped(moveOf(one.contrast), moves) }));
    }
    return found;
  }
}

/** How far the share of runs moved, -1 to 1. */
const moveOf = ({ hits, total, normalHits, normalTotal }: Contrast): number => hits / Math.max(1, total) - normalHits / Math.max(1, normalTotal);

const SWAP_TOLERANCE = 0.25;
const isSwapped = (move: number, moves: readonly number[]): boolean => moves.some((other) => Math.abs(move + other) <= SWAP_TOLERANCE * Math.abs(move));

const count = (operation: Operation, event: number, slot: number, pod: string | null): void => {
  let counts = operation.events.get(event);
  if (counts === undefined) {
    if (operation.events.size > MAX_EVENTS_PER_OPERATION) return;
    counts = { hits: new Uint32Array(SLOTS), pods: new Map() };
    operation.events.set(event, counts);
  }
  counts.hits[slot] = (counts.hits[slot] ?? 0) + 1;
  if (slot > 0 && pod !== null) counts.pods.set(pod, (counts.pods.get(pod) ?? 0) + 1);
};

/** The pod with nearly all of the hits, else the only pod there is. */
const podOf = (hits: ReadonlyMap<string, number> | null, pods: ReadonlySet<string>): string | null => {
  if (pods.size === 1) return [...pods][0] ?? null;
  const ranked = [...(hits ?? [])].sort(([podA, a], [podB, b]) => b - a || (podA < podB ? -1 : 1));
  const total = ranked.reduce((sum, [, hit]) => sum + hit, 0);
  const top = ranked[0];
  return top !== undefined && top[1] >= 0.9 * total ? top[0] : null;
};
