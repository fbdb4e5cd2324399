/** Whom a series speaks about, by its labels. */
import type { MetricSeries } from '../../domain/capsule.ts';
import type { Component } from '../../domain/report.ts';

const SERVICE_LABELS = ['service', 'service_name', 'app', 'application', 'job', 'deployment', 'container'] as const;
/** Names of what collects measurements of others, which scrapers put where the service should be: kubelet's cAdvisor, kube-state-metrics, exporters of machines. */
const COLLECTOR = /^(?:kubelet|cadvisor|(?:.*-)?kube-state-metrics|.*node[-_]?exporter|kubernetes-(?:pods|nodes|cadvisor|services?|service-endpoints)|(?:.*-)?(?:opentelemetry|otel)-collector.*)$/i;
/** What a managed store, function or queue is called by its provider's dimensions or a broker's exporter; looked at where nothing else names anyone. */
const RESOURCE_LABELS = [
  'FunctionName', 'DBInstanceIdentifier', 'DBClusterIdentifier', 'TableName', 'CacheClusterId', 'QueueName', 'TopicName', 'LoadBalancer', 'EntityName',
  'consumergroup', 'consumer_group', 'queue', 'topic', 'function_name', 'database_id', 'subscription_id',
] as const;

export const componentOf = (kind: Component['kind'], name: string, rest: Partial<Component> = {}): Component => ({
  kind, name, pod: null, namespace: null, object_kind: null, source: null, destination: null, ...rest,
});

/** The service of a pod's name: without the replica set's hash and the pod's suffix. */
export const serviceOfPod = (pod: string): string => pod.replace(/-[a-z0-9]{5,10}-[a-z0-9]{5}$/, '');

/** Pools, permits and waiting for them: a client has them for the calls it makes, and the one who is called knows nothing of them. */
const HELD = /pool|permit|pending|wait|acquire|in_?use|in_?flight|connections|conns|threads|circuit|bulkhead/i;

/** Measured by the one who is called: by Istio's label, or Linkerd's. */
export const isInbound = ({ reporter, direction }: MetricSeries['labels']): boolean => reporter === 'destination' || direction === 'inbound';

/** Whether the one who is called measured a series of calls, by a mesh's label, or the service that the series is of. */
const isCalleesSide = (labels: MetricSeries['labels']): boolean => {
  const { service, source, destination } = labels;
  return isInbound(labels) || (service !== undefined && service === destination && source !== destination);
};

/** Words for what one measures of the calls that one makes: OpenTelemetry's and Micrometer's, Application Insights', Envoy's and NGINX's, a mesh's. */
export const CALLERS_WORDS = ['client', 'dependency', 'upstream', 'outbound', 'egress'] as const;
const CALLERS = new RegExp(`(?:^|[^a-z])(?:${CALLERS_WORDS.join('|')})`, 'i');

/** Who made the calls that a series without a source tells of: the service whose series it is, where its name says that it called. */
const callerOf = ({ name, labels: { service, destination } }: MetricSeries): string | undefined => (destination !== undefined && service !== destination && CALLERS.test(name) ? service : undefined);

const nameIn = (labels: MetricSeries['labels'], among: readonly string[]): string | null => {
  for (const label of among) {
    const name = labels[label];
    if (name !== undefined && name !== '' && !COLLECTOR.test(name)) return name;
  }
  return null;
};

/** Null where no label names anyone: then everybody who uses the system is meant. */
export const seriesComponent = (series: MetricSeries): Component | null => {
  const { labels } = series;
  const namespace = labels['namespace'] ?? null;
  const pod = labels['pod'] ?? null;
  const { source = callerOf(series), destination } = labels;
  if (source !== undefined && destination !== undefined && HELD.test(series.name) && !isCalleesSide(labels)) return componentOf('service', source, { pod, namespace });
  if (source !== undefined && destination !== undefined) return componentOf('edge', destination, { source, destination, pod, namespace });
  const named = nameIn(labels, SERVICE_LABELS);
  if (named !== null) return componentOf('service', named, { pod, namespace });
  if (pod !== null && pod !== '') return componentOf('service', serviceOfPod(pod), { pod, namespace });
  const resource = destination ?? nameIn(labels, RESOURCE_LABELS);
  if (resource !== null) return componentOf('service', resource, { pod, namespace });
  const node = labels['node'] ?? labels['instance'];
  return node === undefined || node === '' ? null : componentOf('node', node);
};
