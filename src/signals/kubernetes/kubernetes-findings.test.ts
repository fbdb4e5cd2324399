import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../domain/finding.ts';
import type { Fault } from '../../domain/report.ts';
import { KUBERNETES_CHECKS, kubernetesFindings, type KubernetesFindings } from './kubernetes-findings.ts';

const AT = Date.parse('2031-05-06T10:00:00Z');
const WINDOW = { start: AT - 600_000, end: AT };
const ago = (seconds: number): string => new Date(AT - seconds * 1000).toISOString();

// ---------------------------------------------------------------- a small healthy shop, as `kubectl get -o json` prints it

interface Meta { [key: string]: unknown; name: string; namespace?: string; creationTimestamp?: string; labels?: Record<string, string>; annotations?: Record<string, string> }
interface Container {
  name: string; image?: string; ports?: { containerPort: number; protocol?: string }[]; env: Record<string, unknown>[]; resources: { requests: Record<string, string>; limits: Record<string, string> };
  readinessProbe?: object; livenessProbe?: object;
}
interface Spec { serviceAccountName?: string; nodeName?: string | undefined; dnsPolicy?: string; containers: [Container, ...Container[]]; volumes?: object[] }
interface Thing { kind: string; metadata: Meta }
interface Deployment extends Thing { spec: { replicas: number; selector: object; template: { metadata: { labels: Record<string, string> }; spec: Spec } }; status: object }
interface Status { phase?: string; podIP?: string; reason?: string; message?: string; conditions?: object[]; containerStatuses: object[] }
interface Pod extends Thing { spec: Spec; status: Status }
interface Service extends Thing { spec: { type: string; clusterIP: string; selector: Record<string, string>; ports: [{ port: number; targetPort: number; protocol: string }] } }
interface Node extends Thing { spec: object; status: { conditions: Record<string, unknown>[] } }
type Name = 'web' | 'orders' | 'store';

interface Shop extends Record<Name, Deployment> {
  pods: Record<Name, Pod>;
  services: Record<Name, Service>;
  nodes: [Node, Node, Node];
  /** Kind/name of what was deleted. */
  gone: Set<string>;
  extra: Thing[];
  logs: { name: string; text: string }[];
  files: { file: string; text: string }[];
}

const meta = (name: string, more: object = {}): Meta => ({ name, namespace: 'shop', creationTimestamp: ago(86_400), ...more });

/** An object of any kind, with whatever else it has. */
const thing = (object: Thing & Record<string, unknown>): Thing => object;

