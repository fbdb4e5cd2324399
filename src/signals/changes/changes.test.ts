import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { syntheticSeries } from '../../../test/support/synthetic-series.ts';
import { change, FAULT_AT, MINUTE, shopCapsule, T0 } from '../../../test/support/synthetic-capsule.ts';
import { changeProfile, isNamed } from './change-profile.ts';
import { diffLines } from './diff-lines.ts';
import { laterEffects } from './effective-times.ts';
import { formerLifetime } from './lifetimes.ts';
import { numberEdits } from './number-edits.ts';
import { rolloutFindings } from './rollout.ts';

describe('diffs', () => {
  const diff = '--- a/services/pay/pool.yml\n+++ b/services/pay/pool.yml\n@@ -1,3 +1,3 @@\n pool:\n-  maximum-pool-size: 40\n+  maximum-pool-size: 8\n   name: main';

  it('give added and removed lines and files', () => {
    expect(diffLines(diff)).toEqual({ added: ['maximum-pool-size: 8'], removed: ['maximum-pool-size: 40'], files: ['services/pay/pool.yml'], context: ['pool:', 'name: main'], reordered: [] });
  });

  it('give the settings whose number changes', () => {
    expect(numberEdits(diffLines(diff))).toEqual([{ key: 'maximumpoolsize', from: 40, to: 8 }]);
    expect(numberEdits(diffLines('+const maxConns = 5\n-const maxConns = 50\n+other: 3'))).toEqual([{ key: 'maxconns', from: 50, to: 5 }]);
  });

  it.each([
    ['one unit and another', '-  lease: 2m\n+  lease: 30s', [{ key: 'lease', from: 120, to: 30 }]],
    ['cores and thousandths', '-  cpu: "2"\n+  cpu: 250m', [{ key: 'cpu', from: 2, to: 0.25 }]],
    ['bytes of both kinds', '-  heap: 1Gi\n+  heap: 512Mi', [{ key: 'heap', from: 1_073_741_824, to: 536_870_912 }]],
    ['durations of Go', '-  Wait: 2 * time.Second,\n+  Wait: 50 * time.Millisecond,', [{ key: 'wait', from: 2, to: 0.05 }]],
    ['a request and a limit of one name', '-  cpu: 200m\n+  cpu: 100m\n-  cpu: 900m\n+  cpu: 150m', [{ key: 'cpu', from: 200, to: 100 }, { key: 'cpu', from: 900, to: 150 }]],
    ['a word of the sentence is no unit', '-lines = 10 # rows\n+lines = 20 here', [{ key: 'lines', from: 10, to: 20 }]],
    ['nobody knows what the bare number means', '-  wait: 5000\n+  wait: 5s', []],
  ])('compare numbers by their units: %s', (_what, text, edits) => {
    expect(numberEdits(diffLines(text))).toEqual(edits);
  });

  it('tell which lines changed their order, though none of them changed', () => {
    const moved = diffLines('@@ till/pay.go @@\n-\trate := rates.Fetch(ctx, id)\n \ttx := db.Begin()\n \tdefer tx.Rollback()\n+\trate := rates.Fetch(ctx, id) // fresh\n \ttx.Commit()');
    expect(moved.reordered).toEqual(['tx := db.Begin()', 'defer tx.Rollback()', 'rate := rates.Fetch(ctx, id)']);
    expect(diffLines('@@ a @@\n-\treturn nil\n \tx := 1\n+\treturn nil').reordered).toEqual([]);
    expect(diffLines('@@ a @@\n-\trate := rates.Fetch(ctx, id)\n@@ b @@\n \ttx := db.Begin()\n+\trate := rates.Fetch(ctx, id)').reordered).toEqual([]);
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

describe('a change that acts later', () => {
  const made = Date.parse('2031-02-03T08:10:30Z');
  const at = (text: string): number => Date.parse(text);

  it.each([
    ['says from when on', 'from: "2031-02-03T14:00:00Z"', [at('2031-02-03T14:00:00Z')]],
    ['in a zone of its own', 'starts_at: 2031-02-03T14:00+02:00', [at('2031-02-03T12:00:00Z')]],
    ['names the past', 'since: 2031-02-03T07:00:00Z', []],
    ['names an expiry far ahead', 'expires: 2032-02-03T07:00:00Z', []],
    ['is a cron line: the first turn', 'schedule: "30 9 * * *"', [at('2031-02-03T09:30:00Z')]],
    ['is a cron line of steps', "cron = '*/15 * * * *'", [at('2031-02-03T08:15:00Z')]],
    ['is a cron line of the next day', 'schedule: "0 3 * * 1-5"', [at('2031-02-04T03:00:00Z')]],
    ['is no cron line', 'schedule: daily', []],
  ])('%s', (_what, line, expected) => {
    expect(laterEffects([line], made)).toEqual(expected);
  });

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expect(laterEffects([`cron: ${text}`, `cron: "${text} * * * *"`], made).every((time) => time > made)).toBe(true);
    }));
  });
});

describe('what was stored before a change', () => {
  const HOUR = 3_600_000;
  const former = (removed: string, added = ''): number => formerLifetime(diffLines(`@@ till/basket @@\n-${removed}\n+${added}`));

  it.each([
    ['SETEX in seconds', "  kv.setex(`b:${id}`, 5400, body);", 1.5 * HOUR],
    ['PSETEX in milliseconds', '  kv.psetex(name, 5_400_000, body)', 1.5 * HOUR],
    ['EXPIRE', '  client.expire(name, 900)', HOUR / 4],
    ['an option of SET', "  kv.set(name, body, 'EX', 900)", HOUR / 4],
    ['a setting with a unit', '  basket-ttl: 45m', 0.75 * HOUR],
    ['a setting whose name tells the unit', '  basketTtlMinutes = 45', 0.75 * HOUR],
    ['a plain setting, in seconds', '  max_age: 900', HOUR / 4],
    ['a duration in Java', '  .expireAfterWrite(Duration.ofMinutes(30))', HOUR / 2],
    ['a duration in Go', '\tbasketTTL = 2 * time.Hour', 2 * HOUR],
    ['a product, in seconds', '  const TTL_SECONDS = 6 * 60 * 60;', 6 * HOUR],
    ['a product as the option of SET', "  kv.set(name, body, 'EX', 15 * 60)", HOUR / 4],
    ['a number that is no lifetime', '  limit: 900', 0],
    ['nothing', '', 0],
  ])('lives on as long as it was given: %s', (_what, removed, expected) => {
    expect(former(removed)).toBe(expected);
  });

  it('is not told by a remark, nor by a lifetime that stays', () => {
    expect(former('  kv.setex(name, 5400, body);', '  kv.psetex(name, TTL, body); // lives 90m')).toBe(1.5 * HOUR);
    expect(former('  ttl: 90m', '  ttl: 90m # as ever')).toBe(0);
  });

  it('is bounded, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const lifetime = former(`ttl: ${text}`);
      expect(lifetime >= 0 && lifetime <= 7 * 24 * HOUR).toBe(true);
    }));
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
