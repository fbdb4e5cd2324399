/** A bounded hash table from shapes to whatever a shape means. */

const PROBES = 12;

/**
 * Open addressing over two 32-bit hashes. It never grows and never refuses: when a neighbourhood is full the oldest
 * choice there is overwritten, so input whose shapes never repeat costs a probe, not memory.
 */
export class ShapeMemo<T> {
  private readonly mask: number;
  private readonly hashes: Int32Array;
  private readonly checks: Int32Array;
  private readonly values: (T | undefined)[];

  /** @param capacity slots, a power of two */
  constructor(capacity: number) {
    this.mask = capacity - 1;
    this.hashes = new Int32Array(capacity);
    this.checks = new Int32Array(capacity);
    this.values = Array.from<T | undefined>({ length: capacity }).fill(undefined);
  }

  get(hash: number, check: number): T | undefined {
    for (let probe = 0; probe < PROBES; probe++) {
      const slot = (hash + probe) & this.mask;
      const value = this.values[slot];
      if (value === undefined) return undefined;
      if (this.hashes[slot] === hash && this.checks[slot] === check) return value;
    }
    return undefined;
  }

  set(hash: number, check: number, value: T): void {
    let slot = -1;
    for (let probe = 0; probe < PROBES; probe++) {
      const at = (hash + probe) & this.mask;
      if (this.values[at] === undefined || (this.hashes[at] === hash && this.checks[at] === check)) {
        slot = at;
        break;
      }
    }
    if (slot < 0) slot = (hash + ((check >>> 8) % PROBES)) & this.mask;
    this.hashes[slot] = hash;
    this.checks[slot] = check;
    this.values[slot] = value;
  }
}
