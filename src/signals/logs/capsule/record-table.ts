/** Records in columns of numbers, for there may be millions. */
import { floatColumn, intColumn } from '../../../shared/column.ts';

/** The columns as plain data, to be handed from thread to thread. */
export interface RecordColumns {
  readonly times: Float64Array;
  readonly rows: Int32Array;
  readonly services: Int32Array;
  readonly pods: Int32Array;
  readonly traceKeys: Float64Array;
  readonly spanKeys: Float64Array;
}

export class RecordTable {
  /** Epoch milliseconds; NaN where the record has no instant. */
  readonly times = floatColumn();
  /** Row in `Statements`. */
  readonly rows = intColumn();
  /** Numbers of service (the empty text where it names none) and pod (-1 where there is none) in the reader's names. */
  readonly services = intColumn();
  readonly pods = intColumn();
  /** Numbers (`byte-hash.ts`) of trace and span id; 0 where there is none. */
  readonly traceKeys = floatColumn();
  readonly spanKeys = floatColumn();

  get length(): number {
    return this.rows.length;
  }

  columns(): RecordColumns {
    const { times, rows, services, pods, traceKeys, spanKeys } = this;
    return { times: times.filled(), rows: rows.filled(), services: services.filled(), pods: pods.filled(), traceKeys: traceKeys.filled(), spanKeys: spanKeys.filled() };
  }

  /** Adds another table, whose rows and names have other numbers there: `rowOf` and `nameOf` say which here. */
  append(other: RecordColumns, rowOf: Int32Array, nameOf: Int32Array): void {
    this.times.append(other.times);
    this.rows.append(other.rows.map((row) => rowOf[row] ?? 0));
    this.services.append(other.services.map((name) => nameOf[name] ?? 0));
    this.pods.append(other.pods.map((name) => (name < 0 ? -1 : (nameOf[name] ?? -1))));
    this.traceKeys.append(other.traceKeys);
    this.spanKeys.append(other.spanKeys);
  }
}
