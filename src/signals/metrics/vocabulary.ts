/**
 * What a metric's name says, by the field's general words (Prometheus naming, OpenTelemetry semantic conventions, the USE and RED methods).
 * Sources: prometheus.io/docs/practices/naming; opentelemetry.io/docs/specs/semconv/general/metrics; Gregg, "The USE Method" (2013).
 */
import type { StringMap } from '../../domain/capsule.ts';
import type { Fault } from '../../domain/report.ts';

export const QUANTITIES = [
  'cpu', 'memory', 'disk', 'io', 'bytes', 'latency', 'error', 'success', 'rate', 'saturation', 'limit', 'wait', 'restart', 'retry', 'packet_loss', 'age', 'cache', 'clock', 'state', 'other',
] as const;
export type Quantity = (typeof QUANTITIES)[number];

export interface MetricMeaning {
  readonly quantity: Quantity;
  /** Inside the component (can be a cause), or seen from outside (somebody suffers). */
  readonly internal: boolean;
  /** The direction that hurts; `both` where either may. */
  readonly bad: 'up' | 'down' | 'both';
  /** What a shift in the bad direction suggests, 0 to 1. */
  readonly faults: Readonly<Partial<Record<Fault, number>>>;
  /** What a full scale is, where the unit or name tells: 1 for ratios, 100 for percentages. */
  readonly fullScale: number | null;
}

