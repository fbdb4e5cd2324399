/**
 * Grouping where the values are words: names, states, reasons, titles, lists. The bounds are what the
 * miner reaches, less a margin: no statistic tells every two states from two statements.
 */
import { describe, expect, it } from 'vitest';
import { evaluate, hex, int, oneOf, pick, repeated, type Values } from './systems.fixture.ts';

/** Values without digits, most of them plain words, some of several words. */
const VALUES: Values = {
  n: (r) => int(r, 100_000),
  d: (r) => int(r, 9),
  f: (r) => `${int(r, 99)}.${int(r, 99)}`,
  ip: (r) => `10.${int(r, 256)}.${int(r, 256)}.${int(r, 256)}`,
  port: (r) => int(r, 65_000),
  hex: (r) => `0x${hex(r, 8)}`,
  uuid: (r) => [8, 4, 4, 4, 12].map((digits) => hex(r, digits)).join('-'),
  hostn: (r) => `${pick(r, ['apollo', 'hermes', 'athena'])}-${int(r, 40)}`,
  fqdn: (r) => `${pick(r, ['mx', 'ns', 'app', 'edge'])}.${pick(r, ['north', 'south', 'east', 'west'])}.corp.example`,
  dom: (r) => `${pick(r, ['orders', 'billing', 'media'])}.${pick(r, ['prod', 'stage'])}.example`,
  cls: (r) => `${pick(r, ['com.acme', 'org.foo', 'io.bar'])}.${pick(r, ['core', 'web', 'db'])}.${pick(r, ['Loader', 'Router', 'PoolKeeper', 'Janitor'])}`,
  path: (r) => `/${pick(r, ['srv', 'var', 'opt'])}/${pick(r, ['data', 'spool', 'x'])}/${pick(r, ['a', 'b', 'blob'])}${r() < 0.5 ? int(r, 99) : ''}`,
  url: (r) => `https://${pick(r, ['api', 'cdn'])}.example.org/${pick(r, ['items', 'u'])}${r() < 0.5 ? `/${int(r, 999)}` : ''}`,
  size: (r) => pick(r, [`${int(r, 999)} B`, `${int(r, 99)}.${int(r, 9)} KB`, `${int(r, 9)} GB`]),
  updown: oneOf(['up', 'down']),
  dev: (r) => `eth${int(r, 4)}`,
  list: repeated((r) => pick(r, ['red', 'blue', 'ash', 'oak', 'elm']), 4, ', '),
  nums: repeated((r) => int(r, 99), 5, ' '),
  kv: repeated((r) => `${pick(r, ['limit', 'ttl', 'burst'])}=${r() < 0.5 ? int(r, 99) : pick(r, ['soft', 'hard', 'auto'])}`, 3, ' '),
  opt: (r) => (r() < 0.5 ? '' : ` (retry ${int(r, 5)})`),
  quo: (r) => `"${pick(r, ['my file', 'notes', 'draft two', 'old backup copy', 'x'])}"`,
  name: oneOf(['mira', 'tobias', 'ines', 'kwame', 'olga', 'pavel', 'sunita', 'hugo', 'freya', 'amir', 'chen', 'dolores']),
  fname: oneOf(['Mira Holt', 'Tobias van den Berg', 'Ines Prado', 'Kwame', 'Olga M. Petrova', 'Sunita Rao Iyer', 'Hugo', 'Freya Lind', 'Amir Khan']),
  host: oneOf(['apollo', 'hermes', 'athena', 'ares', 'zeus', 'hera']),
  err: oneOf(['No route to host', 'Connection reset by peer', 'Broken pipe', 'Operation not permitted', 'Address already in use', 'Too many links', 'Read-only file system', 'Device or resource busy', 'Input/output error', 'Cannot allocate memory']),
  cause: oneOf(['the lease was lost', 'quorum not reached', 'disk quota exceeded for tenant', 'bad magic number', 'unexpected token in header', 'timed out waiting for lock', 'peer sent garbage', 'schema mismatch', 'key not found in ring', 'checksum differs from manifest', 'shutting down']),
  exc: oneOf(['TimeoutException', 'IllegalStateException', 'IOException', 'NullPointerException', 'AccessDeniedException', 'ParseError']),
  state: oneOf(['PENDING', 'RUNNING', 'DRAINING', 'STOPPED', 'FAILED', 'CREATED']),
  lstate: oneOf(['pending', 'syncing', 'stale', 'degraded', 'clean']),
  lvl: oneOf(['low', 'medium', 'high', 'critical']),
  color: oneOf(['green', 'yellow', 'red']),
  camel: oneOf(['HeartbeatTask', 'CompactionJob', 'IndexWriter', 'MailSender', 'ReportBuilder', 'CacheLoader', 'TokenPruner']),
  fn: oneOf(['read_conf', 'push_frame', 'drop_ref', 'scan_dir', 'lock_tbl']),
  cur: oneOf(['EUR', 'USD', 'GBP', 'CHF']),
  region: oneOf(['north', 'south', 'east', 'west', 'central']),
  topic: oneOf(['invoices', 'clicks', 'orders', 'mails', 'audits', 'traces']),
  table: oneOf(['users', 'carts', 'items', 'refunds', 'labels']),
  title: oneOf(['Weekly sync', 'Budget review with finance', 'Lunch', 'Design crit', 'One on one', 'Planning for next quarter', 'Retro']),
  algo: oneOf(['lz4', 'zstd', 'snappy', 'gzip']),
  fmt: oneOf(['parquet', 'avro', 'csv', 'orc']),
  proto: oneOf(['tcp', 'udp', 'icmp', 'sctp']),
  act: oneOf(['accept', 'drop', 'reject']),
  role: oneOf(['admin', 'editor', 'viewer', 'owner', 'auditor']),
  mode: oneOf(['fast', 'safe', 'mixed']),
  sig: oneOf(['SIGTERM', 'SIGKILL', 'SIGHUP']),
  day: oneOf(['Monday', 'Tuesday', 'Friday']),
  lang: oneOf(['en', 'de', 'ko', 'fr']),
};

