import { describe, expect, it } from 'vitest';
import { syntheticSeries } from '../../../test/support/synthetic-series.ts';
import { FAULT_AT, MINUTE, shopCapsule, shopMetrics, T0, type Faults } from '../../../test/support/synthetic-capsule.ts';
import type { MetricSeries } from '../../domain/capsule.ts';
import { analyzeCapsule } from '../analyze-capsule.ts';

/** One value a minute. */
const series = (name: string, service: string, valueAt: (minute: number) => number): MetricSeries => {
  const plan = syntheticSeries({ name, labels: { service }, start: T0, intervalMs: MINUTE, samples: 80, level: 1 });
  return { ...plan, values: plan.values.map((_, i) => valueAt(i)) };
};

const FAULT_MINUTE = (FAULT_AT - T0) / MINUTE;
/** A store that measures no failures, and callers that fail much. */
const FAILING: Faults = { stock: { error_ratio: 0.9 }, order: { error_ratio: 0.85 }, web: { error_ratio: 0.8 } };

const hypothesesOf = async (more: readonly MetricSeries[], faults: Faults = FAILING): Promise<readonly string[]> => {
  const metrics = [...shopMetrics(faults).filter(({ name, labels }) => name !== 'error_ratio' || labels['service'] !== 'stock-db'), ...more];
  const { hypotheses } = await analyzeCapsule(shopCapsule({ metrics, symptom: { service: 'web', metric: 'errors', description: null } }));
  return hypotheses.map(({ component, fault }) => `${component.name} ${fault}`);
};

describe('a role that changes', () => {
  const replica = (from: number): MetricSeries => series('pg_replication_is_replica', 'stock-db', (minute) => (minute >= from ? 1 : 0));

  it('is why callers fail that begin to fail with it, however many fail', async () => {
    expect((await hypothesesOf([replica(FAULT_MINUTE)]))[0]).toMatch(/^stock-db (?:error_return|configuration)$/);
  });

  it('long after they began to fail is not', async () => {
    expect((await hypothesesOf([replica(FAULT_MINUTE + 8)]))[0]).toMatch(/^stock /);
  });
});

describe('a certificate', () => {
  const left = (end: number): MetricSeries => series('x509_cert_expires_in_seconds', 'stock-db', (minute) => (end - minute) * 60);
  const until = (end: number): MetricSeries => series('probe_ssl_earliest_cert_expiry', 'stock-db', () => (T0 + end * MINUTE) / 1000);

  it.each([['remaining time', left], ['instant', until]])('that runs out as its callers begin to fail is why, by its %s', async (_what, of) => {
    expect((await hypothesesOf([of(FAULT_MINUTE)]))[0]).toBe('stock-db certificate');
    expect((await hypothesesOf([of(FAULT_MINUTE + 900)])).some((one) => one.endsWith('certificate'))).toBe(false);
  });
});

describe('a restart', () => {
  it('long before anybody suffered counts less than one that they suffer from', async () => {
    const scoreOf = async (minute: number): Promise<number> => {
      const restarts = series('container_restarts_total', 'pay', (at) => (at >= minute ? 1 : 0));
      const { hypotheses } = await analyzeCapsule(shopCapsule({ metrics: [...shopMetrics({ ...FAILING, pay: { error_ratio: 0.2 } }), restarts], symptom: { service: 'web', metric: 'errors', description: null } }));
      return hypotheses.find(({ component, fault }) => component.name === 'pay' && fault === 'crash')?.score ?? 0;
    };
    expect(await scoreOf(FAULT_MINUTE)).toBeGreaterThan(1.5 * (await scoreOf(50)));
  });
});

describe('workers that are all busy', () => {
  it('are a level that no time would call normal, by the limit that the service itself reports', async () => {
    const workers = [series('worker_threads_busy', 'order', (minute) => (minute % 9 === 0 ? 7 : 8)), series('worker_threads_max', 'order', () => 8)];
    const report = await analyzeCapsule(shopCapsule({ baseline: null, metrics: workers, symptom: { service: 'web', metric: 'latency', description: null } }));
    expect(`${report.hypotheses[0]?.component.name} ${report.hypotheses[0]?.fault}`).toBe('order capacity');
    const idle = [series('worker_threads_busy', 'order', () => 4), series('worker_threads_max', 'order', () => 8)];
    expect((await analyzeCapsule(shopCapsule({ baseline: null, metrics: idle, symptom: { service: 'web', metric: 'latency', description: null } }))).hypotheses).toEqual([]);
  });
});
