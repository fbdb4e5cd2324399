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
    if (this.length === this.data.length) this.grow();
    this.data[this.length] = value;
    this.length += 1;
  }

  at(index: number): number {
    return this.data[index] ?? 0;
  }

  /** What was pushed; shares its memory with the column. */
  filled(): T {
    return this.data.subarray(0, this.length) as T;
  }

  private grow(): void {
    const larger = this.create(Math.ceil(this.data.length * 1.5));
    larger.set(this.data);
    this.data = larger;
  }
}

export const intColumn = (): Column<Int32Array> => new Column((length) => new Int32Array(length));
export const floatColumn = (): Column<Float64Array> => new Column((length) => new Float64Array(length));
export const byteColumn = (): Column<Uint8Array> => new Column((length) => new Uint8Array(length));
