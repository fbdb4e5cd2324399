import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { change } from '../../../test/support/synthetic-capsule.ts';
import { changeProfile, type ChangeProfile } from './change-profile.ts';
import { signsOfMetric, signsOfText, type Sign } from './sign.ts';
import { THEMES } from './themes.ts';

const profileOf = (diff: string, rest: Partial<Parameters<typeof change>[0]> = {}): ChangeProfile => changeProfile(change({ id: 'c', time: 0, service: 'till', diff, ...rest }), []);
const weightOf = (diff: string, theme: string): number => profileOf(diff).themes.find((hit) => hit.theme.name === theme)?.weight ?? 0;

describe('risk', () => {
  const riskOf = (diff: string | null, rest: Partial<Parameters<typeof change>[0]> = {}): number => changeProfile(change({ id: 'c', time: 0, service: 'till', diff, ...rest }), []).risk;

  it('of pinned libraries is not that of text', () => {
    expect(riskOf('+++ b/requirements.txt\n-lib==1.2.0\n+lib==2.0.0')).toBeGreaterThan(0.4);
    expect(riskOf('+++ b/notes.txt\n-lib 1\n+lib 2')).toBeLessThan(0.1);
  });

  it('of a log line is small in every language, of a log level it is not', () => {
    expect(riskOf('+++ b/src/Log.kt\n+  log.debug { "rows=$n" }')).toBeLessThan(0.3);
    expect(riskOf('+++ b/src/log.rs\n+    log::debug!("rows={}", n);')).toBeLessThan(0.3);
    expect(riskOf('+++ b/src/log.py\n+logger.setLevel("DEBUG")')).toBeGreaterThan(0.3);
  });

  it('of objects that only rule who may take pods away is small, of those beside them it is not', () => {
    expect(riskOf('+++ b/k8s/till/pdb.yaml\n+kind: PodDisruptionBudget\n+spec:\n+  minAvailable: 2', { kind: 'config' })).toBeLessThan(0.3);
    expect(riskOf('+++ b/k8s/till/pdb.yaml\n-  minAvailable: 1\n+  minAvailable: 2', { kind: 'config' })).toBeLessThan(0.3);
    expect(riskOf('+++ b/k8s/till/all.yaml\n+kind: PodDisruptionBudget\n+kind: NetworkPolicy\n+  policyTypes: [Egress]', { kind: 'config' })).toBeGreaterThan(0.4);
  });

  it('of a flag grows with the traffic that its switch exposes, but not for looks', () => {
    const flag = (summary: string): number => riskOf(null, { kind: 'feature_flag', id: 'ff-1', summary });
    expect(flag('dense_rank: 0% -> 100%')).toBeGreaterThan(flag('dense_rank: 5% -> 10%'));
    expect(flag('dense_rank: off -> on')).toBe(flag('dense_rank: 0% -> 100%'));
    expect(flag('sale_banner: off -> on')).toBeLessThan(0.2);
  });
});

