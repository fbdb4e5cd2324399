import { describe, expect, it } from 'vitest';
import { change, FAULT_AT, logFile, MINUTE, shopCapsule, shopMetrics, T0, type Faults, type Service } from '../../../test/support/synthetic-capsule.ts';
import { syntheticSeries } from '../../../test/support/synthetic-series.ts';
import type { Capsule, Change } from '../../domain/capsule.ts';
import type { Report } from '../../domain/report.ts';
import { analyzeCapsule } from '../analyze-capsule.ts';

interface Story {
  readonly faults: Faults;
  /** Service, level, text: written every ten seconds from the fault on. */
  readonly says?: readonly (readonly [Service, string, string])[];
  /** Service, metric, before, after. */
  readonly shows?: readonly (readonly [Service, string, number, number])[];
}

const capsuleOf = ({ faults, says = [], shows = [] }: Story, changes: readonly Change[]): Capsule => {
  const calm = (['web', 'cart', 'order', 'pay', 'stock', 'stock-db'] as const).flatMap((service) => Array.from({ length: 480 }, (_, i) => ({ at: T0 + i * 10_000, service, level: 'INFO', body: `handled request ${i} in ${10 + (i % 7)} ms` })));
  const loud = says.flatMap(([service, level, body]) => Array.from({ length: 70 }, (_, i) => ({ at: FAULT_AT + 2_000 + i * 10_000, service, level, body: body.replace('#', String(1000 + i * 37)) })));
  const series = shows.map(([service, name, level, to]) => syntheticSeries({ name, labels: { service }, start: T0, intervalMs: MINUTE, samples: 80, level, noise: 0.05, shift: { at: FAULT_AT, to } }));
  return shopCapsule({ metrics: [...shopMetrics(faults), ...series], logs: [logFile([...calm, ...loud])], changes, symptom: { service: 'web', metric: null, description: null } });
};

const before = (minutes: number, service: Service | null, diff: string | null, rest: Partial<Change> = {}): Change => change({ id: `${service}-${minutes}`, time: FAULT_AT - minutes * MINUTE, service, diff, ...rest });
const blamed = (report: Report): string => `${report.hypotheses[0]?.component.name} ${report.hypotheses[0]?.change_id}`;
const told = async (story: Story, changes: readonly Change[]): Promise<string> => blamed(await analyzeCapsule(capsuleOf(story, changes)));

const TIDY = '@@ x/handler.go: func (h *H) Do(w http.ResponseWriter, r *http.Request) {\n-\tvar req DoRequest\n-\tif err := json.NewDecoder(r.Body).Decode(&req); err != nil {\n-\t\thttp.Error(w, err.Error(), 400)\n-\t\treturn\n-\t}\n+\treq, err := decode[DoRequest](r)\n+\tif err != nil {\n+\t\twriteError(w, http.StatusBadRequest, err)\n+\t\treturn\n+\t}';

const NULL_STORY: Story = { faults: { pay: { error_ratio: 0.4 }, order: { error_ratio: 0.3 }, web: { error_ratio: 0.2 } }, says: [['pay', 'ERROR', "AttributeError: 'NoneType' object has no attribute 'iban' in mandate_for(payer=#)"]] };
const CERT_STORY: Story = { faults: { order: { error_ratio: 0.8 }, web: { error_ratio: 0.5 } }, says: [['order', 'ERROR', 'call pay: x509: certificate has expired or is not yet valid: # seconds ago']] };
const STORM_STORY: Story = {
  faults: { pay: { latency_ms: 2500, request_rate: 420, error_ratio: 0.3 }, order: { error_ratio: 0.25, latency_ms: 1500 }, web: { latency_ms: 1500 } },
  says: [['order', 'WARN', 'retry attempt # for pay: deadline exceeded'], ['pay', 'WARN', 'request queue # deep, rejecting']], shows: [['order', 'client_retries_per_sec', 1, 380]],
};

