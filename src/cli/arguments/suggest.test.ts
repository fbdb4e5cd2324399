import { describe, expect, it } from 'vitest';
import { editDistance, suggest } from './suggest.ts';

const WORDS = ['analyze', 'patterns', 'mask', 'demo', 'completion', 'help'];

describe('did you mean', () => {
  it.each([
    ['anlyze', 'analyze'],
    ['analyse', 'analyze'],
    ['ANALYZE', 'analyze'],
    ['pattern', 'patterns'],
    ['compl', 'completion'],
    ['msak', 'mask'],
    ['hepl', 'help'],
    ['frobnicate', null],
    ['x', null],
    ['', null],
  ])('%s ► %s', (word, expected) => {
    expect(suggest(word, WORDS)).toBe(expected);
  });

  it.each([
    ['', '', 0],
    ['abc', 'abc', 0],
    ['abc', 'acb', 1],
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
  ])('distance of %s and %s', (left, right, expected) => {
    expect(editDistance(left, right)).toBe(expected);
    expect(editDistance(right, left)).toBe(expected);
  });
});
