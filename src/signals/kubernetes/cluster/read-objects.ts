/** API-shaped objects ► typed parts of the cluster; one small function a kind. */
import { at, booleanAt, listAt, numberAt, objectAt, textAt, textMapAt, type JsonObject } from '../parse/json-value.ts';
import type { KubeObject } from '../parse/kube-object.ts';
import { certificateEnd } from '../parse/certificate.ts';
import { parseDate, parseQuantity } from '../parse/printed-values.ts';
import { readConditions, readContainerStatuses, readPodSpec } from './read-pod-spec.ts';
import type {
  Autoscaler,
  Claim,
  ClusterEvent,
  ClusterNode,
  ConfigObject,
  IngressRoute,
  Labels,
  ObjectMeta,
  Pod,
  PodUsage,
  Policy,
  Quota,
  Service,
  StorageVolume,
  Workload,
} from './types.ts';

export const readMeta = (object: KubeObject): ObjectMeta => {
  const owner = listAt(object.body, 'metadata', 'ownerReferences')[0];
  const ownerName = textAt(owner, 'name');
  return {
    kind: object.kind,
    namespace: object.namespace,
    name: object.name,
    file: object.file,
    labels: textMapAt(object.body, 'metadata', 'labels') ?? {},
    createdAt: parseDate(textAt(object.body, 'metadata', 'creationTimestamp')),
    terminating: booleanAt(object.body, 'metadata', 'terminating') === true || textAt(object.body, 'metadata', 'deletionTimestamp') !== null,
    deletedAt: parseDate(textAt(object.body, 'metadata', 'deletionTimestamp')),
    finalizers: listAt(object.body, 'metadata', 'finalizers').map(String),
    owner: ownerName === null ? null : { kind: textAt(owner, 'kind') ?? '', name: ownerName },
  };
};

export const readPod = (object: KubeObject): Omit<Pod, 'workload'> => {
  const { body } = object;
  const status = objectAt(body, 'status');
  const containers = readContainerStatuses(status);
  const counted = containers.filter((item) => !item.init).reduce((sum, item) => sum + (item.restarts ?? 0), 0);
  const main = containers.filter((item) => !item.init && item.ready !== null);
  return {
    ...readMeta(object),
    phase: textAt(status, 'phase'),
    status: textAt(body, 'printed', 'status') ?? textAt(status, 'reason'),
    message: textAt(status, 'message'),
    node: textAt(body, 'spec', 'nodeName'),
    ip: textAt(status, 'podIP'),
    spec: readPodSpec(objectAt(body, 'spec')),
    containers,
    conditions: readConditions(status),
    readyCount: numberAt(body, 'printed', 'ready') ?? (main.length === 0 ? null : main.filter((item) => item.ready === true).length),
    containerCount: numberAt(body, 'printed', 'total') ?? (main.length === 0 ? null : main.length),
    restarts: Math.max(counted, numberAt(body, 'printed', 'restarts') ?? 0),
    lastRestartAt: parseDate(textAt(body, 'printed', 'lastRestart')),
  };
};

export const readWorkload = (object: KubeObject): Workload => {
  const { body } = object;
  const status = objectAt(body, 'status');
  const template = object.kind === 'CronJob' ? objectAt(body, 'spec', 'jobTemplate', 'spec', 'template') : objectAt(body, 'spec', 'template');
  return {
    ...readMeta(object),
    desired: numberAt(body, 'spec', 'replicas') ?? numberAt(status, 'desiredNumberScheduled'),
    current: numberAt(status, 'replicas') ?? numberAt(status, 'currentNumberScheduled'),
    ready: numberAt(status, 'readyReplicas') ?? numberAt(status, 'numberReady') ?? (object.form === 'api' && at(body, 'status') !== undefined ? 0 : null),
    available: numberAt(status, 'availableReplicas'),
    selector: textMapAt(body, 'spec', 'selector', 'matchLabels'),
    templateLabels: textMapAt(template, 'metadata', 'labels'),
    spec: readPodSpec(objectAt(template, 'spec')),
    conditions: readConditions(status),
    suspended: booleanAt(body, 'spec', 'suspend') ?? false,
    paused: (booleanAt(body, 'spec', 'paused') ?? false) || readConditions(status).some((item) => item.reason === 'DeploymentPaused'),
    updated: numberAt(status, 'updatedReplicas') ?? numberAt(status, 'updatedNumberScheduled'),
    strategy: textAt(body, 'spec', 'strategy', 'type') ?? textAt(body, 'spec', 'updateStrategy', 'type'),
    partition: numberAt(body, 'spec', 'updateStrategy', 'rollingUpdate', 'partition'),
    governingService: textAt(body, 'spec', 'serviceName'),
    schedule: textAt(body, 'spec', 'schedule'),
  };
};

