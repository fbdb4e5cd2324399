import { describe, expect, it } from 'vitest';
import { change, FAULT_AT, MINUTE, shopCapsule, T0 } from '../../../test/support/synthetic-capsule.ts';
import { syntheticSeries } from '../../../test/support/synthetic-series.ts';
import type { Change, MetricSeries } from '../../domain/capsule.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Fault } from '../../domain/report.ts';
import { changeProfile } from '../../signals/changes/change-profile.ts';
import { analyzeMetrics } from '../../signals/metrics/analyze-metrics.ts';
import { componentOf } from '../../signals/metrics/series-component.ts';
import { callGraphOf } from '../relate/call-graph.ts';
import { scoreOf } from './attribute-change.ts';
import { attributionContext } from './attribution-context.ts';

const says = (service: string, indicator: string): Finding => ({
  id: `log:${service}:${indicator}`, kind: 'log_pattern', component: componentOf('service', service), faults: {}, role: 'cause', strength: 9, onset: FAULT_AT, end: null, window: null, changeId: null, indicator, summary: indicator, query: null, observed: 0.6, expected: 0, samples: [],
});
const shows = (name: string, labels: Readonly<Record<string, string>>, level: number, to: number): MetricSeries => syntheticSeries({ name, labels, start: T0, intervalMs: MINUTE, samples: 80, level, noise: level / 50, shift: { at: FAULT_AT, to } });
const made = (service: string | null, diff: string, rest: Partial<Change> = {}): Change => change({ id: `of ${service}`, service, time: FAULT_AT - 5 * MINUTE, diff, ...rest });

interface Case {
  readonly guess: Change;
  readonly others?: readonly Change[];
  readonly suspect: string;
  readonly fault?: Fault;
  readonly findings?: readonly Finding[];
  readonly metrics?: readonly MetricSeries[];
}

const TOPOLOGY = [{ source: 'desk', destination: 'kiln' }, { source: 'desk', destination: 'glaze' }, { source: 'kiln', destination: 'firing-events' }, { source: 'firing-events', destination: 'ledger' }, { source: 'kiln', destination: 'api.gas.example' }];

const scored = ({ guess, others = [], suspect, fault = 'error_return', findings = [], metrics = [] }: Case): number => {
  const capsule = shopCapsule({ metrics, topology: TOPOLOGY });
  const known = ['desk', 'glaze', 'kiln', 'ledger', 'kiln-cache'];
  const [profile, ...rest] = [guess, ...others].map((one) => changeProfile(one, known));
  if (profile === undefined) throw new Error('no change');
  const analysis = analyzeMetrics(capsule);
  const seen = findings.length > 0 ? findings : [says(suspect, 'it hurts')];
  const context = attributionContext([profile, ...rest], callGraphOf(capsule), { metrics: analysis, findings: seen });
  return scoreOf(profile, { component: componentOf('service', suspect), fault, score: 5, supports: seen, contradictions: [], changeId: null, topics: ['errors'] }, context).score;
};

