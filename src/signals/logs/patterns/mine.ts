/** see below */
import { DisjointSets, type Item, PARAMETER, SequenceHash, Vocabulary, WILD } from './clusters.ts';
import { ENOUGH, EvidenceScale, VALUE_SHARE } from './evidence.ts';
import { createMatcher } from './matcher.ts';
import { renderTemplates } from './render.ts';
import { ASSIGNED, PLAIN, rowKey, type RowKey } from './row-key.ts';

export { createMatcher };

export interface Row {
  readonly tokens: readonly string[];
  /** How many events the row stands for; the templates do not depend on it. */
  readonly count: number;
}

export interface MinedTemplates {
  /** Distinct texts, in order of first use by `rows`. */
  readonly templates: readonly string[];
  /** The token sequence of every template: joined it is the text. */
  readonly tokensOf: readonly (readonly string[])[];
  /** Index into `templates` of every row. */
  readonly templateOf: Int32Array;
}

/** Rounds of merging; each works on the templates of the one before. Most input is done after two. */
const MAX_ROUNDS = 4;

export const mineTemplates = (rows: readonly Row[]): MinedTemplates => {
  const keys = rows.map((row) => rowKey(row.tokens));
  const miner = new Miner(keys);
  miner.mergeCompounds();
  for (let round = 0; round < MAX_ROUNDS && miner.mergeSinglePlaces(); round++);
  return renderTemplates(rows, keys, miner.groupOfRow());
};

class Miner {
  readonly #vocabulary = new Vocabulary();
  readonly #scale = new EvidenceScale();
  readonly #itemOfRow: Int32Array;
  #items: Item[] = [];

