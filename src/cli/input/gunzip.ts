/**
 * gzip ► bytes, streaming, member by member (RFC 1952). zlib's own gunzip takes what follows the last member for another one and
 * loses output with the error; here a member's end is known before anything after it is looked at. As gzip(1) does, zeros after
 * a member are passed over and anything else that is no member is left out with a warning.
 */
import { once } from 'node:events';
import zlib from 'node:zlib';
import { type Damage, damageOf, type Decompressor } from './decompressor.ts';

/** Small steps: what zlib had decompressed in a step is lost when the step ends in damage. */
const OUTPUT_BYTES = 1 << 16;
const STEP_BYTES = 1 << 16;
const FIXED_HEADER_BYTES = 10;
const TRAILER_BYTES = 8;
/** An extra field has 64 KiB at most, a name and a comment have no bound of their own. */
const MAX_HEADER_BYTES = 1 << 18;
const FLAG = { headerCheck: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const;
const DEFLATE = 8;

const EMPTY: Uint8Array = new Uint8Array(0);
/** Node 20.15 and later. */
const crc32: ((data: Uint8Array, value?: number) => number) | null = typeof zlib.crc32 === 'function' ? zlib.crc32 : null;

/** Bytes of a member's header; `more` where it goes on after `bytes`, `none` where there is no member. */
const headerLength = (bytes: Uint8Array): number | 'more' | 'none' => {
  const known = Math.min(bytes.length, 3);
  for (let i = 0; i < known; i++) if (bytes[i] !== [0x1f, 0x8b, DEFLATE][i]) return 'none';
  if (bytes.length < FIXED_HEADER_BYTES) return 'more';
  const flags = bytes[3] ?? 0;
  if ((flags & FLAG.reserved) !== 0) return 'none';
  let at = FIXED_HEADER_BYTES;
  if ((flags & FLAG.extra) !== 0) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  for (const text of [FLAG.name, FLAG.comment]) {
    if ((flags & text) === 0) continue;
    const end = at < bytes.length ? bytes.indexOf(0, at) : -1;
    if (end < 0) return bytes.length > MAX_HEADER_BYTES ? 'none' : 'more';
    at = end + 1;
  }
  if ((flags & FLAG.headerCheck) !== 0) at += 2;
  return at <= bytes.length ? at : 'more';
};

/** One member's deflated body. */
class Body {
  damage: Damage | null = null;
  size = 0;
  check = 0;
  private fed = 0;
  private ended = false;
  private readonly stream = zlib.createInflateRaw({ chunkSize: OUTPUT_BYTES });

  constructor(onBytes: (bytes: Uint8Array) => void) {
    this.stream.on('data', (bytes: Uint8Array) => {
      this.size = (this.size + bytes.length) >>> 0;
      if (crc32 !== null) this.check = crc32(bytes, this.check);
      onBytes(bytes);
    });
    this.stream.on('error', (error) => {
      this.damage ??= damageOf(error);
    });
    this.stream.on('end', () => {
      this.ended = true;
    });
  }

  /** How many of the bytes after the body's end were given; null while the body goes on. */
  async feed(bytes: Uint8Array): Promise<number | null> {
    this.fed += bytes.length;
    await new Promise<void>((resolve) => {
      this.stream.once('close', resolve);
      this.stream.write(bytes, () => {
        this.stream.off('close', resolve);
        resolve();
      });
    });
    if (this.damage !== null || this.stream.bytesWritten === this.fed) return null;
    if (!this.ended) await once(this.stream, 'end').catch(() => undefined);
    return this.fed - this.stream.bytesWritten;
  }

  /** The input is over: gives what is left. */
  async finish(): Promise<void> {
    if (this.damage !== null || this.ended) return;
    this.stream.end();
    await once(this.stream, 'close').catch(() => undefined);
  }
}

class Gunzip implements Decompressor {
  private damage: Damage | null = null;
  private members = 0;
  private body: Body | null = null;
  /** The member whose trailer comes next. */
  private closing: Body | null = null;
  private held = EMPTY;
  private readonly onBytes: (bytes: Uint8Array) => void;

  constructor(onBytes: (bytes: Uint8Array) => void) {
    this.onBytes = onBytes;
  }

  get failed(): boolean {
    return this.damage !== null;
  }

  async write(chunk: Uint8Array): Promise<void> {
    let rest: Uint8Array = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk]);
    this.held = EMPTY;
    while (rest.length > 0 && this.damage === null) {
      const used = this.body !== null ? await this.inflate(this.body, rest) : this.closing !== null ? this.readTrailer(this.closing, rest) : this.readHeader(rest);
      if (used === null) {
        this.held = rest.slice();
        return;
      }
      rest = rest.subarray(used);
    }
  }

  async end(): Promise<Damage | null> {
    await this.body?.finish();
    this.damage ??= this.body?.damage ?? null;
    if (this.body !== null || this.closing !== null || this.held.length > 0) this.damage ??= { kind: 'truncated' };
    return this.damage;
  }

  /** Bytes used; null: more are needed. */
  private readHeader(bytes: Uint8Array): number | null {
    if (this.members > 0 && bytes[0] === 0) {
      const content = bytes.findIndex((byte) => byte !== 0);
      return content < 0 ? bytes.length : content;
    }
    const length = headerLength(bytes);
    if (length === 'more') return null;
    if (length === 'none') {
      this.damage = this.members > 0 ? { kind: 'trailing' } : { kind: 'corrupt', why: 'incorrect header' };
      return bytes.length;
    }
    this.body = new Body(this.onBytes);
    return length;
  }

  private async inflate(body: Body, bytes: Uint8Array): Promise<number> {
    const step = bytes.subarray(0, STEP_BYTES);
    const after = await body.feed(step);
    this.damage = body.damage;
    if (after === null) return step.length;
    this.closing = body;
    this.body = null;
    // What came after the end was part of this step, or is none of it where an earlier step ended exactly there.
    return Math.max(0, step.length - after);
  }

  private readTrailer(body: Body, bytes: Uint8Array): number | null {
    if (bytes.length < TRAILER_BYTES) return null;
    const view = new DataView(bytes.buffer, bytes.byteOffset, TRAILER_BYTES);
    if (crc32 !== null && view.getUint32(0, true) !== body.check) this.damage = { kind: 'corrupt', why: 'incorrect data check' };
    else if (view.getUint32(4, true) !== body.size) this.damage = { kind: 'corrupt', why: 'incorrect length check' };
    this.closing = null;
    this.members++;
    return TRAILER_BYTES;
  }
}

export const createGunzip = (onBytes: (bytes: Uint8Array) => void): Decompressor => new Gunzip(onBytes);
