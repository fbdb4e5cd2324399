import { expect, it } from 'vitest';
import { FAULT_AT, shopCapsule } from '../../../test/support/synthetic-capsule.ts';
import type { Finding } from '../../domain/finding.ts';
import { analyzeMetrics } from '../../signals/metrics/analyze-metrics.ts';
import { componentOf } from '../../signals/metrics/series-component.ts';
import { callGraphOf } from '../relate/call-graph.ts';
import { complaintClues } from './complaint-clues.ts';

const toldByAll = (...said: readonly (readonly [string, string])[]): readonly string[] => {
  const calls = [['kiln', 'kiln-redis'], ['desk', 'kiln'], ['kiln', 'clay-mysql'], ['desk', 'clay-mysql']] as const;
  const capsule = shopCapsule({ metrics: [], topology: calls.map(([source, destination]) => ({ source, destination })) });
  const findings = said.map(([by, indicator], index): Finding => ({
    id: `log:${index + 1}`, kind: 'log_pattern', component: componentOf('service', by), faults: { dependency: 1 }, role: 'cause', strength: 9, onset: FAULT_AT, end: null, window: null, changeId: null, indicator, summary: indicator, query: null, observed: 0.6, expected: 0, samples: [],
  }));
  const spoken: Finding = { id: 'log:own', kind: 'log_pattern', component: componentOf('service', 'clay-mysql'), faults: {}, role: 'context', strength: 1, onset: null, end: null, window: null, changeId: null, indicator: 'ready', summary: 'ready', query: null, observed: 1, expected: 1, samples: [] };
  const { clues, passedOn } = complaintClues(capsule, analyzeMetrics(capsule), [...findings, spoken], { graph: callGraphOf(capsule) });
  return [...clues.map(({ component, fault }) => `${component.name} ${fault}`), ...passedOn];
};
const told = (by: string, indicator: string): readonly string[] => toldByAll([by, indicator]);

it('a store that answers that it only just starts speaks of itself', () => {
  expect(told('kiln', 'RedisServerException: LOADING Redis is loading the dataset in memory (kiln-redis:6379)')).toEqual(['kiln-redis crash', 'log:1']);
  expect(told('kiln', 'kiln-redis: FATAL: the database system is starting up (SQLSTATE 57P03)')).toEqual(['kiln-redis crash', 'log:1']);
});

it('who merely fails to reach it, or does not call it, tells of itself', () => {
  expect(told('kiln', 'connection to kiln-redis:6379 refused')).toEqual([]);
  expect(told('desk', 'LOADING Redis is loading the dataset in memory (kiln-redis:6379)')).toEqual([]);
});

it('a store that tells several callers that it has no connection left is full; of one caller nobody knows who holds them', () => {
  expect(toldByAll(['kiln', 'ERROR 1040: Too many connections (clay-mysql)'], ['desk', 'Too many connections host=clay-mysql'])).toEqual(['clay-mysql capacity', 'clay-mysql capacity', 'log:1', 'log:2']);
  expect(told('kiln', 'ERROR 1040: Too many connections (clay-mysql)')).toEqual([]);
});
