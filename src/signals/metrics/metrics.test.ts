import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Capsule, MetricSeries } from '../../domain/capsule.ts';
import { NO_SPANS } from '../../domain/spans.ts';
import { analyzeMetrics } from './analyze-metrics.ts';
import { metricFindings } from './metric-findings.ts';
import { quantileOf, sorted, spreadOf, tailsOf } from './robust.ts';
import { prepare } from './samples.ts';
import { stoppedIn } from './stopped.ts';
import { syntheticSeries, type SeriesPlan } from '../../../test/support/synthetic-series.ts';
import { meaningOf } from './vocabulary.ts';

const MINUTE = 60_000;
const T0 = Date.UTC(2025, 2, 3, 9);

const capsuleOf = (metrics: readonly MetricSeries[], rest: Partial<Capsule> = {}): Capsule => ({
  id: 'synthetic', detectedAt: T0 + 70 * MINUTE, window: { start: T0 + 60 * MINUTE, end: T0 + 80 * MINUTE }, baseline: { start: T0, end: T0 + 60 * MINUTE }, collectedAt: null,
  symptom: null, alerts: [], metrics, spans: NO_SPANS, changes: [], topology: [], kubernetes: [], runbooks: [], logs: [], gaps: [], ...rest,
});

const plan = (rest: Partial<SeriesPlan> & Pick<SeriesPlan, 'name' | 'labels' | 'level'>): SeriesPlan => ({ start: T0, intervalMs: MINUTE, samples: 80, ...rest });

describe('vocabulary', () => {
  it.each([
    ['process_cpu_usage', 'cpu'], ['container_memory_rss_mb', 'memory'], ['http_server_duration_p99_ms', 'latency'], ['http_server_requests_per_second', 'rate'],
    ['error_rate_5xx_ratio', 'error'], ['success_rate', 'success'], ['availability', 'success'], ['db_pool_max_conns', 'limit'], ['hikaricp_connections_max', 'limit'],
    ['hikaricp_connections_pending', 'wait'], ['pod_restart_total', 'restart'], ['container_oom_killed_total', 'restart'], ['clientRetriesPerSecond', 'retry'],
    ['node_disk_io_time', 'disk'], ['network_receive', 'bytes'], ['tcp_retransmits', 'packet_loss'], ['replication_lag_seconds', 'age'], ['jvm_threads_live', 'saturation'], ['frobnication', 'other'],
    ['http_requests_in_flight', 'saturation'], ['queue_published_per_second', 'rate'], ['container_cpu_cfs_throttled_periods_total', 'cpu'], ['keyspace_misses_total', 'cache'], ['response_total', 'rate'], ['node_timex_offset_seconds', 'clock'], ['node_network_receive_drop_total', 'packet_loss'], ['process_max_fds', 'limit'],
    ['queue_deliver_rate', 'rate'], ['DataIoPercentage', 'disk'], ['db_client_operation_seconds', 'latency'], ['db_client_operation_seconds_count', 'rate'], ['batch_last_success_seconds', 'success'], ['UnHealthyHostCount', 'error'],
    ['envoy_cluster_upstream_rq_time', 'latency'], ['ConsumedReadCapacityUnits', 'rate'], ['nodejs_eventloop_lag_seconds', 'cpu'], ['node_pressure_io_waiting_seconds_total', 'disk'], ['subscription/num_undelivered_messages', 'saturation'], ['job_start_time_seconds', 'other'],
    ['pg_stat_statements_mean_exec_time_seconds', 'latency'], ['pg_stat_activity_max_tx_duration_seconds', 'wait'], ['go_sql_wait_duration_seconds_total', 'wait'], ['kafka_consumergroup_lag', 'saturation'], ['jetstream_consumer_num_pending', 'saturation'],
    ['pg_replication_is_replica', 'state'], ['etcd_server_has_leader', 'state'], ['unbound_servfail_rate', 'error'],
  ])('%s is %s', (name, quantity) => {
    expect(meaningOf(name, {}).quantity).toBe(quantity);
  });

  it.each([
    ['node_memory_available_bytes', {}, 'memory'], ['filesystem_avail_bytes', {}, 'disk'], ['executor_queue_remaining', {}, 'saturation'], ['hikaricp_connections_idle', {}, 'saturation'], ['pg_stat_activity_count', { state: 'idle' }, 'saturation'],
  ])('of %s %j little left hurts', (name, labels, quantity) => {
    expect(meaningOf(name, labels)).toMatchObject({ quantity, bad: 'down' });
  });

  it('knows what labels add: failed calls, calls that a cache did not answer', () => {
    expect(meaningOf('response_total', { classification: 'failure' }).quantity).toBe('error');
    expect(meaningOf('grpc_server_handled_total', { grpc_code: 'Unavailable' }).quantity).toBe('error');
    expect(meaningOf('coredns_dns_responses_total', { rcode: 'SERVFAIL' }).quantity).toBe('error');
    expect(meaningOf('coredns_dns_responses_total', { rcode: 'NOERROR' }).quantity).toBe('rate');
    expect(meaningOf('grpc_server_handled_total', { grpc_code: 'OK' }).quantity).toBe('rate');
    expect(meaningOf('price_cache_requests_total', { result: 'miss' })).toMatchObject({ quantity: 'cache', bad: 'up' });
    expect(meaningOf('price_cache_requests_total', { result: 'hit' }).quantity).toBe('rate');
    expect(meaningOf('cache_hit_ratio', {})).toMatchObject({ quantity: 'cache', bad: 'down' });
  });

  it('knows durations by their unit, but neither instants nor seconds that add up', () => {
    expect(meaningOf('store_reply_usec_p99', {}).quantity).toBe('latency');
    expect(meaningOf('timers_request_mean', { unit: 'milliseconds' }).quantity).toBe('latency');
    expect(meaningOf('checkout.requests', { unit: 'seconds' }).quantity).toBe('latency');
    expect(meaningOf('checkout.requests', {}).quantity).toBe('rate');
    expect(meaningOf('job_start_time', { unit: 'seconds' }).quantity).toBe('other');
    expect(meaningOf('requests_total', { unit: 'seconds' }).quantity).toBe('rate');
  });

  it('knows full scales', () => {
    expect(meaningOf('aws_ecs_cpuutilization_average', {}).quantity).toBe('cpu');
    expect(meaningOf('aws_ec2_cpucredit_balance', {})).toMatchObject({ quantity: 'cpu', bad: 'down' });
    expect(meaningOf('httpcode_target_5_xx_count', {}).quantity).toBe('error');
    expect(meaningOf('cpu_usage', { unit: 'percent' }).fullScale).toBe(100);
    expect(meaningOf('error_ratio', {}).fullScale).toBe(1);
    expect(meaningOf('memory_bytes', {}).fullScale).toBeNull();
  });
});

