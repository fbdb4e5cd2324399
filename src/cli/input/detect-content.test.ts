import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectContent } from './detect-content.ts';
import { createTextSink } from './text-sink.ts';

const bytes = (...values: readonly (number | string)[]): Uint8Array => Buffer.concat(values.map((value) => (typeof value === 'number' ? Buffer.from([value]) : Buffer.from(value))));

describe('content by its first bytes', () => {
  it.each([
    ['gzip', bytes(0x1f, 0x8b, 0x08, 0), 'gzip'],
    ['zstd', bytes(0x28, 0xb5, 0x2f, 0xfd), 'zstd'],
    ['zstd after a skippable frame', bytes(0x50, 0x2a, 0x4d, 0x18), 'zstd'],
    ['zip', bytes('PK', 3, 4), 'archive'],
    ['xz', bytes(0xfd, '7zXZ', 0), 'archive'],
    ['tar', bytes(Buffer.alloc(257).fill('a').toString(), 'ustar'), 'archive'],
    ['ELF', bytes(0x7f, 'ELF'), 'binary'],
    ['NULs all over', new Uint8Array(4000).map((_, index) => (index % 3 === 0 ? 65 : 0)), 'binary'],
    ['UTF-16 LE', bytes(0xff, 0xfe, 'a', 0), 'utf-16le'],
    ['UTF-16 BE', bytes(0xfe, 0xff, 0, 'a'), 'utf-16be'],
    ['UTF-16 LE without a mark', Buffer.from('2025-02-01 ERROR x', 'utf16le'), 'utf-16le'],
    ['text', bytes('2025-02-01 ERROR x'), 'text'],
    ['text with colours', bytes(0x1b, '[31mERROR', 0x1b, '[0m boom\n'.repeat(3)), 'text'],
    ['Korean in EUC-KR', new Uint8Array([0xc1, 0xd6, 0xb9, 0xae, 0x20, 0xbd, 0xc7, 0xc6, 0xd0, 0x0a]), 'text'],
    ['text after a run of NULs', bytes(Buffer.alloc(9000).toString('latin1'), 'hello world\n'), 'text'],
    ['NULs only', new Uint8Array(100), 'text'],
    ['nothing', new Uint8Array(0), 'text'],
  ])('%s', (_name, head, kind) => {
    expect(detectContent(head).kind).toBe(kind);
  });
});

const through = (input: Uint8Array, cuts: readonly number[]): string => {
  const out: Uint8Array[] = [];
  const sink = createTextSink((part) => out.push(Buffer.from(part)), () => true);
  let at = 0;
  for (const cut of cuts) {
    const end = Math.min(input.length, at + cut);
    sink.write(input.subarray(at, end));
    at = end;
  }
  sink.write(input.subarray(at));
  sink.end();
  return Buffer.concat(out).toString();
};

describe('text sink', () => {
  it.each(['utf8', 'utf16le'] as const)('gives the same text for %s, however it is cut', (encoding) => {
    const text = '2025-02-01 오류: 연결 끊김 🧯\n'.repeat(60);
    const marked = Buffer.concat([Buffer.from(encoding === 'utf8' ? [0xef, 0xbb, 0xbf] : [0xff, 0xfe]), Buffer.from(text, encoding)]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1500 }), { maxLength: 8 }), (cuts) => {
        expect(through(marked, cuts)).toBe(text);
      }),
      { numRuns: 50 },
    );
  });

  it('drops what is not accepted', () => {
    const out: Uint8Array[] = [];
    const sink = createTextSink((part) => out.push(part), () => false);
    sink.write(bytes(0x7f, 'ELF'));
    sink.write(bytes('more'));
    sink.end();
    expect(out).toEqual([]);
  });
});