  constructor(keys: readonly RowKey[]) {
    this.#itemOfRow = new Int32Array(keys.length);
    const all = keys.map((key) => ({ ids: Int32Array.from(key.texts, (text) => this.#vocabulary.idOf(text)), places: key.places }));
    this.#itemOfRow = this.#dedupe(all);
  }

  groupOfRow(): Int32Array {
    return this.#itemOfRow;
  }

  /** Sets #items to the distinct ones and returns the new index of each. */
  #dedupe(all: readonly Item[]): Int32Array {
    const indexOf = new Map<string, number>();
    const items: Item[] = [];
    const result = Int32Array.from(all, (item) => {
      const text = item.ids.join();
      let index = indexOf.get(text);
      if (index === undefined) {
        index = items.length;
        indexOf.set(text, index);
        items.push(item);
      }
      return index;
    });
    this.#items = items;
    return result;
  }

  /** Makes each set one item, with wildcards where its members differ. */
  #apply(sets: DisjointSets): void {
    const merged = new Map<number, Item>();
    this.#items.forEach((item, i) => {
      const root = sets.find(i);
      const into = merged.get(root);
      if (into === undefined) merged.set(root, { ids: item.ids.slice(), places: item.places });
      else for (let p = 0; p < into.ids.length; p++) if (into.ids[p] !== item.ids[p]) into.ids[p] = PARAMETER;
    });
    const all = this.#items.map((_, i) => merged.get(sets.find(i)) as Item);
    const next = this.#dedupe(all);
    for (let row = 0; row < this.#itemOfRow.length; row++) this.#itemOfRow[row] = next[this.#itemOfRow[row] ?? 0] ?? 0;
  }

  #isSoft(item: Item, p: number): boolean {
    const id = item.ids[p] ?? WILD;
    if (id <= PARAMETER) return true;
    if (this.#vocabulary.isPunctuation(id)) return false;
    return item.places[p] === ASSIGNED || this.#scale.isCompound(this.#vocabulary.word(id));
  }

  mergeCompounds(): void {
    const items = this.#items;
    const hash = new SequenceHash();
    const buckets = new Map<number, number[]>();
    items.forEach((item, i) => {
      const holes = new Uint8Array(item.ids.length);
      for (let p = 0; p < holes.length; p++) if (this.#isSoft(item, p)) holes[p] = 1;
      hash.reset(item.ids, holes);
      const bucket = buckets.get(hash.value());
      if (bucket === undefined) buckets.set(hash.value(), [i]);
      else bucket.push(i);
    });
    const sets = new DisjointSets(items.length);
    for (const bucket of buckets.values()) if (bucket.length > 1) this.#mergeBucket(bucket, sets);
    this.#apply(sets);
  }

  #mergeBucket(bucket: readonly number[], sets: DisjointSets): void {
    const first = this.#items[bucket[0] ?? 0];
    if (first === undefined) return;
    const { length } = first.ids;
    const holes = new Uint8Array(length);
    for (let p = 0; p < length; p++) {
      if (!this.#isSoft(first, p)) continue;
      const words = new Set<number>();
      for (const i of bucket) words.add(this.#items[i]?.ids[p] ?? WILD);
      let evidence = 0;
      for (const id of words) evidence += this.#scale.share(this.#vocabulary.word(id));
      if (words.size > 1 && evidence * this.#factor(first, p) >= ENOUGH) holes[p] = 1;
    }
    const hash = new SequenceHash();
    const firstOf = new Map<number, number>();
    for (const i of bucket) {
      const item = this.#items[i];
      if (item === undefined) continue;
      hash.reset(item.ids, holes);
      const other = firstOf.get(hash.value());
      if (other === undefined) firstOf.set(hash.value(), i);
      else sets.union(i, other);
    }
  }

  #factor(item: Item, p: number): number {
    const before = p > 0 ? this.#vocabulary.word(item.ids[p - 1] ?? WILD) : '';
    let constants = 0;
    for (let q = 0; q < item.ids.length; q++) {
      const id = item.ids[q] ?? WILD;
      if (q !== p && id > PARAMETER && !this.#vocabulary.isPunctuation(id) && !this.#isSoft(item, q)) constants++;
    }
    const trust = constants === 0 ? 0.25 : constants === 1 ? 0.6 : constants === 2 ? 0.85 : 1;
    return trust * this.#scale.factor(item.places[p] ?? PLAIN, before);
  }

  /** Merges items that differ in one place where the words there tell a parameter. Returns whether any did. */
  mergeSinglePlaces(): boolean {
    const items = this.#items;
    const hash = new SequenceHash();
    const buckets = new Map<number, number[]>();
    items.forEach((item, i) => {
      hash.reset(item.ids);
      for (let p = 0; p < item.ids.length; p++) {
        const id = item.ids[p] ?? WILD;
        if (this.#vocabulary.isPunctuation(id)) continue;
        const value = hash.valueWithHole(id, p);
        const bucket = buckets.get(value);
        if (bucket === undefined) buckets.set(value, [p, i]);
        else bucket.push(i);
      }
    });
    const sets = new DisjointSets(items.length);
    let merged = false;
    for (const [p = 0, ...members] of buckets.values()) {
      const first = items[members[0] ?? 0];
      if (members.length < 2 || first === undefined) continue;
      const values = this.#values(members, p, this.#factor(first, p));
      for (const i of values) if (sets.union(values[0] ?? i, i)) merged = true;
    }
    if (merged) this.#apply(sets);
    return merged;
  }

  /** Which of the items that differ only in place p have a value there: all, some or none. */
  #values(members: readonly number[], p: number, factor: number): readonly number[] {
    let evidence = 0;
    let isParameter = false;
    for (const i of members) {
      const id = this.#items[i]?.ids[p] ?? WILD;
      if (id === PARAMETER) isParameter = true;
      else evidence += this.#scale.share(this.#vocabulary.word(id));
    }
    if (evidence * factor >= ENOUGH) return members;
    if (!isParameter) return [];
    return members.filter((i) => {
      const id = this.#items[i]?.ids[p] ?? WILD;
      return id <= PARAMETER || this.#scale.share(this.#vocabulary.word(id)) >= VALUE_SHARE;
    });
  }
}
