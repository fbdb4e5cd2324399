import { describe, expect, it } from 'vitest';
import { syntheticSeries } from '../../../test/support/synthetic-series.ts';
import { change, FAULT_AT, MINUTE, shopCapsule, shopMetrics, T0, type Faults } from '../../../test/support/synthetic-capsule.ts';
import type { MetricSeries } from '../../domain/capsule.ts';
import { analyzeCapsule } from '../analyze-capsule.ts';

const gauge = (service: string, name: string, level: number, to?: number, labels: Readonly<Record<string, string>> = {}): MetricSeries =>
  syntheticSeries({ name, labels: { service, ...labels }, start: T0, intervalMs: MINUTE, samples: 80, level, noise: 0.05, ...(to === undefined ? {} : { shift: { at: FAULT_AT, to } }) });

const first = async (faults: Faults, more: readonly MetricSeries[] = []): Promise<string> => {
  const report = await analyzeCapsule(shopCapsule({ metrics: [...shopMetrics(faults), ...more], symptom: { service: 'web', metric: null, description: null } }));
  return `${report.hypotheses[0]?.component.name} ${report.hypotheses[0]?.fault}`;
};

describe('load from elsewhere', () => {
  it('is traffic, where requests rise at the door and everybody behind it gets busy', async () => {
    expect(await first({ web: { request_rate: 160, latency_ms: 200 }, order: { request_rate: 160, cpu_usage: 95, latency_ms: 900 }, pay: { request_rate: 150 }, stock: { request_rate: 150, cpu_usage: 70 } })).toBe('web traffic');
  });

  it('is traffic, though nobody said who suffers and a store that counts no calls gets busy with it', async () => {
    const metrics = [...shopMetrics({ web: { request_rate: 160 }, order: { request_rate: 160, latency_ms: 300, cpu_usage: 62 }, stock: { request_rate: 170, latency_ms: 320, cpu_usage: 65 } }).filter(({ labels }) => labels['service'] !== 'stock-db'), gauge('stock-db', 'cpu_percent', 20, 60), gauge('stock-db', 'latency_ms', 20, 35)];
    const { hypotheses: [one] } = await analyzeCapsule(shopCapsule({ metrics }));
    expect(`${one?.component.name} ${one?.fault}`).toBe('web traffic');
  });

  it('is traffic by a histogram\'s count of requests, whose name tells of durations', async () => {
    const metrics = [...shopMetrics({ order: { cpu_usage: 95, latency_ms: 900 }, web: { latency_ms: 200 } }).filter(({ name }) => name !== 'request_rate'), gauge('web', 'rpc_request_duration_seconds_count', 50, 170), gauge('order', 'rpc_request_duration_seconds_count', 50, 165)];
    const { hypotheses: [one] } = await analyzeCapsule(shopCapsule({ metrics, symptom: { service: 'web', metric: null, description: null } }));
    expect(`${one?.component.name} ${one?.fault}`).toBe('web traffic');
  });

  it('is traffic by a count of durations that says nothing of requests, and no change behind the door brought it', async () => {
    const metrics = [...shopMetrics({ order: { cpu_usage: 95, latency_ms: 900 }, pay: { cpu_usage: 60 }, web: { latency_ms: 200 } }).filter(({ name }) => name !== 'request_rate'), ...['web', 'order', 'pay'].map((service) => gauge(service, 'rpc_server_duration_milliseconds_count', 50, 165))];
    const guilty = change({ id: 'sessions', service: 'order', time: FAULT_AT - 20 * MINUTE, diff: '@@ order/state.rs @@\n-    sessions: Mutex<HashMap<Id, Session>>,\n+    sessions: DashMap<Id, Session>,' });
    const { hypotheses: [one] } = await analyzeCapsule(shopCapsule({ metrics, changes: [guilty], symptom: { service: 'web', metric: null, description: null } }));
    expect([one?.component.name, one?.fault, one?.change_id]).toEqual(['web', 'traffic', null]);
  });

  it('is not traffic, where users only try again after the trouble began', async () => {
    const late = gauge('web', 'request_rate', 50);
    const retried = { ...late, values: late.values.map((value, i) => (i >= 72 ? 160 : value)) };
    const faults: Faults = { order: { cpu_usage: 99, latency_ms: 2000 }, web: { latency_ms: 1900 } };
    const report = await analyzeCapsule(shopCapsule({ metrics: [...shopMetrics(faults).filter(({ name, labels }) => name !== 'request_rate' || labels['service'] !== 'web'), retried], symptom: { service: 'web', metric: null, description: null } }));
    expect(report.hypotheses[0]?.component.name).toBe('order');
  });

  it('is the doing of the one caller that multiplies calls', async () => {
    expect(await first({ 'stock-db': { request_rate: 900, cpu_usage: 80, latency_ms: 260 }, stock: { latency_ms: 330 }, order: { latency_ms: 330 }, web: { latency_ms: 330 } })).toMatch(/^stock code/);
  });

  it('is nobody else\'s, where the callee fails first and is asked again', async () => {
    expect(await first({ 'stock-db': { request_rate: 900, error_ratio: 0.5, latency_ms: 2600, cpu_usage: 99 }, stock: { error_ratio: 0.4, latency_ms: 2400 }, order: { error_ratio: 0.3 }, web: { error_ratio: 0.2 } })).toMatch(/^stock-db /);
  });

  it('shows as calls that a cache no longer answers', async () => {
    const misses = [gauge('stock', 'level_cache_requests_per_second', 8, 400, { result: 'miss' }), gauge('stock', 'level_cache_requests_per_second', 400, 8, { result: 'hit' })];
    expect(await first({ 'stock-db': { request_rate: 420, cpu_usage: 60, latency_ms: 260 }, stock: { latency_ms: 330 }, order: { latency_ms: 330 }, web: { latency_ms: 330 } }, misses)).toMatch(/^stock (?:code|configuration)/);
  });
});

