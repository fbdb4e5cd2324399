import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashBytes, hashText } from './byte-hash.ts';
import { eachLine } from './byte-lines.ts';
import { ByteNames } from './byte-names.ts';
import { numberOfBytes } from './byte-number.ts';
import { KeyIndex } from './key-index.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const linesOf = (chunks: Iterable<Uint8Array>): string[] => {
  const lines: string[] = [];
  eachLine(chunks, (bytes, start, end) => lines.push(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start, end))) > 0);
  return lines;
};

describe('eachLine', () => {
  it('gives the same lines however the bytes are cut', () => {
    const text = fc.array(fc.stringMatching(/^[a-zé \r]{0,9}$/), { maxLength: 8 });
    fc.assert(
      fc.property(text, fc.boolean(), fc.array(fc.nat(60)), (lines, ends, cuts) => {
        const bytes = bytesOf(lines.join('\n') + (ends ? '\n' : ''));
        const at = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
        const chunks = at.slice(1).map((end, i) => bytes.subarray(at[i] ?? 0, end));
        const whole = new TextDecoder().decode(bytes);
        const expected = whole === '' ? [] : (whole.endsWith('\n') ? whole.slice(0, -1) : whole).split('\n').map((line) => line.replace(/\r$/, ''));
        expect(linesOf(chunks)).toEqual(expected);
      }),
    );
  });

  it('drops a byte order mark, and ends when told to', () => {
    expect(linesOf([bytesOf('\uFEFFa\nb')])).toEqual(['a', 'b']);
    let seen = 0;
    eachLine([bytesOf('a\nb\nc')], () => ++seen < 2);
    expect(seen).toBe(2);
  });
});

describe('numberOfBytes', () => {
  const read = (text: string): number => {
    const bytes = bytesOf(`<${text}>`);
    return numberOfBytes(bytes, 1, bytes.length - 1);
  };

  it('is what Number says', () => {
    const decimal = fc.tuple(fc.constantFrom('', '-'), fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.nat(25)).map(([sign, digits, point]) => `${sign}${digits}.${'0'.repeat(point)}${digits}`.slice(0, 24));
    fc.assert(fc.property(fc.oneof(decimal, fc.double().map(String), fc.integer().map(String), fc.float().map(String)), (text) => {
      expect(read(text)).toBe(Number(text));
    }), { numRuns: 2000 });
  });

  it.each(['', '-', '.', '-.', '1.', '.5', '1.2.3', ' 7 ', '0x1f', '1e3', 'NaN', '+4', '0.1', '-0', '00012', '12a'])('of %j, too', (text) => {
    expect(read(text)).toBe(Number(text));
  });
});

describe('KeyIndex', () => {
  it('keeps the first value of each key, as a Map would', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.oneof(fc.integer({ min: 1, max: 2 ** 53 - 1 }), fc.integer({ min: 1, max: 50 }).map((i) => i * 2 ** 32)), fc.nat()), { maxLength: 3000, size: 'max' }), (entries) => {
        const index = new KeyIndex();
        const map = new Map<number, number>();
        for (const [key, value] of entries) {
          if (!map.has(key)) map.set(key, value);
          expect(index.add(key, value)).toBe(map.get(key));
        }
        for (const [key, value] of map) expect(index.get(key)).toBe(value);
        expect(index.size).toBe(map.size);
        expect(index.get(2 ** 53 - 2)).toBe(map.get(2 ** 53 - 2) ?? -1);
      }),
      { numRuns: 20 },
    );
  });
});

describe('ByteNames', () => {
  it('numbers a name the same from bytes and from text', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: 'grapheme' })), (names) => {
      const one = new ByteNames();
      const numbers = names.map((name, i) => (i % 2 === 0 ? one.ofText(name) : one.ofBytes(bytesOf(name), 0, bytesOf(name).length)));
      expect(numbers.map((number) => one.names[number])).toEqual(names);
      expect(one.names).toEqual([...new Set(names)]);
    }));
  });
});

describe('hashBytes', () => {
  it('tells a hundred thousand ids apart, and depends on nothing around them', () => {
    const seen = new Set(Array.from({ length: 100_000 }, (_, i) => hashText(i.toString(16).padStart(16, '0'))));
    expect(seen.size).toBe(100_000);
    for (const hash of [...seen].slice(0, 1000)) expect(Number.isSafeInteger(hash) && hash > 0).toBe(true);
    const bytes = bytesOf('..abc-12345..');
    expect(hashBytes(bytes, 2, bytes.length - 2)).toBe(hashText('abc-12345'));
  });
});
