/** A bounded hash table from shapes to whatever a shape means. */

const PROBES = 12;

/** Slots at first; most inputs need no more, and start-up counts. */
const INITIAL_SLOTS = 1 << 10;
/** The table grows when more than this share of its slots is taken. */
const MAX_LOAD = 0.5;

/**
 * Open addressing over two 32-bit hashes, up to `capacity` slots. It never refuses: when a neighbourhood of the full
 * table is taken, one there is overwritten, so input whose shapes never repeat costs a probe, not memory.
 */
export class ShapeMemo<T> {
  private readonly capacity: number;
  private mask = INITIAL_SLOTS - 1;
  private hashes = new Int32Array(INITIAL_SLOTS);
  private checks = new Int32Array(INITIAL_SLOTS);
  private values: (T | undefined)[] = emptySlots<T>(INITIAL_SLOTS);
  private size = 0;

  /** @param capacity slots, a power of two of 1,024 or more */
  constructor(capacity: number) {
    this.capacity = capacity;
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
    if (this.size > (this.mask + 1) * MAX_LOAD && this.mask + 1 < this.capacity) this.grow();
    let slot = (hash + ((check >>> 8) % PROBES)) & this.mask;
    for (let probe = 0; probe < PROBES; probe++) {
      const at = (hash + probe) & this.mask;
      if (this.values[at] === undefined || (this.hashes[at] === hash && this.checks[at] === check)) {
        slot = at;
        break;
      }
    }
    if (this.values[slot] === undefined) this.size++;
    this.hashes[slot] = hash;
    this.checks[slot] = check;
    this.values[slot] = value;
  }

  private grow(): void {
    const { hashes, checks, values } = this;
    const slots = (this.mask + 1) * 4;
    this.mask = slots - 1;
    this.hashes = new Int32Array(slots);
    this.checks = new Int32Array(slots);
    this.values = emptySlots<T>(slots);
    this.size = 0;
    values.forEach((value, slot) => {
      if (value !== undefined) this.set(hashes[slot] as number, checks[slot] as number, value);
    });
  }
}

const emptySlots = <T>(slots: number): (T | undefined)[] => {
  const values: (T | undefined)[] = [];
  for (let i = 0; i < slots; i++) values.push(undefined);
  return values;
};
