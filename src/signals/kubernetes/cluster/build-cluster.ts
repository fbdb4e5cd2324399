/** Printed objects ► one state of the cluster: the same object printed several times becomes one. */
import type { EpochMs } from '../../../domain/time.ts';
import { listAt, mergeTrees, textAt } from '../parse/json-value.ts';
import type { KubeObject } from '../parse/kube-object.ts';
import type { ParsedFiles } from '../parse/parse-files.ts';
import {
  readAutoscaler,
  readClaim,
  readConfig,
  readEvent,
  readIngress,
  readMeta,
  readNode,
  readPod,
  readPolicy,
  readQuota,
  readService,
  readUsage,
  readVolume,
  readWorkload,
} from './read-objects.ts';
import { readConditions } from './read-pod-spec.ts';
import type { Cluster, Pod, Workload, WorkloadRef } from './types.ts';

const CLUSTER_WIDE: ReadonlySet<string> = new Set(['Node', 'PersistentVolume', 'StorageClass', 'Namespace', 'ClusterRole', 'ClusterRoleBinding', 'NodeMetrics', 'IngressClass', 'PriorityClass', 'RuntimeClass', 'APIService', 'CustomResourceDefinition', 'ClusterIssuer', 'CSIDriver', 'CSINode', 'VolumeAttachment', 'ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'GatewayClass']);
const WORKLOADS: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob'];
const FORM_ORDER = { api: 0, describe: 1, table: 2 } as const;

const keyOf = (kind: string, namespace: string | null, name: string): string => `${kind}\u0000${namespace ?? ''}\u0000${name}`;

/** A table without `-A` has no namespace; the richer form of the same object names it. Else the only namespace there is. */
const withNamespaces = (objects: readonly KubeObject[]): readonly KubeObject[] => {
  const named = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const object of objects) {
    if (object.namespace === null || CLUSTER_WIDE.has(object.kind)) continue;
    if (object.kind !== 'Event') {
      const key = `${object.kind}\u0000${object.name}`;
      if (!named.has(key)) named.set(key, object.namespace);
      counts.set(object.namespace, (counts.get(object.namespace) ?? 0) + 1);
    }
  }
  const main = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? null;
  return objects.map((object) => {
    if (object.namespace !== null || CLUSTER_WIDE.has(object.kind)) return object;
    const slash = object.name.indexOf('/');
    const aboutKey = object.kind === 'Event' ? object.name.slice(0, object.name.indexOf('/', slash + 1)).replace('/', '\u0000') : `${object.kind}\u0000${object.name}`;
    if (object.kind === 'Event' && CLUSTER_WIDE.has(object.name.slice(0, slash))) return object;
    return { ...object, namespace: named.get(aboutKey) ?? main };
  });
};

const merged = (objects: readonly KubeObject[]): readonly KubeObject[] => {
  const byKey = new Map<string, KubeObject>();
  const ordered = [...objects].sort((a, b) => FORM_ORDER[a.form] - FORM_ORDER[b.form]);
  for (const object of ordered) {
    const key = keyOf(object.kind, object.namespace, object.name);
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? object : { ...known, body: mergeTrees(known.body, object.body) });
  }
  return [...byKey.values()].sort((a, b) => {
    const [x, y] = [keyOf(a.kind, a.namespace, a.name), keyOf(b.kind, b.namespace, b.name)];
    return x < y ? -1 : x > y ? 1 : 0;
  });
};

const OWNED_NAME = /-[a-z0-9]{6,10}$/;

/** Pod ► ReplicaSet ► Deployment, also when the ReplicaSet was not printed (its name is the Deployment's plus a hash). */
const topOwner = (pod: Omit<Pod, 'workload'>, workloads: readonly Workload[]): WorkloadRef => {
  const { namespace } = pod;
  const direct = pod.owner ?? guessOwner(pod, workloads);
  // The kubelet's static pods are owned by their node and stand for themselves.
  if (direct === null || direct.kind === 'Node') return { kind: 'Pod', namespace, name: pod.name };
  const owner = workloads.find((item) => item.kind === direct.kind && item.name === direct.name && item.namespace === namespace);
  if (owner?.owner !== null && owner?.owner !== undefined) return { ...owner.owner, namespace };
  if (direct.kind === 'ReplicaSet') return { kind: 'Deployment', namespace, name: direct.name.replace(OWNED_NAME, '') };
  if (direct.kind === 'Job' && /-\d{8,10}$/.test(direct.name)) return { kind: 'CronJob', namespace, name: direct.name.replace(/-\d{8,10}$/, '') };
  return { ...direct, namespace };
};