describe('what is held against a change', () => {
  const NULLED = '@@ kiln/heat.java @@\n-  Heat heat = heats.getOrDefault(zone, NONE);\n+  Heat heat = heats.get(zone);';
  const NULLS = [says('kiln', 'NullPointerException: heat is null')];

  it('a commit that no deployment followed counts little only where deployments are recorded', () => {
    const guess = made('kiln', NULLED, { kind: 'commit' });
    const elsewhere = made('desk', '@@ a @@\n+x()', { kind: 'deployment' });
    expect(scored({ guess, suspect: 'kiln', findings: NULLS })).toBeGreaterThan(2 * scored({ guess, others: [elsewhere], suspect: 'kiln', findings: NULLS }));
  });

  it('a longer wait does not make calls time out, a shorter one does', () => {
    const findings = [says('kiln', 'TimeoutError: deadline exceeded calling api.gas.example')];
    const moved = (from: number, to: number): number => scored({ guess: made('kiln', `@@ kiln/gas.cs @@\n-  c.Timeout = FromSeconds(${from})\n+  c.Timeout = FromSeconds(${to})`), suspect: 'kiln', findings });
    expect(moved(4, 2)).toBeGreaterThan(2 * moved(2, 4));
  });

  it('a caller whose calls are no more than ever is hardly what keeps a callee busy', () => {
    const guess = made('desk', '@@ desk/http.java @@\n-  var pool = newFixedThreadPool(8);\n+  var pool = newFixedThreadPool(80);');
    const busy = shows('threads_busy', { service: 'desk' }, 4, 60);
    const called = (to: number): number => scored({ guess, suspect: 'kiln', fault: 'cpu', metrics: [busy, shows('http_requests_rate', { service: 'kiln' }, 50, to), shows('cpu_usage_percent', { service: 'kiln' }, 20, 95)] });
    expect(called(50)).toBeLessThan(called(400));
  });

  it('a callee that is called again and again by a service that is not, is what the change touches', () => {
    const calls = (to: number): readonly MetricSeries[] => [shows('http_requests_rate', { service: 'desk' }, 50, 50), shows('client_requests_rate', { source: 'desk', destination: 'glaze' }, 50, to), shows('latency_ms', { source: 'desk', destination: 'kiln' }, 30, 30), shows('latency_ms', { service: 'desk' }, 40, 300)];
    const guess = made('desk', '@@ desk/view.java @@\n-  lines.map(l -> view(l, tint))\n+  lines.map(l -> view(l, glazes.tintOf(l)))');
    expect(scored({ guess, suspect: 'desk', metrics: calls(400) })).toBeGreaterThan(scored({ guess, suspect: 'desk', metrics: calls(50) }));
  });

  it('a provider that answers late needs no edit of whoever waits for it, but for more or larger calls', () => {
    const findings = [says('kiln', 'timed out waiting for a connection from the pool')];
    const guess = made('kiln', '@@ kiln/gas.java @@\n-  pool.maxSize(50)\n+  pool.maxSize(5)');
    const slow = (to: number): number => scored({ guess, suspect: 'kiln', findings, metrics: [shows('http_client_seconds_mean', { source: 'kiln', destination: 'api.gas.example' }, 0.2, to)] });
    expect([slow(0.2) > 0.5, slow(6)]).toEqual([true, 0]);
  });

  it('an instant named for the minute in which the trouble is sampled may have begun it', () => {
    const at = (seconds: number): string => new Date(FAULT_AT + seconds * 1_000).toISOString();
    const named = (seconds: number): number => scored({ guess: made('kiln', `@@ kiln/rules.yaml @@\n+  from: "${at(seconds)}"`, { kind: 'config', time: FAULT_AT - 300 * MINUTE }), suspect: 'kiln' });
    expect(named(40)).toBeGreaterThan(2 * named(400));
  });

  it('a line that was there nearly always and is no more names what was edited, however few they are', () => {
    const plan = (observed: number): Finding => ({ ...says('kiln', 'IXSCAN { clay_norm: 1 }'), strength: 1.2, observed, expected: 1 });
    const guess = made('kiln', '@@ kiln/find.py @@\n-  flt = {"clay_norm": {"$regex": "^" + q}}\n+  flt = {"clay_norm": {"$regex": q}}');
    const asked = (observed: number): number => scored({ guess, suspect: 'kiln', findings: [says('kiln', 'it hurts'), plan(observed)] });
    expect(asked(0.05)).toBeGreaterThan(asked(0.6) + 0.3);
  });

  it('a field of two letters that readers miss was taken away by whoever writes it, through a queue that hands on', () => {
    const findings = [says('ledger', "cannot read firing 17: KeyError: 'hz'")];
    const wrote = (field: string): number => scored({ guess: made(null, `+++ b/services/kiln/publish.go\n@@ -1 +1 @@\n-\tout := legacyFiring{Id: f.Id, ${field}: f.Rate}\n+\tout := firings.Encode(f)`, { kind: 'deployment' }), suspect: 'ledger', findings });
    expect(wrote('Hz')).toBeGreaterThan(wrote('Qx') + 0.5);
  });
});