describe('robust statistics', () => {
  it('quantiles lie within the values and rise with q', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
      const ascending = sorted(values);
      const value = quantileOf(ascending, q);
      expect(value).toBeGreaterThanOrEqual(ascending[0]! - 1e-6);
      expect(value).toBeLessThanOrEqual(ascending[ascending.length - 1]! + 1e-6);
      expect(quantileOf(ascending, Math.min(1, q + 0.1))).toBeGreaterThanOrEqual(value - 1e-6);
    }));
  });

  it('a third of foreign samples hardly widens the scale', () => {
    const calm = Array.from({ length: 20 }, (_, i) => 10 + (i % 5) * 0.1);
    const foreign = Array.from({ length: 8 }, () => 500);
    expect(spreadOf([...calm, ...foreign]).core).toBeLessThan(3 * spreadOf(calm).core);
  });

  it('lonely spikes widen the tail of single samples, not that of stretches', () => {
    const spiky = Float64Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? 50 : 1));
    expect(tailsOf(spiky, 1, 1).up).toBeGreaterThan(10);
    expect(tailsOf(spiky, 1, 5).up).toBeLessThan(1);
  });
});

describe('samples', () => {
  it('a counter becomes a rate, and its reset is not a fall', () => {
    const counter: MetricSeries = { name: 'requests_total', labels: {}, file: 'm.csv', times: Float64Array.from([0, 1000, 2000, 3000, 4000, 5000]), values: Float64Array.from([0, 10, 20, 5, 15, 25]) };
    const { counter: isCounter, values } = prepare(counter);
    expect(isCounter).toBe(true);
    expect([...values]).toEqual([10, 10, 5, 10, 10]);
  });

  it('events that only ever become more are counted, whatever the exporter calls them; a level that rises is not', () => {
    const rising = (name: string): MetricSeries => ({ name, labels: {}, file: 'm.csv', times: Float64Array.from({ length: 30 }, (_, i) => i * 1000), values: Float64Array.from({ length: 30 }, (_, i) => 5000 + 7 * i) });
    expect([...prepare(rising('node_netstat_Tcp_RetransSegs')).values]).toEqual(Array.from({ length: 29 }, () => 7));
    expect(prepare(rising('node_netstat_Tcp_RetransSegs')).counter).toBe(true);
    expect(prepare(rising('process_resident_memory')).counter).toBe(false);
  });

  it('drops what is no number', () => {
    const series: MetricSeries = { name: 'cpu', labels: {}, file: 'm.csv', times: Float64Array.from([1, 2, Number.NaN]), values: Float64Array.from([Number.NaN, 4, 5]) };
    expect([...prepare(series).values]).toEqual([4]);
  });
});

