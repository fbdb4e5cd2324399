/** Vectors by content, for good: the same text and model give the same vector for ever, so nothing ages and nothing is asked twice. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface EmbeddingCache {
  /** Null: not there, or unreadable. */
  get(key: string): Float32Array | null;
  put(key: string, vector: Float32Array): void;
}

/** `provider/model` and the text. */
export const embeddingKey = (model: string, text: string): string => createHash('sha256').update(JSON.stringify([model, text])).digest('hex');

export const memoryEmbeddings = (): EmbeddingCache => {
  const vectors = new Map<string, Float32Array>();
  return { get: (key) => vectors.get(key) ?? null, put: (key, vector) => void vectors.set(key, vector) };
};

const VALUE_BYTES = Float32Array.BYTES_PER_ELEMENT;

const toBytes = (vector: Float32Array): Buffer => {
  const bytes = Buffer.alloc(vector.length * VALUE_BYTES);
  for (const [i, value] of vector.entries()) bytes.writeFloatLE(value, i * VALUE_BYTES);
  return bytes;
};

/** Null where a file was cut off or is none of ours. */
const fromBytes = (bytes: Buffer): Float32Array | null => {
  if (bytes.length === 0 || bytes.length % VALUE_BYTES !== 0) return null;
  const vector = Float32Array.from({ length: bytes.length / VALUE_BYTES }, (_, i) => bytes.readFloatLE(i * VALUE_BYTES));
  return vector.every((value) => Number.isFinite(value)) ? vector : null;
};

/** One file a vector, little-endian 32-bit floats. A cache that cannot be written is no cache, never an error. */
export const fileEmbeddings = (root: string): EmbeddingCache => {
  const pathOf = (key: string): string => join(root, 'embeddings', key.slice(0, 2), `${key}.f32`);
  return {
    get: (key) => {
      try {
        return fromBytes(readFileSync(pathOf(key)));
      } catch {
        return null;
      }
    },
    put: (key, vector) => {
      try {
        const path = pathOf(key);
        mkdirSync(dirname(path), { recursive: true });
        // Written aside and renamed: a reader never sees half a vector.
        writeFileSync(`${path}.${process.pid}.part`, toBytes(vector));
        renameSync(`${path}.${process.pid}.part`, path);
      } catch {
        // A full disk must not cost the answer.
      }
    },
  };
};
