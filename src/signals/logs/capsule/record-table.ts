/** Records in columns of numbers, for there may be millions: 28 bytes each. */
import { floatBlocks, intBlocks } from '../../../shared/block-column.ts';
import { hashPair } from '../../../shared/byte-hash.ts';
import { KeyIndex } from '../../../shared/key-index.ts';

/** The columns as plain data, to be handed from thread to thread: blocks of one length each but for the last. */
export interface RecordColumns {
  readonly length: number;
  readonly times: readonly Float64Array[];
  readonly rows: readonly Int32Array[];
  readonly places: readonly Int32Array[];
  readonly runKeys: readonly Float64Array[];
  readonly traceMarks: readonly Int32Array[];
}

/** Numbers of names: the service (the empty text where a record names none) and the pod (-1 where it names none). */
export interface Place {
  readonly service: number;
  readonly pod: number;
}

/** Whatever a record's trace id is, no span has it for its id. */
const TRACE_ONLY = 1;

export class RecordTable {
  /** Epoch milliseconds; NaN where the record has no instant. */
  readonly times = floatBlocks();
  /** Row in `Statements`. */
  readonly rows = intBlocks();
  /** Index in `knownPlaces`. */
  readonly places = intBlocks();
  /** Number (`byte-hash.ts`) of the span id, else one made of the trace id; 0 where there is neither. */
  readonly runKeys = floatBlocks();
  /** 32 bits of the number of the trace id, 0 where there is none: enough to see that a span is of another trace. */
  readonly traceMarks = intBlocks();
  readonly knownPlaces: Place[] = [];
  private readonly placeNumbers = new KeyIndex();

  get length(): number {
    return this.rows.length;
  }

  push(at: number, row: number, place: number, traceKey: number, spanKey: number): void {
    this.times.push(at);
    this.rows.push(row);
    this.places.push(place);
    this.runKeys.push(spanKey !== 0 ? spanKey : traceKey === 0 ? 0 : hashPair(traceKey, TRACE_ONLY));
    this.traceMarks.push(markOf(traceKey));
  }

  placeNumber(service: number, pod: number): number {
    const key = hashPair(service + 1, pod + 2);
    const known = this.placeNumbers.get(key);
    return known >= 0 ? known : this.placeNumbers.add(key, this.knownPlaces.push({ service, pod }) - 1);
  }

  serviceAt(index: number): number {
    return this.knownPlaces[this.places.at(index)]?.service ?? 0;
  }

  podAt(index: number): number {
    return this.knownPlaces[this.places.at(index)]?.pod ?? -1;
  }

  columns(): RecordColumns {
    const { length, times, rows, places, runKeys, traceMarks } = this;
    return { length, times: times.blocks, rows: rows.blocks, places: places.blocks, runKeys: runKeys.blocks, traceMarks: traceMarks.blocks };
  }

  /** Adds another table, whose rows and places have other numbers there: `rowOf` and `placeOf` say which here. */
  append({ length, times, rows, places, runKeys, traceMarks }: RecordColumns, rowOf: Int32Array, placeOf: Int32Array): void {
    this.times.append(times, length);
    this.rows.append(rows, length, (row) => rowOf[row] ?? 0);
    this.places.append(places, length, (place) => placeOf[place] ?? 0);
    this.runKeys.append(runKeys, length);
    this.traceMarks.append(traceMarks, length);
  }
}

/** 0 stands for "none", and is given to no id but one in four billion, which then fits any trace. */
export const markOf = (traceKey: number): number => traceKey | 0;
