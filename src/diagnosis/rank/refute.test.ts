import { describe, expect, it } from 'vitest';
import { syntheticSeries } from '../../../test/support/synthetic-series.ts';
import { FAULT_AT, MINUTE, shopCapsule, T0 } from '../../../test/support/synthetic-capsule.ts';
import type { Finding } from '../../domain/finding.ts';
import { analyzeMetrics } from '../../signals/metrics/analyze-metrics.ts';
import { componentOf } from '../../signals/metrics/series-component.ts';
import { healthOf } from '../relate/health.ts';
import { refuteByMetrics } from './refute.ts';

const pointsOf = (indicator: string, strength: number, failing: number): number => {
  const component = componentOf('service', 'kiln');
  const finding: Finding = { id: 'log:kiln', kind: 'log_pattern', component, faults: {}, role: 'cause', strength, onset: FAULT_AT, end: null, window: null, changeId: null, indicator, summary: indicator, query: null, observed: 0.03, expected: 0, samples: [] };
  const metrics = analyzeMetrics(shopCapsule({ metrics: [syntheticSeries({ name: 'client_failure_ratio', labels: { source: 'kiln', destination: 'oven', unit: 'ratio' }, start: T0, intervalMs: MINUTE, samples: 80, level: 0.01, noise: 0.004, shift: { at: FAULT_AT, to: failing } })] }));
  return refuteByMetrics([{ component, fault: 'error_return', points: 1.5, findings: [finding], leading: true, topic: 'log_pattern' }], metrics, new Map())[0]?.points ?? 0;
};

describe('refuteByMetrics', () => {
  it('keeps little of a few lines about calls that are counted and fail no more than ever', () => {
    expect(pointsOf('oven GET <*> -> <*> Internal Server Error', 1.5, 0.01)).toBeLessThan(1);
  });

  it('believes them where the calls do fail, where many say so, and where they tell of something else', () => {
    expect(pointsOf('oven GET <*> -> <*> Internal Server Error', 1.5, 0.2)).toBe(1.5);
    expect(pointsOf('oven GET <*> -> <*> Internal Server Error', 8, 0.01)).toBe(1.5);
    expect(pointsOf('oven is hotter than allowed', 1.5, 0.01)).toBe(1.5);
    expect(pointsOf('rack GET <*> -> <*> Internal Server Error', 1.5, 0.01)).toBe(1.5);
  });
});

describe('a store that looks slow from outside', () => {
  const left = (fault: 'capacity' | 'network_delay', inside: number | null): number => {
    const component = componentOf('service', 'paint-db');
    const finding: Finding = { id: 'trace:latency:paint-db', kind: 'trace', component, faults: {}, role: 'cause', strength: 6, onset: FAULT_AT, end: null, window: null, changeId: null, indicator: 'SELECT', summary: 'SELECT', query: null, observed: 900, expected: 3, samples: [] };
    const own = inside === null ? [] : [syntheticSeries({ name: 'db_query_latency_ms', labels: { service: 'paint-db' }, start: T0, intervalMs: MINUTE, samples: 80, level: 3, noise: 0.05, shift: { at: FAULT_AT, to: inside } })];
    const metrics = analyzeMetrics(shopCapsule({ metrics: own }));
    return refuteByMetrics([{ component, fault, points: 4, findings: [finding], leading: true, topic: 'trace' }], metrics, healthOf(metrics))[0]?.points ?? 0;
  };

  it('is hardly to blame where its own clock says that it answers as fast as ever', () => {
    expect(left('capacity', 3)).toBeLessThan(2);
  });

  it('stays to blame where it measures nothing or is slow by its own clock, and for what is lost on the way to it', () => {
    expect(left('capacity', null)).toBe(4);
    expect(left('capacity', 900)).toBe(4);
    expect(left('network_delay', 3)).toBe(4);
  });
});

describe('a line that is written more often than usual', () => {
  const left = (expected: number, slower: number): number => {
    const component = componentOf('service', 'kiln');
    const finding: Finding = { id: 'log:kiln', kind: 'log_pattern', component, faults: {}, role: 'cause', strength: 2, onset: FAULT_AT, end: null, window: null, changeId: null, indicator: 'glaze runs low', summary: 'glaze runs low', query: null, observed: 0.94, expected, samples: [] };
    const metrics = analyzeMetrics(shopCapsule({ metrics: [syntheticSeries({ name: 'request_latency_ms', labels: { service: 'kiln' }, start: T0, intervalMs: MINUTE, samples: 80, level: 30, noise: 0.05, shift: { at: FAULT_AT, to: slower } })] }));
    return refuteByMetrics([{ component, fault: 'code', points: 2, findings: [finding], leading: true, topic: 'log_pattern' }], metrics, healthOf(metrics))[0]?.points ?? 0;
  };

  it('is more of the same where its writer is as fast as ever', () => {
    expect(left(0.5, 30)).toBeLessThan(1);
  });

  it('is believed where it is new, or its writer is slow', () => {
    expect([left(0, 30), left(0.5, 300)]).toEqual([2, 2]);
  });
});