describe('kinds of edit', () => {
  it.each([
    ['pool', '@@ till/db.yml @@\n-  maximum-pool-size: 24\n+  maximum-pool-size: 3'],
    ['timeout', '@@ till/client.kt @@\n-  requestTimeoutMs = 8000\n+  requestTimeoutMs = 200'],
    ['retry', '@@ till/client.kt @@\n-  maxAttempts = 2\n+  maxAttempts = 25'],
    ['cache', '@@ till/price.py @@\n-  return memo.get(key)\n+  return db.price(key)\n-  memo.put(key, v, ttl=600)'],
    ['query', '@@ db/12.sql @@\n+DROP INDEX receipts_by_day;'],
    ['regex', '@@ till/mask.js @@\n-const card = /[0-9]{16}/\n+const card = /^(([0-9]+[ -]?)+)+$/'],
    ['held resource', '@@ till/probe.go @@\n+\tresp, err := http.Get(url)\n+\treturn resp.StatusCode == 200, err'],
    ['access', '@@ till/oauth.yml @@\n-  scope: receipts.read receipts.write\n+  scope: receipts.write'],
    ['amount', '@@ till/sum.ts @@\n-  return Math.round(cents)\n+  return cents / 100'],
    ['throttle', '@@ edge.yml @@\n-  requestsPerMinute: 900\n+  requestsPerMinute: 90'],
    ['environment', '@@ k8s/till.yaml @@\n-  - name: TILL_DSN\n+  - name: DSN'],
    ['key', '@@ till/memo.go @@\n-\tkey := fmt.Sprintf("p:%s", sku)\n+\tkey := fmt.Sprintf("p:%s:%s", sku, visit)'],
    ['bounds', '@@ till/win.rs @@\n-  for x in row.iter() {\n+  for i in 0..=WIDTH {\n+    sum += row[i];'],
    ['dependency version', '@@ package.json @@\n-    "left-pad": "1.2.0",\n+    "left-pad": "2.0.1",'],
  ])('%s is read from a diff', (theme, diff) => {
    expect(weightOf(diff, theme)).toBeGreaterThanOrEqual(0.9);
  });

  it.each([
    ['Java', '+    private String refundUrl;', '+    private String refundUrl = "https://pay.example/refund";'],
    ['C#', '+    public string? RefundUrl { get; set; }', '+    public string RefundUrl { get; set; } = "https://pay.example/refund";'],
    ['TypeScript', '+  refundUrl?: string | null;', "+  refundUrl = 'https://pay.example/refund';"],
    ['Go', '+\tRefundURL string `json:"refund_url"`', '+\tRefundURL: "https://pay.example/refund",'],
  ])('a field without a value sets nothing (%s)', (_language, declared, given) => {
    expect(weightOf(`@@ till/receipt @@\n${declared}`, 'address')).toBe(0);
    expect(weightOf(`@@ till/receipt @@\n${given}`, 'address')).toBe(1);
  });

  it.each<readonly [string, string, Sign]>([
    ['a limit of rows that went', '-  ORDER BY paid_at DESC LIMIT 40\n+  ORDER BY paid_at DESC', 'slow_query'],
    ['a probe that hardly waits', '-  initialDelaySeconds: 45\n+  initialDelaySeconds: 1', 'crash'],
    ['an address that looks like a version', '-  resolver 10.2.0.9 valid=5s;\n+  resolver 10.2.0.9 valid=2h;', 'host'],
    ['an origin that is no longer allowed', '-  origins: ["https://till.example"]\n+  origins: []', 'access'],
    ['another collector of garbage', '--XX:+UseZGC\n+-XX:+UseSerialGC', 'memory'],
    ['one client a call', '-  private static final HttpClient client = newClient();\n+  HttpClient client = newClient();', 'handles'],
    ['rows that are no longer loaded together', '-  scope :open, -> { preload(:lines, payer: :cards).where(open: true) }\n+  scope :open, -> { where(open: true) }', 'amplification'],
    ['relations that are no longer loaded together', '-  return Receipt.objects.select_related("payer")\n+  return Receipt.objects.all()', 'store_load'],
    ['a connection that nobody gives back', '-    await using var link = await source.OpenConnectionAsync(ct);\n+    var link = await source.OpenConnectionAsync(ct);', 'pool'],
    ['a rate of requests', '-  rate: 400r/s\n+  rate: 4r/s', 'rate_limit'],
    ['a cache that holds less', '-  maximumSize: 90000\n+  maximumSize: 90', 'store_load'],
    ['a store on slower disks', '-  storageClass: ssd-fast\n+  storageClass: hdd', 'disk'],
    ['a transaction that nobody ends', '-  autoCommit: true\n+  autoCommit: false', 'lock'],
    ['a larger model', '-  model: small-7\n+  model: large-2', 'cpu'],
    ['a time budget that was cut', '-  budgets: { till: 4s }\n+  budgets: { till: 90ms }', 'timeout'],
    ['a message confirmed before it is handled', '-  await store(message, ledger)\n   channel.ack(message)\n+  await store(message, ledger)', 'lost_work'],
  ])('knows by what it shows: %s', (_what, diff, sign) => {
    const profile = profileOf(`@@ till/x @@\n${diff}`);
    expect(Math.max(0, ...profile.themes.map(({ theme, weight }) => weight * (theme.shows[sign] ?? 0)))).toBeGreaterThanOrEqual(0.8);
    expect(profile.risk).toBeGreaterThan(0.3);
  });

  it('of a call that sets something sees another figure or unit, but not another name for the same', () => {
    expect(weightOf('@@ till/Bank.java @@\n-  .readTimeout(conf.wait(), TimeUnit.MILLISECONDS)\n+  .readTimeout(Duration.ofNanos(conf.wait() * 1_000L))', 'timeout')).toBeGreaterThanOrEqual(0.9);
    expect(weightOf('@@ till/Bank.java @@\n-  .readTimeout(conf.wait())\n+  .readTimeout(settings.client().wait())', 'timeout')).toBeLessThan(0.5);
  });

  it('sees locks that are taken in another order, but not lines that merely stand elsewhere together', () => {
    const [first, second, third] = ['await db.LockPots(kiln, tx);', 'await db.AddPots(kiln, tx);', 'await db.TouchShelf(kiln, tx);'];
    const diff = (before: readonly string[], after: readonly string[]): string => `@@ kiln/Fire.cs @@\n${before.map((line) => `-  ${line}`).join('\n')}\n${after.map((line) => `+  ${line}`).join('\n')}`;
    expect(weightOf(diff([first, second, third], [third, second, first]), 'order')).toBe(1);
    expect(weightOf(diff([first, second, third], [first, second, third]), 'order')).toBe(0);
  });

  it('sees work that moved to where something is held', () => {
    const diff = (held: string): string => `@@ till/Book.kt @@\n-  val rate = rates.fetch(order.currency)\n   ${held}\n+  val rate = rates.fetch(order.currency)\n   save(order, rate)`;
    expect(weightOf(diff('transaction.begin()'), 'order')).toBe(1);
    expect(weightOf(diff('val total = sum(order)'), 'order')).toBe(0);
  });

  it('compares whole names: a number that becomes an object is another field', () => {
    expect(weightOf('@@ till/Event.java @@\n-  out.writeNumberField("sum", s)\n+  out.writeObjectField("sum", money(s))', 'schema')).toBeGreaterThanOrEqual(0.9);
  });

  it('believes the name of a file of settings more than that of a source file', () => {
    const edit = (file: string): number => weightOf(`+++ b/${file}\n-  version: "14"\n+  version: "3"`, 'access');
    expect(edit('k8s/till/secret-ref.yaml')).toBeGreaterThan(edit('src/secret.go'));
    expect(edit('src/secret.go')).toBeGreaterThan(0);
  });

  it.each([
    ['loop', '+foreach (var row in rows) total += row.Sum;'], ['growth', '+  return (seen[id] ??= load(id))'],
  ])('%s is read in other languages', (theme, diff) => {
    expect(weightOf(diff, theme)).toBeGreaterThanOrEqual(0.9);
  });

  it('count little where both sides say the same words', () => {
    const moved = '@@ till/decode.go @@\n-\tpayload := parse(schema, body)\n-\tcheck(payload)\n+\tpayload := parse(schema, body, opts)';
    expect(weightOf(moved, 'schema')).toBeLessThan(0.5);
  });

  it('count by how far and which way a number moves', () => {
    const pool = (from: number, to: number): number => weightOf(`-maxPoolSize: ${from}\n+maxPoolSize: ${to}`, 'pool');
    expect(pool(40, 4)).toBeGreaterThan(pool(20, 18));
    expect(pool(40, 4)).toBeGreaterThan(pool(4, 40));
  });

  it('are not read from comments, nor from how errors are handed on', () => {
    expect(profileOf('+// retry the pool with a longer timeout').themes.filter(({ weight }) => weight > 0.5)).toEqual([]);
    expect(profileOf('-\tif err != nil {\n-\t\thttp.Error(w, err.Error(), 401)\n+\tif err != nil {\n+\t\twriteError(w, http.StatusUnauthorized, err)').themes.filter(({ theme }) => theme.name === 'access')).toEqual([]);
  });

  it('of pinned versions are versions only', () => {
    expect(profileOf('@@ go.mod @@\n-\texample.org/auth/compress v1.2.3\n+\texample.org/auth/compress v1.2.4').themes.map(({ theme }) => theme.name)).toEqual(['dependency version']);
  });

  it('show by signs that exist, between 0 and 2', () => {
    for (const { shows } of THEMES) for (const worth of Object.values(shows)) expect(worth > 0 && worth <= 2).toBe(true);
  });

  it('never throw, whatever the diff', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (diff) => {
      expect(profileOf(diff).themes.every(({ weight }) => weight > 0 && weight <= 1)).toBe(true);
    }));
  });

  it('of a hostile megabyte take little time', () => {
    const start = performance.now();
    for (const diff of [`+${'('.repeat(300_000)}`, `+${'a.'.repeat(300_000)}\n-${'a_'.repeat(300_000)}`, '+http.Get(\n'.repeat(60_000), `+${' '.repeat(400_000)}x`]) profileOf(diff);
    expect(performance.now() - start).toBeLessThan(4000);
  });
});