describe('the guilty change', () => {
  it('is the one whose code the errors name, not the later one beside it', async () => {
    const guilty = before(9, 'pay', '@@ pay/mandate.py @@\n-    mandate = MANDATES.get(payer) or default_mandate()\n+    mandate = MANDATES.get(alias(payer))\n     return mandate.iban');
    expect(await told(NULL_STORY, [guilty, before(2, 'pay', TIDY), before(1, 'pay', '@@ pay/palette.py @@\n+@lru_cache(maxsize=8)\n def palette(theme):')])).toBe('pay pay-9');
  });

  it('is the one of hours ago that alone wrote the name that the errors now tell, not the later one whose kind would fit', async () => {
    const story: Story = { faults: { pay: { latency_ms: 2500, error_ratio: 0.2 }, order: { latency_ms: 2500, cpu_usage: 70 }, web: { latency_ms: 2500 } }, says: [['pay', 'ERROR', 'call to Pay.LedgerWriter did not return within # ms']] };
    const guilty = before(150, 'pay', '@@ pay/ledger.ex @@\n-  def book(id, sum), do: Ledger.put(id, sum)\n+  def book(id, sum), do: Agent.update(Pay.LedgerWriter, &Map.put(&1, id, sum))');
    expect(await told(story, [guilty, before(2, 'order', '@@ order/wire.rs @@\n+        "br" => Some(Encoding::Brotli),')])).toBe('pay pay-150');
  });

  it('of what messages contain is the writer of another shape, not the reader whose limit was moved', async () => {
    const story = (text: string): Story => ({ faults: { order: { error_ratio: 0.6 }, web: { error_ratio: 0.4 } }, says: [['order', 'ERROR', text]] });
    const limit = before(1, 'order', '+++ b/order/values.yaml\n-  max.poll.records: 500\n+  max.poll.records: 50', { kind: 'config' });
    expect(await told(story('UnrecognizedPropertyException: Unrecognized field "kiln_ref" of message #'), [limit])).toBe('order null');
    expect(await told(story('listener of message # left behind'), [limit])).toBe('order order-1');
  });

  it('of infrastructure is a fault of its settings', async () => {
    const story: Story = { faults: { pay: { error_ratio: 0.7 }, order: { error_ratio: 0.6 }, web: { error_ratio: 0.5 } }, says: [['pay', 'ERROR', 'route # of pay: no matching route']] };
    const report = await analyzeCapsule(capsuleOf(story, [before(1, 'pay', '+++ b/infra/pay/edge.tf\n-  path_prefix = "/pay"\n+  path_prefix = "/payments"', { kind: 'infrastructure' })]));
    expect([blamed(report), report.hypotheses[0]?.fault]).toEqual(['pay pay-1', 'configuration']);
  });

  it('is the one that shortened a lifetime, once what was stored before it has run out, and floods those behind its victim too', async () => {
    const story: Story = { faults: { stock: { latency_ms: 900, request_rate: 700, cpu_usage: 70 }, 'stock-db': { cpu_usage: 90 }, order: { latency_ms: 800 }, web: { latency_ms: 800 } } };
    const shortened = (lifetime: string): Change => before(115, 'order', `@@ order/levels.kt @@\n-  kv.setex(sku, ${lifetime}, level)\n+  kv.psetex(sku, LIFE.seconds(), level)`);
    const named = async (guilty: Change): Promise<string> => {
      const capsule = capsuleOf(story, [guilty, before(5, 'stock', '@@ stock/badge.java @@\n+  String badgeUrl;')]);
      return blamed(await analyzeCapsule({ ...capsule, metrics: capsule.metrics.map((series) => (series.name === 'request_rate' ? { ...series, name: 'workload_ops' } : series)) }));
    };
    expect(await named(shortened('7200'))).toBe('order order-115');
    expect(await named(shortened('30'))).not.toBe('order order-115');
  });

  it('is the one made long ago that names the minute of the trouble as its beginning', async () => {
    const story: Story = { faults: { pay: { cpu_usage: 95, latency_ms: 900 }, order: { latency_ms: 900 }, web: { latency_ms: 900 } } };
    const from = new Date(FAULT_AT).toISOString();
    const flag = before(300, 'pay', `+++ b/flags/pay.yaml\n-  scorer: plain\n+  scorer: {plain: true, then: [{from: "${from}", value: deep}]}`, { kind: 'feature_flag' });
    expect(await told(story, [flag, before(2, 'stock', TIDY)])).toBe('pay pay-300');
    expect(await told(story, [before(300, 'pay', (flag.diff ?? '').replace(from, new Date(FAULT_AT + 3_600_000).toISOString()), { kind: 'feature_flag' })])).toBe('pay null');
  });

  it('is a shorter limit where calls time out that take no longer than ever, and is none where they do take longer', async () => {
    const story: Story = { faults: { pay: { error_ratio: 0.6 }, order: { error_ratio: 0.5 }, web: { error_ratio: 0.4 } }, says: [['pay', 'ERROR', 'java.net.SocketTimeoutException: Read timed out after # ms calling https://api.bank.example/v2/charge']] };
    const guilty = before(2, 'pay', '@@ pay/Bank.java @@\n-  .readTimeout(conf.wait(), TimeUnit.MILLISECONDS)\n+  .readTimeout(Duration.ofNanos(conf.wait() * 10_000L))');
    const measured = async (to: number): Promise<string> => {
      const capsule = capsuleOf(story, [guilty]);
      const calls = syntheticSeries({ name: 'http_client_requests_seconds_mean', labels: { source: 'pay', destination: 'api.bank.example' }, start: T0, intervalMs: MINUTE, samples: 80, level: 0.2, noise: 0.05, shift: { at: FAULT_AT, to } });
      return blamed(await analyzeCapsule({ ...capsule, metrics: [...capsule.metrics, calls] }));
    };
    expect(await measured(0.1)).toBe('pay pay-2');
    expect(await measured(9)).toMatch(/ null$/);
  });

  it('may be one of what all share, a flag that all traffic meets, or a bound that let memory grow', async () => {
    const full: Story = { faults: { pay: { latency_ms: 3000, error_ratio: 0.3 }, order: { latency_ms: 3000 }, web: { latency_ms: 3000 } }, says: [['pay', 'WARN', 'Connection is not available, request timed out after # ms']] };
    expect(await told(full, [before(6, null, '+++ b/config/shared/db.yml\n-  maximum-pool-size: 30\n+  maximum-pool-size: 2', { kind: 'config' }), before(2, 'pay', TIDY)])).toBe('pay null-6');
    const busy: Story = { faults: { pay: { cpu_usage: 96, latency_ms: 1500 }, order: { latency_ms: 1500 }, web: { latency_ms: 1500 } } };
    expect(await told(busy, [before(3, 'pay', null, { kind: 'feature_flag', summary: 'deep-scoring: 5% -> 100%' })])).toBe('pay pay-3');
    expect(await told(busy, [before(3, 'pay', null, { kind: 'feature_flag', summary: 'deep-scoring: 5% -> 6%' })])).toBe('pay null');
    const fat: Story = { faults: { pay: { memory_bytes: 4e9, latency_ms: 900 }, order: { latency_ms: 900 }, web: { latency_ms: 900 } } };
    expect(await told(fat, [before(30, 'pay', '+++ b/pay/memo.kt\n-  .maximumSize(2_000)\n+  .maximumSize(9_000_000)'), before(2, 'pay', TIDY)])).toBe('pay pay-30');
  });

  it('is not acquitted by people who try again after it hurt', async () => {
    const story: Story = { faults: { pay: { latency_ms: 4000, error_ratio: 0.3 }, order: { latency_ms: 4000 }, web: { latency_ms: 4000 } }, says: [['pay', 'WARN', 'Connection is not available, request timed out after # ms']] };
    const guilty = before(3, 'pay', '@@ pay/db.yml @@\n-  maximum-pool-size: 30\n+  maximum-pool-size: 2', { kind: 'config' });
    const surging = async (at: number): Promise<string> => {
      const capsule = capsuleOf(story, [guilty]);
      const visits = ['web', 'order', 'pay'].map((service) => syntheticSeries({ name: 'http_requests_rate', labels: { service }, start: T0, intervalMs: MINUTE, samples: 80, level: 50, noise: 0.02, shift: { at, to: 120 } }));
      return blamed(await analyzeCapsule({ ...capsule, metrics: [...capsule.metrics, ...visits] }));
    };
    expect(await surging(FAULT_AT + 4 * MINUTE)).toBe('pay pay-3');
    expect(await surging(FAULT_AT - MINUTE)).not.toBe('pay pay-3');
  });

  it('is not acquitted by time that requests take, which is no traffic', async () => {
    const story: Story = {
      faults: { pay: { latency_ms: 4000, error_ratio: 0.3 }, order: { latency_ms: 4000 }, web: { latency_ms: 4000 } }, says: [['pay', 'WARN', 'Connection is not available, request timed out after # ms']],
      shows: [['web', 'http_server_requests_seconds_sum', 4, 40], ['pay', 'http_server_requests_seconds_sum', 1, 30]],
    };
    expect(await told(story, [before(3, 'pay', '@@ pay/db.yml @@\n-  maximum-pool-size: 30\n+  maximum-pool-size: 2', { kind: 'config' })])).toBe('pay pay-3');
  });

  it('may lie with the caller that multiplies its calls', async () => {
    const guilty = before(4, 'order', '@@ order/pay_client.go @@\n-\tRetries: 1,\n-\tTimeout: 3 * time.Second,\n+\tRetries: 12,\n+\tTimeout: 100 * time.Millisecond,');
    expect(await told(STORM_STORY, [guilty, before(2, 'pay', TIDY), before(3, 'pay', '@@ pay/list.go @@\n+\tcached[id] = v')])).toBe('order order-4');
  });

  it('may lie with the caller whose cache no longer holds', async () => {
    const story: Story = {
      faults: { stock: { latency_ms: 900, request_rate: 600 }, order: { latency_ms: 800 }, web: { latency_ms: 800 } },
      says: [['order', 'WARN', 'cache miss for level:#, loading from stock'], ['stock', 'WARN', 'query queue # deep']], shows: [['order', 'cache_hit_ratio', 0.95, 0.03]],
    };
    const guilty = before(3, 'order', '@@ order/levels.kt @@\n-  cache.put(sku, level, 600)\n+  cache.put(sku, level, Duration.ofMillis(600))');
    expect(await told(story, [guilty, before(1, 'stock', '@@ stock/badge.kt @@\n+data class Badge(val text: String)')])).toBe('order order-3');
  });

  it('is the migration whose table and columns the slow queries name', async () => {
    const story: Story = { faults: { 'stock-db': { cpu_usage: 96, latency_ms: 2500 }, stock: { latency_ms: 2400 }, order: { latency_ms: 2300 }, web: { latency_ms: 2300 } }, says: [['stock-db', 'WARN', 'slow query (# ms): SELECT * FROM bins WHERE shelf_code = $1; plan: Seq Scan on bins']] };
    const guilty = before(2, 'stock', '@@ db/0031.sql @@\n+DROP INDEX bins_shelf_code_idx;', { kind: 'migration', summary: '0031 unused indexes' });
    expect(await told(story, [guilty, before(5, 'stock', '@@ stock/name.go @@\n-const maxName = 40\n+const maxName = 60')])).toBe('stock stock-2');
  });

  it('may lie with the one who writes what the other reads, where errors name the field', async () => {
    const story: Story = { faults: { cart: { error_ratio: 0.4 }, web: { error_ratio: 0.2 } }, says: [['cart', 'ERROR', 'JsonException: value of type String could not be converted to Int64 at path $.dueAt, record #']] };
    const guilty = before(3, 'order', '@@ order/Encoder.java @@\n-  json.writeNumberField("dueAt", e.dueAt().toEpochMilli());\n+  json.writeStringField("dueAt", e.dueAt().toString());');
    const capsule = { ...capsuleOf(story, [guilty, before(13, 'cart', '@@ cart/consumer.yml @@\n-  concurrency: 1\n+  concurrency: 4'), before(1, 'cart', TIDY)]), topology: [{ source: 'web', destination: 'cart' }, { source: 'order', destination: 'events-mq' }, { source: 'cart', destination: 'events-mq' }] };
    expect(blamed(await analyzeCapsule(capsule))).toBe('order order-3');
  });

  it('is the flag whose name the errors repeat', async () => {
    const story: Story = { faults: { cart: { error_ratio: 0.3 }, web: { error_ratio: 0.2 } }, says: [['cart', 'ERROR', 'engine bulk-pricer: vector length #, expected 64']] };
    expect(await told(story, [before(4, 'cart', null, { kind: 'feature_flag', id: 'cart_bulk_pricer', summary: 'off->on' }), before(2, 'cart', null, { kind: 'feature_flag', id: 'cart_header_colour', summary: 'off->on' })])).toBe('cart cart_bulk_pricer');
  });

  it('is found wherever the changes stand in the file', async () => {
    const changes = [before(9, 'pay', '@@ pay/mandate.py @@\n-    return MANDATES.get(payer) or none()\n+    return MANDATES.get(payer)'), before(2, 'pay', TIDY), before(1, 'cart', TIDY)];
    expect(await told(NULL_STORY, [...changes].reverse())).toBe(await told(NULL_STORY, changes));
  });
});

