/**
 * Log statements by the run they were written in. Of records without a span the operation is their first statement: even without
 * spans the records tell the course of a request.
 */
import { podOf } from '../../../domain/spans.ts';
import { OperationEvents } from '../../traces/operation-events.ts';
import type { Phases } from '../../traces/phases.ts';
import { slotOf } from '../../traces/phases.ts';
import type { TracePhases } from '../../traces/trace-phases.ts';
import type { Runs } from './join-runs.ts';
import { runEnd, runStart } from './join-runs.ts';
import type { RecordTable } from './record-table.ts';

export interface RunRecords {
  readonly table: RecordTable;
  readonly names: readonly string[];
  readonly statementOf: Int32Array;
  readonly runs: Runs;
}

/** Operation numbers of `operations`, each with the statements that its runs wrote. */
export const eventsOfSpans = (records: RunRecords, { operations, slots, phases, table: { spans } }: TracePhases, wouldBeRead: (span: number) => boolean): OperationEvents => {
  const { runs } = records;
  const logging = new Uint8Array(operations.names.length);
  for (const run of runs.of) if (run >= 0 && (operations.of[run] ?? -1) >= 0) logging[operations.of[run] ?? 0] = 1;
  const events = new OperationEvents(phases);
  const written = new Set<number>();
  // Runs that wrote nothing count as well: silence is the trace of many an exception.
  for (let span = 0; span < spans.length; span++) {
    const operation = operations.of[span] ?? -1;
    const slot = slots[span] ?? -1;
    if (operation < 0 || slot < 0 || logging[operation] !== 1) continue;
    const start = runStart(runs, span);
    const end = runEnd(runs, span);
    if (end <= start && !wouldBeRead(span)) continue;
    collectStatements(records, start, end, written);
    events.addRun(operation, slot, podOf(spans, span), written);
  }
  return events;
};

/** Runs without spans. The operation number is `service * statements + first statement`. */
export const eventsOfUnits = (records: RunRecords, statementCount: number, phases: Phases): OperationEvents => {
  const { table, names, statementOf, runs } = records;
  const events = new OperationEvents(phases);
  const seen = new Set<number>();
  for (let run = runs.lowest; run < -1; run++) {
    const start = runStart(runs, run);
    const end = runEnd(runs, run);
    if (end <= start) continue;
    let first = runs.order[start] ?? 0;
    for (let at = start; at < end; at++) {
      const record = runs.order[at] ?? 0;
      if (table.times.at(record) < table.times.at(first)) first = record;
    }
    const entry = statementOf[table.rows.at(first)] ?? 0;
    collectStatements(records, start, end, seen);
    seen.delete(entry);
    const pod = table.podAt(first);
    const operation = table.serviceAt(first) * statementCount + entry;
    events.addRun(operation, slotOf(phases, table.times.at(first)), pod < 0 ? null : (names[pod] ?? null), seen);
  }
  return events;
};

const collectStatements = ({ table, statementOf, runs }: RunRecords, start: number, end: number, into: Set<number>): void => {
  into.clear();
  for (let at = start; at < end; at++) into.add(statementOf[table.rows.at(runs.order[at] ?? 0)] ?? 0);
};