describe('a balancer that counts all its targets together', () => {
  it('hides the rise at one of them, which then is the door', async () => {
    const topology = [{ source: 'front-lb', destination: 'map' }, { source: 'front-lb', destination: 'ride' }, { source: 'map', destination: 'tile' }];
    const metrics = [
      gauge('front-lb', 'request_rate', 500), gauge('ride', 'request_rate', 450), gauge('map', 'request_rate', 50, 150), gauge('tile', 'request_rate', 50, 150),
      gauge('front-lb', 'latency_ms', 60, 90), gauge('map', 'latency_ms', 40, 160), gauge('tile', 'latency_ms', 20, 90), gauge('map', 'cpu_percent', 30, 88), gauge('tile', 'cpu_percent', 30, 88),
    ];
    const { hypotheses: [one] } = await analyzeCapsule(shopCapsule({ metrics, topology, symptom: { service: 'map', metric: 'latency', description: null } }));
    expect(`${one?.component.name} ${one?.fault}`).toBe('map traffic');
  });
});

describe('an entrance that measures nothing', () => {
  const calls = (source: string, destination: string, level: number, to?: number): MetricSeries =>
    syntheticSeries({ name: 'mesh_requests_per_second', labels: { source, destination }, start: T0, intervalMs: MINUTE, samples: 80, level, noise: 0.05, ...(to === undefined ? {} : { shift: { at: FAULT_AT, to } }) });
  const topology = [{ source: 'edge-router', destination: 'front' }, { source: 'front', destination: 'quotes' }, { source: 'quotes', destination: 'rates' }];
  const busy = [gauge('front', 'cpu_percent', 12, 30), gauge('quotes', 'cpu_percent', 20, 97), gauge('quotes', 'latency_ms', 40, 90), gauge('rates', 'cpu_percent', 20, 40)];
  const firstOf = async (metrics: readonly MetricSeries[]): Promise<string> => {
    const { hypotheses: [one] } = await analyzeCapsule(shopCapsule({ metrics: [...busy, ...metrics], topology, symptom: { service: 'quotes', metric: 'latency', description: null } }));
    return `${one?.component.name} ${one?.fault}`;
  };

  it('lets in what rises at the first who counts calls from it', async () => {
    expect(await firstOf([calls('edge-router', 'front', 50, 170), calls('front', 'quotes', 50, 168), calls('quotes', 'rates', 50, 160)])).toBe('front traffic');
    expect(await firstOf([calls('edge-router', 'front', 50), calls('front', 'quotes', 50), calls('quotes', 'rates', 50)])).toBe('quotes cpu');
  });

  it('lets in what a proxy sends to one who has other callers, whatever the proxy measures of itself', async () => {
    const calledTwice = [...topology.map((edge) => (edge.source === 'edge-router' ? { ...edge, source: 'edge-proxy' } : edge)), { source: 'batch', destination: 'front' }];
    const firstFor = async (proxied: number, batched: number): Promise<string> => {
      const metrics = [...busy, gauge('edge-proxy', 'cpu_percent', 10), gauge('batch', 'cpu_percent', 10), calls('edge-proxy', 'front', 40, proxied), calls('batch', 'front', 40, batched), calls('front', 'quotes', 80, 240), calls('quotes', 'rates', 80, 230)];
      const { hypotheses: [one] } = await analyzeCapsule(shopCapsule({ metrics, topology: calledTwice, symptom: { service: 'quotes', metric: 'latency', description: null } }));
      return `${one?.component.name} ${one?.fault}`;
    };
    expect(await firstFor(200, 40)).toBe('front traffic');
    expect(await firstFor(40, 200)).not.toBe('front traffic');
  });

  it('is no excuse for a service inside that calls more often', async () => {
    expect(await firstOf([calls('edge-router', 'front', 50), calls('front', 'quotes', 50, 170), calls('quotes', 'rates', 50, 160)])).not.toMatch(/traffic/);
  });
});

