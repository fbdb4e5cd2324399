import { describe, expect, it } from 'vitest';
import { syntheticSeries } from '../../../test/support/synthetic-series.ts';
import { FAULT_AT, MINUTE, shopCapsule, T0 } from '../../../test/support/synthetic-capsule.ts';
import type { MetricSeries, StringMap, TopologyEdge } from '../../domain/capsule.ts';
import { analyzeCapsule } from '../analyze-capsule.ts';

const gauge = (name: string, labels: StringMap, level: number, to?: number): MetricSeries =>
  syntheticSeries({ name, labels, start: T0, intervalMs: MINUTE, samples: 80, level, noise: 0.05, ...(to === undefined ? {} : { shift: { at: FAULT_AT, to } }) });

const TOPOLOGY: readonly TopologyEdge[] = [
  { source: 'till', destination: 'receipt-events' }, { source: 'printer', destination: 'receipt-events' }, { source: 'printer', destination: 'paper-db' },
];

interface Flows {
  readonly put: number;
  readonly taken: number;
}

/** Ten messages a second are put in and taken out, until the flows change. */
const metrics = ({ put, taken }: Flows, isNamed = true): readonly MetricSeries[] => [
  gauge('queue_messages_ready', { service: 'receipt-events' }, 40, 9000),
  gauge('queue_publish_rate', { service: 'receipt-events', source: 'till' }, 10, put),
  gauge('queue_deliver_rate', { service: 'receipt-events', ...(isNamed ? { destination: 'printer' } : {}) }, 10, taken),
  gauge('cpu_usage_ratio', { service: 'printer' }, 0.2), gauge('request_rate', { service: 'till' }, 10),
];

const named = async (series: readonly MetricSeries[]): Promise<readonly string[]> =>
  (await analyzeCapsule(shopCapsule({ metrics: series, topology: TOPOLOGY, symptom: { service: 'receipt-events', metric: 'lag', description: null } }))).hypotheses.map(({ component, fault }) => `${component.name} ${fault}`);

