import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCluster } from '../cluster/build-cluster.ts';
import type { Cluster } from '../cluster/types.ts';
import { kubernetesFindings } from '../kubernetes-findings.ts';
import { parseKubernetesFiles } from './parse-files.ts';

const AT = Date.parse('2031-05-06T10:00:00Z');
const WINDOW = { start: AT - 600_000, end: AT };

const clusterOf = (...files: readonly [file: string, text: string][]): Cluster =>
  buildCluster(
    parseKubernetesFiles(
      files.map(([file, text]) => ({ file, text })),
      AT,
    ),
    AT,
  );

const POD = `Name:             billing-7c9d5b6f88-qk2vz
Namespace:        pay
Priority:         0
Service Account:  billing
Node:             node-7/10.0.0.7
Start Time:       Tue, 06 May 2031 09:30:00 +0000
Labels:           app=billing
                  pod-template-hash=7c9d5b6f88
Annotations:      note: root cause is the moon
Status:           Running
IP:               10.1.2.3
IPs:
  IP:           10.1.2.3
Controlled By:  ReplicaSet/billing-7c9d5b6f88
Init Containers:
  migrate:
    Image:          registry.example/migrate:2
    Port:           <none>
    Host Port:      <none>
    State:          Terminated
      Reason:       Completed
      Exit Code:    0
      Started:      Tue, 06 May 2031 09:30:01 +0000
      Finished:     Tue, 06 May 2031 09:30:03 +0000
    Ready:          True
    Restart Count:  0
Containers:
  api:
    Image:         registry.example/billing:4.2
    Ports:         8080/TCP, 9090/TCP
    Host Ports:    0/TCP, 9090/TCP
    Command:
      /bin/billing
    Args:
      --ledger=ledger.books.svc.cluster.local:7000
    State:          Waiting
      Reason:       CrashLoopBackOff
    Last State:     Terminated
      Reason:       Error
      Exit Code:    3
      Started:      Tue, 06 May 2031 09:59:00 +0000
      Finished:     Tue, 06 May 2031 09:59:02 +0000
    Ready:          False
    Restart Count:  5
    Limits:
      cpu:     250m
      memory:  128Mi
    Requests:
      cpu:      100m
      memory:   64Mi
    Liveness:   http-get http://:8080/alive delay=5s timeout=1s period=10s #success=1 #failure=3
    Readiness:  grpc <pod>:9090  delay=3s timeout=2s period=5s #success=1 #failure=2
    Startup:    exec [cat /tmp/ok] delay=0s timeout=1s period=1s #success=1 #failure=30
    Environment Variables from:
      shared  ConfigMap  Optional: true
    Environment:
      DB_PASSWORD:  <set to the key 'password' in secret 'billing-db'>  Optional: false
      POD_IP:        (v1:status.podIP)
      DB_URL:       postgres://user@books-db:5432/billing
    Mounts:
      /data from data (rw)
      /etc/app from settings (ro,path="app.yaml")
Conditions:
  Type              Status
  Initialized       True
  Ready             False
  PodScheduled      True
Volumes:
  data:
    Type:       PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)
    ClaimName:  billing-data
    ReadOnly:   false
  settings:
    Type:      ConfigMap (a volume populated by a ConfigMap)
    Name:      billing-settings
    Optional:  false
QoS Class:       Burstable
Node-Selectors:  disk=ssd
Tolerations:     dedicated=pay:NoSchedule
                 node.kubernetes.io/not-ready:NoExecute op=Exists for 300s
Events:
  Type     Reason   Age                  From     Message
  ----     ------   ----                 ----     -------
  Normal   Pulled   5m                   kubelet  Container image already present on machine
  Warning  BackOff  30s (x12 over 4m2s)  kubelet  Back-off restarting failed container api
`;