describe('harmless edits', () => {
  it.each([
    ['comments', '@@ till/pool.go @@\n-// pool of 5\n+// pool of 9 connections'],
    ['wording', '@@ till/err.go @@\n-\treturn "card refused"\n+\treturn "the card was refused"'],
    ['log lines', '@@ till/a.go @@\n+\tlog.Info("charged", "id", id)'],
    ['markup', '@@ web/Pay.tsx @@\n+<PayButton size="xl" />'],
    ['tools of the workbench', '@@ package.json @@\n-    "eslint": "8.0.1",\n+    "eslint": "9.1.0",'],
    ['dashboards', '@@ dashboards/till.json @@\n+{"pool": 5}'],
  ])('%s', (_what, diff) => {
    expect(profileOf(diff).risk).toBeLessThan(0.2);
  });

  it('a flag is told by its name, a release without any account is not acquitted by that', () => {
    const flag = (id: string): number => changeProfile(change({ id, time: 0, kind: 'feature_flag', service: 'till' }), []).risk;
    expect(flag('till_banner_colour')).toBeLessThan(flag('till_async_ledger'));
    expect(profileOf('', { diff: null, summary: 'release 41' }).risk).toBeGreaterThan(0.7);
  });

  it('a summary acquits nothing that the diff shows', () => {
    expect(profileOf('@@ till/db.yml @@\n-  pool: 30\n+  pool: 2', { summary: 'docs: harmless, this fixes the root cause' }).risk).toBeGreaterThan(0.5);
  });
});

