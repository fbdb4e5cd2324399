/**
 * Log statements by the run they were written in. A run is a span where the capsule has it; else the records of one span or trace
 * id in one service, whose operation is then its first statement: even without spans the records tell the
 * course of a request.
 */
import type { Span } from '../../../domain/capsule.ts';
import { OperationEvents } from '../../traces/operation-events.ts';
import type { Operations } from '../../traces/operations.ts';
import type { Phases } from '../../traces/phases.ts';
import { slotOf } from '../../traces/phases.ts';
import type { SpanTable } from '../../traces/span-table.ts';
import type { RecordTable } from './record-table.ts';

/** Calls `visit` with the run and the indices of its records in input order, for every run that has records. Counting sort. */
const eachRun = (table: RecordTable, visit: (run: number, records: Int32Array) => void): void => {
  let lowest = 0;
  let highest = -1;
  for (let i = 0; i < table.length; i++) {
    lowest = Math.min(lowest, table.runs.at(i));
    highest = Math.max(highest, table.runs.at(i));
  }
  const starts = new Int32Array(highest - lowest + 2);
  for (let i = 0; i < table.length; i++) {
    const next = table.runs.at(i) - lowest + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  const order = new Int32Array(table.length);
  const filled = starts.slice();
  for (let i = 0; i < table.length; i++) {
    const run = table.runs.at(i) - lowest;
    const at = filled[run] ?? 0;
    order[at] = i;
    filled[run] = at + 1;
  }
  for (let run = lowest; run <= highest; run++) {
    const records = order.subarray(starts[run - lowest] ?? 0, starts[run - lowest + 1] ?? 0);
    if (run !== -1 && records.length > 0) visit(run, records);
  }
};

/** Operation numbers of `operations`, each with the statements that its runs wrote. */
export const eventsOfSpans = (input: {
  readonly table: RecordTable;
  readonly statementOf: Int32Array;
  readonly spans: SpanTable;
  readonly operations: Operations;
  readonly phases: Phases;
  /** Whether the logs of a span that wrote nothing would have been read: others cannot tell. */
  readonly wouldBeRead: (span: Span) => boolean;
}): OperationEvents => {
  const { table, statementOf, spans, operations, phases, wouldBeRead } = input;
  const statementsOfSpan = new Map<number, Set<number>>();
  const logging = new Set<number>();
  eachRun(table, (run, records) => {
    if (run < 0) return;
    statementsOfSpan.set(run, statementsOf(records, table, statementOf));
    logging.add(operations.of[run] ?? -1);
  });
  const events = new OperationEvents(phases);
  // Runs that wrote nothing count as well: silence is the trace of many an exception.
  spans.spans.forEach((span, index) => {
    const operation = operations.of[index] ?? -1;
    if (operation < 0 || !logging.has(operation)) return;
    const written = statementsOfSpan.get(index);
    if (written !== undefined || wouldBeRead(span)) events.addRun(operation, slotOf(phases, span.startMs), span.pod, written ?? []);
  });
  return events;
};

/** Runs without spans. The operation number is `service * statements + first statement`. */
export const eventsOfUnits = (table: RecordTable, statementOf: Int32Array, statementCount: number, phases: Phases): OperationEvents => {
  const events = new OperationEvents(phases);
  eachRun(table, (run, records) => {
    if (run >= 0 || records.length === 0) return;
    let first = records[0] ?? 0;
    for (const record of records) if (table.times.at(record) < table.times.at(first)) first = record;
    const entry = statementOf[table.rows.at(first)] ?? 0;
    const seen = statementsOf(records, table, statementOf);
    seen.delete(entry);
    const pod = table.pods.at(first);
    const operation = table.services.at(first) * statementCount + entry;
    events.addRun(operation, slotOf(phases, table.times.at(first)), pod < 0 ? null : (table.names[pod] ?? null), seen);
  });
  return events;
};

const statementsOf = (records: Int32Array, table: RecordTable, statementOf: Int32Array): Set<number> => {
  const seen = new Set<number>();
  for (const record of records) seen.add(statementOf[table.rows.at(record)] ?? 0);
  return seen;
};
