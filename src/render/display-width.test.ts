import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, padEnd, truncate, wrap } from './display-width.ts';

describe('columns', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['▁▂▃█', 4],
    ['장애', 4],
    ['漢字 x', 6],
    ['e\u0301', 1],
    ['🧯', 2],
    ['a\u200Bb', 2],
  ])('%j takes %d', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it.each([
    ['abcdef', 4, 'abc…'],
    ['abcd', 4, 'abcd'],
    ['장애 발생', 5, '장애…'],
    ['장애 발생', 4, '장…'],
  ])('truncate %j to %d', (text, width, expected) => {
    expect(truncate(text, width)).toBe(expected);
  });

  it('never exceeds the width', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '장', '漢', '🧯', '\u0301', '-') , maxLength: 200 }), fc.integer({ min: 4, max: 60 }), (text, width) => {
        expect(displayWidth(truncate(text, width))).toBeLessThanOrEqual(width);
        for (const line of wrap(text, width, 5)) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        expect(displayWidth(padEnd(truncate(text, width), width))).toBe(width);
      }),
    );
  });

  it('wraps at spaces and loses no word', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 40 }), (words) => {
        expect(wrap(words.join(' '), 20).join(' ').split(' ')).toEqual(words);
      }),
    );
  });
});