const endpointsOfSubsets = (body: JsonObject, key: string): readonly string[] =>
  listAt(body, 'subsets').flatMap((subset) => {
    const ports = listAt(subset, 'ports').flatMap((port) => numberAt(port, 'port') ?? []);
    return listAt(subset, key).flatMap((address) => {
      const ip = textAt(address, 'ip');
      if (ip === null) return [];
      return ports.length === 0 ? [ip] : ports.map((port) => `${ip}:${port}`);
    });
  });

/** Service with the endpoints that `get endpoints`, its own describe or its slices show. */
export const readService = (object: KubeObject, endpoints: KubeObject | undefined): Service => {
  const { body } = object;
  const subsets = endpoints === undefined || at(endpoints.body, 'subsets') === undefined ? null : endpointsOfSubsets(endpoints.body, 'addresses');
  const listed = endpoints === undefined || at(endpoints.body, 'printedEndpoints') === undefined ? null : listAt(endpoints.body, 'printedEndpoints').map(String);
  const own = at(body, 'printedEndpoints') === undefined ? null : listAt(body, 'printedEndpoints').map(String);
  return {
    ...readMeta(object),
    type: textAt(body, 'spec', 'type') ?? 'ClusterIP',
    clusterIp: textAt(body, 'spec', 'clusterIP'),
    selector: textMapAt(body, 'spec', 'selector'),
    externalName: textAt(body, 'spec', 'externalName'),
    ports: listAt(body, 'spec', 'ports').flatMap((item) => {
      const port = numberAt(item, 'port');
      return port === null ? [] : [{ name: textAt(item, 'name'), port, targetPort: textAt(item, 'targetPort'), protocol: textAt(item, 'protocol') ?? 'TCP' }];
    }),
    endpoints: subsets ?? listed ?? own ?? (object.form === 'api' || endpoints === undefined ? null : []),
    notReadyEndpoints: endpoints === undefined ? [] : endpointsOfSubsets(endpoints.body, 'notReadyAddresses'),
  };
};

export const readNode = (object: KubeObject): ClusterNode => {
  const { body } = object;
  const beats = listAt(body, 'status', 'conditions').flatMap((item) => parseDate(textAt(item, 'lastHeartbeatTime')) ?? []);
  const lease = parseDate(textAt(body, 'status', 'lease'));
  return {
    ...readMeta(object),
    conditions: readConditions(objectAt(body, 'status')),
    unschedulable: booleanAt(body, 'spec', 'unschedulable') ?? false,
    taints: listAt(body, 'spec', 'taints').map((item) => ({ key: textAt(item, 'key') ?? '', value: textAt(item, 'value'), effect: textAt(item, 'effect') })),
    addresses: listAt(body, 'status', 'addresses').flatMap((item) => textAt(item, 'address') ?? []),
    allocatableCpu: parseQuantity(textAt(body, 'status', 'allocatable', 'cpu')),
    allocatableMemory: parseQuantity(textAt(body, 'status', 'allocatable', 'memory')),
    heartbeatAt: lease ?? (beats.length === 0 ? null : Math.max(...beats)),
  };
};

