import { describe, expect, it } from 'vitest';
import { syntheticSeries } from '../../../test/support/synthetic-series.ts';
import { change, FAULT_AT, MINUTE, shopCapsule, T0 } from '../../../test/support/synthetic-capsule.ts';
import { exposureOf } from '../../signals/changes/exposure.ts';
import { analyzeMetrics } from '../../signals/metrics/analyze-metrics.ts';
import { shareMatcher } from './match-share.ts';

const failing = (...shares: readonly number[]) =>
  shareMatcher(analyzeMetrics(shopCapsule({
    metrics: shares.map((to, i) => syntheticSeries({ name: 'error_ratio', labels: { service: 'pay', operation: `op${i}`, unit: 'ratio' }, start: T0, intervalMs: MINUTE, samples: 80, level: 0.001, noise: 0.0005, shift: { at: FAULT_AT, to } })),
  })));

describe('shareMatcher', () => {
  it('finds that as many requests fail as the change leads elsewhere', () => {
    const { points, reason } = failing(0.055)(0.05, 'pay');
    expect([points > 0, reason?.startsWith('it leads 5 % of the traffic elsewhere, and 5.')]).toEqual([true, true]);
  });

  it('doubts a change that most failing requests never met', () => {
    expect(failing(0.6)(0.05, 'pay').factor).toBeLessThan(1);
    expect(failing(0.6, 0.05)(0.05, 'pay').points).toBeGreaterThan(0);
  });

  it('says nothing where all traffic is led elsewhere, where the shares differ a little, and where nothing fails', () => {
    for (const found of [failing(0.9)(1, 'pay'), failing(0.1)(0.05, 'pay'), failing(0.05)(null, 'pay'), failing(0.05)(0.05, 'order')]) expect(found).toEqual({ points: 0, factor: 1, reason: null });
  });
});

describe('exposureOf', () => {
  it.each([
    ['feature_flag', 'kiln-v2: 5% -> 20%', [], 0.15],
    ['feature_flag', 'kiln-v2: off -> on', [], 1],
    ['feature_flag', 'kiln-v2 widened', [{ key: 'rollout', from: 0, to: 25 }], 0.25],
    ['deployment', 'canary of pay', [{ key: 'canaryweight', from: 0, to: 0.1 }], 0.1],
    ['feature_flag', 'kiln-v2 widened', [{ key: 'timeout', from: 0, to: 25 }], null],
  ] as const)('of a %s, %s', (kind, summary, edits, exposure) => {
    const found = exposureOf(change({ id: 'a', time: T0, kind, summary }), edits);
    expect(found === null ? null : Math.round(found * 1000) / 1000).toBe(exposure);
  });
});
