/** Look-ups that the checks share. */
import { dependencyAddresses, type AddressUse } from './addresses.ts';
import type { Cluster, ClusterEvent, Labels, Pod, PodSpec, Service, Workload, WorkloadRef } from './types.ts';

export interface App {
  /** Deployment, StatefulSet, DaemonSet, Job, CronJob; a bare pod stands for itself. */
  readonly ref: WorkloadRef;
  readonly workload: Workload | null;
  readonly pods: readonly Pod[];
  /** The template's spec, else the spec of its first pod. */
  readonly spec: PodSpec;
  readonly labels: Labels;
  readonly services: readonly Service[];
  readonly addresses: readonly AddressUse[];
}

export interface ClusterIndex {
  readonly apps: readonly App[];
  readonly appOf: (ref: WorkloadRef) => App | undefined;
  /** Events about an object. */
  readonly eventsOf: (kind: string, namespace: string | null, name: string) => readonly ClusterEvent[];
  readonly eventsOfPod: (pod: Pod) => readonly ClusterEvent[];
  /** Events about an app: its workload, its replica sets, its pods. */
  readonly eventsOfApp: (app: App) => readonly ClusterEvent[];
  readonly pod: (namespace: string | null, name: string) => Pod | undefined;
  readonly service: (namespace: string | null, name: string) => Service | undefined;
  readonly appsBehind: (service: Service) => readonly App[];
  /** Was the kind printed for the namespace, so that a missing name means a missing object? */
  readonly isListed: (kind: string, namespace: string | null) => boolean;
}

export const keyOfRef = (ref: WorkloadRef): string => `${ref.kind}/${ref.namespace ?? ''}/${ref.name}`;

/** Do all the selector's pairs occur in the labels? An empty selector selects all. */
export const selects = (selector: Labels, labels: Labels): boolean => Object.entries(selector).every(([key, value]) => labels[key] === value);

const CONTROLLERS: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'];
const EMPTY: PodSpec = {
  containers: [],
  volumes: [],
  references: [],
  serviceAccount: null,
  imagePullSecrets: [],
  nodeSelector: {},
  hasAffinity: false,
  tolerations: [],
  dnsPolicy: null,
  hasDnsConfig: false,
  hostNetwork: false,
};

/** A ReplicaSet without an owner is a workload of its own. */
const standalone = (item: Workload): boolean => CONTROLLERS.includes(item.kind) || (item.kind === 'ReplicaSet' && item.owner === null && item.spec.containers.length > 0);

const appsOf = (cluster: Cluster): readonly App[] => {
  const refs = new Map<string, { ref: WorkloadRef; workload: Workload | null; pods: Pod[] }>();
  for (const item of cluster.workloads) {
    if (!standalone(item) || (item.kind === 'Job' && item.owner !== null)) continue;
    const ref = { kind: item.kind, namespace: item.namespace, name: item.name };
    refs.set(keyOfRef(ref), { ref, workload: item, pods: [] });
  }
  for (const pod of cluster.pods) {
    const key = keyOfRef(pod.workload);
    const entry = refs.get(key) ?? { ref: pod.workload, workload: null, pods: [] };
    entry.pods.push(pod);
    refs.set(key, entry);
  }
  return [...refs.entries()]
    .sort((a, b) => (a[0] < b[0] ? -1 : 1))
    .map(([, { ref, workload, pods }]) => {
      const spec = workload !== null && workload.spec.containers.length > 0 ? workload.spec : (pods[0]?.spec ?? workload?.spec ?? EMPTY);
      const labels = [workload?.templateLabels, pods[0]?.labels, workload?.selector].find((item) => Object.keys(item ?? {}).length > 0) ?? {};
      const services = cluster.services.filter((item) => item.namespace === ref.namespace && item.selector !== null && selects(item.selector, labels));
      return { ref, workload, pods, spec, labels, services, addresses: dependencyAddresses(spec, ref.namespace, cluster) };
    });
};

