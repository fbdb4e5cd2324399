/** Columns of millions of numbers that grow without being copied, and hand their blocks to another thread. */

type NumberArray = Int32Array | Float64Array;

const BLOCK_BITS = 15;
const BLOCK_LENGTH = 1 << BLOCK_BITS;
const BLOCK_MASK = BLOCK_LENGTH - 1;

export class BlockColumn<T extends NumberArray> {
  readonly blocks: T[] = [];
  length = 0;
  private readonly create: (length: number) => T;
  private last: T;

  constructor(create: (length: number) => T) {
    this.create = create;
    this.last = create(0);
  }

  push(value: number): void {
    const at = this.length & BLOCK_MASK;
    if (at === 0) {
      this.last = this.create(BLOCK_LENGTH);
      this.blocks.push(this.last);
    }
    this.last[at] = value;
    this.length += 1;
  }

  at(index: number): number {
    return this.blocks[index >> BLOCK_BITS]?.[index & BLOCK_MASK] ?? 0;
  }

  set(index: number, value: number): void {
    const block = this.blocks[index >> BLOCK_BITS];
    if (block !== undefined) block[index & BLOCK_MASK] = value;
  }

  /** In order. */
  *values(): Generator<number> {
    for (let index = 0; index < this.length; index++) yield this.at(index);
  }

  /** Adds the first `length` values of another column's blocks, each as `as` says. */
  append(blocks: readonly T[], length: number, as: (value: number) => number = (value) => value): void {
    let left = length;
    for (const block of blocks) {
      const count = Math.min(left, block.length);
      for (let i = 0; i < count; i++) this.push(as(block[i] ?? 0));
      left -= count;
    }
  }
}

export const intBlocks = (): BlockColumn<Int32Array> => new BlockColumn((length) => new Int32Array(length));
export const floatBlocks = (): BlockColumn<Float64Array> => new BlockColumn((length) => new Float64Array(length));
