/** Sets of items, and hashes of their elements: the tools of the merging passes. */
import { PARAMETER, WILD } from './vocabulary.ts';

/** Disjoint sets with path halving; the smaller index is the root, so results do not depend on the order of unions. */
export class DisjointSets {
  readonly #parent: Int32Array;

  constructor(size: number) {
    this.#parent = Int32Array.from({ length: size }, (_, i) => i);
  }

  find(member: number): number {
    const parent = this.#parent;
    let at = member;
    for (;;) {
      const up = parent[at] ?? at;
      if (up === at) return at;
      parent[at] = parent[up] ?? up;
      at = up;
    }
  }

  union(a: number, b: number): boolean {
    const x = this.find(a);
    const y = this.find(b);
    if (x === y) return false;
    if (x < y) this.#parent[y] = x;
    else this.#parent[x] = y;
    return true;
  }
}

/**
 * Hash of a sequence of which single elements can be taken out: a sum of mixed (place, id) pairs, 52 bits
 * in a double, so that all sequences "with a hole at p" cost one addition each.
 */
export class SequenceHash {
  high = 0;
  low = 0;

  /** The hash of all elements; `holes` (if given) marks those that count as wildcards. */
  reset(ids: readonly number[], holes?: Uint8Array): void {
    let high = Math.imul(ids.length + 1, 0x9e3779b1);
    let low = Math.imul(ids.length + 7, 0x85ebca6b);
    for (let p = 0; p < ids.length; p++) {
      const id = holes?.[p] === 1 ? WILD : (ids[p] ?? WILD);
      high = (high + mixHigh(id, p)) | 0;
      low = (low + mixLow(id, p)) | 0;
    }
    this.high = high;
    this.low = low;
  }

  /** The hash of a whole sequence. */
  of(ids: readonly number[], holes?: Uint8Array): number {
    this.reset(ids, holes);
    return this.value();
  }

  value(): number {
    return combine(this.high, this.low);
  }

  /** As if the wildcard stood at each of `places`. */
  valueWithWildcards(ids: readonly number[], places: readonly number[]): number {
    let { high, low } = this;
    for (const p of places) {
      const id = ids[p] ?? WILD;
      high = (high - mixHigh(id, p) + mixHigh(WILD, p)) | 0;
      low = (low - mixLow(id, p) + mixLow(WILD, p)) | 0;
    }
    return combine(high, low);
  }

  /** As if a hole, unlike the wildcard, stood at `p` in place of `id`. */
  valueWithHole(id: number, p: number): number {
    return combine((this.high - mixHigh(id, p) + mixHigh(-1, p)) | 0, (this.low - mixLow(id, p) + mixLow(-1, p)) | 0);
  }
}

const combine = (high: number, low: number): number => (high >>> 0) * 0x100000 + (low >>> 12);

/** A place that varies is one, whether by digits or by words. */
const kindOf = (id: number): number => (id === PARAMETER ? WILD : id);

const mixHigh = (id: number, p: number): number => {
  let x = Math.imul(kindOf(id) ^ Math.imul(p + 1, 0x27d4eb2f), 0x2c1b3c6d);
  x ^= x >>> 15;
  x = Math.imul(x, 0x297a2d39);
  return x ^ (x >>> 13);
};

const mixLow = (id: number, p: number): number => {
  let x = Math.imul(kindOf(id) + Math.imul(p + 3, 0x165667b1), 0x7feb352d);
  x ^= x >>> 16;
  x = Math.imul(x, 0x846ca68b);
  return x ^ (x >>> 14);
};