/** One statement a line; lines that differ only in a literal word are different statements. */
const SYSTEMS: Readonly<Record<string, readonly string[]>> = {
  storage: [
    'brick %hostn%:%path% is now online', 'brick %hostn%:%path% is now offline', 'volume %topic% heal state %lstate%', 'scrub of %topic% found %n% errors',
    'scrub of %topic% found no errors', 'write to %path% failed: %err%', 'read from %path% failed: %err%', 'snapshot %uuid% created by %name%',
    'snapshot %uuid% deleted by %name%', 'replica %d% marked %lstate% after %n% ms', 'compaction with %algo% saved %size%',
    'quota for tenant %name% raised to %size%', 'quota for tenant %name% exceeded', 'rebalance started', 'rebalance finished', 'rebalance paused',
    'rebalance resumed', 'extent %hex% moved from tier %mode% to tier %mode%',
  ],
  mailer: [
    'message %hex% from %name%@%dom% queued', 'message %hex% from %name%@%dom% bounced: %cause%', 'relay %fqdn% refused us: %err%',
    'relay %fqdn% accepts mail again', 'SPF check for %dom% gave pass', 'SPF check for %dom% gave fail', 'mailbox of %name% is full',
    'mailbox of %name% is locked', 'digest for %fname% sent', 'digest for %fname% skipped', 'template %quo% rendered in language %lang%', 'subject was %title%',
    'virus scanner not reachable', 'virus scanner updated to %f%', 'greylisted %ip% for %n% seconds', 'attachment %quo% stripped (type %fmt%)',
    'user %name% logged in', 'user %name% logged out', 'deferred: %cause%',
  ],
  sched: [
    'Task %camel% switched state from %state% to %state%', 'Task %camel% is due', 'Task %camel% took %n% ms', 'Task %camel% raised %exc%: %cause%',
    'Worker %host% joined pool %region%', 'Worker %host% left pool %region%', 'Worker %hostn% killed by %sig%', 'lease %n% granted to %host%',
    'lease %n% revoked from %host%', 'priority set to %lvl% by %name%', 'calendar entry %title% begins on %day%', 'failed to open ledger',
    'failed to close ledger', 'failed to read ledger', 'failed to sync ledger', 'Retrying %camel% in %n% s, reason: %cause%', 'cluster health is %color%',
    'leader elected: %host%', 'tags: %list%', 'args %kv%',
  ],
  kernelish: [
    'kernel: %dev%: link %updown%', 'kernel: Memory probe finished', 'kernel: Enabling unmasked exceptions',
    'kernel: Initializing random pool', 'kernel: audit log ready', 'kernel: Detected %n% cores', 'kernel: using mode %mode%',
    'kernel: TCP bind table entries %n%', 'kernel: killed process %n% (%fn%)', 'kernel: device %dev% entered promiscuous mode',
    'kernel: device %dev% left promiscuous mode', 'init: entering runlevel %d%', 'init: no more processes left', 'dhcpd: offer %ip% to %hostn% via %dev%',
    'dhcpd: release of %ip% from %hostn%', 'ntpd: time stepped by %f% s', 'ntpd: server %fqdn% selected', 'ntpd: no servers reachable',
    'fw: %act% %proto% from %ip% to %ip%', 'cron: (%name%) ran %path%', 'su: %name% became root', 'su: %name% failed to become root',
    'usb: new device found on hub', 'usb: device gone',
  ],
  shop: [
    'Cart %n% created for %name%', 'Cart %n% merged into %n%', 'Cart %n% abandoned', 'Paid %f% %cur% with card %n%', 'Refunded %f% %cur% to card %n%',
    'Coupon refused: %cause%', 'Shipment %n% left depot %region%', 'Shipment %n% reached depot %region%', 'Stock of %topic% low', 'Stock of %topic% refilled',
    '%fname% changed role to %role%', 'role of %name% changed from %role% to %role%', 'search for %quo% gave %n% hits', 'payment provider answered %n%',
    'payment provider timed out', '%exc% while saving %table%: %cause%', 'webhook %url% answered %n% after %n% ms', 'export to %fmt% done',
    'export to %fmt% failed with %cause%', 'feature %mode% on', 'session %uuid% expired',
  ],
  mesh: [
    'route %topic%.%table% now points at %fqdn%', 'circuit to %dom% opened', 'circuit to %dom% closed', 'circuit to %dom% half-open',
    'upstream %fqdn% ejected, cause %cause%', 'upstream %fqdn% readmitted', 'config push v%n% acked by %hostn%', 'config push v%n% nacked by %hostn%: %cause%',
    'cert for %dom% renewed', 'cert for %dom% about to expire in %n% days', 'listener %ip%:%port% drained', 'listener %ip%:%port% added%opt%',
    'handshake with %ip%:%port% failed: %err%', 'endpoints %nums%', 'tls mode %mode%', 'sidecar %uuid% connected from zone %region%',
    'sidecar %uuid% disconnected from zone %region%', 'rate limit hit by %name%: %n% rps', 'class %cls% loaded lazily', 'class %cls% not found',
    'tracing enabled', 'tracing disabled',
  ],
};

/** Means over the systems: one statement more or less in a single system says little. */
const meanOf = (lines: number): { ga: number; fga: number; mistakes: string } => {
  const found = Object.values(SYSTEMS).map((statements) => evaluate(statements, VALUES, lines, 11));
  const mean = (value: (grouping: (typeof found)[number]) => number): number => found.reduce((total, grouping) => total + value(grouping), 0) / found.length;
  return { ga: mean(({ ga }) => ga), fga: mean(({ fga }) => fga), mistakes: found.flatMap(({ mistakes }) => mistakes).join('\n') };
};

describe('mining logs whose values are words', () => {
  it.each([
    [2000, 0.95, 0.88],
    [300, 0.9, 0.8],
  ])('%i lines', (lines, minGa, minFga) => {
    const { ga, fga, mistakes } = meanOf(lines);
    if (process.env['SHOW_MISTAKES'] !== undefined) process.stdout.write(`${String(lines)} lines GA ${ga.toFixed(3)} FGA ${fga.toFixed(3)}\n${mistakes}\n`);
    expect.soft(ga, mistakes).toBeGreaterThanOrEqual(minGa);
    expect.soft(fga, mistakes).toBeGreaterThanOrEqual(minFga);
  });
});