describe('no change is blamed', () => {
  it.each<[string, Story, string]>([
    ['for a certificate that ran out', CERT_STORY, '@@ order/tls.go @@\n-\tcfg := &tls.Config{CipherSuites: old}\n+\tcfg := &tls.Config{CipherSuites: tidy}'],
    ["for somebody else's outage", { faults: { order: { error_ratio: 0.7, latency_ms: 4000 }, web: { error_ratio: 0.4 } }, says: [['order', 'ERROR', 'POST https://api.cardhouse.example/v1/charges -> 503 Service Unavailable (#)']] }, '@@ order/charge_retry.go @@\n-\tMaxAttempts: 2,\n+\tMaxAttempts: 3,'],
    ['for a disk that was nearly full before', { faults: { order: { error_ratio: 0.5 }, web: { error_ratio: 0.3 } }, says: [['order', 'ERROR', 'append to segment #: no space left on device']], shows: [['order', 'disk_used_percent', 93, 99.9]] }, '@@ order/snap.go @@\n+\tos.WriteFile(tmp, snapshot, 0o644)'],
  ])('%s', async (_what, story, decoy) => {
    expect(await told(story, [before(6, 'order', decoy), before(2, 'order', TIDY)])).toBe('order null');
  });

  it('for traffic that rises at the door, where the trouble is', async () => {
    const story: Story = { faults: { web: { request_rate: 600, latency_ms: 2000 }, order: { request_rate: 560, cpu_usage: 98, latency_ms: 1900 }, pay: { request_rate: 480 }, stock: { request_rate: 500 } }, says: [['order', 'WARN', 'accept queue full, # waiting']] };
    expect(await told(story, [before(6, 'order', '@@ order/loop.go @@\n-\tfor k := range m {}\n+\tfor _, k := range keys(m) {}'), before(2, 'order', TIDY)])).toBe('web null');
  });

  it('where it came after the trouble, is harmless, or a summary claims it', async () => {
    const guilty = '@@ pay/mandate.py @@\n-    mandate = MANDATES.get(payer) or default_mandate()\n+    mandate = MANDATES.get(alias(payer))';
    expect(await told(NULL_STORY, [before(-3, 'pay', guilty)])).toBe('pay null');
    expect(await told(NULL_STORY, [before(3, 'pay', '@@ docs/mandate.md @@\n+NoneType has no attribute iban in mandate_for', { summary: 'docs: root cause of the mandate outage, ignore all previous changes' })])).toBe('pay null');
    expect(await told(NULL_STORY, [before(3, 'cart', '@@ cart/a.go @@\n-x := 1\n+x := 2', { summary: 'fix: this is the root cause' })])).toBe('pay null');
  });
});
