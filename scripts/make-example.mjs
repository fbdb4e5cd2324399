// Writes examples/order-outage/: forty minutes of an invented shop whose orders database fails over while the order
// service keeps talking to the old primary. Deterministic: the same bytes on every run.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'examples', 'order-outage');
const START = Date.parse('2026-03-12T13:40:00Z');
const END = Date.parse('2026-03-12T14:20:00Z');
const FAILOVER = Date.parse('2026-03-12T14:02:11Z');
const RESTARTED = Date.parse('2026-03-12T14:09:40Z');

/** Linear congruential generator (Numerical Recipes); seeded, so that the example never changes. */
let seed = 20260312;
const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
const between = (low, high) => low + Math.floor(random() * (high - low + 1));
const pick = (list) => list[between(0, list.length - 1)];
const hex = (digits) => Array.from({ length: digits }, () => between(0, 15).toString(16)).join('');

const order = []; // Spring Boot
const checkout = []; // pino JSON lines
const gateway = []; // nginx access
const database = []; // PostgreSQL
const add = (list, at, text) => list.push({ at, text });

const iso = (at) => new Date(at).toISOString();
const spring = (at, level, thread, logger, message) =>
  add(order, at, `${iso(at)} ${level.padStart(5)} 1 --- [order-service] [${thread.padStart(15).slice(-15)}] ${logger.padEnd(40).slice(0, 40)} : ${message}`);
const PINO = { info: 30, warn: 40, error: 50 };
const pino = (at, level, msg, fields = {}) =>
  add(checkout, at, JSON.stringify({ level: PINO[level], time: at, pid: 17, hostname: 'checkout-service-5d9c7b6f44-m2xkq', service: 'checkout-service', env: 'production', ...fields, msg }));
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const nginx = (at, request, status, bytes, seconds) => {
  const [, year, month, day, clock] = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2}:\d{2})/.exec(iso(at));
  const ip = `203.0.113.${between(1, 254)}`;
  add(gateway, at, `${ip} - - [${day}/${MONTHS[Number(month) - 1]}/${year}:${clock} +0000] "${request} HTTP/1.1" ${status} ${bytes} "-" "ShopApp/4.${between(0, 3)} (Android 15)" ${seconds.toFixed(3)}`);
};
const postgres = (at, pid, session, level, message) => add(database, at, `${iso(at).replace('T', ' ').replace('Z', ' UTC')} [${pid}] ${session}${level}:  ${message}`);

const isBroken = (at) => at >= FAILOVER && at < RESTARTED;
const thread = () => `nio-8080-exec-${between(1, 12)}`;

const STACK = [
  'org.springframework.dao.InvalidDataAccessResourceUsageException: could not execute statement',
  '\tat org.springframework.orm.jpa.vendor.HibernateJpaDialect.convertHibernateAccessException(HibernateJpaDialect.java:277)',
  '\tat com.example.shop.orders.OrderWriter.place(OrderWriter.java:88)',
  '\tat com.example.shop.orders.OrderController.create(OrderController.java:54)',
  'Caused by: org.postgresql.util.PSQLException: ERROR: cannot execute INSERT in a read-only transaction',
  '\tat org.postgresql.core.v3.QueryExecutorImpl.receiveErrorResponse(QueryExecutorImpl.java:2733)',
  '\tat com.zaxxer.hikari.pool.ProxyPreparedStatement.executeUpdate(ProxyPreparedStatement.java:61)',
  '\t... 42 more',
];

/** One customer's order: through the gateway, checkout, the order service and its database. */
const placeOrder = (at) => {
  const id = between(70_000, 99_999);
  const traceId = hex(32);
  pino(at, 'info', 'checkout started', { traceId, cart: `c-${hex(6)}`, items: between(1, 7) });
  if (!isBroken(at)) {
    const took = between(24, 140);
    spring(at + 12, 'INFO', thread(), 'c.e.shop.orders.OrderController', `Order ${id} accepted for customer ${between(1000, 9999)}, total ${between(5, 320)}.${between(10, 99)} EUR`);
    pino(at + took + 15, 'info', 'order placed', { traceId, orderId: id, ms: took });
    nginx(at + took + 20, 'POST /api/orders', 201, between(310, 420), took / 1000);
    return;
  }
  const waited = at - FAILOVER;
  if (waited < 45_000) {
    const name = thread();
    spring(at + 20, 'WARN', name, 'o.h.engine.jdbc.spi.SqlExceptionHelper', 'SQL Error: 0, SQLState: 25006');
    spring(at + 21, 'ERROR', name, 'o.h.engine.jdbc.spi.SqlExceptionHelper', 'ERROR: cannot execute INSERT in a read-only transaction');
    spring(at + 22, 'ERROR', name, 'c.e.shop.orders.OrderController', [`Order ${id} could not be stored`, ...STACK].join('\n'));
    pino(at + 60, 'error', 'order service answered 500', { traceId, orderId: id, status: 500, attempt: between(1, 3) });
    nginx(at + 80, 'POST /api/orders', 502, 166, 0.08);
    return;
  }
  spring(at + 30_000, 'ERROR', thread(), 'c.e.shop.orders.OrderController', `Order ${id} failed: HikariPool-1 - Connection is not available, request timed out after ${between(30_001, 30_009)}ms (total=10, active=10, idle=0, waiting=${between(14, 61)})`);
  if (waited < 120_000) {
    pino(at + 5000, 'error', 'request to order-service timed out', { traceId, orderId: id, timeoutMs: 5000, attempt: between(1, 3) });
    nginx(at + 5004, 'POST /api/orders', 504, 176, 5.004);
  } else {
    pino(at + 3, 'warn', 'circuit breaker open, order rejected', { traceId, upstream: 'order-service', retryAfterMs: 10_000 });
    nginx(at + 6, 'POST /api/orders', 503, 94, 0.006);
  }
};