const guessOwner = (pod: Omit<Pod, 'workload'>, workloads: readonly Workload[]): { kind: string; name: string } | null => {
  const owners = workloads.filter((item) => item.namespace === pod.namespace && item.kind !== 'ReplicaSet' && pod.name.startsWith(`${item.name}-`));
  const best = owners.sort((a, b) => b.name.length - a.name.length || (a.name < b.name ? -1 : 1))[0];
  if (best !== undefined && /^-(?:[a-z0-9]{1,10}-)?[a-z0-9]{1,10}$/.test(pod.name.slice(best.name.length))) return { kind: best.kind, name: best.name };
  const match = /^(.{1,240})-[a-z0-9]{8,10}-[a-z0-9]{5}$/.exec(pod.name);
  return match?.[1] === undefined ? null : { kind: 'Deployment', name: match[1] };
};

const dedupeEvents = (cluster: readonly KubeObject[]): Cluster['events'] =>
  cluster.map(readEvent).sort((a, b) => (a.last ?? 0) - (b.last ?? 0) || (a.message < b.message ? -1 : a.message > b.message ? 1 : 0));

/** `at`: epoch milliseconds at which the state was printed. */
export const buildCluster = (parsed: ParsedFiles, at: EpochMs): Cluster => {
  const printed = withNamespaces(parsed.objects);
  const objects = merged(printed);
  const of = (...kinds: readonly string[]): readonly KubeObject[] => objects.filter((object) => kinds.includes(object.kind));
  const endpoints = new Map(of('Endpoints').map((object) => [keyOf('', object.namespace, object.name), object]));
  const workloads = of(...WORKLOADS).map(readWorkload);
  const byNamespace = new Map<string | null, Workload[]>();
  for (const item of workloads) byNamespace.set(item.namespace, [...(byNamespace.get(item.namespace) ?? []), item]);
  const known = new Set(['Pod', 'Service', 'Endpoints', 'Node', 'ConfigMap', 'Secret', 'Event', 'PodMetrics', 'NodeMetrics', ...WORKLOADS]);
  return {
    at,
    pods: of('Pod')
      .map(readPod)
      .map((pod) => Object.assign(pod, { workload: topOwner(pod, byNamespace.get(pod.namespace) ?? []) })),
    workloads,
    services: of('Service').map((object) => readService(object, endpoints.get(keyOf('', object.namespace, object.name)))),
    nodes: of('Node').map(readNode),
    configs: of('ConfigMap', 'Secret').map(readConfig),
    claims: of('PersistentVolumeClaim').map(readClaim),
    volumes: of('PersistentVolume').map(readVolume),
    storageClasses: of('StorageClass').map((object) =>
      Object.assign(readMeta(object), { provisioner: textAt(object.body, 'provisioner'), bindingMode: textAt(object.body, 'volumeBindingMode') }),
    ),
    quotas: of('ResourceQuota').map(readQuota),
    policies: of('NetworkPolicy').map(readPolicy),
    autoscalers: of('HorizontalPodAutoscaler').map(readAutoscaler),
    ingresses: of('Ingress').map(readIngress),
    serviceAccounts: of('ServiceAccount').map((object) =>
      Object.assign(readMeta(object), { imagePullSecrets: listAt(object.body, 'imagePullSecrets').flatMap((item) => textAt(item, 'name') ?? []) }),
    ),
    others: objects.filter((object) => !known.has(object.kind)).map((object) => Object.assign(readMeta(object), { conditions: readConditions(object.body['status']), body: object.body })),
    events: dedupeEvents(of('Event')),
    usage: of('PodMetrics', 'NodeMetrics').map(readUsage),
    nodeServices: parsed.nodeServices,
    connections: parsed.connections,
    listed: new Set(printed.filter((object) => object.kind !== 'Event' && !parsed.cutFiles.has(object.file)).map((object) => `${object.kind}/${object.namespace ?? '*'}`)),
  };
};
