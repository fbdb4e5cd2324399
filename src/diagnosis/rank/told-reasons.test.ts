import { describe, expect, it } from 'vitest';
import { FAULT_AT } from '../../../test/support/synthetic-capsule.ts';
import type { Finding } from '../../domain/finding.ts';
import { componentOf } from '../../signals/metrics/series-component.ts';
import type { Clue } from './clue.ts';
import { byToldReasons } from './told-reasons.ts';

const component = componentOf('service', 'kiln');
const said = (indicator: string, strength: number, onset = FAULT_AT): Finding => ({
  id: `log:${indicator}`, kind: 'log_pattern', component, faults: { error_return: 0.8 }, role: 'cause', strength, onset, end: null, window: null, changeId: null, indicator, summary: indicator, query: null, observed: 0.9, expected: 0, samples: [],
});
const RESET = said('glaze.example (<*>): connection reset by peer', 9);
const lost: Clue = { component, fault: 'network_loss', points: 6, leading: true, findings: [RESET], topic: 'log_pattern' };
const backlog: Clue = { component, fault: 'capacity', points: 5, leading: true, findings: [], topic: 'backlog' };
const judged = (clue: Clue, ...reasons: readonly Finding[]): Clue | undefined => byToldReasons([clue], [RESET, ...reasons])[0];

describe('resets', () => {
  it('are the echo of what the same component tells oftener', () => {
    expect(judged(lost, said('PutObject <*> failed: AccessDenied', 14))?.points).toBeLessThan(3);
    expect(judged(lost, said('glaze.example answered status=<*> pop=<*>', 14))?.points).toBeLessThan(3);
  });

  it('are the network where nothing else is told, or told seldom, later, or of time-outs', () => {
    expect(judged(lost)).toBe(lost);
    expect(judged(lost, said('PutObject <*> failed: AccessDenied', 8))).toBe(lost);
    expect(judged(lost, said('PutObject <*> failed: AccessDenied', 14, FAULT_AT + 300_000))).toBe(lost);
    expect(judged(lost, said('read tcp <*>: i/o timeout', 14))).toBe(lost);
  });

  it('do not speak for a lost network that something else shows', () => {
    const counted: Clue = { ...lost, findings: [{ ...RESET, kind: 'metric' }], topic: 'resource:network' };
    expect(judged(counted, said('PutObject <*> failed: AccessDenied', 14))).toBe(counted);
  });
});

describe('what waits for a reader', () => {
  it('is due to what the reader tells of itself', () => {
    expect(judged(backlog, said('failed to deserialize record <*>', 14))).toEqual({ ...backlog, fault: 'data' });
  });

  it('is due to its number where it tells no reason', () => {
    expect(judged(backlog, said('queue is full, <*> waiting', 14))).toBe(backlog);
    expect(judged(backlog, said('failed to deserialize record <*>', 2))).toBe(backlog);
  });
});
