/** Failure modes beyond the life of a pod: admission, roll-outs, jobs, certificates, operators, nodes, and what logs say of them. */
import { ago, both, type Case, crashing, deployment, event, meta, podOf, POD, type Shop, thing, type Thing, waiting } from './shop.fixture.ts';

const lines = (line: string, count = 4): string => Array.from({ length: count }, (_, index) => `${ago(400 - index * 60)} ${line}`).join('\n');

const complaint = (title: string, name: string, line: string, fault: Case['fault'], blame = name): Case => ({
  title: `runs on and complains: ${title}`, check: 'complains', blame, fault, edit: (world) => { world.logs.push({ name, text: lines(line) }); },
});

const warning = (title: string, about: (world: Shop) => Thing, [reason, message]: readonly [string, string], blame: string, fault: Case['fault']): Case => ({
  title: `warns: ${title}`, check: 'warning-event', blame, fault, edit: (world) => { world.extra.push(event(about(world), reason, message)); },
});

const other = (kind: string, name: string, more: object = {}): Thing => thing({ kind, metadata: meta(name, { creationTimestamp: ago(300) }), ...more });
const refused = (world: Shop, message: string): void => {
  world.gone.add(POD('orders'));
  const set = { kind: 'ReplicaSet', metadata: meta('orders-5d4f8c9b7d', { ownerReferences: [{ kind: 'Deployment', name: 'orders' }] }), spec: { replicas: 1, template: world.orders.spec.template } };
  world.extra.push(set, event(set, 'FailedCreate', message));
};
const ingress = (spec: object): Thing => other('Ingress', 'front', { spec: { rules: [{ http: { paths: [{ backend: { service: { name: 'web', port: { number: 8080 } } } }] } }], ...spec } });
const daemon = (world: Shop, down: readonly number[]): void => {
  for (const [index, node] of ['node-a', 'node-b', 'node-c'].entries()) {
    const pod = podOf(deployment('kube-proxy', 10_249), node);
    pod.metadata = { name: `kube-proxy-x${index}x4z`, namespace: 'kube-system', ownerReferences: [{ kind: 'DaemonSet', name: 'kube-proxy' }] };
    if (down.includes(index)) waiting(pod, 'ContainerCreating');
    world.extra.push(pod);
  }
};
const budget = other('PodDisruptionBudget', 'store', { spec: { minAvailable: 1 }, status: { disruptionsAllowed: 0 } });

/** As `kubectl get events` prints it: the API server's own text of a webhook whose Service has no pods. */
const NO_WEBHOOK = 'Error creating: Internal error occurred: failed calling webhook "check.rules.example": failed to call webhook: Post "https://rules.guard.svc:443/validate?timeout=10s": no endpoints available for service "rules"';

/** A UTCTime of DER. */
const utcTime = (text: string): number[] => [0x17, text.length, ...Array.from(text, (char) => char.charCodeAt(0))];

/** The beginning of a certificate, valid for one day of 2020, as the API prints it in a Secret. */
const OLD_CERTIFICATE = ((): string => {
  const der = [0x30, 0x3a, 0xa0, 0x03, 0x02, 0x01, 0x02, 0x30, 0x1e, ...utcTime('200101000000Z'), ...utcTime('200102000000Z'), ...Array.from({ length: 8 }, () => 0)];
  return btoa(`-----BEGIN CERTIFICATE-----\n${btoa(String.fromCharCode(...der))}\n-----END CERTIFICATE-----\n`);
})();