describe('a queue that fills up', () => {
  it('accuses those who read it, where less is taken out of it than ever', async () => {
    expect((await named(metrics({ put: 10, taken: 3 })))[0]).toBe('printer capacity');
  });

  it('finds its reader in the call graph, where the flow out of it does not say', async () => {
    expect((await named(metrics({ put: 10, taken: 3 }, false)))[0]).toBe('printer capacity');
  });

  it('does not accuse those who read it, where more is put into it', async () => {
    expect((await named(metrics({ put: 60, taken: 10 }))).some((name) => name.startsWith('printer'))).toBe(false);
  });

  it('accuses whom its reader waits for rather than the reader', async () => {
    const waiting = [gauge('query_latency_p95_ms', { service: 'paper-db' }, 8, 1500), gauge('disk_busy_ratio', { service: 'paper-db' }, 0.2, 0.98)];
    expect((await named([...metrics({ put: 10, taken: 3 }), ...waiting]))[0]).toBe('paper-db disk');
  });

  it('accuses whom the graph draws behind it, where its edges follow the messages', async () => {
    const topology = [{ source: 'till', destination: 'receipt-queue' }, { source: 'receipt-queue', destination: 'printer' }];
    const sqs = (name: string, level: number, to?: number): MetricSeries => gauge(name, { service: 'receipt-queue' }, level, to);
    const counted = [sqs('ApproximateNumberOfMessagesVisible', 40, 9000), sqs('NumberOfMessagesSent', 500), sqs('NumberOfMessagesDeleted', 500, 2), gauge('RequestCount', { service: 'printer' }, 500, 2), gauge('RequestCount', { service: 'till' }, 500)];
    const { hypotheses: [one] } = await analyzeCapsule(shopCapsule({ metrics: counted, topology, symptom: { service: 'receipt-queue', metric: 'lag', description: null } }));
    expect(`${one?.component.name} ${one?.fault}`).toBe('printer capacity');
  });

  it('knows a queue by what piles up there, whatever it is called, and its reader that stopped', async () => {
    const topology = [{ source: 'till', destination: 'receipts' }, { source: 'receipts', destination: 'printer' }];
    const nats = [gauge('nats_consumer_num_pending', { service: 'receipts' }, 40, 9000), gauge('nats_stream_msgs_in_rate', { service: 'receipts' }, 30), gauge('nats_consumer_delivered_rate', { service: 'receipts' }, 30, 0), gauge('http_requests_total_rate', { service: 'printer' }, 30, 0), gauge('request_rate', { service: 'till' }, 30)];
    const { hypotheses: [one] } = await analyzeCapsule(shopCapsule({ metrics: nats, topology, symptom: { service: 'receipts', metric: 'lag', description: null } }));
    expect(`${one?.component.name} ${one?.fault}`).toBe('printer capacity');
  });

  it('that only grows in a window without normal times accuses who is fed by it alone', async () => {
    const topology = [{ source: 'shop', destination: 'till' }, { source: 'till', destination: 'receipt-events' }, { source: 'printer', destination: 'receipt-events' }];
    const depth = gauge('queue_messages_ready', { service: 'receipt-events' }, 1);
    const filling = { ...depth, values: depth.values.map((_, i) => 100 + Math.max(0, i - 59) * 400 + (i % 3)) };
    const flows = [gauge('queue_publish_rate', { service: 'receipt-events' }, 10), gauge('queue_deliver_rate', { service: 'receipt-events' }, 2)];
    const { hypotheses: [one] } = await analyzeCapsule(shopCapsule({ baseline: null, metrics: [filling, ...flows], topology, symptom: { service: 'receipt-events', metric: 'lag', description: null } }));
    expect(one?.component.name).toBe('printer');
  });

  it('accuses the one beside it that does less, where nobody counts what is taken out', async () => {
    const topology = [{ source: 'till', destination: 'receipt-queue' }, { source: 'printer', destination: 'receipt-queue' }];
    const filled = (put: number | undefined, printed: number | undefined): readonly MetricSeries[] => [
      gauge('ApproximateNumberOfMessagesVisible', { service: 'receipt-queue' }, 40, 9000), gauge('NumberOfMessagesSent', { service: 'receipt-queue' }, 500, put),
      gauge('RequestCount', { service: 'printer' }, 500, printed), gauge('RequestCount', { service: 'till' }, 500),
    ];
    const accused = async (series: readonly MetricSeries[]): Promise<readonly string[]> =>
      (await analyzeCapsule(shopCapsule({ metrics: series, topology, symptom: { service: 'receipt-queue', metric: 'lag', description: null } }))).hypotheses.map(({ component, fault }) => `${component.name} ${fault}`);
    expect((await accused(filled(undefined, 90)))[0]).toBe('printer capacity');
    expect((await accused(filled(undefined, undefined))).some((name) => name.startsWith('printer'))).toBe(false);
    expect((await accused(filled(3000, 90)))[0]).not.toBe('printer capacity');
  });

  it('is less suspect itself, where a little more is put in for as long as it fills up', async () => {
    const flow = (name: string, to?: number): MetricSeries => syntheticSeries({ name, labels: { service: 'receipt-events' }, start: T0, intervalMs: MINUTE, samples: 80, level: 10, noise: 0.12, ...(to === undefined ? {} : { shift: { at: T0 + 60 * MINUTE, to } }) });
    const scoreOf = async (to?: number): Promise<number> => {
      const series = [gauge('queue_messages_ready', { service: 'receipt-events' }, 40, 900), flow('queue_publish_rate', to), flow('queue_deliver_rate')];
      const { hypotheses } = await analyzeCapsule(shopCapsule({ baseline: { start: T0 + 30 * MINUTE, end: T0 + 60 * MINUTE }, metrics: series, topology: TOPOLOGY, symptom: { service: 'receipt-events', metric: 'lag', description: null } }));
      return hypotheses.find(({ component }) => component.name === 'receipt-events')?.score ?? 0;
    };
    expect(await scoreOf(14)).toBeLessThan(0.8 * (await scoreOf()));
  });
});
