import { describe, expect, it } from 'vitest';
import type { StringMap } from '../../domain/capsule.ts';
import { seriesComponent } from './series-component.ts';

const named = (name: string, labels: StringMap): string => {
  const component = seriesComponent({ name, labels, file: 'metrics/x.csv', times: new Float64Array(0), values: new Float64Array(0) });
  return component === null ? 'nobody' : `${component.kind} ${component.name}`;
};

describe('whom a series speaks about', () => {
  it.each([
    ['db_pool_pending', { source: 'desk', destination: 'desk-db' }, 'service desk'],
    ['db_pool_max', { source: 'desk', destination: 'desk-db', service: 'desk' }, 'service desk'],
    ['db_pool_pending', { source: 'desk', destination: 'desk-db', reporter: 'destination' }, 'edge desk-db'],
    ['accepted_connections', { source: 'desk', destination: 'desk-db', service: 'desk-db' }, 'edge desk-db'],
    ['request_duration_seconds', { source: 'desk', destination: 'till' }, 'edge till'],
    ['egress_success_rate', { service: 'desk', destination: 'rates.example' }, 'edge rates.example'],
    ['http_client_duration_seconds', { service: 'desk', destination: 'rates.example' }, 'edge rates.example'],
    ['db_client_connections_wait_time_seconds', { service: 'desk', destination: 'desk-db' }, 'service desk'],
    ['queue_deliver_rate', { service: 'mails', destination: 'mailer' }, 'service mails'],
  ])('%s of %o is of %s', (name, labels, whom) => {
    expect(named(name, labels)).toBe(whom);
  });

  it('is not the one who collects', () => {
    expect(named('container_cpu_usage_seconds_total', { job: 'kubelet', container: 'till', pod: 'till-7d9f8c6b54-x2x9p' })).toBe('service till');
    expect(named('kube_deployment_status_replicas_unavailable', { service: 'prom-kube-state-metrics', job: 'kube-state-metrics', deployment: 'till' })).toBe('service till');
    expect(named('node_load1', { job: 'node-exporter', instance: 'machine-4' })).toBe('node machine-4');
  });

  it('is a provider\'s resource, where nothing else names anyone', () => {
    expect(named('CPUUtilization', { DBInstanceIdentifier: 'ledger' })).toBe('service ledger');
    expect(named('kafka_consumergroup_lag', { consumergroup: 'mailer', topic: 'mails' })).toBe('service mailer');
    expect(named('messages_ready', { queue: 'mails', service: 'broker' })).toBe('service broker');
  });
});
