/** Compressed bytes ► bytes, streaming. Several members or frames in a row are one stream; what comes before damage is kept. */
import { once } from 'node:events';
import type { Transform } from 'node:stream';
import zlib from 'node:zlib';
import { messageOf } from '../../shared/errors.ts';

export type Damage = { readonly kind: 'truncated' } | { readonly kind: 'corrupt'; readonly why: string };

export interface Decompressor {
  /** Resolves when the chunk is used up and its memory may be written again. */
  write(chunk: Uint8Array): Promise<void>;
  /** How the data ended: null for well. */
  end(): Promise<Damage | null>;
  /** True after damage: the rest need not be read. */
  readonly failed: boolean;
}

const OUTPUT_BYTES = 1 << 20;

const damageOf = (error: unknown): Damage => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why = messageOf(error);
  return code === 'Z_BUF_ERROR' || /unexpected (?:end|eof)|unexpected end of file/i.test(why) ? { kind: 'truncated' } : { kind: 'corrupt', why };
};

/** zlib works on another thread while `onBytes` works on this one. */
const fromTransform = (stream: Transform, onBytes: (bytes: Uint8Array) => void): Decompressor => {
  let damage: Damage | null = null;
  let ended = false;
  stream.on('data', (chunk: Uint8Array) => onBytes(chunk));
  stream.on('error', (error) => {
    damage ??= damageOf(error);
  });
  stream.on('end', () => {
    ended = true;
  });
  return {
    get failed() {
      return damage !== null;
    },
    write: async (chunk) => {
      if (damage !== null || ended) return;
      await new Promise<void>((resolve) => {
        stream.once('close', resolve);
        stream.write(chunk, () => {
          stream.off('close', resolve);
          resolve();
        });
      });
    },
    end: async () => {
      if (damage === null && !ended) {
        stream.end();
        await once(stream, 'close').catch(() => undefined);
      }
      return damage;
    },
  };
};

/** For Node versions whose zlib has no zstd (before 22.15). */
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

export const createDecompressor = async (kind: 'gzip' | 'zstd', onBytes: (bytes: Uint8Array) => void): Promise<Decompressor> => {
  if (kind === 'gzip') return fromTransform(zlib.createGunzip({ chunkSize: OUTPUT_BYTES }), onBytes);
  // Node 20's zlib has none, whatever the type says.
  const create = (zlib as { createZstdDecompress?: typeof zlib.createZstdDecompress }).createZstdDecompress;
  return create === undefined ? fromFzstd(onBytes) : fromTransform(create({ chunkSize: OUTPUT_BYTES }), onBytes);
};