export const CATALOGUE: readonly Case[] = [
  { title: 'admission webhook without pods', check: 'webhook-down', blame: 'rules', fault: 'dependency', edit: (world) => refused(world, NO_WEBHOOK) },
  { title: 'admission webhook with an unknown certificate', check: 'webhook-down', blame: 'rules', fault: 'certificate', edit: (world) => refused(world, NO_WEBHOOK.replace(/no endpoints.*/, 'tls: failed to verify certificate: x509: certificate signed by unknown authority')) },
  { title: 'priority class does not exist', check: 'creation-denied', blame: 'orders', fault: 'configuration', edit: (world) => refused(world, 'Error creating: pods "orders-x" is forbidden: no PriorityClass with name urgent was found') },
  { title: 'a job is refused by pod security', check: 'creation-denied', blame: 'reindex', fault: 'permission', edit: (world) => { const job = other('Job', 'reindex', { spec: { template: { spec: { containers: [{ name: 'main' }] } } }, status: {} }); world.extra.push(job, event(job, 'FailedCreate', 'Error creating: pods "reindex-x" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false')); } },
  { title: 'roll-out is paused', check: 'rollout-paused', blame: 'orders', fault: 'configuration', edit: (world) => { Object.assign(world.orders.spec, { paused: true }); } },
  { title: 'roll-out stops at a partition', check: 'rollout-held', blame: 'store', fault: 'configuration', edit: (world) => { Object.assign(world.store, { kind: 'StatefulSet' }); Object.assign(world.store.spec, { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } } }); Object.assign(world.store.status, { updatedReplicas: 0 }); } },
  { title: 'governing service does not exist', check: 'governing-service-missing', blame: 'store', fault: 'configuration', edit: (world) => { Object.assign(world.store, { kind: 'StatefulSet' }); Object.assign(world.store.spec, { serviceName: 'store-peers' }); } },
  { title: 'the node turns the pod away', check: 'pod-rejected', blame: 'web', fault: 'configuration', edit: (world) => { world.pods.web.status = { phase: 'Pending', reason: 'AppArmor', message: 'Cannot enforce AppArmor: profile "strict" is not loaded', containerStatuses: [] }; } },
  { title: 'daemon set selects no node', check: 'daemon-nowhere', blame: 'shipper', fault: 'configuration', edit: (world) => { world.extra.push(other('DaemonSet', 'shipper', { spec: { template: { spec: { nodeSelector: { disk: 'fast' }, containers: [{ name: 'main' }] } } }, status: { desiredNumberScheduled: 0, numberReady: 0 } })); } },
  { title: 'drain waits for a disruption budget', check: 'budget-blocks', blame: 'store', fault: 'configuration', edit: (world) => { world.nodes[2].spec = { unschedulable: true }; world.extra.push(budget, event(budget, 'EvictionRetry', "Cannot evict pod as it would violate the pod's disruption budget.", 'Normal')); } },
  { title: 'namespace does not go', check: 'namespace-stuck', blame: 'old', fault: 'configuration', edit: (world) => { world.extra.push(thing({ kind: 'Namespace', metadata: { name: 'old', deletionTimestamp: ago(1200) }, status: { phase: 'Terminating', conditions: [{ type: 'NamespaceFinalizersRemaining', status: 'True', reason: 'SomeFinalizersRemain', message: 'Some content in the namespace has finalizers remaining: example.com/cleanup in 1 resource instances' }] } })); } },
  { title: 'readiness gate is closed', check: 'readiness-gate', blame: 'web', fault: 'configuration', edit: (world) => { world.pods.web.status.conditions = [{ type: 'ContainersReady', status: 'True' }, { type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady' }, { type: 'balancer.example/target', status: 'False', reason: 'TargetNotRegistered' }]; } },
  { title: 'operator says that its object is degraded', check: 'object-not-ready', blame: 'ledger', fault: 'storage', edit: (world) => { world.extra.push(other('DatabaseCluster', 'ledger', { status: { conditions: [{ type: 'Degraded', status: 'True', reason: 'VolumeFull', message: 'volume of member 0 is full', lastTransitionTime: ago(200) }] } })); } },
  { title: 'aggregated API without pods', check: 'object-not-ready', blame: 'v1beta1.metrics.example', fault: 'dependency', edit: (world) => { world.files.push({ file: 'apiservices.txt', text: 'NAME                      SERVICE               AVAILABLE                  AGE\nv1.apps                   Local                 True                       90d\nv1beta1.metrics.example   kube-system/metrics   False (MissingEndpoints)   90d\n' }); } },
  { title: 'certificate is over', check: 'certificate-not-ready', blame: 'front-cert', fault: 'certificate', edit: (world) => { world.extra.push(other('Certificate', 'front-cert', { spec: { secretName: 'front-tls' }, status: { notAfter: ago(300), conditions: [{ type: 'Ready', status: 'False', reason: 'Expired' }] } })); } },
  { title: 'certificate in a secret is over', check: 'certificate-expired', blame: 'front-tls', fault: 'certificate', edit: (world) => { world.extra.push(ingress({ tls: [{ secretName: 'front-tls' }] }), other('Secret', 'front-tls', { type: 'kubernetes.io/tls', data: { 'tls.crt': OLD_CERTIFICATE, 'tls.key': '' } })); } },
  { title: 'secret of the ingress does not exist', check: 'ingress-tls', blame: 'front', fault: 'certificate', edit: (world) => { world.extra.push(ingress({ tls: [{ secretName: 'front-tls' }] })); } },
  { title: 'ingress class does not exist', check: 'ingress-class-missing', blame: 'front', fault: 'configuration', edit: (world) => { world.extra.push(ingress({ ingressClassName: 'ngnix' }), thing({ kind: 'IngressClass', metadata: { name: 'nginx' } })); } },
  { title: 'ingress controller rejects a certificate', check: 'certificate-said', blame: 'front-tls', fault: 'certificate', edit: (world) => { world.extra.push(ingress({ tls: [{ secretName: 'front-tls' }] }), other('Secret', 'front-tls', { type: 'kubernetes.io/tls', data: { 'tls.crt': '', 'tls.key': '' } })); world.logs.push({ name: 'ingress-controller', text: lines('W0506 controller.go:1334] Error getting SSL certificate "shop/front-tls": local SSL certificate shop/front-tls was not found. Using default certificate') }); } },
  { title: 'egress without DNS', check: 'policy-without-dns', blame: 'orders', fault: 'network_loss', edit: (world) => { world.extra.push(other('NetworkPolicy', 'orders-out', { spec: { podSelector: { matchLabels: { app: 'orders' } }, policyTypes: ['Egress'], egress: [{ ports: [{ port: 6379, protocol: 'TCP' }] }] } })); } },
  { title: 'the network agent is down on all nodes', check: 'node-agent-down', blame: 'kube-proxy', fault: 'crash', edit: (world) => daemon(world, [0, 1, 2]) },
  { title: 'the network agent is down on one node', check: 'node-agent-down', blame: 'node-b', fault: 'crash', edit: (world) => daemon(world, [1]) },
  { title: 'a detector reports the file system of a node', check: 'node-pressure', blame: 'node-b', fault: 'disk', edit: (world) => { world.nodes[1].status.conditions.push({ type: 'ReadonlyFilesystem', status: 'True', reason: 'FilesystemIsReadOnly' }); } },
  { title: 'etcd is full', check: 'etcd-fails', blame: 'etcd', fault: 'storage', edit: (world) => { world.extra.push(event(world.web, 'FailedUpdate', 'etcdserver: mvcc: database space exceeded'), event(world.orders, 'FailedUpdate', 'etcdserver: mvcc: database space exceeded')); } },
  { title: 'init container waits for a misspelt host', check: 'address-wrong', blame: 'web', fault: 'configuration', edit: (world) => { both(world, 'web', (spec) => { Object.assign(spec, { initContainers: [{ name: 'wait', command: ['sh', '-c', 'until nc -z ordrs 9000; do sleep 1; done'] }] }); }); waiting(world.pods.web, 'PodInitializing'); } },
  { title: 'a batch job misses its input', check: 'last-words', blame: 'reindex', fault: 'exception', edit: (world) => { const job = other('Job', 'reindex', { spec: {} }); const pod = podOf(world.web); pod.metadata = meta('reindex-x2x4z', { ownerReferences: [{ kind: 'Job', name: 'reindex' }] }); crashing(pod, 1); world.extra.push(job, pod); world.logs.push({ name: 'reindex', text: "Traceback (most recent call last):\n  File \"/app/run.py\", line 7, in main\nFileNotFoundError: [Errno 2] No such file or directory: '/in/today.csv'\n" }); } },
  { title: 'rights are refused, in a JSON line', check: 'last-words', blame: 'orders', fault: 'permission', edit: (world) => { crashing(world.pods.orders, 1); world.logs.push({ name: 'orders', text: '{"level":"error","msg":"configmaps is forbidden: User \\"system:serviceaccount:shop:orders\\" cannot list resource \\"configmaps\\""}\n' }); } },
  complaint('rights', 'orders', 'level=error msg="leases is forbidden: User \\"system:serviceaccount:shop:orders\\" cannot list resource"', 'permission'),
  complaint('open files', 'web', '[alert] 7#7: socket() failed (24: Too many open files)', 'capacity'),
  complaint('pool', 'orders', 'level=error msg="HikariPool-1 - Connection is not available, request timed out after 30000ms."', 'capacity'),
  complaint('disk', 'store', 'ERROR:  could not extend file "base/1/2": No space left on device', 'disk'),
  complaint('read-only server', 'orders', 'level=error msg="redis: READONLY You can\'t write against a read only replica."', 'configuration', 'store'),
  complaint('name that an alias points at', 'web', 'level=error msg="dial tcp: lookup geo on 10.2.0.10:53: no such host"', 'dns', 'web'),
  complaint('memory of the server that it names', 'orders', "level=error msg=\"OOM command not allowed when used memory > 'maxmemory'\" addr=store:6379", 'memory', 'store'),
  warning('a certificate is over', () => other('Certificate', 'pay-cert'), ['Expired', 'Certificate expired on 2031-05-06T09:50:00Z'], 'pay-cert', 'certificate'),
  warning('runs are missed', () => other('CronJob', 'nightly', {}), ['TooManyMissedTimes', 'too many missed start times: 112. Set or decrease .spec.startingDeadlineSeconds or check clock skew'], 'nightly', 'configuration'),
  warning('a load balancer cannot be made', (world) => world.services.web, ['SyncLoadBalancerFailed', 'Error syncing load balancer: failed to ensure load balancer: no suitable subnets'], 'web', 'configuration'),
  warning('a volume cannot grow', () => other('PersistentVolumeClaim', 'store-data', { status: { phase: 'Bound' } }), ['VolumeResizeFailed', 'resize volume "disk-1" by resizer "csi" failed: volume size exceeds quota'], 'store-data', 'storage'),
  warning('an operator is refused', () => other('ExternalSecret', 'api-key'), ['UpdateFailed', 'error processing key prod/api, err: permission denied'], 'api-key', 'permission'),
];

