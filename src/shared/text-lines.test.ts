import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_LINE_CHARS, textLines } from './text-lines.ts';

const linesOf = (...chunks: readonly string[]): string[] => [...textLines(chunks.map((chunk) => new TextEncoder().encode(chunk)))];

describe('textLines', () => {
  it.each([
    ['', []],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\r\nb\n\nc', ['a', 'b', '', 'c']],
    ['\uFEFFa\n', ['a']],
  ])('%j', (text, expected) => {
    expect(linesOf(text)).toEqual(expected);
  });

  it('gives the same lines however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '한', '😀', '\n', '\r\n') }), fc.array(fc.nat(40)), (text, cuts) => {
        const bytes = new TextEncoder().encode(text);
        const chunks: Uint8Array[] = [];
        let at = 0;
        for (const size of [...cuts, bytes.length]) {
          chunks.push(bytes.subarray(at, at + size));
          at += size;
        }
        expect([...textLines(chunks)]).toEqual(linesOf(text));
      }),
    );
  });

  it('cuts a line that is too long, and reads the next', () => {
    expect(linesOf(`${'x'.repeat(MAX_LINE_CHARS + 10)}\n`, 'next').map((line) => line.length)).toEqual([MAX_LINE_CHARS, 4]);
  });
});
