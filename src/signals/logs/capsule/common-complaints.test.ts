import { describe, expect, it } from 'vitest';
import type { Change } from './change.ts';
import { withoutCommon } from './common-complaints.ts';

interface Told {
  readonly hits: number;
  readonly normalHits: number;
  readonly level?: 'ERROR' | 'INFO';
}

const told = (service: string, { hits, normalHits, level = 'ERROR' }: Told, text = `${service}-store: peer closed the connection early`): Change => ({
  service, pod: null, operation: null, number: 1, statement: { template: text, location: null, level, exception: null, sample: text, frames: [] },
  contrast: { surprise: 0, cut: 1, onsetSlot: 1, isCurrent: true, hits, total: 80, normalHits, normalTotal: 60 }, shares: '', strength: 2, onset: 0, isNews: true,
});
const OTHERS = [told('oven', { hits: 4, normalHits: 4 }), told('kiln', { hits: 1, normalHits: 3 })];
const strengthOf = (one: Change, others: readonly Change[] = OTHERS): number => withoutCommon([...others, one]).at(-1)?.strength ?? Number.NaN;

describe('complaints that many services make now and then', () => {
  it('are hardly news of one that happened to make none before', () => {
    expect(strengthOf(told('rack', { hits: 4, normalHits: 0 }))).toBeLessThan(1);
  });

  it('are news where they are far more than anybody ever made', () => {
    expect(strengthOf(told('rack', { hits: 40, normalHits: 0 }))).toBe(2);
  });

  it('are news where fewer than two others made them, or these say something else', () => {
    expect(strengthOf(told('rack', { hits: 4, normalHits: 0 }), OTHERS.slice(0, 1))).toBe(2);
    expect(strengthOf(told('rack', { hits: 4, normalHits: 0 }, 'rack-store: no room is left at all'))).toBe(2);
  });

  it('leave alone who made them before, what is no complaint, and what is too short to mean anything', () => {
    expect(strengthOf(told('rack', { hits: 4, normalHits: 1 }))).toBe(2);
    expect(strengthOf(told('rack', { hits: 4, normalHits: 0, level: 'INFO' }))).toBe(2);
    const short = ['oven', 'kiln', 'rack'].map((name) => told(name, { hits: 4, normalHits: name === 'rack' ? 0 : 4 }, `${name}-store: it failed`));
    expect(withoutCommon(short)).toEqual(short);
  });
});
