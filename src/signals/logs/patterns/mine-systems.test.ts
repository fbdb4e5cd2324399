/** Grouping on invented statements of many kinds of systems, with the values such systems print. */
import { describe, expect, it } from 'vitest';
import { evaluate, hex, int, oneOf, pick, repeated, type Values } from './systems.fixture.ts';

const VALUES: Values = {
  n: (r) => int(r, 100_000),
  digit: (r) => int(r, 8),
  float: (r) => `${int(r, 100)}.${int(r, 100)}`,
  neg: (r) => (r() < 0.5 ? `-${int(r, 900)}` : int(r, 900)),
  hex: (r) => `0x${hex(r, 8)}`,
  uuid: (r) => [8, 4, 4, 4, 12].map((digits) => hex(r, digits)).join('-'),
  mac: (r) => Array.from({ length: 6 }, () => hex(r, 2)).join(':'),
  ip: (r) => `10.${int(r, 256)}.${int(r, 256)}.${int(r, 256)}`,
  ips: (r) => repeated((q) => `10.0.${int(q, 256)}.${int(q, 256)}:7070`, 4, ' ')(r),
  user: oneOf(['root', 'admin', 'oracle', 'test', 'guest', 'postgres', 'deploy', 'git', 'ftp', 'nagios', 'ubuntu', 'mike', 'sarah', 'jchen', 'webmaster']),
  host: (r) => `${pick(r, ['mail', 'db', 'cache', 'static', 'vpn', 'gw'])}.${pick(r, ['alpha', 'beta', 'gamma', 'delta'])}.example.${pick(r, ['com', 'net', 'org'])}`,
  short: oneOf(['titan', 'rhea', 'dione', 'mimas', 'tethys', 'hyperion', 'pan', 'atlas']),
  path: (r) => `/${pick(r, ['var', 'srv', 'opt', 'home'])}/${pick(r, ['lib', 'data', 'spool', 'cache'])}${r() < 0.5 ? `/${pick(r, ['queue', 'index', 'a b'.slice(0, 1)])}` : ''}/${pick(r, ['state', 'journal', 'current', 'lock'])}`,
  winpath: (r) => `C:\\Windows\\${pick(r, ['System', 'winsxs', 'servicing'])}\\${pick(r, ['core', 'wcp', 'drv'])}${r() < 0.5 ? int(r, 99) : ''}.dll`,
  cls: (r) => `com.acme.${pick(r, ['core', 'net', 'store'])}.${pick(r, ['EventRouter', 'JobHandler', 'TaskListener', 'Scheduler', 'Reaper', 'Monitor'])}`,
  camel: oneOf(['RedrawScheduler', 'WifiMonitor', 'AlarmQueue', 'PackageScanner', 'SyncAdapter', 'MediaRouter', 'JobController']),
  activity: (r) => `com.vendor.${pick(r, ['mail', 'maps', 'camera', 'notes'])}/.${pick(r, ['MainActivity', 'SettingsActivity', 'ShareActivity'])}`,
  bool: oneOf(['true', 'false']),
  bound: (r) => (r() < 0.5 ? '[::]' : `10.${int(r, 256)}.${int(r, 256)}.${int(r, 256)}`),
  updown: oneOf(['up', 'down']),
  size: (r) => pick(r, [`${int(r, 1000)} B`, `${int(r, 1000)}.${int(r, 9)} KB`, `${int(r, 900)}.${int(r, 9)} MB`, `${int(r, 9)}.1 GB`]),
  bytesBoth: (r) => (r() < 0.5 ? `${int(r, 900)} bytes` : `${int(r, 90_000)} bytes (${int(r, 90)}.${int(r, 9)} KB)`),
  took: (r) => pick(r, [`${int(r, 999)} ms`, `${int(r, 9)}.2 s`, `${int(r, 9)} min`]),
  ctime: (r) => `${pick(r, ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'])} ${pick(r, ['Jan', 'Feb', 'Mar', 'Oct', 'Dec'])} ${int(r, 28)} 10:11:${int(r, 60)} 2024`,
  topic: oneOf(['orders', 'payments', 'shipments', 'invoices', 'audit', 'clicks', 'refunds', 'returns', 'prices']),
  table: oneOf(['"customers"', '"orders"', '"line_items"', '"payments"', '"sessions"', '"audit_log"']),
  url: (r) => `/api/${pick(r, ['users', 'carts', 'items', 'search', 'login'])}${r() < 0.5 ? `/${int(r, 999)}` : ''}`,
  method: oneOf(['GET', 'POST']),
  pod: (r) => `${pick(r, ['checkout', 'cart', 'search', 'billing', 'web', 'auth'])}-${hex(r, 7)}7-${hex(r, 4)}1`,
  ns: oneOf(['default', 'prod', 'staging', 'kube-system', 'monitoring', 'payments']),
  nodes: (r) => repeated((q) => `node-${int(q, 300)}`, 5, ' ')(r),
  temps: (r) => Array.from({ length: 4 }, () => (r() < 0.05 ? '****' : int(r, 5000))).join(' '),
  ctx: (r) => (r() < 0.5 ? 'null' : `WorkSource{${int(r, 9999)}}`),
  tag: oneOf(['*tap*', 'SYNC', 'Main Thread', 'Recorder', 'PUSH_IN', 'Mixer']),
  app: oneOf(['android', 'com.vendor.phone', 'com.vendor.systemui', 'com.vendor.mail']),
  mac2: (r) => `wlan${int(r, 2)}`,
  dev: (r) => `sd${pick(r, ['a', 'b', 'c', 'd'])}${pick(r, ['', '1', '2'])}`,
  proc: oneOf(['java', 'node', 'postgres', 'nginx', 'python3', 'redis-server', 'mysqld', 'chrome', 'kworker/0:1']),
  ifaces: (r) => repeated((q) => `eth${int(q, 4)}(10.0.0.${int(q, 255)})`, 3, ' ')(r),
  city: oneOf(['Oslo', 'Lima', 'Quito', 'Kyoto', 'Cairo', 'Turin', 'Perth', 'Dakar', 'Hanoi', 'Sofia', 'Accra', 'Minsk']),
  room: oneOf(['lobby', 'arena', 'harbor', 'garden', 'tower', 'market', 'cellar', 'bridge', 'library', 'stable']),
  fullName: oneOf(['Ann Lee', 'John van Dyke', 'Maria', 'Omar Haddad', 'Li Na', 'Peter Paul Rubens', 'Yuki Mori', 'Jane Doe', 'Ivan Petrov', 'Zoe']),
  fn: oneOf(['handle_submit', 'load_index', 'flush_queue', 'parse_header', 'read_block', 'open_device', 'sync_state']),
  src: (r) => `${pick(r, ['sweep', 'node', 'port', 'link', 'queue'])}_${pick(r, ['main', 'util', 'state'])}.c:${int(r, 2000)}`,
  sha: (r) => hex(r, 40),
  json: (r) => `{"id":${int(r, 99)},"name":"${pick(r, ['box', 'cup', 'pen'])}","tags":[${repeated((q) => `"${pick(q, ['red', 'blue', 'green'])}"`, 3, ',')(r)}]}`,
  version: (r) => `v${int(r, 9)}.${int(r, 20)}.${int(r, 9)}-${pick(r, ['alpha', 'beta', 'rc'])}`,
  keypath: (r) => `${pick(r, ['server', 'cache', 'db'])}.${pick(r, ['pool', 'limits', 'tls'])}.${pick(r, ['max', 'min', 'timeout', 'size'])}`,
  pid: (r) => int(r, 30_000),
  proto: oneOf(['TCP', 'UDP', 'ICMP']),
  signal: oneOf(['SIGKILL', 'SIGTERM']),
  runState: oneOf(['WAITING', 'ACTIVE', 'DONE', 'FAILED']),
  flagsList: (r) => repeated((q) => pick(q, ['SYN', 'ACK', 'FIN', 'PSH', 'RST', 'URG']), 4, ',')(r),
  acls: (r) => repeated((q) => pick(q, ['ops', 'etl', 'audit', 'guest']), 3, ', ')(r),
};