describe('shifts', () => {
  it('finds direction, onset, end and sizes of a stretch', () => {
    const at = T0 + 66 * MINUTE;
    const [analysis] = analyzeMetrics(capsuleOf([syntheticSeries(plan({ name: 'cpu_usage', labels: { service: 'order' }, level: 20, shift: { at, to: 90, until: T0 + 74 * MINUTE } }))])).series;
    expect(analysis?.shift).toMatchObject({ direction: 'up', onset: at, end: T0 + 74 * MINUTE, samples: 8, preexisting: false });
    expect(analysis?.shift?.strength).toBeGreaterThan(20);
    expect(analysis?.shift?.observed).toBeCloseTo(90, -1);
    expect(analysis?.shift?.expected).toBeCloseTo(20, -1);
  });

  it.each([1_000, 15_000, 5 * MINUTE])('works at an interval of %d ms', (intervalMs) => {
    const baseline = { start: T0, end: T0 + intervalMs * 40 };
    const window = { start: baseline.end, end: baseline.end + intervalMs * 12 };
    const series = syntheticSeries({ name: 'memory_bytes', labels: { service: 'cart' }, start: T0, intervalMs, samples: 52, level: 1e8, shift: { at: window.start + intervalMs * 4, to: 5e8 } });
    const { series: [analysis] } = analyzeMetrics(capsuleOf([series], { baseline, window, detectedAt: window.start + intervalMs * 5 }));
    expect(analysis?.shift?.direction).toBe('up');
    expect(analysis?.shift?.onset).toBe(window.start + intervalMs * 4);
  });

  it('a constant has none, noise has no strong one', () => {
    const flat = syntheticSeries(plan({ name: 'limit', labels: { service: 'a' }, level: 50, noise: 0 }));
    const noisy = syntheticSeries(plan({ name: 'cpu_usage', labels: { service: 'a' }, level: 50, noise: 0.3 }));
    expect(metricFindings(analyzeMetrics(capsuleOf([flat, noisy])))).toEqual([]);
  });

  it('what differed from another recording all along is not news', () => {
    const drift = syntheticSeries(plan({ name: 'latency', labels: { service: 'db' }, level: 0.1, shift: { at: T0 + 60 * MINUTE, to: 0.13 } }));
    const fault = syntheticSeries(plan({ name: 'latency', labels: { service: 'cart' }, level: 0.1, shift: { at: T0 + 67 * MINUTE, to: 0.13 } }));
    const { series } = analyzeMetrics(capsuleOf([drift, fault]));
    const of = (service: string): number => series.find((one) => one.series.labels['service'] === service)?.shift?.strength ?? 0;
    expect(series.find((one) => one.series.labels['service'] === 'db')?.shift?.preexisting).toBe(true);
    expect(of('cart')).toBeGreaterThan(3);
  });

  it('splits a window without a baseline where most series change', () => {
    const at = T0 + 50 * MINUTE;
    const names = ['cpu_usage', 'memory_bytes', 'request_rate'];
    const metrics = names.flatMap((name) => ['a', 'b', 'c'].map((service, index) => syntheticSeries(plan({ name, labels: { service }, level: 10 + index, ...(service === 'b' ? { shift: { at, to: 60 } } : {}) }))));
    const analysis = analyzeMetrics(capsuleOf(metrics, { baseline: null, window: { start: T0, end: T0 + 80 * MINUTE }, detectedAt: T0 + 51 * MINUTE }));
    expect(analysis.referenceIsGiven).toBe(false);
    expect(Math.abs((analysis.reference?.end ?? 0) - at)).toBeLessThanOrEqual(MINUTE);
    expect(metricFindings(analysis).map(({ component }) => component.name)).toEqual(['b', 'b', 'b']);
  });

  it('a new pod is compared with its fellows', () => {
    const labels = (pod: string): Record<string, string> => ({ service: 'pay', pod });
    const old = ['pay-6c7f9d8b4-k2xqp', 'pay-6c7f9d8b4-m9wtz'].map((pod) => syntheticSeries(plan({ name: 'connections_max', labels: labels(pod), level: 50, noise: 0.001 })));
    const fresh = syntheticSeries(plan({ name: 'connections_max', labels: labels('pay-7d9f8b6c5-c8rjl'), start: T0 + 65 * MINUTE, samples: 15, level: 10, noise: 0.001 }));
    const shift = analyzeMetrics(capsuleOf([...old, fresh])).series.find((one) => one.series.labels['pod'] === 'pay-7d9f8b6c5-c8rjl')?.shift;
    expect(shift?.direction).toBe('down');
    expect(shift?.expected).toBeCloseTo(50, 0);
  });

  it('an order of series and of samples changes nothing', () => {
    const metrics = ['a', 'b', 'c', 'd'].map((service, index) => syntheticSeries(plan({ name: 'cpu_usage', labels: { service }, level: 10, noise: 0.1, shift: { at: T0 + (62 + index * 3) * MINUTE, to: 30 } })));
    const reversed = metrics.map((series) => ({ ...series, times: series.times.slice().reverse(), values: series.values.slice().reverse() })).reverse();
    expect(metricFindings(analyzeMetrics(capsuleOf(reversed)))).toEqual(metricFindings(analyzeMetrics(capsuleOf(metrics))));
  });

  it('never throws, whatever the samples', () => {
    const value = fc.oneof(fc.double(), fc.constant(Number.NaN), fc.constant(Number.POSITIVE_INFINITY), fc.constant(0));
    fc.assert(fc.property(fc.array(fc.tuple(fc.double({ min: T0, max: T0 + 80 * MINUTE, noNaN: true }), value), { maxLength: 60 }), fc.boolean(), (pairs, given) => {
      const series: MetricSeries = { name: 'error_rate', labels: { service: 'x' }, file: 'm.csv', times: Float64Array.from(pairs, ([at]) => at), values: Float64Array.from(pairs, ([, v]) => v) };
      const capsule = capsuleOf([series], given ? {} : { baseline: null });
      for (const finding of metricFindings(analyzeMetrics(capsule), 0)) expect(finding.strength).toBeGreaterThanOrEqual(0);
    }), { numRuns: 60 });
  });
});