export const readConfig = (object: KubeObject): ConfigObject => {
  const data = at(object.body, 'data');
  const keys = data === undefined || data === null ? [] : Object.keys(objectAt(object.body, 'data'));
  const known = object.form !== 'table';
  const binary = Object.keys(objectAt(object.body, 'binaryData'));
  return {
    ...readMeta(object),
    keys: known ? [...keys, ...Object.keys(objectAt(object.body, 'stringData')), ...binary] : null,
    data: object.kind === 'ConfigMap' ? (textMapAt(object.body, 'data') ?? {}) : {},
    secretType: textAt(object.body, 'type'),
    certificateEnds: certificateEnd(textAt(object.body, 'data', 'tls.crt')),
  };
};

const MODES: Readonly<Record<string, string>> = { ReadWriteOnce: 'RWO', ReadOnlyMany: 'ROX', ReadWriteMany: 'RWX', ReadWriteOncePod: 'RWOP' };
const accessModes = (body: JsonObject): readonly string[] => listAt(body, 'spec', 'accessModes').map((mode) => MODES[String(mode)] ?? String(mode));

export const readClaim = (object: KubeObject): Claim => ({
  ...readMeta(object),
  phase: textAt(object.body, 'status', 'phase'),
  volume: textAt(object.body, 'spec', 'volumeName'),
  storageClass: textAt(object.body, 'spec', 'storageClassName'),
  accessModes: accessModes(object.body),
  requestBytes: parseQuantity(textAt(object.body, 'spec', 'resources', 'requests', 'storage')),
  selector: textMapAt(object.body, 'spec', 'selector', 'matchLabels'),
  conditions: readConditions(objectAt(object.body, 'status')),
});

export const readVolume = (object: KubeObject): StorageVolume => {
  const claim = textAt(object.body, 'spec', 'claimRef', 'name');
  return {
    ...readMeta(object),
    phase: textAt(object.body, 'status', 'phase'),
    storageClass: textAt(object.body, 'spec', 'storageClassName'),
    accessModes: accessModes(object.body),
    capacityBytes: parseQuantity(textAt(object.body, 'spec', 'capacity', 'storage')),
    claim: claim === null ? null : { namespace: textAt(object.body, 'spec', 'claimRef', 'namespace'), name: claim },
  };
};

export const readQuota = (object: KubeObject): Quota => {
  const used = textMapAt(object.body, 'status', 'used') ?? {};
  const hard = textMapAt(object.body, 'status', 'hard') ?? textMapAt(object.body, 'spec', 'hard') ?? {};
  return { ...readMeta(object), resources: Object.entries(hard).map(([resource, limit]) => ({ resource, hard: limit, used: used[resource] ?? '0' })) };
};

/** Only rules that name pods of the same namespace by labels can be decided from here. */
const sendersOf = (body: JsonObject): readonly Labels[] | null => {
  const senders: Labels[] = [];
  for (const rule of listAt(body, 'spec', 'ingress')) {
    const from = listAt(rule, 'from');
    if (from.length === 0) return null;
    for (const peer of from) {
      const labels = textMapAt(peer, 'podSelector', 'matchLabels');
      if (
        labels === null ||
        at(peer, 'namespaceSelector') !== undefined ||
        at(peer, 'ipBlock') !== undefined ||
        listAt(peer, 'podSelector', 'matchExpressions').length > 0
      )
        return null;
      senders.push(labels);
    }
  }
  return senders;
};

/** Egress rules without ports, or without a list, allow any. */
const egressPortsOf = (body: JsonObject): readonly string[] | null => {
  const rules = listAt(body, 'spec', 'egress');
  if (rules.length === 0 || rules.some((rule) => listAt(rule, 'ports').length === 0)) return null;
  return rules.flatMap((rule) => listAt(rule, 'ports').map((port) => textAt(port, 'port') ?? '*'));
};

export const readPolicy = (object: KubeObject): Policy => {
  const { body } = object;
  const types = listAt(body, 'spec', 'policyTypes').map(String);
  // A policy that names a direction in policyTypes but lists no rule for it isolates that direction; ingress is the default.
  // https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
  const rules = (key: string, type: string): number | null => {
    const affects = types.includes(type) || (types.length === 0 && (type === 'Ingress' || at(body, 'spec', key) !== undefined));
    return affects && object.form !== 'table' ? listAt(body, 'spec', key).length : null;
  };
  return {
    ...readMeta(object),
    podSelector: listAt(body, 'spec', 'podSelector', 'matchExpressions').length > 0 ? null : (textMapAt(body, 'spec', 'podSelector', 'matchLabels') ?? {}),
    types,
    ingressRules: rules('ingress', 'Ingress'),
    egressRules: rules('egress', 'Egress'),
    egressPorts: (rules('egress', 'Egress') ?? 0) > 0 ? egressPortsOf(body) : null,
    senders: (rules('ingress', 'Ingress') ?? 0) > 0 ? sendersOf(body) : null,
  };
};

