/** A capsule's spans, ready to be compared between normal and suspect time. */
import type { Capsule } from '../../domain/capsule.ts';
import type { Operations } from './operations.ts';
import { operationsOf } from './operations.ts';
import type { Phases } from './phases.ts';
import { phasesOf, slotsOf } from './phases.ts';
import type { SpanTable } from './span-table.ts';
import { spanTable } from './span-table.ts';

export interface TracePhases {
  readonly table: SpanTable;
  readonly operations: Operations;
  readonly phases: Phases;
  /** Slot of each span (`phases.ts`), by its corrected start. */
  readonly slots: Int8Array;
}

export const tracePhasesOf = (capsule: Pick<Capsule, 'spans' | 'window' | 'baseline' | 'detectedAt'>): TracePhases => {
  const table = spanTable(capsule.spans);
  const phases = phasesOf(capsule);
  return { table, phases, operations: operationsOf(capsule.spans), slots: slotsOf(phases, table.startMs) };
};
