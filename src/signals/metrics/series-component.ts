/** Whom a series speaks about, by its labels. */
import type { MetricSeries } from '../../domain/capsule.ts';
import type { Component } from '../../domain/report.ts';

const SERVICE_LABELS = ['service', 'service_name', 'app', 'application', 'job', 'deployment', 'container'] as const;

export const componentOf = (kind: Component['kind'], name: string, rest: Partial<Component> = {}): Component => ({
  kind, name, pod: null, namespace: null, object_kind: null, source: null, destination: null, ...rest,
});

/** The service of a pod's name: without the replica set's hash and the pod's suffix. */
export const serviceOfPod = (pod: string): string => pod.replace(/-[a-z0-9]{5,10}-[a-z0-9]{5}$/, '');

/** Pools, permits and waiting for them: a client has them for the calls it makes, and the one who is called knows nothing of them. */
const HELD = /pool|permit|pending|waiting|acquire|in_?use|in_?flight|connections|conns|threads|circuit|bulkhead/i;

/** Whether the one who is called measured a series of calls, by Istio's label, Linkerd's, or the service that the series is of. */
const isCalleesSide = ({ reporter, direction, service, source, destination }: MetricSeries['labels']): boolean =>
  reporter === 'destination' || direction === 'inbound' || (service !== undefined && service === destination && source !== destination);

/** Null where no label names anyone: then everybody who uses the system is meant. */
export const seriesComponent = (series: MetricSeries): Component | null => {
  const { labels } = series;
  const namespace = labels['namespace'] ?? null;
  const pod = labels['pod'] ?? null;
  const { source, destination } = labels;
  if (source !== undefined && destination !== undefined && HELD.test(series.name) && !isCalleesSide(labels)) return componentOf('service', source, { pod, namespace });
  if (source !== undefined && destination !== undefined) return componentOf('edge', destination, { source, destination, pod, namespace });
  for (const label of SERVICE_LABELS) {
    const name = labels[label];
    if (name !== undefined && name !== '') return componentOf('service', name, { pod, namespace });
  }
  if (pod !== null && pod !== '') return componentOf('service', serviceOfPod(pod), { pod, namespace });
  if (destination !== undefined) return componentOf('service', destination, { pod, namespace });
  const node = labels['node'] ?? labels['instance'];
  return node === undefined || node === '' ? null : componentOf('node', node);
};
