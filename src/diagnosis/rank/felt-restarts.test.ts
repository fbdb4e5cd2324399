import { describe, expect, it } from 'vitest';
import { syntheticSeries } from '../../../test/support/synthetic-series.ts';
import { FAULT_AT, MINUTE, shopCapsule, T0 } from '../../../test/support/synthetic-capsule.ts';
import type { Finding } from '../../domain/finding.ts';
import { analyzeMetrics } from '../../signals/metrics/analyze-metrics.ts';
import { componentOf } from '../../signals/metrics/series-component.ts';
import { callGraphOf } from '../relate/call-graph.ts';
import { feltRestarts } from './felt-restarts.ts';

const refusal = (service: string, text: string, minutes: number): Finding => ({
  id: `log:${service}`, kind: 'log_pattern', component: componentOf('service', service), faults: {}, role: 'cause', strength: 8, onset: FAULT_AT + minutes * MINUTE, end: null, window: null, changeId: null,
  indicator: text, summary: text, query: null, observed: 0.5, expected: 0, samples: [],
});
const capsule = shopCapsule({
  metrics: [syntheticSeries({ name: 'container_restarts', labels: { service: 'kiln-cache' }, start: T0, intervalMs: MINUTE, samples: 80, level: 0, noise: 0, shift: { at: FAULT_AT, to: 1 } })],
  topology: [{ source: 'kiln', destination: 'kiln-cache' }],
});
const deadOf = (finding: Finding): readonly string[] => [...feltRestarts(analyzeMetrics(capsule), [finding], callGraphOf(capsule)).dead];

describe('feltRestarts', () => {
  it('finds who was away while its caller was refused', () => {
    expect(deadOf(refusal('kiln', 'get zone: dial tcp 10.0.0.7:6379: connect: connection refused', 0.5))).toEqual(['kiln-cache']);
    expect(deadOf(refusal('kiln', 'LOADING Redis is loading the dataset in memory', 1))).toEqual(['kiln-cache']);
  });

  it('finds nobody where the caller fails of something else, at another time, or does not call it', () => {
    for (const one of [refusal('kiln', 'zone 7 has no heat', 0.5), refusal('kiln', 'connection refused', 20), refusal('pay', 'connection refused', 0.5)]) expect(deadOf(one)).toEqual([]);
  });
});
