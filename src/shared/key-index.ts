/** From numbers of `byte-hash.ts` to small integers, in two typed arrays: a `Map` of a million doubles needs five times the memory. */

const MIN_SLOTS = 1024;

export class KeyIndex {
  private keys: Float64Array;
  private values: Int32Array;
  private mask: number;
  size = 0;

  /** `expected`: entries that it will hold, so that it need not grow. */
  constructor(expected = 0) {
    let slots = MIN_SLOTS;
    while (slots < 1.5 * expected) slots *= 2;
    this.keys = new Float64Array(slots);
    this.values = new Int32Array(slots);
    this.mask = slots - 1;
  }

  /** -1 where the key is unknown. */
  get(key: number): number {
    const slot = this.slotOf(key);
    return this.keys[slot] === 0 ? -1 : (this.values[slot] ?? -1);
  }

  /** The value of the key; where it has none yet, `value`, which it then keeps. */
  add(key: number, value: number): number {
    const slot = this.slotOf(key);
    if (this.keys[slot] !== 0) return this.values[slot] ?? value;
    this.keys[slot] = key;
    this.values[slot] = value;
    this.size += 1;
    if (this.size * 1.5 > this.mask) this.grow();
    return value;
  }

  /** Where the key is, or would be. Linear probing from the key's low bits, which are well mixed. */
  private slotOf(key: number): number {
    const { keys, mask } = this;
    let slot = (key | 0) & mask;
    for (let found = keys[slot]; found !== 0 && found !== key; found = keys[slot]) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const { keys, values } = this;
    const slots = keys.length * 2;
    this.keys = new Float64Array(slots);
    this.values = new Int32Array(slots);
    this.mask = slots - 1;
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] ?? 0;
      if (key === 0) continue;
      const slot = this.slotOf(key);
      this.keys[slot] = key;
      this.values[slot] = values[i] ?? 0;
    }
  }
}
