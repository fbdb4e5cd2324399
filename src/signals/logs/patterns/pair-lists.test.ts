import { describe, expect, it } from 'vitest';
import { mineTemplates } from './mine.ts';
import { tokenize } from './tokenize.ts';

const templatesOf = (lines: readonly string[]): readonly string[] => mineTemplates(lines.map((line) => ({ tokens: tokenize(line), count: 1 }))).templates;

describe('lists of pairs', () => {
  const lines = ['lot sold to bids=3 days=4', 'lot sold to bids=3 agent=kim days=2', 'lot sold to room=9 agent=kim days=2 bids=8'];

  it('are one value, whatever keys they hold', () => {
    expect(templatesOf(lines)).toEqual(['lot sold to <*>']);
    expect(templatesOf(lines.toReversed())).toEqual(['lot sold to <*>']);
    expect(templatesOf(lines.map((line) => `${line} by hammer`))).toEqual(['lot sold to <*> by hammer']);
  });

  it.each([
    ['share too few keys', ['lot sold to bids=3 days=4', 'lot sold to bids=3 agent=kim']],
    ['stand in another statement', ['lot sold to bids=3 days=4', 'lot kept by bids=3 agent=kim days=2']],
    ['are all that is said', ['bids=3 days=4', 'bids=3 agent=kim days=2']],
    ['are a single pair', ['lot sold to bids=3', 'lot sold to days=3']],
  ])('are what they say where they %s', (_, apart) => {
    expect(templatesOf(apart)).toHaveLength(2);
  });

  it('take four keys behind a single word, and one list that holds all keys of the other', () => {
    const short = 'sale: hall=west lot=3 bids=4 days=2';
    expect(templatesOf([short, `${short} agent=kim`])).toHaveLength(1);
    expect(templatesOf([`${short} room=9`, `${short} agent=kim`])).toHaveLength(2);
    expect(templatesOf(['sale: hall=west lot=3 bids=4', 'sale: hall=west lot=3 bids=4 agent=kim'])).toHaveLength(2);
  });
});
