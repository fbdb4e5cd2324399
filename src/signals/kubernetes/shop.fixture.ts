/** A small healthy shop, as `kubectl get -o json` prints it, and ways to break it. */
import type { Fault } from '../../domain/report.ts';
import { kubernetesFindings, type KubernetesFindings } from './kubernetes-findings.ts';

export const AT = Date.parse('2031-05-06T10:00:00Z');
export const WINDOW = { start: AT - 600_000, end: AT };
export const ago = (seconds: number): string => new Date(AT - seconds * 1000).toISOString();

export interface Meta { [key: string]: unknown; name: string; namespace?: string; creationTimestamp?: string; labels?: Record<string, string>; annotations?: Record<string, string> }
export interface Container {
  name: string; image?: string; ports?: { containerPort: number; protocol?: string }[]; env: Record<string, unknown>[]; resources: { requests: Record<string, string>; limits: Record<string, string> };
  readinessProbe?: object; livenessProbe?: object;
}
export interface Spec { serviceAccountName?: string; nodeName?: string | undefined; dnsPolicy?: string; containers: [Container, ...Container[]]; volumes?: object[] }
export interface Thing { kind: string; metadata: Meta }
export interface Deployment extends Thing { spec: { replicas: number; selector: object; template: { metadata: { labels: Record<string, string> }; spec: Spec } }; status: object }
export interface Status { phase?: string; podIP?: string; reason?: string; message?: string; conditions?: object[]; containerStatuses: object[] }
export interface Pod extends Thing { spec: Spec; status: Status }
export interface Service extends Thing { spec: { type: string; clusterIP: string; selector: Record<string, string>; ports: [{ port: number; targetPort: number; protocol: string }] } }
export interface Node extends Thing { spec: object; status: { conditions: Record<string, unknown>[] } }
export type Name = 'web' | 'orders' | 'store';

export interface Shop extends Record<Name, Deployment> {
  pods: Record<Name, Pod>;
  services: Record<Name, Service>;
  nodes: [Node, Node, Node];
  /** Kind/name of what was deleted. */
  gone: Set<string>;
  extra: Thing[];
  logs: { name: string; text: string }[];
  files: { file: string; text: string }[];
}

export const meta = (name: string, more: object = {}): Meta => ({ name, namespace: 'shop', creationTimestamp: ago(86_400), ...more });

/** An object of any kind, with whatever else it has. */
export const thing = (object: Thing & Record<string, unknown>): Thing => object;

export const deployment = (name: string, port: number, env: Record<string, unknown>[] = []): Deployment => ({
  kind: 'Deployment', metadata: meta(name), status: { replicas: 1, readyReplicas: 1, availableReplicas: 1 },
  spec: {
    replicas: 1, selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        serviceAccountName: name,
        containers: [{
          name: 'main', image: `registry.example/${name}:1.0`, ports: [{ containerPort: port, protocol: 'TCP' }], env,
          resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
          readinessProbe: { httpGet: { port, path: '/ready' }, initialDelaySeconds: 5, periodSeconds: 10, failureThreshold: 3 },
          livenessProbe: { httpGet: { port, path: '/alive' }, initialDelaySeconds: 10, periodSeconds: 10, failureThreshold: 3 },
        }],
      },
    },
  },
});

export const podOf = (owner: Deployment, node = 'node-b'): Pod => ({
  kind: 'Pod', metadata: meta(`${owner.metadata.name}-5d4f8c9b7d-abcde`, { labels: owner.spec.template.metadata.labels, ownerReferences: [{ kind: 'ReplicaSet', name: `${owner.metadata.name}-5d4f8c9b7d` }] }),
  spec: { ...structuredClone(owner.spec.template.spec), nodeName: node },
  status: {
    phase: 'Running', podIP: '10.1.0.5', conditions: [{ type: 'PodScheduled', status: 'True' }, { type: 'Ready', status: 'True' }],
    containerStatuses: [{ name: 'main', ready: true, restartCount: 0, state: { running: { startedAt: ago(86_000) } } }],
  },
});

export const service = (name: string, port: number): Service => ({
  kind: 'Service', metadata: meta(name), spec: { type: 'ClusterIP', clusterIP: '10.2.0.9', selector: { app: name }, ports: [{ port, targetPort: port, protocol: 'TCP' }] },
});

export const nodeObject = (name: string): Node => ({
  kind: 'Node', metadata: { name, labels: name === 'node-a' ? { 'node-role.kubernetes.io/control-plane': '' } : {} }, spec: {},
  status: { conditions: [{ type: 'Ready', status: 'True', lastHeartbeatTime: ago(5) }, { type: 'MemoryPressure', status: 'False' }] },
});

export const event = (about: Thing, reason: string, message: string, type = 'Warning', seconds = 60): Thing & Record<string, unknown> => ({
  kind: 'Event', metadata: meta(`${about.metadata.name}.${reason}`), type, reason, message, count: 3, firstTimestamp: ago(seconds + 60), lastTimestamp: ago(seconds),
  involvedObject: { kind: about.kind, name: about.metadata.name, namespace: about.kind === 'Node' ? undefined : 'shop' },
});

