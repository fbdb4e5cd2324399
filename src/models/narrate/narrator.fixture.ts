/** A made-up report and digest for tests. */
import type { Digest, LogIncident } from '../../domain/digest.ts';
import type { Component, Report } from '../../domain/report.ts';

const component = (name: string): Component => ({ kind: 'service', name, pod: null, namespace: null, object_kind: null, source: null, destination: null });
const WINDOW = { start: '2026-03-12T14:00:00.000Z', end: '2026-03-12T15:00:00.000Z' };

/** Packed, its lines are: 1 facts, 2 H1, 3 H2, 4 E1, 5 E2. */
export const testReport = (): Report => ({
  schema: 'faultline.report/1',
  capsule_id: 'shop-1',
  verdict: 'root_cause',
  summary: 'order-service ran out of memory.',
  hypotheses: [
    { rank: 1, component: component('order-service'), fault: 'memory', change_id: null, indicator: 'memory_usage', onset: '2026-03-12T14:02:10.000Z', score: 3, confidence: 0.82, summary: 'Probably memory: the heap was full.', evidence: ['E1'], contradictions: [] },
    { rank: 2, component: component('checkout-api'), fault: 'dependency', change_id: null, indicator: 'latency', onset: null, score: 1, confidence: 0.11, summary: 'Possibly checkout-api.', evidence: ['E2'], contradictions: [] },
  ],
  evidence: [
    { id: 'E1', kind: 'metric', summary: 'Memory rose from 300 to 900 MB', service: 'order-service', window: WINDOW, query: 'memory_usage{service="order-service"}', observed: 900, expected: 300, samples: [] },
    { id: 'E2', kind: 'log_pattern', summary: 'Requests met time-outs', service: 'checkout-api', window: WINDOW, query: null, observed: 40, expected: 0, samples: ['request to order-service timed out after 5000 ms'] },
  ],
  gaps: [],
  impact: { services: ['checkout-api', 'order-service'], summary: 'Two services suffer.' },
  next_actions: [{ summary: 'Look at the heap.', command: 'jcmd <pid> GC.heap_info', risk: 'none' }],
  queries: [],
  log_patterns: { lines: 10, events: 10, patterns: 2 },
  timings_ms: { total: 5 },
  llm: null,
});

const incident = (n: number): LogIncident => ({
  id: `I${n}`, fingerprint: `i_${n}`, title: `Connection refused ${n}`, severity: 'P2', start: WINDOW.start, end: WINDOW.end,
  services: ['orders'], env: null, region: null, hosts: [], error_codes: [],
  chain: [{ at: WINDOW.start, pattern: 'p_1', count: 3, summary: 'Connection refused: “Connection to … refused”' }],
  summary: 'Connections of orders were refused.', impact: 'orders suffers.',
  hypotheses: [{ summary: 'Probably the connection of orders is refused.', confidence: 0.6, uncertain: false, evidence: ['p_1'] }],
  next_actions: [{ summary: 'Check the port.', command: 'nc -vz <host> <port>', risk: 'none' }],
  queries: [], sample_logs: ['Connection to <ip> refused'],
});

/** Each incident, packed: 1 facts, 2 H1, 3 the step. */
export const testDigest = (incidents: number): Digest => ({
  schema: 'faultline.digest/1', period: WINDOW, baseline: null, lines: 100, events: 100, errors: 3,
  incidents: Array.from({ length: incidents }, (_, i) => incident(i + 1)),
  patterns: { new: [{ id: 'p_1', template: 'Connection to <*> refused', count: 3, baseline_count: 0, severity: 'ERROR', services: ['orders'], first_seen: null, last_seen: null }], growing: [], gone: [], ongoing: [] },
  gaps: [], timings_ms: { total: 1 }, llm: null,
});
