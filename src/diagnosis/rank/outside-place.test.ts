import { expect, it } from 'vitest';
import { change, FAULT_AT, MINUTE, shopCapsule } from '../../../test/support/synthetic-capsule.ts';
import type { Finding } from '../../domain/finding.ts';
import { changeProfile } from '../../signals/changes/change-profile.ts';
import { analyzeMetrics } from '../../signals/metrics/analyze-metrics.ts';
import { componentOf } from '../../signals/metrics/series-component.ts';
import { callGraphOf } from '../relate/call-graph.ts';
import { BLAME, scoreOf } from './attribute-change.ts';
import { attributionContext } from './attribution-context.ts';
import type { Suspect } from './rank-components.ts';

const finding = (service: string, indicator: string, faults: Finding['faults']): Finding => ({
  id: `log:${service}`, kind: 'log_pattern', component: componentOf('service', service), faults, role: 'cause', strength: 9, onset: FAULT_AT, end: null, window: null, changeId: null, indicator, summary: indicator, query: null, observed: 0.6, expected: 0, samples: [],
});

const scoreWhere = (text: string, faults: Finding['faults']): number => {
  const capsule = shopCapsule({ metrics: [], topology: [{ source: 'kiln', destination: 'oven.example' }] });
  const profile = changeProfile(change({ id: 'a', service: 'kiln', time: FAULT_AT - 5 * MINUTE, diff: '@@ kiln/heat.java @@\n-  Heat heat = heats.getOrDefault(zone, NONE);\n+  Heat heat = heats.get(zone);' }), ['kiln']);
  const graph = callGraphOf(capsule);
  const victim = finding('oven.example', 'no heat', { error_return: 1 });
  const suspect: Suspect = { component: victim.component, fault: 'error_return', score: 5, supports: [victim], contradictions: [], changeId: null, topics: ['errors'] };
  return scoreOf(profile, suspect, attributionContext([profile], graph, { metrics: analyzeMetrics(capsule), findings: [finding('kiln', text, faults), victim] })).score;
};

it('what befell the changed service from outside explains what it shows, whoever is the suspect', () => {
  expect(scoreWhere('java.lang.NullPointerException: heat is null', { exception: 1 })).toBeGreaterThan(BLAME);
  expect(scoreWhere('javax.net.ssl.SSLHandshakeException: certificate has expired', { certificate: 1 })).toBeLessThan(BLAME);
});