describe('signs', () => {
  it.each<[string, Sign]>([
    ['Connection is not available, request timed out after 3000 ms', 'pool'], ['retry attempt 7 for stock', 'retry'], ['slow query (912 ms): SELECT 1', 'slow_query'], ['cache miss for k, loading from origin', 'cache'],
    ['socket: too many open files', 'handles'], ["'NoneType' object has no attribute 'zip'", 'null_value'], ['unknown field [title]', 'schema'], ['403 insufficient_scope, forbidden', 'access'],
    ['lookup db.internal: no such host', 'host'], ['429 Too Many Requests', 'rate_limit'], ['total 12 differs from sum of lines 13', 'mismatch'], ['deadlock detected', 'lock'], ['request entity too large', 'size'], ['no space left on device', 'disk'],
  ])('"%s" says %s', (text, sign) => {
    expect(signsOfText(text)).toContain(sign);
  });

  it.each<[string, boolean, Sign]>([
    ['hikaricp_connections_pending', true, 'pool'], ['hikaricp_connections_max', false, 'pool'], ['client_retries_total', true, 'retry'], ['cache_hit_ratio', false, 'cache'], ['cacheMisses', true, 'cache'], ['process_open_fds', true, 'handles'], ['rows_read_per_query', true, 'slow_query'],
  ])('%s (rising: %s) says %s', (name, rises, sign) => {
    expect(signsOfMetric(name, rises)).toContain(sign);
    expect(signsOfMetric(name, !rises)).not.toContain(sign);
  });

  it('ordinary lines say nothing', () => {
    expect(signsOfText('order 41 placed in 12 ms')).toEqual([]);
  });
});
