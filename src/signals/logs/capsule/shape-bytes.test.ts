import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeLineIn, codeLocationOf } from './code-location.ts';
import { MAX_SHAPE_CHARS, ShapeReader } from './shape-bytes.ts';
import { Unescaper } from './unescape-json.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const shapes = new ShapeReader();
const shapeOf = (text: string): number => {
  const bytes = bytesOf(`"${text}"tail`);
  return shapes.shapeOf(bytes, 1, 1 + bytesOf(text).length, MAX_SHAPE_CHARS);
};

describe('a shape', () => {
  it.each([
    ['order-12 of 3f2a', 'order-9 of 77'],
    ['주문 12 실패', '주문 345 실패'],
    ['pool exhausted after 30 s', 'pool exhausted after 2500 s'],
    ['{"time": 1, "message": "took 3 ms"}', '{"time": 2, "level": "x", "message" : "took 44 ms", "z": {}}'],
    ['failed\n\tat com.acme.A.run(A.java:9)\n\tat b', 'failed\n\tat com.acme.A.run(A.java:9)'],
    ['failed\nTraceback (most recent)', 'failed\nTraceback (other)'],
    [`${'x '.repeat(600)}1`, `${'x '.repeat(600)}y`],
  ])('is the same of %j and %j', (a, b) => {
    expect(shapeOf(a)).toBe(shapeOf(b));
  });

  it.each([
    ['user joined', 'user left'],
    ['a b', 'a  b'],
    ['é', 'è'],
    ['(A.java:9) done', '(A.java:10) done'],
    ['failed\nat noon', 'failed'],
    ['{"message": "a"}', '{"message": "b"}'],
    ['{"text": "a"}', '{"text": "b"}'],
    ['', ' '],
    ['a1', 'a'],
  ])('is not the same of %j and %j', (a, b) => {
    expect(shapeOf(a)).not.toBe(shapeOf(b));
  });
});

describe('codeLineIn', () => {
  const piece = fc.constantFrom('A', 'b', '.', '#', ':', '1', '42', '1234567', '.java', '.py', 'Handler', ' ', '/', 'é', '𝒳', '('.repeat(30));
  it('finds what codeLocationOf finds', () => {
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')), (text) => {
      const bytes = bytesOf(text);
      const location = codeLocationOf(text);
      expect(codeLineIn(bytes, 0, bytes.length)).toBe(location === null ? -1 : Number(location.line));
    }), { numRuns: 3000 });
  });
});

describe('Unescaper', () => {
  const one = new Unescaper();
  const run = (inside: string): string | null => {
    const bytes = bytesOf(inside);
    const length = one.run(bytes, 0, bytes.length);
    return length < 0 ? null : new TextDecoder('utf-8', { ignoreBOM: true }).decode(one.bytes.subarray(0, length));
  };

  it('gives what JSON.parse gives', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.boolean(), (text, all) => {
      const inside = all ? Array.from({ length: text.length }, (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join('') : JSON.stringify(text).slice(1, -1);
      expect(run(inside)).toBe(text);
    }));
  });

  it.each(['\\x', '\\', '\\u12', '\\u12g4', 'a\\'])('refuses %j', (inside) => {
    expect(run(inside)).toBeNull();
  });
});
