import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { syntheticSeries } from '../../../test/support/synthetic-series.ts';
import { change, FAULT_AT, MINUTE, shopCapsule, T0 } from '../../../test/support/synthetic-capsule.ts';
import { changeProfile, isNamed } from './change-profile.ts';
import { diffLines } from './diff-lines.ts';
import { numberEdits } from './number-edits.ts';
import { rolloutFindings } from './rollout.ts';

describe('diffs', () => {
  const diff = '--- a/services/pay/pool.yml\n+++ b/services/pay/pool.yml\n@@ -1,3 +1,3 @@\n pool:\n-  maximum-pool-size: 40\n+  maximum-pool-size: 8\n   name: main';

  it('give added and removed lines and files', () => {
    expect(diffLines(diff)).toEqual({ added: ['maximum-pool-size: 8'], removed: ['maximum-pool-size: 40'], files: ['services/pay/pool.yml'], context: ['pool:', 'name: main'] });
  });

  it('give the settings whose number changes', () => {
    expect(numberEdits(diffLines(diff))).toEqual([{ key: 'maximumpoolsize', from: 40, to: 8 }]);
    expect(numberEdits(diffLines('+const maxConns = 5\n-const maxConns = 50\n+other: 3'))).toEqual([{ key: 'maxconns', from: 50, to: 5 }]);
  });

  it('never throw, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      expect(numberEdits(diffLines(text)).every(({ from, to }) => from !== to)).toBe(true);
    }));
  });

  it('of a hostile megabyte take no time', () => {
    const start = performance.now();
    numberEdits(diffLines(`+${'a.'.repeat(300_000)}\n-${'a = '.repeat(200_000)}`));
    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe('profiles', () => {
  it.each([
    ['depot', 'depotservice', true], ['till-service', 'tillservice', true], ['transformer', 'pipeline-transformer', true], ['order', 'order-db', true], ['pay', 'payment', false], ['db', 'order-db', false],
  ])('%s names %s: %s', (word, service, named) => {
    expect(isNamed(word, service)).toBe(named);
  });

  it.each([
    ['documents', { diff: '+++ b/docs/api.md\n+text', summary: 'docs: api' }],
    ['style sheets', { diff: '@@ services/web/static/a.css\n-.x { padding: 1px; }\n+.x { padding: 2px; }' }],
    ['tests', { diff: '+++ b/pkg/retry/retry_test.go\n+timeout := 5' }],
    ['pipelines', { summary: 'ci: cache modules' }],
  ])('%s break nothing', (_what, rest) => {
    expect(changeProfile(change({ id: 'c', time: 0, kind: 'commit', ...rest }), ['web']).risk).toBeLessThan(0.15);
  });

  it('a pool size is riskier than a rename', () => {
    const risk = (diff: string): number => changeProfile(change({ id: 'c', time: 0, diff }), []).risk;
    expect(risk('-maxPoolSize: 50\n+maxPoolSize: 5')).toBeGreaterThan(risk('-total := a + b\n+sum := a + b'));
  });

  it('knows the services by its folders, scope and tags', () => {
    const services = (rest: Parameters<typeof change>[0]): readonly string[] => changeProfile(change(rest), ['basketservice', 'payservice', 'web']).services;
    expect(services({ id: 'a', time: 0, diff: '+++ b/services/basket/main.go\n+x' })).toEqual(['basketservice']);
    expect(services({ id: 'b', time: 0, summary: 'fix(pay): rounding' })).toEqual(['payservice']);
    expect(services({ id: 'c', time: 0, service: 'web', summary: 'feat: x' })).toEqual(['web']);
  });
});

describe('releases under way', () => {
  const pods = (version: string, names: readonly string[], metric: string, level: number, start: number) =>
    names.map((pod) => syntheticSeries({ name: metric, labels: { service: 'pay', pod, version }, start, intervalMs: MINUTE, samples: Math.floor((T0 + 80 * MINUTE - start) / MINUTE), level, noise: 0.05 }));
  const release = change({ id: 'rel-1', time: FAULT_AT, service: 'pay', version: 'v2', previousVersion: 'v1', attributes: { steps: '[{"new_pods":["pay-v2-d68dfc56-c8rjl"]}]' } });
  const old = ['pay-v1-6c7f9d8b4-k2xqp', 'pay-v1-6c7f9d8b4-m9wtz', 'pay-v1-6c7f9d8b4-v4bnd'];

  it.each([
    ['fails', 'success_rate', 100, 30], ['is slow', 'latency_ms', 20, 160], ['answers nothing', 'latency_ms', 20, 0],
  ])('a new version that %s is found', (_what, metric, level, fresh) => {
    const metrics = [...pods('v1', old, metric, level, T0), ...pods('v2', ['pay-v2-d68dfc56-c8rjl'], metric, fresh, FAULT_AT + MINUTE)];
    const [finding] = rolloutFindings(shopCapsule({ metrics, changes: [release] }));
    expect(finding).toMatchObject({ changeId: 'rel-1', kind: 'change', role: 'cause', component: { name: 'pay' }, indicator: metric });
    expect(finding?.strength).toBeGreaterThan(1.5);
  });

  it('new pods that never report are found', () => {
    const [finding] = rolloutFindings(shopCapsule({ metrics: pods('v1', old, 'success_rate', 100, T0), changes: [release] }));
    expect(finding).toMatchObject({ changeId: 'rel-1', indicator: 'new pods' });
  });

  it('a version that behaves like the old one is left alone, also while all of them fail', () => {
    const metrics = [
      ...old.map((pod) => syntheticSeries({ name: 'success_rate', labels: { service: 'pay', pod, version: 'v1' }, start: T0, intervalMs: MINUTE, samples: 80, level: 100, noise: 0.01, shift: { at: FAULT_AT, to: 60 } })),
      ...pods('v2', ['pay-v2-d68dfc56-c8rjl'], 'success_rate', 60, FAULT_AT + MINUTE),
    ];
    expect(rolloutFindings(shopCapsule({ metrics, changes: [release] })).filter(({ strength }) => strength > 1)).toEqual([]);
  });
});
