import { describe, expect, it } from 'vitest';
import { numberMoves, relievedBy } from './loosened.ts';
import { themeHits } from './theme-hits.ts';
import { THEMES } from './themes.ts';

const named = (name: string) => {
  const theme = THEMES.find((one) => one.name === name);
  if (theme === undefined) throw new Error(name);
  return theme;
};

describe('numbers alone', () => {
  it('reads the numbers of lines that are equal but for them', () => {
    expect(numberMoves(['client.timeout = ofSeconds(2.5)'], ['client.timeout = ofSeconds(2)'])).toEqual([{ from: 2, to: 2.5 }]);
    expect(numberMoves(['wait: 1_500'], ['wait: 900'])).toEqual([{ from: 900, to: 1_500 }]);
  });

  it('reads nothing where anything else differs: a unit, a word, the number of lines', () => {
    expect(numberMoves(['wait: 5s'], ['wait: 5000ms'])).toBeNull();
    expect(numberMoves(['ofMillis(5)'], ['ofSeconds(5)'])).toBeNull();
    expect(numberMoves(['a: 1', 'b: 2'], ['a: 2'])).toBeNull();
    expect(numberMoves([], [])).toBeNull();
    expect(numberMoves(['clay (7.0.0)'], ['clay (6.19.0)'])).toBeNull();
  });

  it('takes from a raised limit what it makes rarer, and from a lowered one nothing', () => {
    expect([...relievedBy(named('timeout'), [{ from: 8, to: 10 }])]).toContain('timeout');
    expect(relievedBy(named('timeout'), [{ from: 10, to: 8 }]).size).toBe(0);
    expect(relievedBy(named('timeout'), null).size).toBe(0);
    expect(relievedBy(named('cache'), [{ from: 8, to: 10 }]).size).toBe(0);
  });

  it('weighs a small move as such though the number stands in a call', () => {
    const [added, removed] = [['  rest.withTimeout(Duration.ofSeconds(10))'], ['  rest.withTimeout(Duration.ofSeconds(9))']];
    const hit = themeHits({ code: [...added, ...removed], added, removed, reordered: [], files: [], declared: '', edits: [] }).find(({ theme }) => theme.name === 'timeout');
    expect(hit?.weight).toBeLessThan(0.5);
  });
});
