/** Records in columns: what two million of them need is four numbers each. */

/** A growing typed array. */
class Column<T extends Int32Array | Float64Array> {
  private data: T;
  private readonly create: (length: number) => T;
  length = 0;

  constructor(create: (length: number) => T) {
    this.create = create;
    this.data = create(1024);
  }

  push(value: number): void {
    if (this.length === this.data.length) {
      const larger = this.create(this.data.length * 2);
      larger.set(this.data);
      this.data = larger;
    }
    this.data[this.length] = value;
    this.length += 1;
  }

  at(index: number): number {
    return this.data[index] ?? 0;
  }
}

const ints = (): Column<Int32Array> => new Column((length) => new Int32Array(length));

export class RecordTable {
  /** Epoch milliseconds; NaN where the record has no instant. */
  readonly times = new Column((length) => new Float64Array(length));
  /** Row in `Statements`. */
  readonly rows = ints();
  /** Numbers of service and pod in `names`; pod -1 where there is none. */
  readonly services = ints();
  readonly pods = ints();
  /** Index of its span; else -2 minus the number of its unit; -1 where it names neither span nor trace. */
  readonly runs = ints();
  readonly names: string[] = [];
  private readonly numberOfName = new Map<string, number>();

  get length(): number {
    return this.rows.length;
  }

  nameNumber(name: string): number {
    let number = this.numberOfName.get(name);
    if (number === undefined) {
      number = this.names.length;
      this.numberOfName.set(name, number);
      this.names.push(name);
    }
    return number;
  }
}