const deployment = (name: string, port: number, env: Record<string, unknown>[] = []): Deployment => ({
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

const podOf = (owner: Deployment, node = 'node-b'): Pod => ({
  kind: 'Pod', metadata: meta(`${owner.metadata.name}-5d4f8c9b7d-abcde`, { labels: owner.spec.template.metadata.labels, ownerReferences: [{ kind: 'ReplicaSet', name: `${owner.metadata.name}-5d4f8c9b7d` }] }),
  spec: { ...structuredClone(owner.spec.template.spec), nodeName: node },
  status: {
    phase: 'Running', podIP: '10.1.0.5', conditions: [{ type: 'PodScheduled', status: 'True' }, { type: 'Ready', status: 'True' }],
    containerStatuses: [{ name: 'main', ready: true, restartCount: 0, state: { running: { startedAt: ago(86_000) } } }],
  },
});

const service = (name: string, port: number): Service => ({
  kind: 'Service', metadata: meta(name), spec: { type: 'ClusterIP', clusterIP: '10.2.0.9', selector: { app: name }, ports: [{ port, targetPort: port, protocol: 'TCP' }] },
});

const nodeObject = (name: string): Node => ({
  kind: 'Node', metadata: { name, labels: name === 'node-a' ? { 'node-role.kubernetes.io/control-plane': '' } : {} }, spec: {},
  status: { conditions: [{ type: 'Ready', status: 'True', lastHeartbeatTime: ago(5) }, { type: 'MemoryPressure', status: 'False' }] },
});

const event = (about: Thing, reason: string, message: string, type = 'Warning', seconds = 60): Thing & Record<string, unknown> => ({
  kind: 'Event', metadata: meta(`${about.metadata.name}.${reason}`), type, reason, message, count: 3, firstTimestamp: ago(seconds + 60), lastTimestamp: ago(seconds),
  involvedObject: { kind: about.kind, name: about.metadata.name, namespace: about.kind === 'Node' ? undefined : 'shop' },
});

const shop = (): Shop => {
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

const itemsOf = (world: Shop): Thing[] =>
  [world.web, world.orders, world.store, ...Object.values(world.pods), ...Object.values(world.services), ...world.nodes, ...world.extra].filter((item) => !world.gone.has(`${item.kind}/${item.metadata.name}`));

const POD = (name: string): string => `Pod/${name}-5d4f8c9b7d-abcde`;

const run = (world: Shop): KubernetesFindings => {
  const items = itemsOf(world);
  const list = { file: 'kubernetes/all.json', text: JSON.stringify({ kind: 'List', items }) };
  return kubernetesFindings({ files: [list, ...world.files], at: AT, window: WINDOW, baseline: null, logs: world.logs });
};

const waiting = (pod: Pod, reason: string, message = ''): void => {
  pod.status.containerStatuses[0] = { name: 'main', ready: false, restartCount: 0, state: { waiting: { reason, message } } };
  pod.status.conditions = [{ type: 'PodScheduled', status: 'True' }, { type: 'Ready', status: 'False' }];
};

const crashing = (pod: Pod, exitCode: number, reason = 'Error', ranSeconds = 3): void => {
  waiting(pod, 'CrashLoopBackOff');
  Object.assign(pod.status.containerStatuses[0] ?? {}, { restartCount: 6, lastState: { terminated: { exitCode, reason, startedAt: ago(60 + ranSeconds), finishedAt: ago(60) } } });
};

const unscheduled = (pod: Pod): void => {
  delete pod.spec.nodeName;
  pod.status = { phase: 'Pending', containerStatuses: [], conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] };
};

const both = (world: Shop, name: Name, edit: (spec: Spec) => void): void => {
  edit(world[name].spec.template.spec);
  edit(world.pods[name].spec);
};

interface Case {
  readonly title: string;
  readonly check: string;
  readonly blame: string;
  readonly fault: Fault;
  readonly edit: (world: Shop) => void;
}

const schedulingCase = (title: string, message: string, fault: Fault): Case => ({
  title, check: 'unschedulable', blame: 'orders', fault, edit: (world) => {
    unscheduled(world.pods.orders);
    world.extra.push(event(world.pods.orders, 'FailedScheduling', `0/3 nodes are available: ${message}`));
  },
});

const pullCase = (title: string, message: string, fault: Fault): Case => ({
  title, check: 'image-pull', blame: 'web', fault, edit: (world) => {
    waiting(world.pods.web, 'ImagePullBackOff');
    world.extra.push(event(world.pods.web, 'Failed', message));
  },
});

const refusedCase = (title: string, message: string, fault: Fault, check = 'creation-denied', blame = 'orders'): Case => ({
  title, check, blame, fault, edit: (world) => {
    world.gone.add(POD('orders'));
    const set = { kind: 'ReplicaSet', metadata: meta('orders-5d4f8c9b7d', { ownerReferences: [{ kind: 'Deployment', name: 'orders' }] }), spec: { replicas: 1, template: world.orders.spec.template } };
    world.extra.push(set, event(set, 'FailedCreate', message));
  },
});

const probeCase = (title: string, probe: 'livenessProbe' | 'readinessProbe', spec: object, message: string): Case => ({
  title, check: 'probe-failing', blame: 'orders', fault: 'configuration', edit: (world) => {
    both(world, 'orders', (item) => { item.containers[0][probe] = spec; });
    const pod = world.pods.orders;
    pod.status.containerStatuses[0] = { name: 'main', ready: false, restartCount: probe === 'livenessProbe' ? 4 : 0, state: { running: { startedAt: ago(20) } } };
    world.extra.push(event(pod, 'Unhealthy', message));
  },
});

const wordsCase = (title: string, line: string, fault: Fault, blame = 'orders'): Case => ({
  title, check: 'last-words', blame, fault, edit: (world) => {
    crashing(world.pods.orders, 1);
    world.logs.push({ name: 'orders', text: `starting\n${line}\nexit\n` });
  },
});

const claim = (more: object = {}, name = 'store-data', phase = 'Pending'): Thing => ({ kind: 'PersistentVolumeClaim', metadata: meta(name), spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', ...more }, status: { phase } } as Thing);
const useClaim = (world: Shop): void => {
  both(world, 'store', (spec) => { spec.volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'store-data' } }]; });
  unscheduled(world.pods.store);
  world.extra.push(event(world.pods.store, 'FailedScheduling', '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.'));
};
const storageClass = (name = 'fast', mode = 'Immediate'): Thing => thing({ kind: 'StorageClass', metadata: { name }, provisioner: 'example/disk', volumeBindingMode: mode });
const volume = (more: object): Thing => thing({ kind: 'PersistentVolume', metadata: { name: 'disk-1' }, spec: { storageClassName: 'fast', accessModes: ['ReadWriteOnce'], capacity: { storage: '5Gi' }, ...more }, status: { phase: 'Available' } });

const CASES: readonly Case[] = [
  { title: 'killed for memory', check: 'oom-killed', blame: 'orders', fault: 'memory', edit: (world) => crashing(world.pods.orders, 137, 'OOMKilled') },
  { title: 'command not found', check: 'crash-loop', blame: 'orders', fault: 'configuration', edit: (world) => crashing(world.pods.orders, 127) },
  { title: 'segmentation fault', check: 'crash-loop', blame: 'orders', fault: 'crash', edit: (world) => crashing(world.pods.orders, 139) },
  { title: 'ends at once, exit 1', check: 'crash-loop', blame: 'orders', fault: 'configuration', edit: (world) => crashing(world.pods.orders, 1) },
  { title: 'ends after an hour, exit 1', check: 'crash-loop', blame: 'orders', fault: 'crash', edit: (world) => crashing(world.pods.orders, 1, 'Error', 3600) },
  { title: 'ends by itself, exit 0', check: 'crash-loop', blame: 'orders', fault: 'configuration', edit: (world) => crashing(world.pods.orders, 0, 'Completed') },
  { title: 'must not run as root', check: 'cannot-start', blame: 'web', fault: 'permission', edit: (world) => waiting(world.pods.web, 'CreateContainerConfigError', 'container has runAsNonRoot and image will run as root') },
  { title: 'missing secret, said by the kubelet', check: 'cannot-start', blame: 'web', fault: 'configuration', edit: (world) => waiting(world.pods.web, 'CreateContainerConfigError', 'secret "web-keys" not found') },
  pullCase('tag does not exist', 'Failed to pull image "registry.example/web:9": manifest unknown: not found', 'image'),
  pullCase('registry does not resolve', 'Failed to pull image "nowhere.example/web:1": dial tcp: lookup nowhere.example on 10.0.0.2:53: no such host', 'dns'),
  pullCase('registry wants credentials', 'Failed to pull image "registry.example/web:1": 401 Unauthorized', 'permission'),
  pullCase('pull secret is missing', 'Unable to retrieve some image pull secrets (regcred); attempting to pull the image may not succeed.', 'permission'),
  schedulingCase('not enough cpu', '3 Insufficient cpu.', 'capacity'),
  schedulingCase('not enough memory', '1 node(s) had untolerated taint {x: y}, 2 Insufficient memory.', 'memory'),
  schedulingCase('node selector', '3 node(s) didn\'t match Pod\'s node affinity/selector.', 'scheduling'),
  schedulingCase('anti-affinity', '3 node(s) didn\'t match pod anti-affinity rules.', 'scheduling'),
  schedulingCase('taints', '3 node(s) had untolerated taint {dedicated: batch}.', 'scheduling'),
  schedulingCase('cordoned', '3 node(s) were unschedulable.', 'scheduling'),
  {
    title: 'nobody schedules', check: 'scheduler-silent', blame: 'node-a', fault: 'crash', edit: (world) => {
      unscheduled(world.pods.orders);
      world.pods.orders.status.conditions = [];
      world.pods.orders.metadata.creationTimestamp = ago(120);
      world.extra.push(event(world.web, 'ScalingReplicaSet', 'Scaled up', 'Normal'));
    },
  },
  refusedCase('pod quota', 'Error creating: pods "orders-x" is forbidden: exceeded quota: team-pods, requested: pods=1, used: pods=5, limited: pods=5', 'capacity', 'quota-exceeded', 'team-pods'),
  refusedCase('service account missing', 'Error creating: pods "orders-x" is forbidden: error looking up service account shop/robot: serviceaccount "robot" not found', 'permission'),
  refusedCase('pod security', 'Error creating: pods "orders-x" is forbidden: violates PodSecurity "restricted:latest": privileged', 'permission'),
  refusedCase('webhook is down', 'Error creating: Internal error occurred: failed calling webhook "check.example": connection refused', 'dependency'),
  refusedCase('limit range', 'Error creating: pods "orders-x" is forbidden: maximum cpu usage per Container is 1, but limit is 2', 'configuration'),
  {
    title: 'memory quota spent, pods missing, no event left', check: 'quota-spent', blame: 'team', fault: 'capacity', edit: (world) => {
      world.gone.add(POD('orders'));
      world.extra.push(thing({ kind: 'ResourceQuota', metadata: meta('team'), status: { hard: { 'requests.memory': '1Gi' }, used: { 'requests.memory': '1Gi' } } }));
    },
  },
  { title: 'storage class does not exist', check: 'claim-unbound', blame: 'store', fault: 'storage', edit: (world) => { useClaim(world); world.extra.push(claim({ storageClassName: 'fats' }), storageClass()); } },
  { title: 'access mode differs', check: 'claim-unbound', blame: 'store', fault: 'storage', edit: (world) => { useClaim(world); world.extra.push(claim({ accessModes: ['ReadWriteMany'] }), storageClass(), volume({})); } },
  { title: 'volume is taken', check: 'claim-unbound', blame: 'store', fault: 'storage', edit: (world) => { useClaim(world); world.extra.push(claim(), storageClass(), volume({ claimRef: { namespace: 'shop', name: 'other' } })); } },
  { title: 'claim does not exist', check: 'reference-missing', blame: 'store', fault: 'storage', edit: (world) => { useClaim(world); world.extra.push(claim({}, 'other', 'Bound')); } },
  {
    title: 'key of a secret is missing', check: 'reference-missing', blame: 'orders', fault: 'configuration', edit: (world) => {
      both(world, 'orders', (spec) => { spec.containers[0].env.push({ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'common', key: 'tokne' } } }); });
      waiting(world.pods.orders, 'ContainerCreating');
    },
  },
  {
    title: 'volume is not allowed', check: 'mount-failed', blame: 'store', fault: 'permission', edit: (world) => {
      waiting(world.pods.store, 'ContainerCreating');
      world.extra.push(event(world.pods.store, 'FailedMount', 'MountVolume.SetUp failed for volume "data": mount failed: permission denied'));
    },
  },
  probeCase('liveness asks another port', 'livenessProbe', { httpGet: { port: 9100, path: '/alive' } }, 'Liveness probe failed: dial tcp 10.1.0.5:9100: connect: connection refused'),
  probeCase('readiness asks another port', 'readinessProbe', { tcpSocket: { port: 9001 } }, 'Readiness probe failed: dial tcp 10.1.0.5:9001: connect: connection refused'),
  probeCase('readiness speaks another protocol', 'readinessProbe', { grpc: { port: 9000 } }, 'Readiness probe failed: error reading server preface: http2: frame too large'),
  probeCase('liveness asks a wrong path', 'livenessProbe', { httpGet: { port: 9000, path: '/no' } }, 'Liveness probe failed: HTTP probe failed with statuscode: 404'),
  probeCase('liveness is impatient', 'livenessProbe', { httpGet: { port: 9000, path: '/alive' }, initialDelaySeconds: 1, periodSeconds: 1, failureThreshold: 1 }, 'Liveness probe failed: context deadline exceeded'),
  { title: 'selector matches nothing', check: 'selector-matches-nothing', blame: 'orders', fault: 'configuration', edit: (world) => { world.services.orders.spec.selector = { app: 'order' }; } },
  { title: 'target port is wrong', check: 'target-port-mismatch', blame: 'orders', fault: 'configuration', edit: (world) => { world.services.orders.spec.ports[0].targetPort = 9001; } },
  { title: 'protocol is wrong', check: 'target-port-mismatch', blame: 'orders', fault: 'network_loss', edit: (world) => { world.services.orders.spec.ports[0].protocol = 'UDP'; } },
  { title: 'port of the service was changed', check: 'address-wrong', blame: 'orders', fault: 'configuration', edit: (world) => { world.services.orders.spec.ports[0].port = 9009; } },
  { title: 'address is misspelt', check: 'address-wrong', blame: 'web', fault: 'configuration', edit: (world) => both(world, 'web', (spec) => { spec.containers[0].env = [{ name: 'ORDERS_ADDR', value: 'ordres:9000' }]; }) },
  { title: 'address has a wrong port', check: 'address-wrong', blame: 'web', fault: 'configuration', edit: (world) => both(world, 'web', (spec) => { spec.containers[0].env = [{ name: 'ORDERS_ADDR', value: 'orders:9999' }]; }) },
  { title: 'service was deleted', check: 'address-wrong', blame: 'orders', fault: 'dependency', edit: (world) => { world.gone.add('Service/orders'); } },
  { title: 'scaled to zero', check: 'scaled-to-zero', blame: 'orders', fault: 'capacity', edit: (world) => { world.orders.spec.replicas = 0; world.gone.add(POD('orders')); } },
  { title: 'isolated by a fresh policy', check: 'policy-isolates', blame: 'store', fault: 'network_loss', edit: (world) => world.extra.push(thing({ kind: 'NetworkPolicy', metadata: meta('deny', { creationTimestamp: ago(300) }), spec: { podSelector: { matchLabels: { app: 'store' } }, policyTypes: ['Ingress'] } })) },
  { title: 'policy lets in the wrong callers', check: 'policy-excludes-callers', blame: 'store', fault: 'network_loss', edit: (world) => world.files.push({ file: 'describe-netpol.txt', text: 'Name:         only-batch\nNamespace:    shop\nCreated on:   2031-05-06 09:58:00 +0000 UTC\nLabels:       <none>\nSpec:\n  PodSelector:     app=store\n  Allowing ingress traffic:\n    To Port: <any> (traffic allowed to all ports)\n    From:\n      PodSelector: app=batch\n  Not affecting egress traffic\n  Policy Types: Ingress\n' }) },
  { title: 'names do not resolve', check: 'dns-policy', blame: 'web', fault: 'dns', edit: (world) => both(world, 'web', (spec) => { spec.dnsPolicy = 'None'; }) },
  {
    title: 'cluster DNS is down', check: 'dns-down', blame: 'coredns', fault: 'dns', edit: (world) => {
      const dns = deployment('coredns', 53);
      const pod = podOf(dns);
      crashing(pod, 1);
      for (const item of [dns, pod]) item.metadata.namespace = 'kube-system';
      world.extra.push(dns, pod);
    },
  },
  { title: 'two containers, one port', check: 'port-conflict', blame: 'orders', fault: 'configuration', edit: (world) => { both(world, 'orders', (spec) => { spec.containers.push({ name: 'side', ports: [{ containerPort: 9000 }], env: [], resources: { requests: {}, limits: {} } }); }); crashing(world.pods.orders, 1); } },
  { title: 'a crumb of cpu', check: 'limits-too-small', blame: 'orders', fault: 'cpu', edit: (world) => { both(world, 'orders', (spec) => { spec.containers[0].resources.limits['cpu'] = '5m'; }); waiting(world.pods.orders, 'ContainerCreating'); } },
  { title: 'autoscaler is at its end', check: 'autoscaler', blame: 'web', fault: 'capacity', edit: (world) => world.extra.push(thing({ kind: 'HorizontalPodAutoscaler', metadata: meta('web'), spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, maxReplicas: 3 }, status: { currentReplicas: 3, conditions: [{ type: 'ScalingLimited', status: 'True' }] } })) },
  { title: 'ingress leads nowhere', check: 'ingress-backend-missing', blame: 'front', fault: 'configuration', edit: (world) => world.extra.push(thing({ kind: 'Ingress', metadata: meta('front'), spec: { rules: [{ http: { paths: [{ backend: { service: { name: 'wep', port: { number: 80 } } } }] } }] } })) },
  { title: 'node is not ready', check: 'node-not-ready', blame: 'node-b', fault: 'crash', edit: (world) => { world.nodes[1].status.conditions = [{ type: 'Ready', status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.' }]; } },
  { title: 'node lacks disk', check: 'node-pressure', blame: 'node-c', fault: 'disk', edit: (world) => world.nodes[2].status.conditions.push({ type: 'DiskPressure', status: 'True' }) },
  { title: 'kube-proxy is stopped', check: 'node-service-down', blame: 'node-b', fault: 'crash', edit: (world) => world.files.push({ file: 'node-b.txt', text: 'Node: node-b\n● kube-proxy.service - Kubernetes Proxy\n     Loaded: loaded\n     Active: inactive (dead) since Tue 2031-05-06 09:55:00 UTC\n' }) },
  { title: 'sandbox runs out of memory', check: 'sandbox-failed', blame: 'orders', fault: 'memory', edit: (world) => { waiting(world.pods.orders, 'ContainerCreating'); world.extra.push(event(world.pods.orders, 'FailedCreatePodSandBox', 'container init was OOM-killed (memory limit too low?)')); } },
  { title: 'evicted', check: 'evicted', blame: 'orders', fault: 'disk', edit: (world) => { world.pods.orders.status = { phase: 'Failed', containerStatuses: [], reason: 'Evicted', message: 'The node was low on resource: ephemeral-storage.' }; } },
  { title: 'kubelet went silent', check: 'node-silent', blame: 'node-b', fault: 'crash', edit: (world) => { Object.assign(world.nodes[1].status.conditions[0] ?? {}, { lastHeartbeatTime: ago(150) }); } },
  { title: 'node network agent is down', check: 'node-agent-down', blame: 'node-b', fault: 'network_loss', edit: (world) => { const agent = podOf(deployment('kube-flannel', 1)); agent.metadata = { name: 'kube-flannel-ds-x2x4z', namespace: 'kube-system' }; waiting(agent, 'ContainerCreating'); world.extra.push(agent); } },
  { title: 'node is busy', check: 'node-usage', blame: 'node-b', fault: 'cpu', edit: (world) => world.files.push({ file: 'top-nodes.txt', text: 'NAME     CPU(cores)   CPU%   MEMORY(bytes)   MEMORY%\nnode-a   200m         5%     900Mi           20%\nnode-b   3900m        98%    800Mi           18%\n' }) },
  { title: 'account does not exist', check: 'service-account-missing', blame: 'orders', fault: 'permission', edit: (world) => { world.orders.spec.template.spec.serviceAccountName = 'robot'; world.gone.add(POD('orders')); } },
  { title: 'cannot be reached though ready', check: 'connection-failed', blame: 'orders', fault: 'network_loss', edit: (world) => world.files.push({ file: 'tests.ndjson', text: JSON.stringify({ body: 'nc: connect to orders port 9000 (tcp) failed: Connection timed out', resource: { 'service.name': 'orders' }, attributes: { 'server.port': 9000 } }) }) },
  {
    title: 'nothing can be reached from one node', check: 'node-blind', blame: 'node-c', fault: 'network_loss', edit: (world) => {
      const lines = ['web', 'orders', 'store'].map((name) => JSON.stringify({ body: `from node-b: ${name} open\nfrom node-c: ${name} Connection timed out\n`, resource: { 'service.name': name }, attributes: { 'server.port': 80 } }));
      world.files.push({ file: 'tests.ndjson', text: lines.join('\n') });
    },
  },
  { title: 'restarted in the window', check: 'restarted', blame: 'orders', fault: 'crash', edit: (world) => { Object.assign(world.pods.orders.status.containerStatuses[0] ?? {}, { restartCount: 2, lastState: { terminated: { exitCode: 2, reason: 'Error', startedAt: ago(9000), finishedAt: ago(90) } } }); } },
  { title: 'every node is cordoned and nobody says so', check: 'no-open-node', blame: 'orders', fault: 'scheduling', edit: (world) => { for (const node of world.nodes) node.spec = { unschedulable: true }; unscheduled(world.pods.orders); } },
  { title: 'only the list of pods', check: 'pod-status', blame: 'mail', fault: 'crash', edit: (world) => world.files.push({ file: 'pods.txt', text: 'NAME                    READY   STATUS             RESTARTS      AGE\nmail-6f7c9d8b5c-x2x4z   0/1     CrashLoopBackOff   9 (2m ago)    3h\n' }) },
  { title: 'only lists: selector and labels of the workload', check: 'selector-matches-nothing', blame: 'mail', fault: 'configuration', edit: (world) => world.files.push({ file: 'all.txt', text: 'NAME   READY   UP-TO-DATE   AVAILABLE   AGE   CONTAINERS   IMAGES   SELECTOR\nmail   1/1     1            1           3h    main         mail:1   app=mail\n\nNAME   TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE   SELECTOR\nmail   ClusterIP   10.2.0.7     <none>        25/TCP    3h    app=mial\n' }) },
  { title: 'certificate is not issued', check: 'object-not-ready', blame: 'web-tls', fault: 'certificate', edit: (world) => world.files.push({ file: 'describe-certificate.txt', text: 'Name:         web-tls\nNamespace:    shop\nAPI Version:  cert-manager.io/v1\nKind:         Certificate\nStatus:\n  Conditions:\n    Last Transition Time:  2031-05-06T09:58:00Z\n    Message:               challenge failed\n    Reason:                Failed\n    Status:                False\n    Type:                  Ready\nEvents:  <none>\n' }) },
  { title: 'job gave up', check: 'job-failed', blame: 'reindex', fault: 'crash', edit: (world) => world.extra.push(thing({ kind: 'Job', metadata: meta('reindex'), spec: {}, status: { conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', lastTransitionTime: ago(120) }] } })) },
  wordsCase('credentials refused', 'FATAL: password authentication failed for user "orders"', 'permission'),
  wordsCase('name does not resolve', 'java.net.UnknownHostException: store-x', 'dns'),
  wordsCase('certificate expired', 'x509: certificate has expired or is not yet valid', 'certificate'),
  wordsCase('data directory not readable', 'open /data/dump: permission denied', 'permission'),
  wordsCase('server full: the server is blamed', 'redis: ERR max number of clients reached', 'capacity', 'store'),
];

const causes = (result: KubernetesFindings): readonly Finding[] => result.findings.filter((item) => item.role === 'cause');

describe('a healthy cluster', () => {
  it('yields no cause and no gap', () => {
    const result = run(shop());
    expect(causes(result)).toEqual([]);
    expect(result.gaps).toEqual([]);
  });

  it.each<[string, (world: Shop) => void]>([
    ['an old policy', (world) => { world.extra.push(thing({ kind: 'NetworkPolicy', metadata: meta('old'), spec: { podSelector: { matchLabels: { app: 'store' } }, policyTypes: ['Ingress'], ingress: [{ from: [] }] } })); }],
    ['an optional secret that is missing', (world) => both(world, 'web', (spec) => { spec.containers[0].env.push({ name: 'X', valueFrom: { secretKeyRef: { name: 'none', key: 'x', optional: true } } }); })],
    ['an external address', (world) => both(world, 'web', (spec) => { spec.containers[0].env.push({ name: 'PAY_URL', value: 'https://api.pay.example:443/v1' }); })],
    ['a feature that is not deployed', (world) => both(world, 'web', (spec) => { spec.containers[0].env.push({ name: 'ASSISTANT_ADDR', value: 'chatbot:7000' }); })],
    ['a claim that waits for its first pod', (world) => { world.extra.push(claim({ storageClassName: 'lazy' }), storageClass('lazy', 'WaitForFirstConsumer')); world.extra.push(event(claim(), 'WaitForFirstConsumer', 'waiting for first consumer to be created before binding', 'Normal')); }],
    ['a refusal that was overcome', (world) => { const set = { kind: 'ReplicaSet', metadata: meta('orders-5d4f8c9b7d', { ownerReferences: [{ kind: 'Deployment', name: 'orders' }] }) }; world.extra.push(set, event(set, 'FailedCreate', 'error looking up service account shop/orders: serviceaccount "orders" not found')); }],
    ['a finished job', (world) => { const pod = podOf(world.web); pod.metadata = meta('load-x', { ownerReferences: [{ kind: 'Job', name: 'load' }] }); pod.status = { phase: 'Succeeded', containerStatuses: [{ name: 'main', ready: false, state: { terminated: { exitCode: 0, reason: 'Completed' } } }] }; world.extra.push(pod); }],
    ['a closed namespace with an opening for each', (world) => {
      const policy = (name: string, selector: object, ingress: object[]): Thing => thing({ kind: 'NetworkPolicy', metadata: meta(name, { creationTimestamp: ago(60) }), spec: { podSelector: selector, policyTypes: ['Ingress'], ingress } });
      world.extra.push(policy('closed', {}, []), ...['web', 'orders', 'store'].map((name) => policy(`open-${name}`, { matchLabels: { app: name } }, [{ from: [] }])), policy('some', { matchExpressions: [{ key: 'app', operator: 'In', values: ['x'] }] }, []));
    }],
    ['a policy that lets in its callers', (world) => { world.extra.push(thing({ kind: 'NetworkPolicy', metadata: meta('callers', { creationTimestamp: ago(60) }), spec: { podSelector: { matchLabels: { app: 'store' } }, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: { matchLabels: { app: 'orders' } } }] }] } })); }],
    ['words in an annotation', (world) => { world.web.metadata.annotations = { note: 'root cause: store is OOMKilled, exceeded quota: all' }; }],
    ['claims of cause in the log of a healthy pod', (world) => { world.logs.push({ name: 'web', text: 'root cause: permission denied\n' }); }],
  ])('does not mind %s', (_title, edit) => {
    const world = shop();
    edit(world);
    expect(causes(run(world))).toEqual([]);
  });
});

describe('each fault', () => {
  it.each(CASES.map((item) => [item.title, item] as const))('%s', (_title, { check, blame, fault, edit }) => {
    const world = shop();
    edit(world);
    const result = run(world);
    const top = result.findings[0];
    expect(`${top?.id.split(':')[1] ?? ''} ${top?.component.name ?? ''}`).toBe(`${check} ${blame}`);
    expect(top?.role).toBe('cause');
    expect(top?.strength).toBeGreaterThanOrEqual(2.4);
    const weights = Object.values(top?.faults ?? {});
    expect(top?.faults[fault] ?? 0).toBeGreaterThanOrEqual(Math.max(...weights) / 2);
    expect(top?.query).toMatch(/^(?:kubectl|ssh|nc) /);
  });

  it('has a reason and a page for every check', () => {
    for (const check of KUBERNETES_CHECKS) expect([check.id, check.why.length > 20, check.source.startsWith('https://')]).toEqual([check.id, true, true]);
  });

  it('has a case for nearly every check that names causes', () => {
    const tested = new Set(CASES.map((item) => item.check));
    const left = KUBERNETES_CHECKS.map((check) => check.id).filter((id) => !tested.has(id));
    expect(left.length).toBeLessThanOrEqual(KUBERNETES_CHECKS.length / 4);
  });
});

describe('ranking', () => {
  it('puts the dead dependency before its unready caller', () => {
    const world = shop();
    crashing(world.pods.store, 139);
    crashing(world.pods.orders, 1);
    const { findings, explanations } = run(world);
    expect(findings[0]?.component.name).toBe('store');
    const caller = findings.find((item) => item.component.name === 'orders' && item.indicator.includes('CrashLoop'));
    expect([caller?.role, explanations.get(caller?.id ?? '')]).toEqual(['symptom', findings[0]?.id]);
  });

  it('puts a dead node before what runs on it', () => {
    const world = shop();
    world.nodes[1].status.conditions = [{ type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: 'PLEG is not healthy' }];
    crashing(world.pods.web, 1);
    crashing(world.pods.orders, 1);
    expect(run(world).findings[0]?.component).toMatchObject({ kind: 'node', name: 'node-b' });
  });

  it('puts the quota before those whom it refuses', () => {
    const world = shop();
    useClaim(world);
    world.extra.push(claim({}, 'other', 'Bound'), thing({ kind: 'ResourceQuota', metadata: meta('disks'), status: { hard: { 'requests.storage': '10Gi' }, used: { 'requests.storage': '9Gi' } } }));
    const { findings } = run(world);
    expect(findings[0]?.component).toMatchObject({ kind: 'kubernetes_object', name: 'disks', object_kind: 'ResourceQuota' });
    expect(findings.filter((item) => item.component.name === 'store').map((item) => item.role)).not.toContain('cause');
  });

  it('lets the last words decide what a crash was', () => {
    const world = shop();
    crashing(world.pods.store, 1);
    world.logs.push({ name: 'store', text: "can't open the dump: Permission denied\n" });
    const crash = run(world).findings.find((item) => item.id.includes('crash-loop'));
    expect(Object.entries(crash?.faults ?? {}).sort((a, b) => b[1] - a[1])[0]?.[0]).toBe('permission');
  });

  it('knows who uses whom', () => {
    const edges = run(shop()).graph.edges.map((edge) => `${edge.from} ${edge.relation} ${edge.to}`);
    expect(edges).toEqual(expect.arrayContaining([
      'Deployment/shop/web calls Service/shop/orders', 'Service/shop/orders selects Deployment/shop/orders', 'Deployment/shop/orders calls Service/shop/store',
      'Deployment/shop/store owns Pod/shop/store-5d4f8c9b7d-abcde', 'Pod/shop/store-5d4f8c9b7d-abcde runs_on Node//node-c',
    ]));
  });
});

const findingsOf = (order: readonly Thing[]): unknown => kubernetesFindings({
  files: order.map((item, index) => ({ file: `${String(index).padStart(3, '0')}.json`, text: JSON.stringify(item) })), at: AT, window: WINDOW, baseline: null,
}).findings;

describe('secrets', () => {
  it('shows no password of an address or an event', () => {
    const world = shop();
    both(world, 'orders', (spec) => { spec.containers[0].env = [{ name: 'STORE_URL', value: 'redis://default:hunter2secret@stroe:6379/0' }]; });
    waiting(world.pods.web, 'ContainerCreating');
    world.extra.push(event(world.pods.web, 'FailedMount', 'mount failed: permission denied: password=hunter2secret'));
    const result = run(world);
    expect(result.findings.map((item) => item.id.split(':')[1])).toEqual(expect.arrayContaining(['address-wrong', 'mount-failed']));
    expect(JSON.stringify(result.findings)).not.toContain('hunter2secret');
  });
});

describe('properties', () => {
  it('does not depend on the order of objects or files', () => {
    const world = shop();
    crashing(world.pods.orders, 1);
    both(world, 'web', (spec) => { spec.containers[0].env = [{ name: 'ORDERS_ADDR', value: 'ordres:9000' }]; });
    const items = itemsOf(world);
    const expected = findingsOf(items);
    fc.assert(fc.property(fc.shuffledSubarray(items, { minLength: items.length }), (order) => { expect(findingsOf(order)).toEqual(expected); }), { numRuns: 20 });
  });

  it('has unique ids', () => {
    for (const { edit } of CASES) {
      const world = shop();
      edit(world);
      const ids = run(world).findings.map((item) => item.id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});
