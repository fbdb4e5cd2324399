/** Typed arrays that grow: a column of a table whose length nobody knows before it is read. */

type NumberArray = Int32Array | Float64Array | Uint8Array;

const FIRST_LENGTH = 16;

export class Column<T extends NumberArray> {
  private data: T;
  private readonly create: (length: number) => T;
  length = 0;

  constructor(create: (length: number) => T) {
    this.create = create;
    this.data = create(FIRST_LENGTH);
  }

  push(value: number): void {
    if (this.length === this.data.length) this.reserve(this.length + 1);
    this.data[this.length] = value;
    this.length += 1;
  }

  at(index: number): number {
    return this.data[index] ?? 0;
  }

  set(index: number, value: number): void {
    this.data[index] = value;
  }

  /** Adds all of another column. */
  append(values: T): void {
    if (this.length + values.length > this.data.length) this.reserve(this.length + values.length);
    this.data.set(values, this.length);
    this.length += values.length;
  }

  /** What was pushed; shares its memory with the column. */
  filled(): T {
    return this.data.subarray(0, this.length) as T;
  }

  private reserve(length: number): void {
    const larger = this.create(Math.max(length, Math.ceil(this.data.length * 1.5)));
    larger.set(this.data);
    this.data = larger;
  }
}

export const intColumn = (): Column<Int32Array> => new Column((length) => new Int32Array(length));
export const floatColumn = (): Column<Float64Array> => new Column((length) => new Float64Array(length));
export const byteColumn = (): Column<Uint8Array> => new Column((length) => new Uint8Array(length));