export const shop = (): Shop => {
  const web = deployment('web', 8080, [{ name: 'ORDERS_ADDR', value: 'orders:9000' }]);
  const orders = deployment('orders', 9000, [{ name: 'STORE_URL', value: 'redis://store:6379' }]);
  const store = deployment('store', 6379);
  return {
    web, orders, store, pods: { web: podOf(web), orders: podOf(orders), store: podOf(store, 'node-c') },
    services: { web: service('web', 8080), orders: service('orders', 9000), store: service('store', 6379) },
    gone: new Set(), nodes: [nodeObject('node-a'), nodeObject('node-b'), nodeObject('node-c')],
    extra: [
      ...['web', 'orders', 'store', 'default'].map((name) => ({ kind: 'ServiceAccount', metadata: meta(name) })),
      thing({ kind: 'ConfigMap', metadata: meta('common'), data: { region: 'north' } }), thing({ kind: 'Secret', metadata: meta('common'), type: 'Opaque', data: { token: 'eA==' } }),
    ],
    logs: [], files: [],
  };
};

export const itemsOf = (world: Shop): Thing[] =>
  [world.web, world.orders, world.store, ...Object.values(world.pods), ...Object.values(world.services), ...world.nodes, ...world.extra].filter((item) => !world.gone.has(`${item.kind}/${item.metadata.name}`));

export const POD = (name: string): string => `Pod/${name}-5d4f8c9b7d-abcde`;

export const run = (world: Shop): KubernetesFindings => {
  const items = itemsOf(world);
  const list = { file: 'kubernetes/all.json', text: JSON.stringify({ kind: 'List', items }) };
  return kubernetesFindings({ files: [list, ...world.files], at: AT, window: WINDOW, baseline: null, logs: world.logs });
};

export const waiting = (pod: Pod, reason: string, message = ''): void => {
  pod.status.containerStatuses[0] = { name: 'main', ready: false, restartCount: 0, state: { waiting: { reason, message } } };
  pod.status.conditions = [{ type: 'PodScheduled', status: 'True' }, { type: 'Ready', status: 'False' }];
};

export const crashing = (pod: Pod, exitCode: number, reason = 'Error', ranSeconds = 3): void => {
  waiting(pod, 'CrashLoopBackOff');
  Object.assign(pod.status.containerStatuses[0] ?? {}, { restartCount: 6, lastState: { terminated: { exitCode, reason, startedAt: ago(60 + ranSeconds), finishedAt: ago(60) } } });
};

export const unscheduled = (pod: Pod): void => {
  delete pod.spec.nodeName;
  pod.status = { phase: 'Pending', containerStatuses: [], conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] };
};

export const both = (world: Shop, name: Name, edit: (spec: Spec) => void): void => {
  edit(world[name].spec.template.spec);
  edit(world.pods[name].spec);
};

export interface Case {
  readonly title: string;
  readonly check: string;
  readonly blame: string;
  readonly fault: Fault;
  readonly edit: (world: Shop) => void;
}

export const schedulingCase = (title: string, message: string, fault: Fault): Case => ({
  title, check: 'unschedulable', blame: 'orders', fault, edit: (world) => {
    unscheduled(world.pods.orders);
    world.extra.push(event(world.pods.orders, 'FailedScheduling', `0/3 nodes are available: ${message}`));
  },
});

export const pullCase = (title: string, message: string, fault: Fault): Case => ({
  title, check: 'image-pull', blame: 'web', fault, edit: (world) => {
    waiting(world.pods.web, 'ImagePullBackOff');
    world.extra.push(event(world.pods.web, 'Failed', message));
  },
});

export const refusedCase = (title: string, message: string, fault: Fault, check = 'creation-denied', blame = 'orders'): Case => ({
  title, check, blame, fault, edit: (world) => {
    world.gone.add(POD('orders'));
    const set = { kind: 'ReplicaSet', metadata: meta('orders-5d4f8c9b7d', { ownerReferences: [{ kind: 'Deployment', name: 'orders' }] }), spec: { replicas: 1, template: world.orders.spec.template } };
    world.extra.push(set, event(set, 'FailedCreate', message));
  },
});

export const probeCase = (title: string, probe: 'livenessProbe' | 'readinessProbe', spec: object, message: string): Case => ({
  title, check: 'probe-failing', blame: 'orders', fault: 'configuration', edit: (world) => {
    both(world, 'orders', (item) => { item.containers[0][probe] = spec; });
    const pod = world.pods.orders;
    pod.status.containerStatuses[0] = { name: 'main', ready: false, restartCount: probe === 'livenessProbe' ? 4 : 0, state: { running: { startedAt: ago(20) } } };
    world.extra.push(event(pod, 'Unhealthy', message));
  },
});

export const wordsCase = (title: string, line: string, fault: Fault, blame = 'orders'): Case => ({
  title, check: 'last-words', blame, fault, edit: (world) => {
    crashing(world.pods.orders, 1);
    world.logs.push({ name: 'orders', text: `starting\n${line}\nexit\n` });
  },
});

export const claim = (more: object = {}, name = 'store-data', phase = 'Pending'): Thing => ({ kind: 'PersistentVolumeClaim', metadata: meta(name), spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', ...more }, status: { phase } } as Thing);
export const useClaim = (world: Shop): void => {
  both(world, 'store', (spec) => { spec.volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'store-data' } }]; });
  unscheduled(world.pods.store);
  world.extra.push(event(world.pods.store, 'FailedScheduling', '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.'));
};
export const storageClass = (name = 'fast', mode = 'Immediate'): Thing => thing({ kind: 'StorageClass', metadata: { name }, provisioner: 'example/disk', volumeBindingMode: mode });
export const volume = (more: object): Thing => thing({ kind: 'PersistentVolume', metadata: { name: 'disk-1' }, spec: { storageClassName: 'fast', accessModes: ['ReadWriteOnce'], capacity: { storage: '5Gi' }, ...more }, status: { phase: 'Available' } });
