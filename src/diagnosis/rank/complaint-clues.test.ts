import { expect, it } from 'vitest';
import { FAULT_AT, shopCapsule } from '../../../test/support/synthetic-capsule.ts';
import type { Finding } from '../../domain/finding.ts';
import { analyzeMetrics } from '../../signals/metrics/analyze-metrics.ts';
import { componentOf } from '../../signals/metrics/series-component.ts';
import { callGraphOf } from '../relate/call-graph.ts';
import { complaintClues } from './complaint-clues.ts';

const told = (by: string, indicator: string): readonly string[] => {
  const capsule = shopCapsule({ metrics: [], topology: [{ source: 'kiln', destination: 'kiln-redis' }, { source: 'desk', destination: 'kiln' }] });
  const finding: Finding = {
    id: 'log:1', kind: 'log_pattern', component: componentOf('service', by), faults: { dependency: 1 }, role: 'cause', strength: 9, onset: FAULT_AT, end: null, window: null, changeId: null, indicator, summary: indicator, query: null, observed: 0.6, expected: 0, samples: [],
  };
  const { clues, passedOn } = complaintClues(capsule, analyzeMetrics(capsule), [finding], { graph: callGraphOf(capsule) });
  return [...clues.map(({ component, fault }) => `${component.name} ${fault}`), ...passedOn];
};

it('a store that answers that it only just starts speaks of itself', () => {
  expect(told('kiln', 'RedisServerException: LOADING Redis is loading the dataset in memory (kiln-redis:6379)')).toEqual(['kiln-redis crash', 'log:1']);
  expect(told('kiln', 'kiln-redis: FATAL: the database system is starting up (SQLSTATE 57P03)')).toEqual(['kiln-redis crash', 'log:1']);
});

it('who merely fails to reach it, or does not call it, tells of itself', () => {
  expect(told('kiln', 'connection to kiln-redis:6379 refused')).toEqual([]);
  expect(told('desk', 'LOADING Redis is loading the dataset in memory (kiln-redis:6379)')).toEqual([]);
});