type Rule = readonly [Quantity, readonly string[]];
/** First match wins: the specific before the general. A word matches a whole token of the name, `a+b` needs both. */
const RULES: readonly Rule[] = [
  ['saturation', ['consumer+pending', 'consumergroup+lag', 'consumer+lag', 'records+lag', 'queue+lag', 'topic+lag', 'messages+ready', 'messages+visible', 'messages+unacknowledged', 'messages+unacked', 'messages+pending', 'messages+backlog']],
  ['restart', ['restart', 'restarts', 'crash', 'crashes', 'oom', 'oomkilled', 'evicted+pod', 'exits']],
  ['packet_loss', ['retransmit', 'retransmits', 'retransmitted', 'retransmission', 'retransmissions', 'retrans', 'dropped+packets', 'packets+lost', 'packet+loss', 'drop+packets', 'drop+network', 'drop+receive', 'drop+transmit', 'errs+network', 'reset+connections', 'packets+error', 'packets+errors']],
  ['retry', ['retry', 'retries', 'retried']],
  ['clock', ['timex+offset', 'clock+offset', 'ntp+offset', 'clock+skew', 'time+skew']],
  ['state', ['is+replica', 'is+standby', 'is+secondary', 'is+primary', 'is+master', 'is+leader', 'has+leader', 'in+recovery', 'read+only', 'readonly']],
  ['cache', ['miss', 'misses', 'hit+ratio', 'hit+rate']],
  ['rate', ['consumed+capacity', 'request+units']],
  ['limit', ['max+connections', 'max+conns', 'max+pool', 'max+threads', 'max+fds', 'max+files', 'max+workers', 'max+sessions', 'max+clients', 'pool+size', 'connections+max', 'conns+max', 'threads+max', 'limit', 'limits', 'capacity', 'quota']],
  ['error', ['un+healthy', 'unhealthy', 'under+replicated', 'underreplicated', 'not+permitted', 'breaker+open', 'circuitbreaker+open', 'dlq', 'deadletter', 'deadlettered', 'dead+letter']],
  ['success', ['apdex', 'success', 'successes', 'availability', 'available', 'up', 'healthy', 'ready', 'uptime']],
  ['error', ['error', 'errors', 'fail', 'failed', 'failure', 'failures', 'fault', 'faults', 'exception', 'exceptions', '5xx', '4xx', '500', '503', 'timeout', 'timeouts', 'rejected',
    'rejections', 'unavailable', 'panic', 'panics', 'aborted', 'limited', 'throttled+requests', 'refused', 'denied', 'invalid', 'drops', 'dropped', 'unauthorized', 'throttles', 'servfail', 'rollback', 'rollbacks', '429', '5+xx', '4+xx']],
  ['cpu', ['cfs', 'throttled+cpu', 'throttling+cpu', 'pressure+cpu', 'eventloop+lag', 'event+loop']],
  ['disk', ['iowait', 'pressure+io', 'fsync', 'burst', 'temp+bytes', 'database+size', 'physical+read', 'log+write']],
  ['memory', ['pressure+memory', 'gc+duration', 'majfault', 'pgmajfault']],
  // A transaction that stays open holds what it locked.
  ['wait', ['max+tx', 'oldest+transaction', 'longest+transaction', 'oldest+xact', 'transaction+age', 'tx+age', 'wait+sql', 'wait+pool', 'wait+connection', 'wait+connections', 'wait+db', 'acquire', 'pending', 'waiting', 'blocked', 'throttled', 'throttling', 'starved', 'lock', 'locks', 'deadlock', 'deadlocks', 'wait+conn', 'wait+conns']],
  ['age', ['lag', 'age', 'staleness', 'delay+replication', 'behind', 'expiry', 'expires', 'expiration']],
  ['latency', ['latency', 'latencies', 'duration', 'durations', 'response+time', 'rt', 'delay', 'elapsed', 'time+request', 'p50', 'p90', 'p95', 'p99', 'ttfb', 'rtt', 'exec+time', 'execution+time', 'statement+time', 'query+time', 'command+time', 'service+time',
    'request+seconds', 'requests+seconds', 'request+milliseconds', 'requests+milliseconds', 'request+ms', 'query+seconds', 'queries+seconds', 'query+milliseconds', 'call+seconds', 'calls+seconds',
    'rq+time', 'slow+queries', 'slowlog']],
  ['cpu', ['cpu', 'processor', 'load1', 'load5', 'loadavg', 'system+load', 'dtu']],
  ['memory', ['memory', 'mem', 'heap', 'rss', 'ram', 'swap', 'working+set', 'gc', 'old+gen', 'tenured', 'metaspace']],
  ['disk', ['io+await', 'io+wait', 'io+percent', 'io+percentage', 'io+pct', 'io+utilization', 'io+utilisation', 'io+consumption', 'io+util', 'disk', 'filesystem', 'fs', 'volume', 'storage', 'inode', 'inodes', 'iops', 'blkio']],
  ['io', ['syscall', 'syscalls', 'io', 'sockets', 'socket', 'sockstat', 'fds', 'fd', 'descriptors', 'files']],
  ['rate', ['per+second', 'per+sec', 'per+minute', 'rps', 'qps', 'tps', 'handled', 'messagesin', 'publish', 'published', 'deliver', 'delivered', 'consume', 'acked', 'acknowledged', 'enqueued', 'dequeued', 'incoming', 'outgoing', 'queue+rate']],
  ['saturation', ['pool', 'queue', 'queued', 'backlog', 'saturation', 'in_use', 'use', 'active', 'threads', 'thread', 'connections', 'conns', 'inflight', 'concurrent',
    'utilization', 'utilisation', 'clients', 'goroutines', 'sessions', 'workers', 'connected', 'depth', 'evicted', 'evictions', 'in+flight', 'activity', 'conntrack', 'undelivered', 'consumption', 'connection+count', 'children+reached', 'currentqueue', 'busy']],
  ['bytes', ['receive', 'received', 'transmit', 'transmitted', 'network', 'bytes', 'packets', 'rx', 'tx', 'throughput', 'bandwidth']],
  ['rate', ['requests', 'request', 'rps', 'qps', 'rate', 'calls', 'workload', 'traffic', 'hits', 'commands', 'queries', 'messages', 'transactions', 'invocations', 'ops', 'count', 'consumed', 'produced', 'response', 'responses', 'questions', 'statements', 'commit', 'commits']],
];

