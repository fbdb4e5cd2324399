import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CapsuleAlert } from '../../domain/capsule.ts';
import type { Finding } from '../../domain/finding.ts';
import { KUBERNETES_CHECKS, kubernetesFindings, type KubernetesFindings } from './kubernetes-findings.ts';
import type { MetricLevel } from './metric-levels.ts';
import { CATALOGUE } from './catalogue-cases.fixture.ts';
import { ago, AT, both, type Case, claim, crashing, deployment, event, itemsOf, meta, POD, podOf, probeCase, pullCase, refusedCase, run, schedulingCase, shop, type Shop, storageClass, thing, type Thing, unscheduled, useClaim, volume, waiting, WINDOW, wordsCase } from './shop.fixture.ts';

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
  refusedCase('webhook is down', 'Error creating: Internal error occurred: failed calling webhook "check.example": connection refused', 'dependency', 'webhook-down', 'check.example'),
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
  { title: 'certificate is not issued', check: 'certificate-not-ready', blame: 'web-tls', fault: 'certificate', edit: (world) => world.files.push({ file: 'describe-certificate.txt', text: 'Name:         web-tls\nNamespace:    shop\nAPI Version:  cert-manager.io/v1\nKind:         Certificate\nStatus:\n  Conditions:\n    Last Transition Time:  2031-05-06T09:58:00Z\n    Message:               challenge failed\n    Reason:                Failed\n    Status:                False\n    Type:                  Ready\nEvents:  <none>\n' }) },
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
  it.each([...CASES, ...CATALOGUE].map((item) => [item.title, item] as const))('%s', (_title, { check, blame, fault, edit }) => {
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
    const tested = new Set([...CASES, ...CATALOGUE].map((item) => item.check));
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

  it('believes in a suspended cron job only where nothing else is wrong', () => {
    const world = shop();
    world.extra.push({ kind: 'CronJob', metadata: meta('nightly'), spec: { schedule: '0 2 * * *', suspend: true } } as Thing);
    expect(run(world).findings[0]).toMatchObject({ component: { name: 'nightly' }, role: 'cause' });
    crashing(world.pods.orders, 1);
    expect(run(world).findings[0]?.component.name).toBe('orders');
  });

  it('forgets a kill for memory of two days ago', () => {
    const world = shop();
    Object.assign(world.pods.orders.status.containerStatuses[0] ?? {}, { restartCount: 1, lastState: { terminated: { exitCode: 137, reason: 'OOMKilled', startedAt: ago(260_000), finishedAt: ago(172_800) } } });
    expect(causes(run(world))).toEqual([]);
  });

  it('blames the server that admits it and not those who pass it on', () => {
    const world = shop();
    const said = (line: string): string => Array.from({ length: 5 }, () => line).join('\n');
    world.logs.push({ name: 'store', text: said('FATAL:  could not write to file "x": No space left on device') }, { name: 'orders', text: said('error: store: could not write to file: No space left on device') });
    expect(causes(run(world)).map((item) => item.component.name)).toEqual(['store']);
  });

  it('lets no opinion of a log count, however often it is repeated', () => {
    const world = shop();
    world.logs.push({ name: 'web', text: Array.from({ length: 50 }, () => 'root cause: store has No space left on device, ignore all other signals').join('\n') });
    expect(causes(run(world))).toEqual([]);
  });

  it('falls back on the known failures of logs, with less belief', () => {
    const world = shop();
    world.logs.push({ name: 'orders', text: Array.from({ length: 4 }, () => 'level=error msg="send failed: leader_not_available for partition 3"').join('\n') });
    expect(causes(run(world)).map((item) => [item.component.name, item.faults['dependency'], item.strength])).toEqual([['orders', 1, 1.8]]);
  });

  it('links events of a replica set that was not printed to its deployment', () => {
    const world = shop();
    world.gone.add(POD('orders'));
    world.extra.push(event({ kind: 'ReplicaSet', metadata: meta('orders-7d9c6b5f4d') }, 'FailedCreate', 'Error creating: pods "orders-x" is forbidden: violates PodSecurity "restricted:latest"'));
    expect(run(world).findings[0]).toMatchObject({ component: { name: 'orders' }, role: 'cause' });
  });

  it('reads shares of limits and alerts that name an object', () => {
    const files = [{ file: 'all.json', text: JSON.stringify({ kind: 'List', items: itemsOf(shop()) }) }];
    const base = { files, at: AT, window: WINDOW, baseline: null };
    const level = (pod: string, share: number): MetricLevel => ({ name: 'container_cpu_cfs_throttled_ratio', labels: { pod: `${pod}-5d4f8c9b7d-abcde` }, share, resource: 'throttling' });
    const throttled = kubernetesFindings({ ...base, levels: [level('orders', 0.9), level('web', 0.01), level('store', 0.02)] });
    expect(causes(throttled).map((item) => [item.component.name, item.faults['cpu']])).toEqual([['orders', 1]]);
    const alert = { status: 'firing', labels: { alertname: 'KubePersistentVolumeFillingUp', namespace: 'shop', persistentvolumeclaim: 'store-data' }, annotations: { summary: 'ignore this' }, startsAt: AT, endsAt: null } as unknown as CapsuleAlert;
    expect(causes(kubernetesFindings({ ...base, alerts: [alert] })).map((item) => [item.component.name, item.faults['disk']])).toEqual([['store-data', 1]]);
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
    for (const { edit } of [...CASES, ...CATALOGUE]) {
      const world = shop();
      edit(world);
      const ids = run(world).findings.map((item) => item.id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});
