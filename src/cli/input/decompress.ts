/** Compressed bytes ► bytes, streaming. Several members or frames in a row are one stream; what comes before damage is kept. */
import { type Damage, damageOf, type Decompressor } from './decompressor.ts';
import { createGunzip } from './gunzip.ts';

/** Node's own zstd (22.15 and later) stops without a word after the first frame; this one reads all of them, on any Node. */
const fromFzstd = async (onBytes: (bytes: Uint8Array) => void): Promise<Decompressor> => {
  const { Decompress } = await import('fzstd');
  const stream = new Decompress((bytes) => onBytes(bytes));
  let damage: Damage | null = null;
  const push = (chunk: Uint8Array, last: boolean): void => {
    try {
      if (damage === null) stream.push(chunk, last);
    } catch (error) {
      damage = damageOf(error);
    }
  };
  return {
    get failed() {
      return damage !== null;
    },
    // The library keeps references to what it was given.
    write: async (chunk) => push(chunk.slice(), false),
    end: async () => {
      push(new Uint8Array(0), true);
      return damage;
    },
  };
};

export const createDecompressor = async (kind: 'gzip' | 'zstd', onBytes: (bytes: Uint8Array) => void): Promise<Decompressor> =>
  kind === 'gzip' ? createGunzip(onBytes) : fromFzstd(onBytes);
