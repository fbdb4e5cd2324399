/**
 * The masker as a filter: bytes in, bytes out, in bounded memory.
 *
 * A line is held until it is complete, as a secret may lie across two chunks; line ends of every sort and bytes that
 * are no UTF-8 come out as they went in. Where chunks end changes nothing: complete lines are masked alone, and a line
 * longer than {@link WINDOW_BYTES} goes through in windows that are counted from its own beginning.
 */
import { isUtf8 } from 'node:buffer';
import { isBlank } from './characters.ts';
import { applySpans, type MaskSpan } from './mask-span.ts';
import type { Masker } from './masker.ts';
import { newKeyBlockState } from './private-keys.ts';

export interface MaskStream {
  /** Takes the next bytes; gives back what is safe to pass on. */
  readonly write: (chunk: Uint8Array) => Uint8Array;
  /** The rest. The stream is over. */
  readonly end: () => Uint8Array;
}

/** The most that is held back, and the size of a window over a longer line. */
const WINDOW_BYTES = 262_144;
/** End of a window that is not passed on yet: a find may begin there and end in the next one. */
const OVERLAP_CHARS = 8192;
/** Text before a window that is scanned again with it, so that a value keeps its key. */
const CONTEXT_CHARS = 256;
const LINE_FEED = 10;

const joined = (parts: readonly Buffer[]): Buffer => (parts.length === 1 ? (parts[0] ?? Buffer.alloc(0)) : Buffer.concat(parts));

/** Where the last whole UTF-8 character before `end` ends. */
const characterEnd = (bytes: Buffer, end: number): number => {
  for (let i = end; i > end - 4 && i > 0; i--) if (((bytes[i] ?? 0) & 0xc0) !== 0x80) return i;
  return end;
};

class ByteMasker implements MaskStream {
  readonly #masker: Masker;
  readonly #keyBlock = newKeyBlockState();
  #held: Buffer = Buffer.alloc(0);
  /** Inside a line that is longer than a window: the text before, scanned again with what follows. */
  #context = '';
  /** The value masked last goes on: it is dropped up to its end. */
  #swallowing = false;
  #insideLongLine = false;

  constructor(masker: Masker) {
    this.#masker = masker;
  }

  write = (chunk: Uint8Array): Uint8Array => {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const all = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    const out: Buffer[] = [];
    let at = 0;
    for (;;) {
      const next = this.#step(all, at, out);
      if (next === at) break;
      at = next;
    }
    // A copy: the caller may use its buffer again.
    this.#held = Buffer.from(all.subarray(at));
    return joined(out);
  };

  end = (): Uint8Array => {
    const out: Buffer[] = [];
    if (this.#held.length > 0) {
      if (this.#insideLongLine) this.#window(this.#held, true, out);
      else out.push(this.#lines(this.#held));
    }
    this.#held = Buffer.alloc(0);
    return joined(out);
  };

  /** Masks what can be from `at` on; returns where it came to, `at` itself where more bytes are needed. */
  #step(all: Buffer, at: number, out: Buffer[]): number {
    const limit = at + WINDOW_BYTES;
    if (this.#insideLongLine) {
      const feed = all.indexOf(LINE_FEED, at);
      if (feed >= 0 && feed < limit) {
        this.#window(all.subarray(at, feed + 1), true, out);
        return feed + 1;
      }
      return all.length > limit ? at + this.#window(all.subarray(at, characterEnd(all, limit)), false, out) : at;
    }
    const feed = all.subarray(at, limit).lastIndexOf(LINE_FEED);
    if (feed >= 0) {
      out.push(this.#lines(all.subarray(at, at + feed + 1)));
      return at + feed + 1;
    }
    return all.length > limit ? at + this.#window(all.subarray(at, characterEnd(all, limit)), false, out) : at;
  }

  /** Whole lines. */
  #lines(bytes: Buffer): Buffer {
    if (isUtf8(bytes)) {
      const text = bytes.toString('utf8');
      const masked = this.#masker.maskPart(text, this.#keyBlock);
      return masked === text ? Buffer.from(bytes) : Buffer.from(masked, 'utf8');
    }
    // Only the lines with stray bytes are read byte by byte, which loses nothing but Korean key words.
    const out: Buffer[] = [];
    for (let at = 0; at < bytes.length; ) {
      const feed = bytes.indexOf(LINE_FEED, at);
      const end = feed < 0 ? bytes.length : feed + 1;
      const line = bytes.subarray(at, end);
      const encoding = isUtf8(line) ? 'utf8' : 'latin1';
      out.push(Buffer.from(this.#masker.maskPart(line.toString(encoding), this.#keyBlock), encoding));
      at = end;
    }
    return joined(out);
  }

  /** A piece of a line that is too long to hold; returns the bytes that are dealt with. */
  #window(bytes: Buffer, last: boolean, out: Buffer[]): number {
    const encoding = isUtf8(bytes) ? 'utf8' : 'latin1';
    let text = bytes.toString(encoding);
    let dropped = 0;
    if (this.#swallowing) {
      while (dropped < text.length && !endsValue(text.charCodeAt(dropped))) dropped++;
      this.#swallowing = dropped === text.length && !last;
      if (this.#swallowing) return bytes.length;
      text = text.slice(dropped);
    }
    const context = this.#context;
    const whole = context + text;
    const spans = this.#masker.spansOfPart(whole, this.#keyBlock).filter((span) => span.end > context.length);
    const { cut, open } = last ? { cut: whole.length, open: false } : cutOf(whole, spans);
    const shown = spans.filter((span) => span.start < cut).map((span) => ({ kind: span.kind, start: Math.max(span.start, context.length) - context.length, end: Math.min(span.end, cut) - context.length }));
    out.push(Buffer.from(applySpans(text.slice(0, cut - context.length), shown), encoding));
    this.#swallowing = open;
    this.#insideLongLine = !last;
    this.#context = last || open || encoding === 'latin1' ? '' : whole.slice(Math.max(0, cut - CONTEXT_CHARS), cut);
    return last ? bytes.length : Buffer.byteLength(bytes.toString(encoding).slice(0, dropped), encoding) + Buffer.byteLength(text.slice(0, cut - context.length), encoding);
  }
}

const endsValue = (code: number): boolean => isBlank(code) || code === 34 || code === 39 || code === 96 || code === 60 || code === 62 || code === 44 || code === 59 || code === 38;

/** How far a window may be passed on: to a blank before its overlap, never through a find; `open` where a find reaches its end. */
const cutOf = (text: string, spans: readonly MaskSpan[]): { cut: number; open: boolean } => {
  const last = spans.at(-1);
  if (last !== undefined && last.end >= text.length - 1) {
    return last.start < text.length - OVERLAP_CHARS ? { cut: text.length, open: true } : { cut: last.start, open: false };
  }
  let cut = text.length - OVERLAP_CHARS;
  for (let i = cut; i > cut - OVERLAP_CHARS / 2; i--) {
    if (isBlank(text.charCodeAt(i))) {
      cut = i;
      break;
    }
  }
  for (const span of spans) if (span.start < cut && span.end > cut) cut = span.end;
  return { cut, open: false };
};

export const createMaskStream = (masker: Masker): MaskStream => new ByteMasker(masker);