/** `orders-5d4f8c9b7d-abcde` and `orders-5d4f8c9b7d` are `orders` with hashes; so are pods of a StatefulSet and of a Job. */
const HASHES = /^(.{1,240}?)-(?:[a-z0-9]{5,10}-[a-z0-9]{5}|[a-z0-9]{5,10}|\d{1,4})$/;

/** Events about replica sets and pods that were not printed, or whose owner was not: their names tell whose they were. */
const formerEvents = (cluster: Cluster, apps: readonly App[]): ReadonlyMap<string, readonly ClusterEvent[]> => {
  const byName = new Map(apps.filter((app) => app.ref.kind !== 'Pod').map((app) => [`${app.ref.namespace ?? ''}/${app.ref.name}`, app]));
  const present = new Set([
    ...cluster.pods.map((pod) => `Pod/${pod.namespace ?? ''}/${pod.name}`),
    ...cluster.workloads.filter((item) => item.owner !== null).map((item) => `${item.kind}/${item.namespace ?? ''}/${item.name}`),
  ]);
  const found = new Map<string, ClusterEvent[]>();
  for (const event of cluster.events) {
    const { kind, namespace, name } = event.about;
    if ((kind !== 'ReplicaSet' && kind !== 'Pod') || present.has(`${kind}/${namespace ?? ''}/${name}`)) continue;
    const owner = byName.get(`${namespace ?? ''}/${HASHES.exec(name)?.[1] ?? ''}`) ?? byName.get(`${namespace ?? ''}/${name.replace(/-[a-z0-9]{5,10}$/, '')}`);
    if (owner === undefined) continue;
    const key = keyOfRef(owner.ref);
    found.set(key, [...(found.get(key) ?? []), event]);
  }
  return found;
};

export const indexCluster = (cluster: Cluster): ClusterIndex => {
  const apps = appsOf(cluster);
  const byRef = new Map(apps.map((app) => [keyOfRef(app.ref), app]));
  const events = new Map<string, ClusterEvent[]>();
  for (const event of cluster.events) {
    const key = `${event.about.kind}/${event.about.namespace ?? ''}/${event.about.name}`;
    const list = events.get(key);
    if (list === undefined) events.set(key, [event]);
    else list.push(event);
  }
  const services = new Map(cluster.services.map((item) => [`${item.namespace ?? ''}/${item.name}`, item]));
  const eventsOf = (kind: string, namespace: string | null, name: string): readonly ClusterEvent[] => events.get(`${kind}/${namespace ?? ''}/${name}`) ?? [];
  const replicaSets = new Map<string, Workload[]>();
  for (const item of cluster.workloads) {
    if (item.kind !== 'ReplicaSet' || item.owner === null) continue;
    const key = keyOfRef({ ...item.owner, namespace: item.namespace });
    replicaSets.set(key, [...(replicaSets.get(key) ?? []), item]);
  }
  const pods = new Map(cluster.pods.map((item) => [`${item.namespace ?? ''}/${item.name}`, item]));
  const former = formerEvents(cluster, apps);
  return {
    apps,
    appOf: (ref) => byRef.get(keyOfRef(ref)),
    eventsOf,
    eventsOfPod: (pod) => eventsOf('Pod', pod.namespace, pod.name),
    eventsOfApp: (app) => [
      ...eventsOf(app.ref.kind, app.ref.namespace, app.ref.name),
      ...(replicaSets.get(keyOfRef(app.ref)) ?? []).flatMap((item) => eventsOf('ReplicaSet', item.namespace, item.name)),
      ...(app.ref.kind === 'Pod' ? [] : app.pods.flatMap((pod) => eventsOf('Pod', pod.namespace, pod.name))),
      ...(former.get(keyOfRef(app.ref)) ?? []),
    ],
    pod: (namespace, name) => pods.get(`${namespace ?? ''}/${name}`),
    service: (namespace, name) => services.get(`${namespace ?? ''}/${name}`),
    appsBehind: (service) => apps.filter((app) => app.services.includes(service)),
    isListed: (kind, namespace) => cluster.listed.has(`${kind}/${namespace ?? '*'}`),
  };
};