describe('calls of one of several callers', () => {
  const calls = (source: string, destination: string, level: number, to?: number): MetricSeries =>
    syntheticSeries({ name: 'client_calls_per_second', labels: { source, destination }, start: T0, intervalMs: MINUTE, samples: 80, level, noise: 0.05, ...(to === undefined ? {} : { shift: { at: FAULT_AT, to } }) });
  const topology = [{ source: 'desk', destination: 'book-db' }, { source: 'report', destination: 'book-db' }, { source: 'office', destination: 'report' }];
  const busy = [gauge('book-db', 'cpu_percent', 30, 96), gauge('book-db', 'query_latency_ms', 4, 30), gauge('desk', 'latency_ms', 40, 66)];
  const firstOf = async (metrics: readonly MetricSeries[]): Promise<string> =>
    `${(await analyzeCapsule(shopCapsule({ metrics: [...busy, ...metrics], topology, symptom: { service: 'desk', metric: 'latency', description: null } }))).hypotheses[0]?.component.name}`;

  it('that multiply though nobody calls it more often accuse it', async () => {
    expect(await firstOf([calls('desk', 'book-db', 200), calls('report', 'book-db', 20, 900), calls('office', 'report', 5)])).toBe('report');
  });

  it('accuse nobody, where it only passes on what it gets', async () => {
    expect(await firstOf([calls('desk', 'book-db', 200), calls('report', 'book-db', 20, 900), calls('office', 'report', 5, 225)])).not.toBe('report');
  });

  it('accuse nobody, where they are few beside those of the others', async () => {
    expect(await firstOf([calls('desk', 'book-db', 2000), calls('report', 'book-db', 20, 90), calls('office', 'report', 5)])).toBe('book-db');
  });
});

describe('a processor or disk', () => {
  it('that is used up is why a store is slow and its connections are held, not their number', async () => {
    const metrics = [gauge('book-db', 'disk_busy_ratio', 0.2, 0.97), gauge('book-db', 'active_connections', 2, 40), gauge('book-db', 'query_latency_ms', 4, 200), gauge('desk', 'latency_ms', 40, 260)];
    const report = await analyzeCapsule(shopCapsule({ metrics, topology: [{ source: 'desk', destination: 'book-db' }] }));
    expect(report.hypotheses[0]).toMatchObject({ component: { name: 'book-db' }, fault: 'disk' });
  });

  it('that has room left is not why half of the calls fail', async () => {
    const metrics = [gauge('desk', 'cpu_percent', 18, 52), gauge('desk', 'error_ratio', 0.002, 0.5), gauge('desk', 'latency_ms', 40)];
    const report = await analyzeCapsule(shopCapsule({ metrics, topology: [] }));
    expect(report.hypotheses[0]).toMatchObject({ component: { name: 'desk' }, fault: 'error_return' });
  });
});

describe('descriptors', () => {
  it('are a fault where there are no more of them', async () => {
    const metrics = [gauge('desk', 'process_open_fds', 300, 1024), gauge('desk', 'process_max_fds', 1024), gauge('gate', 'process_open_fds', 300, 900), gauge('gate', 'process_max_fds', 65_536)];
    const report = await analyzeCapsule(shopCapsule({ metrics, topology: [] }));
    expect(report.hypotheses.map(({ component, fault }) => `${component.name} ${fault}`)[0]).toBe('desk capacity');
  });
});

describe('threads in use', () => {
  const threads = (service: string, level: number, to: number, most: number): readonly MetricSeries[] => [gauge(service, 'tomcat_threads_busy', level, to), gauge(service, 'tomcat_threads_config_max', most)];

  it('are exhausted where the reported limit is reached, not where most were added', async () => {
    const metrics = [
      ...threads('desk', 10, 60, 200), gauge('desk', 'latency_ms', 150, 9000), ...threads('gate', 4, 20, 20), gauge('gate', 'latency_ms', 30, 1200),
    ];
    const report = await analyzeCapsule(shopCapsule({ metrics, topology: [] }));
    expect(report.hypotheses[0]).toMatchObject({ component: { name: 'gate' }, fault: 'capacity' });
  });
});
