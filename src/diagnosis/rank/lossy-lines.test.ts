import { describe, expect, it } from 'vitest';
import { syntheticSeries } from '../../../test/support/synthetic-series.ts';
import { FAULT_AT, MINUTE, shopCapsule, T0 } from '../../../test/support/synthetic-capsule.ts';
import type { MetricSeries, StringMap, TopologyEdge } from '../../domain/capsule.ts';
import { analyzeCapsule } from '../analyze-capsule.ts';

const gauge = (name: string, labels: StringMap, level: number, to?: number): MetricSeries =>
  syntheticSeries({ name, labels, start: T0, intervalMs: MINUTE, samples: 80, level, noise: 0.05, ...(to === undefined ? {} : { shift: { at: FAULT_AT, to } }) });

const call = (source: string, destination: string, level: number, to?: number): MetricSeries => gauge('rpc_client_duration_milliseconds', { source, destination }, level, to);

const TOPOLOGY: readonly TopologyEdge[] = [{ source: 'ferry', destination: 'dock' }, { source: 'dock', destination: 'berth-db' }, { source: 'dock', destination: 'crane' }, { source: 'dock', destination: 'scale' }];

/** Milliseconds that `dock` waits for two of the three whom it calls, by their own clocks as fast as ever, while segments are sent again by `lossy`. */
const told = async (lossy: string | null, second: number): Promise<string> => {
  const metrics = [
    gauge('rpc_server_duration_milliseconds', { service: 'dock' }, 60, 300), call('ferry', 'dock', 62, 310), call('dock', 'berth-db', 4, 120), call('dock', 'crane', 9, second), call('dock', 'scale', 9),
    ...['berth-db', 'crane', 'scale'].map((service) => gauge('rpc_server_duration_milliseconds', { service }, 3)),
    ...['dock', 'berth-db', 'crane'].map((service) => gauge('tcp_retransmits_per_second', { service }, 0.4, service === lossy ? 20 : undefined)),
  ];
  const { hypotheses: [one] } = await analyzeCapsule(shopCapsule({ metrics, topology: TOPOLOGY, symptom: { service: 'ferry', metric: 'latency', description: null } }));
  return `${one?.component.name} ${one?.fault}`;
};

describe('time lost on several lines of a caller that sends segments again', () => {
  it('is lost on its own side', async () => {
    expect(await told('dock', 90)).toBe('dock network_loss');
  });

  it('of one line is lost where segments are sent again', async () => {
    expect((await told('berth-db', 9)).split(' ')[0]).toBe('berth-db');
  });
});
