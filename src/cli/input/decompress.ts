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

/** Small steps: what zlib had decompressed in a step is lost when the step ends in damage. */
const OUTPUT_BYTES = 1 << 16;
const STEP_BYTES = 1 << 16;
/** A gzip member ends in its checksum and length (RFC 1952, 2.3.1); in a step of its own it can spoil nothing else. */
const TRAILER_BYTES = 8;

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
  let held: Uint8Array = new Uint8Array(0);
  const step = async (bytes: Uint8Array): Promise<void> => {
    if (damage !== null || ended || bytes.length === 0) return;
    await new Promise<void>((resolve) => {
      stream.once('close', resolve);
      stream.write(bytes, () => {
        stream.off('close', resolve);
        resolve();
      });
    });
  };
  return {
    get failed() {
      return damage !== null;
    },
    write: async (chunk) => {
      const all = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const end = Math.max(0, all.length - TRAILER_BYTES);
      for (let at = 0; at < end; at += STEP_BYTES) await step(all.subarray(at, Math.min(end, at + STEP_BYTES)));
      held = all.slice(end);
    },
    end: async () => {
      await step(held);
      if (damage === null && !ended) {
        stream.end();
        await once(stream, 'close').catch(() => undefined);
      }
      return damage;
    },
  };
};

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
  kind === 'gzip' ? fromTransform(zlib.createGunzip({ chunkSize: OUTPUT_BYTES }), onBytes) : fromFzstd(onBytes);