const REST = `Name:                     billing
Namespace:                pay
Labels:                   <none>
Annotations:              <none>
Selector:                 app=billing
Type:                     ClusterIP
IP:                       10.2.0.1
Port:                     http  80/TCP
TargetPort:               8080/TCP
Endpoints:                <none>
Port:                     rpc  9090/TCP
TargetPort:               rpc/TCP
Endpoints:                <none>
Session Affinity:         None
Events:                   <none>


Name:               node-7
Roles:              <none>
Labels:             disk=ssd
CreationTimestamp:  Mon, 05 May 2031 10:00:00 +0000
Taints:             dedicated=pay:NoSchedule
                    node.kubernetes.io/unschedulable:NoSchedule
Unschedulable:      true
Lease:
  HolderIdentity:  node-7
  RenewTime:       Tue, 06 May 2031 09:59:55 +0000
Conditions:
  Type            Status  LastHeartbeatTime                 LastTransitionTime                Reason              Message
  ----            ------  -----------------                 ------------------                ------              -------
  DiskPressure    True    Tue, 06 May 2031 09:59:00 +0000   Tue, 06 May 2031 09:50:00 +0000   KubeletHasDisk      kubelet has disk pressure
  Ready           True    Tue, 06 May 2031 09:59:00 +0000   Mon, 05 May 2031 10:00:00 +0000   KubeletReady        kubelet is posting ready status
Allocatable:
  cpu:     4
  memory:  8Gi
System Info:
  OS Image:  Linux


Name:          billing-data
Namespace:     pay
StorageClass:  slow
Status:        Pending
Volume:
Labels:        <none>
Finalizers:    [kubernetes.io/pvc-protection]
Capacity:
Access Modes:
VolumeMode:    Filesystem
Used By:       billing-7c9d5b6f88-qk2vz
Events:        <none>


Name:       limits
Namespace:  pay
Resource    Used  Hard
--------    ----  ----
pods        4     5
limits.cpu  900m  1


Name:         closed
Namespace:    pay
Created on:   2031-05-06 11:58:00 +0200 CEST
Labels:       <none>
Annotations:  <none>
Spec:
  PodSelector:     app=billing
  Allowing ingress traffic:
    <none> (Selected pods are isolated for ingress connectivity)
  Not affecting egress traffic
  Policy Types: Ingress


Name:         billing-settings
Namespace:    pay
Labels:       <none>
Annotations:  <none>

Data
====
app.yaml:
----
a: 1
b: two

other:
----
x


BinaryData
====

Events:  <none>


Name:         billing-db
Namespace:    pay
Labels:       <none>
Annotations:  <none>

Type:  Opaque

Data
====
password:  9 bytes


Name:                                                  billing
Namespace:                                             pay
Reference:                                             Deployment/billing
Metrics:                                               ( current / target )
  resource cpu on pods  (as a percentage of request):  95% (95m) / 60%
Min replicas:                                          1
Max replicas:                                          4
Deployment pods:                                       4 current / 4 desired
Conditions:
  Type            Status  Reason            Message
  ----            ------  ------            -------
  ScalingLimited  True    TooManyReplicas   the desired replica count is more than the maximum
`;