/** One statement a line; `%name%` is a value. Lines that differ only in a literal word are different statements. */
const SYSTEMS: Readonly<Record<string, readonly string[]>> = {
  doors: [
    'Badge %n% of %user% refused at gate %digit%: expired', 'Badge %n% of %user% refused at gate %digit%: unknown', 'Badge %n% of %user% let in at gate %digit%', 'Gate %digit% reports motor stuck, current %float% A', 'Gate %digit% reports motor free', 'Camera %ip%:%n% lost its picture', 'Camera %ip%:%n% has its picture back',
    'visitor list from %host% has %n% names', 'guard %user% took over from %user%', 'alarm armed by %user%', 'alarm disarmed by %user%', 'keypad %hex% locked after too many tries',
  ],
  batchGrid: [
    'slice %n%/%n% of run %uuid% queued on %short%', 'slice %n%/%n% of run %uuid% finished on %short% in %took%', 'worker %ip%:%n% offers %n% slots', 'worker %ip%:%n% withdraws', 'copying shard %hex% to %ips%', 'shuffle spilled %size% to %path%', 'shuffle merged %n% runs', 'run %uuid% moved from %runState% to %runState%',
    'run %uuid% restarted', 'planner %cls% replaced by %cls%', 'quota of %topic% at %float%', 'readers allowed: %acls%', 'writers allowed: %acls%', 'speculative copy of slice %n% cancelled',
  ],
  handset: [
    'window %hex% of %activity% drawn in %n%ms', 'window %hex% of %activity% dropped', 'wake hold id=%n% why="%tag%" by %app%, left=%ctx%', 'wake hold freed id=%n% after %n%ms', 'dimmed=%bool%', 'docked=%bool%', 'radio %mac2% roams to %mac%', 'radio %mac2% gives up on %mac%', 'charge at %n%', 'charger plugged', 'charger pulled', 'message for %camel% taken in %n%ms',
  ],
  steps: [
    'stride sum=%n%', 'climb sum=%n%', 'pulse:%n% %digit% %digit%', 'day totals = %n%##%n%##%n%', 'sync queue empty', 'sync queue has work', 'wearer asleep', 'wearer awake',
  ],
  machineRoom: [
    'fans ( %temps% )', 'rack %n% inlet (%n%C) above limit', 'unit %nodes% powered by request %n%', 'unit %nodes% halted by request %n%', 'switch port %n%:%n% %updown%', 'parity fault at %hex%', 'parity fault corrected at %hex%', 'mount of %path% on %short% failed', 'probe=%digit%', 'burn-in............passed', 'burn-in............failed',
  ],
  installer: [
    'Opened engine %float% from %winpath%', 'Plan %n%_%n% begun by %short%.', 'Bundle Pack_for_%n%~x, Wanted: %n%, Present:%n%', 'Copy %winpath% gave %hex% [code = %hex% - REFUSED]', 'Warm start of the engine.', 'Cold start of the engine.', 'Clean-up: begun', 'Clean-up: ended with %hex%', 'Module load took %took%',
  ],
  cluster: [
    'Successfully assigned %ns%/%pod% to %short%', 'Pulling image "registry.example.com/%topic%:%n%"', 'Container image "registry.example.com/%topic%:%n%" already present on machine', 'Readiness probe failed: Get "http://%ip%:8080/healthz": context deadline exceeded', 'Liveness probe failed: Get "http://%ip%:8080/healthz": dial tcp %ip%:8080: connect: connection refused',
    'Started container %topic%', 'Created container %topic%', 'Back-off restarting failed container', 'Killing container with id docker://%topic%:Need to kill Pod', 'error syncing pod %uuid% ("%pod%_%ns%(%uuid%)"), skipping', 'MountVolume.SetUp failed for volume "%topic%" : secret "%topic%" not found', 'node %short% became unschedulable', 'node %short% became ready', 'leader election lost', 'leader election won',
  ],
  database: [
    'checkpoint starting: time', 'checkpoint starting: xlog', 'checkpoint complete: wrote %n% buffers (%float%%); write=%float% s, sync=%float% s', 'relation %table% does not exist at character %n%', 'duplicate key value violates unique constraint "%topic%_pkey"', 'deadlock detected', 'connection authorized: user=%user% database=%topic%', 'connection received: host=%ip% port=%n%', 'disconnection: session time: 0:00:%n% user=%user% database=%topic% host=%ip% port=%n%',
    'password authentication failed for user "%user%"', 'database system is ready to accept connections', 'database system is shut down', 'automatic vacuum of table "prod.public.%topic%": index scans: %digit%', 'could not receive data from client: Connection reset by peer', 'could not receive data from client: Connection timed out', 'connect() failed (111: Connection refused) while connecting to upstream, client: %ip%, server: %host%, request: "GET %url% HTTP/1.1", upstream: "http://%ip%:80%url%"',
    'upstream timed out (110: Connection timed out) while reading response header from upstream, client: %ip%, server: %host%, request: "GET %url% HTTP/1.1"',
  ],
  services: [
    'Started OrderService in %float% seconds (JVM running for %float%)', 'HikariPool-1 - Connection is not available, request timed out after %n%ms.', 'Order %n% placed by %user% for %float% EUR', 'Payment of order %n% declined', 'Payment of order %n% accepted', 'consumer group %topic%-workers rebalanced, generation %n%', 'Partition %topic%-%n% is now leader on broker %n%', 'Revoking previously assigned partitions [%topic%-%digit%, %topic%-%digit%, %topic%-%digit%]',
    'cache miss for key session:%uuid%', 'cache hit for key session:%uuid%', 'worker %n% exited with signal %signal%', 'mail to %user%@%host% queued', 'mail to %user%@%host% bounced', 'job %camel% finished in %took%', 'job %camel% failed after %took%', 'sent %bytesBoth%, received %bytesBoth%', 'certificate of %host% expires at %ctime%', 'feature flag "%topic%" turned on', 'feature flag "%topic%" turned off', 'request handled method=%method% path=%url% status=%n% user=%user% agent="curl/%float%"', 'state changed to %neg%',
  ],
  kernel: [
    'EXT4-fs error (device %dev%): ext4_find_entry:%n%: inode #%n%: comm %proc%: reading directory lblock 0', 'Out of memory: Kill process %pid% (%proc%) score %n% or sacrifice child', 'Killed process %pid% (%proc%) total-vm:%n%kB, anon-rss:%n%kB, file-rss:%n%kB', '%proc%[%pid%]: segfault at %hex% ip %hex% sp %hex% error 4 in libc.so', 'usb %n%-%n%: new high-speed USB device number %n% using xhci_hcd',
    'usb %n%-%n%: USB disconnect, device number %n%', 'audit: backlog limit exceeded', 'device %mac2% entered promiscuous mode', 'device %mac2% left promiscuous mode', 'nf_conntrack: table full, dropping packet', 'IN=%mac2% OUT= MAC=%mac% SRC=%ip% DST=%ip% LEN=%n% PROTO=%proto% SPT=%n% DPT=%n%', 'CPU%n%: Core temperature above threshold, cpu clock throttled (total events = %n%)', 'CPU%n%: Core temperature/speed normal',
    'INFO: task %proc%:%pid% blocked for more than 120 seconds.', 'Route cache hash table entries: %n% (order: %n%, %n% bytes)', 'Bind hash table entries: %n% (order: %n%, %n% bytes)', '%dev%: Current: sense key: Medium Error', '%dev%: Write Protect is off', '[%fn%][%src%] timeout waiting for reply', '(%user%) CMD (run-parts %path%)', '(%user%) CMD (%path%)', 'DHCPDISCOVER from %mac% via %mac2%', 'DHCPDISCOVER from %mac% via %mac2%: network A: no free leases', 'DHCPACK on %ip% to %mac% via %mac2%',
    'connect from %host%[%ip%]', 'disconnect from %host%[%ip%]', 'warning: hostname %host% does not resolve to address %ip%: Name or service not known', 'to=<%user%@%host%>, relay=%host%[%ip%]:25, delay=%float%, dsn=2.0.0, status=sent (250 ok)',
  ],
  games: [
    'Player %user% entered %room%', 'Player %user% left %room%', '%user% whispers to %user%', 'Spawned %camel% at (%neg%, %neg%, %neg%)', 'Match between %city% and %city% started', 'Match between %city% and %city% ended',  'Guest %fullName% checked in', 'Guest %fullName% checked out', 'lag spike detected: %took%', 'save complete', 'save failed', 'Shipment from %city% to %city% delayed by %n% hours', 'Teleporting %user% to %room%',
  ],
  platform: [
    'reconciling %cls% resource %ns%/%topic%', 'Reconcile failed for %ns%/%topic%: timeout', 'http: TLS handshake error from %ip%:%n%: EOF', 'http: TLS handshake error from %ip%:%n%: remote error: bad certificate', 'GET %url% HTTP/1.1 200 %n%', 'POST %url% HTTP/1.1 201 %n%', 'open %path%: no such file or directory', 'open %path%: permission denied', 'commit %sha% by %user% pushed to %topic%', 'received message %json%', 'config %keypath% changed from %n% to %n%', 'config %keypath% removed', 'upgraded from %version% to %version%',
    'Traceback in %fn%: index out of range', 'retry %n% of %n% after %took%', 'plugin %camel% loaded', 'plugin %camel% unloaded', 'unknown option "%room%"', "can't open device %dev%: Permission denied", 'scheduled job "%room%" for %ctime%', 'no route to host %short%', 'deprecated option %fn%, use %fn% instead', 'listening on %bound%:%n%', 'accepted connection from %ip%:%n% (%n% connections now open)', 'tcp flags %flagsList% dropped by rule %n%', 'tenant %room% over quota: used %size% of %size%', 'gc pause %took%, heap %size% -> %size%', 'user %user% granted role %room%', 'user %user% denied role %room%', 'network changed: %ifaces% DNS Proxy', 'java.net.ConnectException: lookup of %host% failed', 'java.net.UnknownHostException: lookup of %host% failed', 'thread pool exhausted', 'thread pool recovered',
  ],
};

describe('mining the logs of many kinds of systems', () => {
  it.each(Object.keys(SYSTEMS))('%s', (system) => {
    const { ga, fga, mistakes } = evaluate(SYSTEMS[system] ?? [], VALUES, 2000, 11);
    if (process.env['SHOW_MISTAKES'] !== undefined) process.stdout.write(`${system} GA ${ga.toFixed(3)} FGA ${fga.toFixed(3)}\n${mistakes.map((m) => `   ${m}\n`).join('')}`);
    expect.soft(ga, mistakes.join('\n')).toBeGreaterThanOrEqual(0.97);
    expect.soft(fga, mistakes.join('\n')).toBeGreaterThanOrEqual(0.97);
  });
});