export const readAutoscaler = (object: KubeObject): Autoscaler => {
  const target = textAt(object.body, 'spec', 'scaleTargetRef', 'name');
  return {
    ...readMeta(object),
    target: target === null ? null : { kind: textAt(object.body, 'spec', 'scaleTargetRef', 'kind') ?? '', name: target },
    min: numberAt(object.body, 'spec', 'minReplicas'),
    max: numberAt(object.body, 'spec', 'maxReplicas'),
    current: numberAt(object.body, 'status', 'currentReplicas'),
    desired: numberAt(object.body, 'status', 'desiredReplicas'),
    conditions: readConditions(objectAt(object.body, 'status')),
  };
};

const hostsOf = (body: JsonObject): readonly string[] => [
  ...listAt(body, 'spec', 'rules').flatMap((rule) => textAt(rule, 'host') ?? []),
  ...listAt(body, 'spec', 'tls').flatMap((item) => listAt(item, 'hosts').map(String)),
];

export const readIngress = (object: KubeObject): IngressRoute => {
  const paths = listAt(object.body, 'spec', 'rules').flatMap((rule) => listAt(rule, 'http', 'paths').map((path) => at(path, 'backend')));
  const backends = [...paths, at(object.body, 'spec', 'defaultBackend')].flatMap((backend) => {
    const service = textAt(backend, 'service', 'name') ?? textAt(backend, 'serviceName');
    return service === null
      ? []
      : [{ service, port: textAt(backend, 'service', 'port', 'number') ?? textAt(backend, 'service', 'port', 'name') ?? textAt(backend, 'servicePort') }];
  });
  return { ...readMeta(object), backends, tlsSecrets: listAt(object.body, 'spec', 'tls').flatMap((item) => textAt(item, 'secretName') ?? []), className: textAt(object.body, 'spec', 'ingressClassName'), hosts: hostsOf(object.body) };
};

export const readEvent = (object: KubeObject): ClusterEvent => {
  const { body } = object;
  const about = objectAt(body, at(body, 'involvedObject') === undefined ? 'regarding' : 'involvedObject');
  const time = (...keys: readonly string[]): number | null => keys.map((key) => parseDate(textAt(body, key))).find((value) => value !== null) ?? null;
  return {
    type: textAt(body, 'type') ?? '',
    reason: textAt(body, 'reason') ?? '',
    message: textAt(body, 'message') ?? textAt(body, 'note') ?? '',
    about: { kind: textAt(about, 'kind') ?? '', namespace: textAt(about, 'namespace') ?? object.namespace, name: textAt(about, 'name') ?? '' },
    count: numberAt(body, 'count') ?? numberAt(body, 'series', 'count') ?? 1,
    first: time('firstTimestamp', 'deprecatedFirstTimestamp', 'eventTime'),
    last: time('lastTimestamp', 'deprecatedLastTimestamp', 'eventTime', 'firstTimestamp'),
    file: object.file,
  };
};

export const readUsage = (object: KubeObject): PodUsage => {
  const percent = (key: string): number | null => numberAt({ value: textAt(object.body, 'usage', key)?.replace('%', '') }, 'value');
  return {
    kind: object.kind === 'NodeMetrics' ? 'Node' : 'Pod',
    namespace: object.namespace,
    name: object.name,
    cpuCores: parseQuantity(textAt(object.body, 'usage', 'cpu')),
    memoryBytes: parseQuantity(textAt(object.body, 'usage', 'memory')),
    cpuPercent: percent('cpuPercent'),
    memoryPercent: percent('memoryPercent'),
  };
};