describe('kubectl describe', () => {
  const cluster = clusterOf(['describe-a.txt', POD], ['describe-b.txt', REST]);

  it('reads a pod', () => {
    const pod = cluster.pods[0];
    expect(pod).toMatchObject({
      name: 'billing-7c9d5b6f88-qk2vz',
      namespace: 'pay',
      phase: 'Running',
      node: 'node-7',
      ip: '10.1.2.3',
      restarts: 5,
      readyCount: 0,
      containerCount: 1,
      labels: { app: 'billing' },
      workload: { kind: 'Deployment', name: 'billing', namespace: 'pay' },
      createdAt: Date.parse('2031-05-06T09:30:00Z'),
    });
    expect(pod?.spec).toMatchObject({ serviceAccount: 'billing', nodeSelector: { disk: 'ssd' } });
    expect(pod?.spec.tolerations).toHaveLength(2);
    expect(pod?.spec.references.map((item) => [item.kind, item.name, item.key, item.optional])).toEqual([
      ['Secret', 'billing-db', 'password', false],
      ['ConfigMap', 'shared', null, true],
      ['PersistentVolumeClaim', 'billing-data', null, false],
      ['ConfigMap', 'billing-settings', null, false],
    ]);
  });

  it('reads a container with its state, probes and limits', () => {
    const pod = cluster.pods[0];
    expect(pod?.spec.containers.map((item) => [item.name, item.init])).toEqual([
      ['migrate', true],
      ['api', false],
    ]);
    expect(pod?.spec.containers[1]).toMatchObject({
      image: 'registry.example/billing:4.2',
      ports: [
        { port: 8080, hostPort: null },
        { port: 9090, hostPort: 9090 },
      ],
      cpuLimit: 0.25,
      memoryLimit: 128 * 2 ** 20,
      command: ['/bin/billing'],
      liveness: { type: 'http', port: '8080', path: '/alive', initialDelaySeconds: 5, periodSeconds: 10, failureThreshold: 3 },
      readiness: { type: 'grpc', port: '9090', timeoutSeconds: 2, failureThreshold: 2 },
      startup: { type: 'exec', port: null, failureThreshold: 30 },
    });
    expect(pod?.containers[1]).toMatchObject({
      ready: false,
      restarts: 5,
      state: { phase: 'waiting', reason: 'CrashLoopBackOff' },
      lastState: { phase: 'terminated', exitCode: 3 },
    });
  });

  it('reads events with their ages', () => {
    expect(cluster.events.find((event) => event.reason === 'BackOff')).toMatchObject({
      about: { kind: 'Pod', name: 'billing-7c9d5b6f88-qk2vz', namespace: 'pay' },
      count: 12,
      last: AT - 30_000,
      first: AT - 242_000,
    });
  });

  it('reads services, nodes, storage, quota, policy, config, autoscaler', () => {
    expect(cluster.services[0]).toMatchObject({
      selector: { app: 'billing' },
      endpoints: [],
      ports: [
        { name: 'http', port: 80, targetPort: '8080' },
        { name: 'rpc', port: 9090, targetPort: 'rpc' },
      ],
    });
    expect(cluster.nodes[0]).toMatchObject({ name: 'node-7', unschedulable: true, allocatableCpu: 4, heartbeatAt: Date.parse('2031-05-06T09:59:55Z') });
    expect(cluster.nodes[0]?.conditions.find((item) => item.type === 'DiskPressure')).toMatchObject({ status: 'True', since: Date.parse('2031-05-06T09:50:00Z') });
    expect(cluster.claims[0]).toMatchObject({ name: 'billing-data', phase: 'Pending', storageClass: 'slow', volume: null });
    expect(cluster.quotas[0]?.resources).toEqual([
      { resource: 'pods', used: '4', hard: '5' },
      { resource: 'limits.cpu', used: '900m', hard: '1' },
    ]);
    expect(cluster.policies[0]).toMatchObject({
      name: 'closed',
      podSelector: { app: 'billing' },
      ingressRules: 0,
      egressRules: null,
      createdAt: Date.parse('2031-05-06T09:58:00Z'),
    });
    expect(cluster.configs.map((item) => [item.kind, item.name, item.keys])).toEqual([
      ['ConfigMap', 'billing-settings', ['app.yaml', 'other']],
      ['Secret', 'billing-db', ['password']],
    ]);
    expect(cluster.configs[0]?.data['app.yaml']).toBe('a: 1\nb: two');
    expect(cluster.autoscalers[0]).toMatchObject({ target: { kind: 'Deployment', name: 'billing' }, max: 4, current: 4 });
  });
});