describe('where no edit is needed, and where any may be enough', () => {
  it('a store that evicts its entries is no machine that evicts pods', () => {
    const guess = made('kiln-cache', '@@ tf/cache.tf @@\n-  max_entries = 2048\n+  max_entries = 128', { kind: 'infrastructure' });
    expect(scored({ guess, suspect: 'kiln-cache', fault: 'capacity', metrics: [shows('memcached_items_evicted_total', { service: 'kiln-cache' }, 1, 180)] })).toBeGreaterThan(0.5);
  });

  it('a provider whose own spans grow long explains what its caller shows', () => {
    const span: Finding = { ...says('api.gas.example', 'self time POST'), id: 'trace:self', kind: 'trace', observed: 900, expected: 200 };
    const guess = made('kiln', '@@ kiln/gas.java @@\n-  pool.maxSize(50)\n+  pool.maxSize(5)');
    const findings = [says('kiln', 'timed out waiting for a connection from the pool')];
    expect([scored({ guess, suspect: 'kiln', findings }) > 0.5, scored({ guess, suspect: 'kiln', findings: [...findings, span] })]).toEqual([true, 0]);
  });

  it('a value that a program did not expect may come from any edit of its code, and not from what is no code', () => {
    const edit = (file: string): Change => made('kiln', `+++ b/${file}\n@@ -1 +1 @@\n-\tshape(l.Clay)\n+\tshape(l.Clay.Of(l))`, { time: FAULT_AT - 2 * MINUTE });
    const errors = (text: string, file = 'kiln/shape.go'): number => scored({ guess: edit(file), suspect: 'kiln', findings: [says('kiln', text)] });
    expect(errors('invalid memory address or nil pointer dereference')).toBeGreaterThan(1.3 * errors('it hurts'));
    expect(errors('invalid memory address or nil pointer dereference', 'docs/shape.md')).toBeLessThan(0.2);
  });
});

describe('what a service keeps for itself', () => {
  const guess = made('kiln', '@@ kiln/rates.kt @@\n-  cache.put(zone, rate, 600)\n+  cache.put(zone, rate, 3)');
  const slow = shows('latency_ms', { service: 'kiln' }, 40, 300);
  const misses = (store: string, more: readonly MetricSeries[] = []): number => scored({ guess, suspect: 'kiln', metrics: [slow, shows('redis_keyspace_misses_rate', { service: store }, 3, 60), ...more] });

  it('shows what a change does there, and what others keep does not', () => {
    expect(misses('kiln-cache')).toBeGreaterThan(misses('glaze-cache') + 0.3);
  });

  it('shows nothing but the load where others call the service more often', () => {
    const flood = [shows('http_requests_rate', { service: 'desk' }, 50, 50), shows('http_requests_rate', { service: 'kiln' }, 50, 500)];
    const without = (more: readonly MetricSeries[]): number => scored({ guess, suspect: 'kiln', metrics: [slow, ...more] });
    const load = (more: readonly MetricSeries[]): number => without([shows('redis_commands_processed_rate', { service: 'kiln-cache' }, 30, 600), ...more]);
    expect([load([]) > without([]), load(flood) > without(flood)]).toEqual([true, false]);
  });
});

describe('profiles', () => {
  it('a folder of the service names it, not those whose names have a part in common with another folder', () => {
    const of = (file: string): readonly string[] => changeProfile(made(null, `+++ b/${file}\n@@ -1 +1 @@\n+x()`), ['kiln', 'kiln-cache', 'glaze-cache']).services;
    expect([of('services/kiln/cache/Keys.java'), of('charts/cache/values.yaml')]).toEqual([['kiln'], ['glaze-cache', 'kiln-cache']]);
  });

  it('knows a stored key by its parts, and that a number which moves far is no trifle', () => {
    const keyed = changeProfile(made('kiln', '@@ k.java @@\n-  return "firing:" + zone;\n+  return "firing:" + zone + ":" + clock.millis();'), ['kiln']);
    expect(keyed.themes.find(({ theme }) => theme.name === 'key')?.weight).toBe(1);
    const risk = (to: number): number => changeProfile(made('kiln', `@@ k.py @@\n-GRAIN = 72\n+GRAIN = ${to}`), ['kiln']).risk;
    expect(risk(300)).toBeGreaterThan(risk(80));
  });
});