const MEANINGS: Readonly<Record<Quantity, Omit<MetricMeaning, 'quantity' | 'fullScale'>>> = {
  cpu: { internal: true, bad: 'up', faults: { cpu: 1 } },
  memory: { internal: true, bad: 'up', faults: { memory: 1 } },
  disk: { internal: true, bad: 'up', faults: { disk: 1, storage: 0.5 } },
  io: { internal: true, bad: 'up', faults: {} },
  bytes: { internal: false, bad: 'both', faults: { traffic: 0.3 } },
  latency: { internal: false, bad: 'up', faults: { network_delay: 0.3, code: 0.3 } },
  error: { internal: false, bad: 'up', faults: { error_return: 0.6, exception: 0.5, code: 0.4 } },
  success: { internal: false, bad: 'down', faults: { error_return: 0.6, exception: 0.5, code: 0.4 } },
  rate: { internal: false, bad: 'both', faults: { traffic: 0.5 } },
  saturation: { internal: true, bad: 'up', faults: { capacity: 0.7, configuration: 0.3 } },
  limit: { internal: true, bad: 'both', faults: { configuration: 1, capacity: 0.6 } },
  wait: { internal: true, bad: 'up', faults: { capacity: 0.8, configuration: 0.4 } },
  restart: { internal: true, bad: 'up', faults: { crash: 1 } },
  retry: { internal: false, bad: 'up', faults: { dependency: 0.4 } },
  packet_loss: { internal: true, bad: 'up', faults: { network_loss: 1 } },
  age: { internal: false, bad: 'up', faults: { capacity: 0.4, dependency: 0.3 } },
  // Calls that a cache no longer answers: its keys, its lifetimes or its room changed.
  cache: { internal: true, bad: 'up', faults: { code: 0.6, configuration: 0.5, capacity: 0.3 } },
  // Tokens and certificates are not valid yet, or no more.
  clock: { internal: true, bad: 'both', faults: { configuration: 0.6, unknown: 0.5 } },
  // Who only follows refuses what only a leader may do.
  state: { internal: true, bad: 'both', faults: { error_return: 0.6, configuration: 0.6, crash: 0.4 } },
  other: { internal: false, bad: 'both', faults: {} },
};

const WORD = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+[a-z]*|[a-z]\d+/g;

/** What exporters of CloudWatch make of CPUUtilization and CPUCreditBalance: the capitals of an abbreviation run into the next word. */
const GLUED = /^(cpu|db|ebs)(utili[sz]ation|credit|load|read|write)$/i;

/** Lower-case words of a name, snake_case, camelCase and dots alike. */
export const wordsOf = (name: string): readonly string[] => {
  const words: string[] = [];
  for (const part of name.slice(0, 200).split(/[^A-Za-z0-9]+/)) {
    if (part === '') continue;
    words.push(part.toLowerCase());
    const inner = part.match(GLUED)?.slice(1) ?? part.match(WORD) ?? [];
    if (inner.length > 1) for (const word of inner) words.push(word.toLowerCase());
  }
  return words;
};

const matches = (words: ReadonlySet<string>, pattern: string): boolean => pattern.split('+').every((word) => words.has(word));

const quantityOf = (words: ReadonlySet<string>): Quantity => {
  for (const [quantity, patterns] of RULES) if (patterns.some((pattern) => matches(words, pattern))) return quantity;
  return 'other';
};

const fullScaleOf = (words: ReadonlySet<string>, unit: string | undefined): number | null => {
  if (unit === 'percent' || words.has('percent') || words.has('percentage') || words.has('pct')) return 100;
  if (unit === 'ratio' || unit === '1' || words.has('ratio') || words.has('fraction')) return 1;
  return null;
};

/** The parts of a histogram or summary that are not durations themselves: how many there were, their sum, and how many were below a bound. */
const PARTS: Readonly<Record<string, Quantity>> = { count: 'rate', sum: 'other', bucket: 'other' };

/** Of a duration's parts the name's last word tells which one it is. */
const partOf = (quantity: Quantity, name: string): Quantity => (quantity === 'latency' ? (PARTS[name.slice(name.lastIndexOf('_') + 1).toLowerCase()] ?? quantity) : quantity);

/** A name without a word for it that ends in a unit of time is a duration, but where it tells an instant or how long something has been up. */
const ENDS_IN_TIME = /_(?:seconds|milliseconds|microseconds|nanoseconds|millis|ms|[mun]secs?)(?:_(?:count|sum|bucket|mean|avg|max|p\d{2,3}))?$/i;
const NO_DURATION = /time(?!rs?_)|last|start|since|interval|timestamp|_up_|period|ttl|window/i;