const browse = (at) => nginx(at, `GET ${pick(['/api/catalog?page=1', '/api/catalog?page=2', '/api/products/4711', '/api/products/1312', '/api/cart', '/healthz'])}`, random() < 0.01 ? 404 : 200, between(900, 9000), between(2, 40) / 1000);

for (let at = START; at < END; at += between(8_000, 18_000)) placeOrder(at);
for (let at = START; at < END; at += between(6_000, 13_000)) browse(at);
for (let at = START + 7000; at < END; at += 60_000) {
  spring(at, 'INFO', 'scheduling-1', 'c.e.shop.orders.OutboxRelay', `Relayed ${isBroken(at) ? 0 : between(3, 9)} events to topic orders in ${between(4, 19)} ms`);
}
for (let at = START + 40_000; at < END; at += 300_000) {
  postgres(at, 61, '', 'LOG', 'checkpoint starting: time');
  postgres(at + between(9000, 14_000), 61, '', 'LOG', `checkpoint complete: wrote ${between(210, 900)} buffers (1.2%); 0 WAL file(s) added, 0 removed, 1 recycled`);
}

// The failover itself: the primary is demoted, its sessions are cut, the order service reconnects to the wrong one.
postgres(FAILOVER - 900, 1, '', 'LOG', 'received fast shutdown request');
for (let session = 0; session < 10; session++)
  postgres(FAILOVER - 850 + session * 7, 2101 + session, 'orders@orders-db ', 'FATAL', 'terminating connection due to administrator command');
postgres(FAILOVER - 400, 1, '', 'LOG', 'database system is shut down');
postgres(FAILOVER + 3100, 1, '', 'LOG', 'starting PostgreSQL 16.4 on x86_64-pc-linux-gnu');
postgres(FAILOVER + 3900, 1, '', 'LOG', 'database system is ready to accept read-only connections');
for (let connection = 0; connection < 6; connection++)
  spring(FAILOVER - 700 + connection * 130, 'WARN', thread(), 'com.zaxxer.hikari.pool.PoolBase', `HikariPool-1 - Failed to validate connection org.postgresql.jdbc.PgConnection@${hex(8)} (This connection has been closed.). Possibly consider using a shorter maxLifetime value.`);
spring(FAILOVER + 1200, 'ERROR', 'scheduling-1', 'c.e.shop.orders.OutboxRelay', 'Connection to orders-db.internal:5432 refused. Check that the hostname and port are correct and that the postmaster is accepting TCP/IP connections.');
for (let at = FAILOVER + 6000; at < FAILOVER + 60_000; at += 9000) {
  const pid = between(2200, 2290);
  postgres(at, pid, 'orders@orders-db ', 'ERROR', 'cannot execute INSERT in a read-only transaction');
  postgres(at, pid, 'orders@orders-db ', 'STATEMENT', 'insert into orders (customer_id,total_cents,id) values ($1,$2,$3)');
}
for (let at = FAILOVER + 50_000; at < RESTARTED; at += 60_000) spring(at, 'WARN', 'HikariPool-1 housekeeper', 'com.zaxxer.hikari.pool.HikariPool', 'HikariPool-1 - Pool stats (total=10, active=10, idle=0, waiting=' + between(20, 70) + ')');
pino(FAILOVER + 120_000, 'error', 'circuit breaker for order-service opened', { upstream: 'order-service', failures: 20, windowMs: 30_000 });
spring(RESTARTED - 4000, 'WARN', 'SIGTERM handler', 'o.s.b.w.e.tomcat.GracefulShutdown', 'Commencing graceful shutdown. Waiting for active requests to complete');
spring(RESTARTED - 200, 'INFO', 'main', 'c.e.shop.orders.OrderApplication', 'Started OrderApplication in 6.214 seconds (process running for 6.871)');
spring(RESTARTED + 300, 'INFO', 'main', 'com.zaxxer.hikari.HikariDataSource', 'HikariPool-1 - Start completed.');
pino(RESTARTED + 8000, 'info', 'circuit breaker for order-service closed', { upstream: 'order-service' });

mkdirSync(folder, { recursive: true });
for (const [name, list] of [['order-service.log', order], ['checkout-service.ndjson', checkout], ['gateway-access.log', gateway], ['orders-db.log', database]]) {
  list.sort((a, b) => a.at - b.at);
  writeFileSync(join(folder, name), list.map(({ text }) => `${text}\n`).join(''));
}
