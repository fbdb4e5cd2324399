/** Large inputs made from nothing, with the number of events that a right reading finds. */
import { seededRandom, type Random } from './random.ts';

export interface ThroughputInput {
  readonly name: string;
  readonly about: string;
  /** At scale 1. */
  readonly lines: number;
  /** Yields about `lines` lines; each call of `event` starts a new event. */
  readonly make: (lines: number, event: () => void) => Iterable<string>;
}

const START_MS = Date.UTC(2026, 0, 15, 6);
const SERVICES = ['orders', 'checkout', 'stock', 'ledger', 'search', 'mailer'] as const;
const CLASSES = ['c.e.orders.OrderService', 'c.e.orders.web.OrderController', 'o.s.web.servlet.DispatcherServlet', 'com.zaxxer.hikari.HikariDataSource', 'c.e.ledger.LedgerClient', 'o.a.k.c.consumer.KafkaConsumer'] as const;

const isoOf = (atMs: number): string => new Date(atMs).toISOString();
const spaced = (atMs: number): string => isoOf(atMs).replace('T', ' ').slice(0, 23);

/** A clock that goes forward a few milliseconds an event. */
const clock = (random: Random): (() => number) => {
  let atMs = START_MS;
  return () => (atMs += random.int(0, 40));
};

const MESSAGES: readonly ((random: Random) => string)[] = [
  (random) => `Order ${random.int(10_000, 99_999)} accepted for customer ${random.int(100, 9999)}, total ${random.int(5, 900)}.${random.int(10, 99)} EUR`,
  (random) => `Completed 200 OK in ${random.int(3, 900)} ms for GET /api/orders/${random.int(1, 99_999)}`,
  (random) => `Reserved ${random.int(1, 9)} of item ${random.hex(8)} in warehouse ${random.pick(['north', 'south', 'east'])}`,
  (random) => `Polled ${random.int(0, 500)} records from orders-${random.int(0, 12)} at offset ${random.int(1, 9_999_999)}`,
  (random) => `Pool stats (total=${random.int(1, 20)}, active=${random.int(0, 20)}, idle=${random.int(0, 9)}, waiting=${random.int(0, 5)})`,
  (random) => `Cache refreshed in ${random.int(2, 300)} ms, ${random.int(100, 90_000)} entries, hit ratio 0.${random.int(10, 99)}`,
  (random) => `Calling ledger at http://10.${random.int(0, 255)}.${random.int(0, 255)}.${random.int(1, 255)}:8080/entries with trace ${random.hex(32)}`,
  () => 'Heartbeat sent to registry',
];

const trace = (random: Random): readonly string[] => {
  const frames = (count: number): string[] => Array.from({ length: count }, () => `\tat com.example.orders.${random.pick(['Store', 'Client', 'Flow', 'Gate'])}.${random.pick(['save', 'load', 'call', 'retry'])}(${random.pick(['Store', 'Client', 'Flow'])}.java:${random.int(10, 400)})`);
  return [
    `java.lang.IllegalStateException: order ${random.int(1, 99_999)} could not be stored`, ...frames(random.int(4, 14)),
    'Caused by: java.net.SocketTimeoutException: Read timed out', ...frames(random.int(2, 8)), `\t... ${random.int(10, 60)} more`,
  ];
};

function* springText(lines: number, event: () => void): Iterable<string> {
  const random = seededRandom(11);
  const now = clock(random);
  for (let made = 0; made < lines; ) {
    const failing = random.next() < 0.02;
    const level = failing ? 'ERROR' : random.next() < 0.03 ? ' WARN' : ' INFO';
    const header = `${spaced(now())} ${level} [${random.pick(SERVICES)},${random.hex(16)},${random.hex(16)}] 1 --- [nio-8080-exec-${random.int(1, 20)}] ${random.pick(CLASSES).padEnd(40)} : `;
    const secret = random.next() < 0.01 ? ` with Authorization: Bearer ${random.text(40)}` : '';
    event();
    yield header + (failing ? `Order ${random.int(1, 99_999)} failed` : random.pick(MESSAGES)(random)) + secret;
    made++;
    if (!failing) continue;
    const rest = trace(random);
    yield* rest;
    made += rest.length;
  }
}

const jsonRecord = (random: Random, atMs: number): string => {
  const level = random.next() < 0.02 ? 'error' : random.next() < 0.05 ? 'warn' : 'info';
  return JSON.stringify({ timestamp: isoOf(atMs), level, service: random.pick(SERVICES), logger: random.pick(CLASSES), trace_id: random.hex(32), message: random.pick(MESSAGES)(random), duration_ms: random.int(1, 900) });
};