describe('calls that cease', () => {
  const window = (values: readonly number[]): { times: Float64Array; values: Float64Array } => ({ times: Float64Array.from(values, (_, i) => i * MINUTE), values: Float64Array.from(values) });
  const steady = Float64Array.from({ length: 20 }, (_, i) => 0.2 + (i % 3) * 0.1);

  it('are seen where noughts are rare', () => {
    expect(stoppedIn(window([0.3, 0.2, 0, 0, 0]), steady)).toMatchObject({ onset: 2 * MINUTE, samples: 3 });
  });

  it.each([
    ['noughts are usual', window([0.3, 0, 0]), Float64Array.from({ length: 20 }, (_, i) => i % 2), 3],
    ['it was silent from the start', window([0, 0, 0, 0.1]), steady, 0],
  ])('are not when %s', (_why, samples, normal, least) => {
    expect(stoppedIn(samples, normal)?.surprise ?? 0).toBeLessThanOrEqual(least);
  });
});

describe('restarts', () => {
  it('of a crash loop stay above what was normal: each is an event, not a rate of one sample', () => {
    const times = Float64Array.from({ length: 80 }, (_, i) => T0 + i * MINUTE);
    const loop = Float64Array.from(times, (_, i) => (i < 66 ? 2 : 2 + Math.floor((i - 64) / 2)));
    const [found] = analyzeMetrics(capsuleOf([{ name: 'container_restarts_total', labels: { service: 'pay' }, file: 'm.csv', times, values: loop }])).series;
    expect(found?.counter).toBe(false);
    expect(found?.shift).toMatchObject({ direction: 'up', onset: T0 + 66 * MINUTE, end: null });
    expect(found?.shift?.strength).toBeGreaterThan(6);
  });

  it('of a loop began with the first of them, however many followed', () => {
    const times = Float64Array.from({ length: 320 }, (_, i) => T0 + i * (MINUTE / 4));
    const loop = Float64Array.from(times, (_, i) => Math.max(0, i - 270));
    const [found] = analyzeMetrics(capsuleOf([{ name: 'container_restarts_total', labels: { service: 'pay' }, file: 'm.csv', times, values: loop }], { detectedAt: T0 + 69 * MINUTE })).series;
    expect(found?.shift?.onset).toBe(T0 + 271 * (MINUTE / 4));
    expect(found?.shift?.strength).toBeGreaterThan(6);
  });
});
