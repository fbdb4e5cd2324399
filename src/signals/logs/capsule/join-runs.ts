/**
 * Joins each record to the run it was written in: a span where the capsule has it; else the records of one span or trace id in one
 * service.
 */
import type { Spans } from '../../../domain/spans.ts';
import { serviceOf } from '../../../domain/spans.ts';
import { hashPair } from '../../../shared/byte-hash.ts';
import { KeyIndex } from '../../../shared/key-index.ts';
import type { RecordTable } from './record-table.ts';
import { markOf } from './record-table.ts';

const MAX_UNITS = 1_000_000;

export interface Runs {
  /** Of each record the index of its span; else -2 minus the number of its unit; -1 where it names neither span nor trace. */
  readonly of: Int32Array;
  readonly spans: Spans;
  /** Indices of records in input order, run after run from the lowest number to the highest. */
  readonly order: Int32Array;
  readonly lowest: number;
  /** Where the records of run `lowest + i` begin in `order`; one more at the end. */
  readonly starts: Int32Array;
}

/** A record that names no service is of its span's: the places of the table are completed. */
export const joinRuns = (table: RecordTable, names: readonly string[], spans: Spans, nameNumber: (name: string) => number): Runs => {
  const of = new Int32Array(table.length);
  const finder = new RunFinder(spans);
  const noService = names.indexOf('');
  for (let i = 0; i < table.length; i++) {
    const service = table.serviceAt(i);
    const run = finder.find(table.traceMarks.at(i), table.runKeys.at(i), service);
    of[i] = run;
    if (service === noService && run >= 0) table.places.set(i, table.placeNumber(nameNumber(serviceOf(spans, run)), table.podAt(i)));
  }
  return { of, spans, ...ordered(of) };
};

class RunFinder {
  /** Spans by their id alone, of several the first: where ids repeat from trace to trace nobody knows what they name. */
  private readonly bySpan: KeyIndex;
  private readonly units = new KeyIndex();
  private readonly spans: Spans;

  constructor(spans: Spans) {
    this.spans = spans;
    this.bySpan = new KeyIndex(spans.length);
    for (let i = 0; i < spans.length; i++) this.bySpan.add(spans.spanKeys[i] ?? 0, i);
  }

  find(traceMark: number, runKey: number, service: number): number {
    if (runKey === 0) return -1;
    const span = this.bySpan.get(runKey);
    if (span >= 0 && (traceMark === 0 || markOf(this.spans.traceKeys[span] ?? 0) === traceMark)) return span;
    const key = hashPair(runKey, service + 1);
    const unit = this.units.get(key);
    if (unit >= 0) return -2 - unit;
    return this.units.size >= MAX_UNITS ? -1 : -2 - this.units.add(key, this.units.size);
  }
}

/** Counting sort. */
const ordered = (runs: Int32Array): Pick<Runs, 'order' | 'lowest' | 'starts'> => {
  let lowest = 0;
  let highest = -1;
  for (const run of runs) {
    if (run < lowest) lowest = run;
    if (run > highest) highest = run;
  }
  const starts = new Int32Array(highest - lowest + 2);
  for (const run of runs) starts[run - lowest + 1] = (starts[run - lowest + 1] ?? 0) + 1;
  for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  const order = new Int32Array(runs.length);
  const filled = starts.slice();
  for (let i = 0; i < runs.length; i++) {
    const run = (runs[i] ?? 0) - lowest;
    const at = filled[run] ?? 0;
    order[at] = i;
    filled[run] = at + 1;
  }
  return { order, lowest, starts };
};

/** Where the records of a run lie in `order`: from the first to before the second. Runs beyond the highest have none. */
export const runStart = ({ starts, lowest, order }: Runs, run: number): number => starts[run - lowest] ?? order.length;
export const runEnd = ({ starts, lowest, order }: Runs, run: number): number => starts[run - lowest + 1] ?? order.length;