/** A third each of plain JSON, Docker's json-file and Kubernetes' CRI; some CRI lines are split, as the kubelet does with long ones. */
function* jsonWrapped(lines: number, event: () => void): Iterable<string> {
  const random = seededRandom(12);
  const now = clock(random);
  const third = Math.floor(lines / 3);
  const made = (): string => {
    event();
    return jsonRecord(random, now());
  };
  for (let index = 0; index < third; index++) yield made();
  for (let index = 0; index < third; index++) yield JSON.stringify({ log: `${made()}\n`, stream: random.pick(['stdout', 'stderr']), time: isoOf(now()) });
  for (let index = 0; index < third; index++) {
    const [record, at] = [made(), isoOf(now()).replace('Z', '123456Z')];
    if (index % 50 !== 0) yield `${at} stdout F ${record}`;
    else {
      yield `${at} stdout P ${record.slice(0, 90)}`;
      yield `${at} stdout F ${record.slice(90)}`;
      index++;
    }
  }
}

type LineMaker = (random: Random, atMs: number) => string;

const LAYOUTS: readonly LineMaker[] = [
  (random, atMs) => `${spaced(atMs)}  INFO 1 --- [main] ${random.pick(CLASSES)} : ${random.pick(MESSAGES)(random)}`,
  (random, atMs) => jsonRecord(random, atMs),
  (random, atMs) => `time=${isoOf(atMs)} level=info service=${random.pick(SERVICES)} msg="${random.pick(MESSAGES)(random)}" took=${random.int(1, 900)}ms`,
  (random, atMs) => `10.0.${random.int(0, 255)}.${random.int(1, 255)} - - [${new Date(atMs).toUTCString().slice(5, 16).replaceAll(' ', '/')}:${isoOf(atMs).slice(11, 19)} +0000] "GET /items/${random.int(1, 9999)} HTTP/1.1" ${random.pick([200, 200, 200, 304, 404, 500])} ${random.int(100, 9000)} "-" "curl/8.5.0"`,
  (random, atMs) => `<${random.int(8, 190)}>1 ${isoOf(atMs)} host-${random.int(1, 40)} ${random.pick(SERVICES)} ${random.int(100, 9999)} - - ${random.pick(MESSAGES)(random)}`,
  (random, atMs) => `${spaced(atMs).replace('.', ',')} - app.${random.pick(SERVICES)} - INFO - ${random.pick(MESSAGES)(random)}`,
  (random, atMs) => `I0115 ${isoOf(atMs).slice(11, 23)}000 ${String(random.int(1, 99)).padStart(7)} server.go:${random.int(10, 900)}] ${random.pick(MESSAGES)(random)}`,
  (random, atMs) => `[${isoOf(atMs)}] [WARN] [${random.pick(SERVICES)}] ${random.pick(MESSAGES)(random)}`,
];

/** Runs of 1 to 400 lines of one layout each, as several containers write into one stream. */
function* mixed(lines: number, event: () => void): Iterable<string> {
  const random = seededRandom(13);
  const now = clock(random);
  for (let made = 0; made < lines; ) {
    const layout = random.pick(LAYOUTS);
    const run = Math.min(lines - made, random.int(1, 401));
    for (let index = 0; index < run; index++) {
      event();
      yield layout(random, now());
    }
    made += run;
  }
}

/** No two lines of one shape: what a table of known shapes cannot help with. */
function* unique(lines: number, event: () => void): Iterable<string> {
  const random = seededRandom(14);
  const now = clock(random);
  for (let made = 0; made < lines; made++) {
    event();
    const words = Array.from({ length: random.int(4, 14) }, () => random.text(random.int(3, 10), 'abcdefghijklmnopqrstuvwxyz'));
    yield `${isoOf(now())} INFO ${words.join(random.pick([' ', ' ', ': ', ' = ']))}`;
  }
}

export const THROUGHPUT_INPUTS: readonly ThroughputInput[] = [
  { name: 'spring', about: 'Spring Boot text with MDC, stack traces, tokens', lines: 500_000, make: springText },
  { name: 'json', about: 'JSON lines: plain, in Docker json-file, in CRI with split lines', lines: 500_000, make: jsonWrapped },
  { name: 'mixed', about: 'eight layouts in runs of 1 to 400 lines', lines: 1_000_000, make: mixed },
  { name: 'unique', about: 'every line another shape', lines: 500_000, make: unique },
];
