import { describe, expect, it } from 'vitest';
import type { Finding } from '../../domain/finding.ts';
import { componentOf } from '../../signals/metrics/series-component.ts';
import { wordsOfLanguage } from '../words/words.ts';
import { clockGap } from './clock-gap.ts';

const finding = (kind: Finding['kind'], onset: number | null): Finding => ({
  id: `${kind}:${onset}`, kind, component: componentOf('service', 'pay'), faults: {}, role: 'cause', strength: 3, onset, end: null, window: null, changeId: null, indicator: 'x', summary: 'x', query: null,
  observed: null, expected: null, samples: [],
});
const gaps = (...supports: readonly Finding[]): number =>
  clockGap({ component: componentOf('service', 'pay'), fault: 'cpu', score: 3, supports, contradictions: [], changeId: null, topics: [] }, wordsOfLanguage('en')).length;

describe('clocks', () => {
  it.each([
    ['agree', [finding('metric', 0), finding('trace', 60_000)], 0],
    ['differ', [finding('metric', 0), finding('trace', 120_000)], 1],
    ['see different stages', [finding('metric', 0), finding('log_pattern', 3_600_000)], 0],
    ['of one signal only', [finding('metric', 0), finding('metric', 120_000)], 0],
    ['beside a change', [finding('metric', 120_000), finding('change', 0)], 0],
    ['without instants', [finding('metric', null), finding('trace', null)], 0],
  ])('%s', (_what, supports, count) => {
    expect(gaps(...supports)).toBe(count);
  });
});
