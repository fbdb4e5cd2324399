import { expect, it } from 'vitest';
import { syntheticSeries } from '../../../test/support/synthetic-series.ts';
import { change, FAULT_AT, MINUTE, shopCapsule, T0 } from '../../../test/support/synthetic-capsule.ts';
import { changeProfile } from '../../signals/changes/change-profile.ts';
import { analyzeMetrics } from '../../signals/metrics/analyze-metrics.ts';
import { operationMatcher } from './match-operations.ts';

const slow = (operation: string, to: number) => syntheticSeries({ name: 'latency_ms', labels: { service: 'kiln', operation }, start: T0, intervalMs: MINUTE, samples: 80, level: 40, noise: 2, shift: { at: FAULT_AT, to } });
const match = operationMatcher(analyzeMetrics(shopCapsule({ metrics: [slow('GET /glaze/{id}', 400), slow('POST /firing', 40), slow('GET /kiln', 400)] })), [], () => true);
const pointsOf = (diff: string): number => match(changeProfile(change({ id: 'a', time: T0, service: 'kiln', diff }), ['kiln']), 'kiln').points;

it('counts for a change that names what suffers and nothing of what does not', () => {
  expect(pointsOf('+++ b/kiln/glazes.go\n@@ -1 +1 @@\n+rows := db.All("glaze")')).toBeGreaterThan(0);
  expect(pointsOf('+++ b/kiln/firings.go\n@@ -1 +1 @@\n+heat()')).toBe(0);
  expect(pointsOf('+++ b/kiln/all.go\n@@ -1 +1 @@\n+both(glaze, firing)')).toBe(0);
  expect(pointsOf('+++ b/kiln/other.go\n@@ -1 +1 @@\n+heat()')).toBe(0);
});

it('says nothing where all of it suffers, or nobody measured it', () => {
  const all = operationMatcher(analyzeMetrics(shopCapsule({ metrics: [slow('GET /glaze/{id}', 400)] })), [], () => true);
  const profile = changeProfile(change({ id: 'a', time: T0, service: 'kiln', diff: '+glaze()' }), ['kiln']);
  expect([all(profile, 'kiln').points, match(profile, 'pay').points]).toEqual([0, 0]);
});