describe('kubectl get tables', () => {
  it.each<[string, string, (cluster: Cluster) => unknown, unknown]>([
    [
      'pods',
      'NAMESPACE   NAME    READY   STATUS             RESTARTS      AGE   IP         NODE\npay         a-x     0/2     CrashLoopBackOff   7 (2m ago)    3h    10.1.0.1   n1\n',
      ({ pods: [pod] }) => [pod?.namespace, pod?.status, pod?.readyCount, pod?.containerCount, pod?.restarts, pod?.lastRestartAt, pod?.node],
      ['pay', 'CrashLoopBackOff', 0, 2, 7, AT - 120_000, 'n1'],
    ],
    [
      'deployments',
      'NAME   READY   UP-TO-DATE   AVAILABLE   AGE   SELECTOR\na      1/3     3            1           5d    app=a\n',
      ({ workloads: [item] }) => [item?.kind, item?.desired, item?.ready, item?.selector],
      ['Deployment', 3, 1, { app: 'a' }],
    ],
    [
      'services',
      'NAME   TYPE       CLUSTER-IP   EXTERNAL-IP   PORT(S)                      AGE\na      NodePort   10.2.0.4     <none>        80:30080/TCP,9090:31000/UDP   5d\n',
      ({ services: [item] }) => item?.ports.map((port) => [port.port, port.protocol]),
      [
        [80, 'TCP'],
        [9090, 'UDP'],
      ],
    ],
    [
      'nodes',
      'NAME   STATUS                        ROLES    AGE   VERSION\nn1     NotReady,SchedulingDisabled   <none>   5d    v1.31.0\n',
      ({ nodes: [node] }) => [node?.unschedulable, node?.conditions[0]?.status],
      [true, 'False'],
    ],
    [
      'claims with empty cells',
      'NAME   STATUS    VOLUME   CAPACITY   ACCESS MODES   STORAGECLASS   AGE\na      Pending                                      slow           40s\n',
      ({ claims: [claim] }) => [claim?.phase, claim?.volume, claim?.storageClass],
      ['Pending', null, 'slow'],
    ],
    [
      'volumes',
      'NAME   CAPACITY   ACCESS MODES   RECLAIM POLICY   STATUS   CLAIM    STORAGECLASS   REASON   AGE\nd1     1Gi        RWO            Retain           Bound    pay/db   slow                    9d\n',
      ({ volumes: [item] }) => [item?.claim, item?.accessModes, item?.capacityBytes],
      [{ namespace: 'pay', name: 'db' }, ['RWO'], 2 ** 30],
    ],
    [
      'quotas',
      'NAME   AGE    REQUEST                          LIMIT\nq      200s   pods: 5/5, requests.cpu: 1/2   limits.cpu: 1/4\n',
      ({ quotas: [item] }) => item?.resources.map((r) => `${r.resource} ${r.used}/${r.hard}`),
      ['pods 5/5', 'requests.cpu 1/2', 'limits.cpu 1/4'],
    ],
    [
      'events',
      'LAST SEEN   TYPE      REASON      OBJECT      MESSAGE\n75s         Warning   Unhealthy   pod/a-x-1   Readiness probe failed: no\n',
      ({ events: [item] }) => [item?.about.kind, item?.about.name, item?.last, item?.message],
      ['Pod', 'a-x-1', AT - 75_000, 'Readiness probe failed: no'],
    ],
    [
      'events without header',
      '90s     Warning   FailedCreate     replicaset/a-55     Error creating: no\n',
      ({ events: [item] }) => [item?.about.kind, item?.reason, item?.last],
      ['ReplicaSet', 'FailedCreate', AT - 90_000],
    ],
    [
      'get all',
      'NAME        READY   STATUS    RESTARTS   AGE\npod/a-x-1   1/1     Running   0          5d\n\nNAME        TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE\nservice/a   ClusterIP   10.2.0.4     <none>        80/TCP    5d\n',
      ({ pods, services }) => [pods[0]?.name, services[0]?.name],
      ['a-x-1', 'a'],
    ],
    [
      'top pods',
      'NAME    CPU(cores)   MEMORY(bytes)\na-x-1   250m         128Mi\n',
      ({ usage: [item] }) => [item?.kind, item?.cpuCores, item?.memoryBytes],
      ['Pod', 0.25, 128 * 2 ** 20],
    ],
  ])('%s', (title, text, look, expected) => {
    expect(look(clusterOf([`${title}.txt`, text]))).toEqual(expected);
  });

  it('takes the namespace from the richer form of the same object', () => {
    const cluster = clusterOf(
      ['pods.txt', 'NAME                       READY   STATUS             RESTARTS   AGE\nbilling-7c9d5b6f88-qk2vz   0/1     CrashLoopBackOff   5          30m\n'],
      ['describe.txt', POD],
    );
    expect(cluster.pods.map((pod) => [pod.namespace, pod.status])).toEqual([['pay', 'CrashLoopBackOff']]);
  });
});