/** Units of time as labels tell them (UCUM, CloudWatch, Graphite's tags). Seconds that add up are of counters, which are named as such. */
const TIME_UNIT = /^(?:s|ms|us|ns|seconds?|milliseconds?|millis|microseconds?|nanoseconds?|[mun]secs?)$/i;
const ADDS_UP = /_total$/i;

const isDurationByUnit = (quantity: Quantity, name: string, unit: string | undefined): boolean =>
  (quantity === 'other' || quantity === 'rate') && !NO_DURATION.test(name) && (ENDS_IN_TIME.test(name) || (unit !== undefined && TIME_UNIT.test(unit) && !ADDS_UP.test(name)));

/** Labels that hold a call's status, by Istio, Envoy, OpenTelemetry, Micrometer, NGINX, Linkerd and gRPC; and what a server's own failure looks like there. */
const STATUS_LABELS = ['response_code', 'status_code', 'http_response_status_code', 'http_status_code', 'status', 'code', 'response_code_class', 'outcome', 'classification', 'grpc_code', 'grpc_status', 'result', 'rcode'] as const;
const SERVER_FAILURE = /^(?:5\d\d|5xx|SERVER_ERROR|failure|failed|error|Internal|Unavailable|DeadlineExceeded|ResourceExhausted|DataLoss|SERVFAIL)$/i;

/** The same by gRPC's numbers, as OpenTelemetry names them and tells a server's failures: unknown, deadline exceeded, unimplemented, internal, unavailable, data loss (semantic conventions for RPC). */
const GRPC_LABELS = ['rpc_grpc_status_code', 'rpc.grpc.status_code', 'grpc_status_code', 'grpc_status', 'grpc_code'] as const;
const GRPC_FAILURE = /^(?:2|4|12|13|14|15)$/;

/** The label value that makes calls failed calls; null where none does. */
export const failureStatus = (labels: StringMap): string | null =>
  STATUS_LABELS.map((label) => labels[label]).find((value) => value !== undefined && SERVER_FAILURE.test(value)) ?? GRPC_LABELS.map((label) => labels[label]).find((value) => value !== undefined && GRPC_FAILURE.test(value)) ?? null;

/** What is left of a resource instead of what is used of it: there, falling hurts. */
const HEADROOM = ['available', 'avail', 'free', 'freeable', 'remaining', 'idle', 'unused', 'usable', 'balance'] as const;
const RESOURCES: ReadonlySet<Quantity> = new Set<Quantity>(['cpu', 'memory', 'disk', 'io', 'saturation', 'limit']);

/** The resource whose headroom a metric is; null where it is none. */
const headroomOf = (words: ReadonlySet<string>, labels: StringMap): Quantity | null => {
  const left = HEADROOM.filter((word) => words.has(word));
  if (left.length === 0 && labels['state'] !== 'idle') return null;
  const quantity = quantityOf(new Set([...words].filter((word) => !left.some((one) => one === word))));
  return RESOURCES.has(quantity) ? quantity : null;
};

/** Bounded by the number of distinct names, which the caller bounds. */
export const meaningOf = (name: string, labels: StringMap): MetricMeaning => {
  const words = new Set(wordsOf(name));
  const fullScale = fullScaleOf(words, labels['unit']);
  const headroom = headroomOf(words, labels);
  if (headroom !== null) return { quantity: headroom, ...MEANINGS[headroom], bad: 'down', fullScale };
  const said = quantityOf(words);
  const named = partOf(isDurationByUnit(said, name, labels['unit']) ? 'latency' : said, name);
  const quantity = named === 'rate' && failureStatus(labels) !== null ? 'error' : named === 'rate' && words.has('cache') && labels['result'] === 'miss' ? 'cache' : named;
  return { quantity, ...MEANINGS[quantity], ...(quantity === 'cache' && words.has('hit') ? { bad: 'down' as const } : {}), fullScale };
};
