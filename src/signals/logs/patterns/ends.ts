/** Hashes of what stands before and behind any run of a sequence, so that the text around a run costs two operations. */
import { PARAMETER, WILD } from './vocabulary.ts';

const combine = (high: number, low: number): number => (high >>> 0) * 0x100000 + (low >>> 12);

/** Parameters, whether by digits or by words, are one. */
const kindOf = (id: number): number => (id <= PARAMETER ? PARAMETER : id);

const stepHigh = (hash: number, id: number): number => {
  const x = Math.imul(hash ^ Math.imul(kindOf(id), 0x9e3779b1), 0x85ebca6b);
  return (x ^ (x >>> 13)) + 0x165667b1;
};

const stepLow = (hash: number, id: number): number => {
  const x = Math.imul(hash + Math.imul(kindOf(id), 0x27d4eb2f), 0x7feb352d);
  return (x ^ (x >>> 16)) + 0x1b873593;
};

/** Of one sequence at a time; the buffers are used again for the next. */
export class Ends {
  readonly #beforeHigh: Int32Array;
  readonly #beforeLow: Int32Array;
  readonly #afterHigh: Int32Array;
  readonly #afterLow: Int32Array;

  /** @param longest elements of a sequence */
  constructor(longest: number) {
    this.#beforeHigh = new Int32Array(longest + 1);
    this.#beforeLow = new Int32Array(longest + 1);
    this.#afterHigh = new Int32Array(longest + 1);
    this.#afterLow = new Int32Array(longest + 1);
  }

  readBefore(ids: ArrayLike<number>, length: number): void {
    for (let i = 0; i < length; i++) {
      const id = ids[i] ?? WILD;
      this.#beforeHigh[i + 1] = stepHigh(this.#beforeHigh[i] ?? 0, id);
      this.#beforeLow[i + 1] = stepLow(this.#beforeLow[i] ?? 0, id);
    }
  }

  /** What {@link around} needs besides. */
  readAfter(ids: ArrayLike<number>, length: number): void {
    this.#afterHigh[length] = 1;
    this.#afterLow[length] = 1;
    for (let i = length - 1; i >= 0; i--) {
      const id = ids[i] ?? WILD;
      this.#afterHigh[i] = stepHigh(this.#afterHigh[i + 1] ?? 0, id);
      this.#afterLow[i] = stepLow(this.#afterLow[i + 1] ?? 0, id);
    }
  }

  /** A whole sequence. */
  read(ids: ArrayLike<number>): void {
    this.readBefore(ids, ids.length);
    this.readAfter(ids, ids.length);
  }

  /** A number (52 bits in a double) for what stands before `start`. */
  before(start: number): number {
    return combine(this.#beforeHigh[start] ?? 0, this.#beforeLow[start] ?? 0);
  }

  /** The same for what stands before `start` and from `end` on. */
  around(start: number, end: number): number {
    return combine((this.#beforeHigh[start] ?? 0) + Math.imul(this.#afterHigh[end] ?? 0, 0x2c1b3c6d), (this.#beforeLow[start] ?? 0) + Math.imul(this.#afterLow[end] ?? 0, 0x297a2d39));
  }
}
