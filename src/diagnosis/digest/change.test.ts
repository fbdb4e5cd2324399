import { describe, expect, it } from 'vitest';
import type { TimeWindow } from '../../domain/time.ts';
import { annotate } from './annotate.ts';
import { type ChangeKind, findChanges } from './change.ts';
import { evenly, HOUR, MINUTE, type Said, summaryOf, T0 } from './testing.ts';

const BEFORE: TimeWindow = { start: T0 - HOUR, end: T0 };
const kindOf = (all: readonly Said[], template: string, baseline: TimeWindow | null = BEFORE): ChangeKind | undefined => {
  const summary = summaryOf(all, baseline);
  return findChanges(summary, annotate(summary)).patterns.find(({ item }) => item.pattern.template === template)?.kind;
};
const usual: Said = { template: 'served <*>', level: 'INFO', at: evenly(T0, HOUR, 1000), baselineAt: evenly(T0 - HOUR, HOUR, 1000) };
const one = (level: Said['level'], now: number, before: number, nowMs = HOUR): Said => ({ template: 'x <*>', level, at: evenly(T0, nowMs, now), baselineAt: evenly(T0 - HOUR, HOUR, before) });

const clumps = (start: number, count: number): number[] => Array.from({ length: count }, (_, i) => evenly(start + i * 13 * MINUTE, MINUTE, 40)).flat();

describe('against a given baseline', () => {
  it.each([
    ['a rare error never seen', one('ERROR', 1, 0), 'new'],
    ['a rare warning never seen', one('WARN', 2, 0), 'new'],
    ['a milder line never seen, in a baseline that misses nothing', one('INFO', 1, 0), 'new'],
    ['1 to 3', one('ERROR', 3, 1), 'ongoing'],
    ['10 to 14', one('ERROR', 14, 10), 'ongoing'],
    ['100 to 150: significant, but less than twofold', one('ERROR', 150, 100), 'ongoing'],
    ['10 to 60', one('ERROR', 60, 10), 'growing'],
    ['100 to 1,000', one('INFO', 1000, 100), 'growing'],
    ['3 to 0', one('ERROR', 0, 3), 'ongoing'],
    ['60 to 0', one('INFO', 0, 60), 'gone'],
    ['60 to 55', one('INFO', 55, 60), 'ongoing'],
  ] as const)('%s', (_name, said, kind) => {
    expect(kindOf([usual, said], 'x <*>')).toBe(kind);
  });

  it('takes rates, not counts: the same rate over a tenth of the time is no change', () => {
    const short = { ...usual, at: evenly(T0, 6 * MINUTE, 100) };
    expect(kindOf([short, one('INFO', 30, 300, 6 * MINUTE)], 'x <*>')).toBe('ongoing');
    expect(kindOf([short, one('INFO', 300, 300, 6 * MINUTE)], 'x <*>')).toBe('growing');
  });

  it('expects unseen lines where the baseline itself is full of lines seen once', () => {
    const once = Array.from({ length: 300 }, (_, i): Said => ({ template: `job ${i} done`, level: 'INFO', at: [], baselineAt: [T0 - HOUR + i] }));
    expect(kindOf([usual, ...once, one('INFO', 1, 0)], 'x <*>')).toBe('ongoing');
    expect(kindOf([usual, ...once, one('ERROR', 1, 0)], 'x <*>')).toBe('new');
  });

  it('calls nothing new from a baseline of a few lines', () => {
    const few = { ...usual, baselineAt: evenly(T0 - HOUR, HOUR, 5) };
    expect(kindOf([few, one('ERROR', 1, 0)], 'x <*>')).toBe('ongoing');
  });

  it('is not fooled by clumps', () => {
    expect(kindOf([usual, { template: 'x <*>', level: 'INFO', at: clumps(T0, 4), baselineAt: clumps(T0 - HOUR, 2) }], 'x <*>')).toBe('ongoing');
  });
});

describe('against the earlier part', () => {
  it('finds what is new after the shift', () => {
    const late: Said = { template: 'x <*>', level: 'ERROR', at: evenly(T0 + 45 * MINUTE, 10 * MINUTE, 50) };
    const all = [{ ...usual, baselineAt: [] }, late];
    const summary = summaryOf(all);
    const { baseline, given } = findChanges(summary, annotate(summary));
    expect(given).toBe(false);
    expect(baseline?.end).toBeGreaterThan(T0 + 40 * MINUTE);
    expect(baseline?.end).toBeLessThanOrEqual(T0 + 46 * MINUTE);
    expect(kindOf(all, 'x <*>', null)).toBe('new');
    expect(kindOf(all, 'served <*>', null)).toBe('ongoing');
  });

  it('compares nothing in a short input', () => {
    const all = [{ ...usual, at: evenly(T0, 30_000, 20), baselineAt: [] }];
    const summary = summaryOf(all);
    expect(findChanges(summary, annotate(summary)).baseline).toBeNull();
    expect(kindOf(all, 'served <*>', null)).toBe('ongoing');
  });

  it('finds no change in a steady hum', () => {
    const hum = Array.from({ length: 40 }, (_, i): Said => ({ template: `t${i} <*>`, level: i % 9 === 0 ? 'ERROR' : 'INFO', at: evenly(T0 + i * 777, HOUR, 30 + i) }));
    const summary = summaryOf(hum);
    expect(new Set(findChanges(summary, annotate(summary)).patterns.map(({ kind }) => kind))).toEqual(new Set(['ongoing']));
  });
});