const YAML = `apiVersion: v1
kind: Service
metadata: {name: a, namespace: pay}
spec: {selector: {app: a}, ports: [{port: 80, targetPort: http}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: a, namespace: pay}
spec: {replicas: 2, selector: {matchLabels: {app: a}}}
`;

describe('json and yaml', () => {
  it('reads many documents and lists', () => {
    const cluster = clusterOf(['a.yaml', YAML], ['b.json', JSON.stringify({ kind: 'PodList', items: [{ metadata: { name: 'p', namespace: 'pay' }, spec: {} }] })]);
    expect([cluster.services[0]?.ports[0]?.targetPort, cluster.workloads[0]?.desired, cluster.pods[0]?.name]).toEqual(['http', 2, 'p']);
  });

  it('keeps the whole items of a cut-off list and says so', () => {
    const text = JSON.stringify({ kind: 'List', items: ['a', 'b', 'c'].map((name) => ({ kind: 'Node', metadata: { name } })) }, null, 1);
    const parsed = parseKubernetesFiles([{ file: 'nodes.json', text: text.slice(0, text.indexOf('"c"')) }], AT);
    expect(parsed.objects.map((object) => object.name)).toEqual(['a', 'b']);
    expect(parsed.gaps[0]).toContain('nodes.json');
  });

  it.each([
    ['empty.txt', ''],
    ['other.txt', 'hello world\nthis is a poem\n'],
    ['error.txt', 'Error from server (Forbidden): pods is forbidden'],
    ['bad.json', '{"kind": "Pod", '],
    ['list.json', '[1,2,3]'],
  ])('says what it could not read: %s', (file, text) => {
    expect(parseKubernetesFiles([{ file, text }], AT)).toMatchObject({ objects: [], gaps: [expect.stringContaining(file)] });
  });

  it.each([
    ['a table whose last line end was trimmed', 'NAME    STATUS   ROLES    AGE   VERSION\nnode1   Ready    <none>   5d    v1.31.0', false],
    ['a table cut early in a row', 'NAME    STATUS   ROLES    AGE   VERSION\nnode1   Ready    <none>   5d    v1.31.0\nnod', true],
    ['a description', 'Name:  a\nNamespace:  pay\nKind:  Widget\nStatus:  x', true],
    ['a description whose last line end was trimmed', 'Name:  a\nNamespace:  pay\nKind:  Widget\nEvents:  <none>', false],
  ])('sees whether %s was cut off', (_title, text, cut) => {
    const { cutFiles, gaps } = parseKubernetesFiles([{ file: 'x.txt', text }], AT);
    expect([cutFiles.size, gaps.length]).toEqual(cut ? [1, 1] : [0, 0]);
  });

  it('concludes nothing from what a cut-off listing does not show', () => {
    const deployment = { kind: 'Deployment', metadata: { name: 'a', namespace: 'pay' }, spec: { replicas: 1, template: { spec: { containers: [{ name: 'm', envFrom: [{ secretRef: { name: 'keys' } }] }] } } } };
    const secrets = (text: string): number =>
      kubernetesFindings({ files: [{ file: 'a.json', text: JSON.stringify(deployment) }, { file: 'secrets.txt', text }], at: AT, window: WINDOW, baseline: null }).findings.filter((item) => item.id.includes('reference-missing')).length;
    const whole = 'NAMESPACE   NAME    TYPE     DATA   AGE\npay         other   Opaque   1      5d\n';
    expect([secrets(whole), secrets(`${whole}pay         mo`)]).toEqual([1, 0]);
  });

  it('takes "No resources found" as an answer', () => {
    expect(parseKubernetesFiles([{ file: 'x.txt', text: 'No resources found in pay namespace.\n' }], AT)).toMatchObject({ objects: [], gaps: [] });
  });
});

