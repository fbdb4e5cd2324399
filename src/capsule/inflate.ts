/** .gz and .zst as streams that survive a cut or broken file: what can be inflated is given, then the iteration ends. */
import { gunzipSync } from 'node:zlib';
import { Gunzip } from 'fflate';
import { Decompress } from 'fzstd';
import { messageOf } from '../shared/errors.ts';

export type Encoding = 'gzip' | 'zstd' | 'identity';
/** Told once, with the reason, when a stream ends before its end. */
export type OnCut = (reason: string) => void;

/** Files up to this size, and up to the second inflated, go through the native one-shot inflater; it is about three times faster. */
const NATIVE_MAX_BYTES = 16_777_216;
const NATIVE_MAX_INFLATED_BYTES = 67_108_864;

const ENDINGS: readonly (readonly [string, Encoding])[] = [
  ['.gz', 'gzip'],
  ['.zst', 'zstd'],
];

/** A path without its compression ending, and what that ending says. */
export const splitEncoding = (path: string): { readonly path: string; readonly encoding: Encoding } => {
  for (const [ending, encoding] of ENDINGS) {
    if (path.toLowerCase().endsWith(ending)) return { path: path.slice(0, -ending.length), encoding };
  }
  return { path, encoding: 'identity' };
};

interface PushInflater {
  push(chunk: Uint8Array, final?: boolean): void;
}

/** Runs a push-style inflater as a pull-style generator. */
function* pulled(chunks: Iterable<Uint8Array>, create: (onData: (data: Uint8Array) => void) => PushInflater, onCut: OnCut): Generator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const inflater = create((data) => {
    if (data.length > 0) ready.push(data);
  });
  let failure: string | null = null;
  for (const chunk of chunks) {
    try {
      inflater.push(chunk, false);
    } catch (error) {
      failure = messageOf(error);
    }
    yield* ready.splice(0);
    if (failure !== null) break;
  }
  if (failure === null) {
    try {
      inflater.push(new Uint8Array(0), true);
    } catch (error) {
      failure = messageOf(error);
    }
    yield* ready.splice(0);
  }
  if (failure !== null) onCut(failure);
}

const concat = (chunks: readonly Uint8Array[], sizeBytes: number): Uint8Array => {
  const only = chunks[0];
  if (only !== undefined && chunks.length === 1) return only;
  const whole = new Uint8Array(sizeBytes);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
};

/** The inflated bytes of a small, whole gzip file, or null where streaming must do it. */
const gunzipWhole = (bytes: Uint8Array): Uint8Array | null => {
  try {
    // The last four bytes say how much comes out (RFC 1952, ISIZE): no need to inflate 64 MB to learn that it is more.
    const sizeBytes = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(bytes.length - 4, true);
    return sizeBytes > NATIVE_MAX_INFLATED_BYTES ? null : gunzipSync(bytes, { maxOutputLength: NATIVE_MAX_INFLATED_BYTES });
  } catch {
    return null; // Cut, broken or too large: the streaming inflater gives what is there.
  }
};

function* gunzipped(chunks: Iterable<Uint8Array>, onCut: OnCut): Generator<Uint8Array> {
  const iterator = chunks[Symbol.iterator]();
  const head: Uint8Array[] = [];
  let sizeBytes = 0;
  let done = false;
  while (!done && sizeBytes <= NATIVE_MAX_BYTES) {
    const next = iterator.next();
    if (next.done === true) done = true;
    else {
      head.push(next.value.slice());
      sizeBytes += next.value.length;
    }
  }
  if (done) {
    const whole = concat(head, sizeBytes);
    const plain = gunzipWhole(whole);
    if (plain !== null) {
      yield plain;
      return;
    }
  }
  const rest: Iterable<Uint8Array> = {
    *[Symbol.iterator]() {
      yield* head.splice(0);
      for (let next = iterator.next(); next.done !== true; next = iterator.next()) yield next.value;
    },
  };
  yield* pulled(rest, (onData) => new Gunzip(onData), onCut);
}

/** Inflates a stream; a cut or broken one gives what it has and tells `onCut`. */
export function* inflated(chunks: Iterable<Uint8Array>, encoding: Encoding, onCut: OnCut): Generator<Uint8Array> {
  if (encoding === 'identity') yield* chunks;
  else if (encoding === 'gzip') yield* gunzipped(chunks, onCut);
  else yield* pulled(chunks, (onData) => new Decompress(onData), onCut);
}