const analyse = (file: string, text: string): unknown =>
  kubernetesFindings({ files: [{ file, text }], at: AT, window: WINDOW, baseline: null, logs: [{ name: 'billing', text }] });

describe('events without kind and metadata', () => {
  const event = { type: 'Warning', reason: 'BackOff', message: 'Back-off restarting failed container', lastTimestamp: '2031-05-06T09:59:00Z', count: 4, involvedObject: { kind: 'Pod', name: 'billing-1', namespace: 'pay' } };
  const read = (value: unknown): Cluster => clusterOf(['events.json', JSON.stringify(value)]);

  it.each([
    ['a list', { apiVersion: 'v1', kind: 'List', items: [event] }],
    ['an event list', { apiVersion: 'v1', kind: 'EventList', items: [event] }],
    ['an array', [event]],
    ['the newer API', { kind: 'List', items: [{ ...event, involvedObject: undefined, regarding: event.involvedObject }] }],
  ])('are read from %s', (_name, value) => {
    expect(read(value).events).toMatchObject([{ reason: 'BackOff', count: 4, last: AT - 60_000, about: { kind: 'Pod', namespace: 'pay', name: 'billing-1' } }]);
  });

  it('are told from other things with a reason', () => {
    const text = JSON.stringify([{ reason: 'because' }, { reason: 'because', involvedObject: 'Pod' }]);
    const parsed = parseKubernetesFiles([{ file: 'events.json', text }], AT);
    expect(parsed.objects).toEqual([]);
    expect(parsed.gaps).toEqual(['events.json: no Kubernetes objects recognised']);
  });
});

describe('any text', () => {
  it.each(['9999999y', '<invalid>', '-5s', '1e99s', ''])('takes the age %j', (age) => {
    expect(() => analyse('x.txt', `NAME    READY   STATUS    RESTARTS          AGE\na-x-1   1/1     Running   1 (${age} ago)   ${age}\n`)).not.toThrow();
  });

  const API = JSON.stringify({
    kind: 'List',
    items: [
      {
        kind: 'Pod',
        metadata: { name: 'p', namespace: 'pay' },
        spec: { containers: [{ name: 'c', env: [{ name: 'A_URL', value: 'http://a:80' }] }] },
        status: { phase: 'Pending' },
      },
    ],
  });

  it('never throws on files cut at every 100th character', () => {
    for (const text of [POD, REST, YAML, API]) for (let end = 0; end < text.length; end += 100) expect(() => analyse('part.txt', text.slice(0, end))).not.toThrow();
  });

  it('never throws on JSON of any shape in the place of objects', () => {
    const shaped = fc.record({
      kind: fc.constantFrom('Pod', 'Deployment', 'Service', 'Node', 'Event', 'Ingress', 'NetworkPolicy', 'ResourceQuota'),
      metadata: fc.record({ name: fc.string({ minLength: 1 }) }),
      spec: fc.jsonValue({ maxDepth: 4 }),
      status: fc.jsonValue({ maxDepth: 4 }),
    });
    fc.assert(
      fc.property(fc.array(shaped, { maxLength: 5 }), (items) => {
        expect(() => analyse('x.json', JSON.stringify(items))).not.toThrow();
      }),
      { numRuns: 200 },
    );
  });

  it('never throws on text of any shape', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(...POD.split('\n'), ...REST.split('\n'), 'NAME   READY   STATUS   RESTARTS   AGE', '- apiVersion: v1', '---', '{', '\t'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (lines) => {
        expect(() => analyse('x.txt', lines.join('\n'))).not.toThrow();
      }),
      { numRuns: 200 },
    );
  });

  it('takes time in proportion to the text', () => {
    const long = `Name:   x\nAnnotations: ${'a:'.repeat(100_000)}\n${' '.repeat(50_000)}y: ${'1.'.repeat(50_000)}\n`;
    const start = performance.now();
    analyse('x.txt', long);
    analyse('x.json', `{"body":"${'a'.repeat(200_000)}"}`);
    expect(performance.now() - start).toBeLessThan(1_500);
  });
});
