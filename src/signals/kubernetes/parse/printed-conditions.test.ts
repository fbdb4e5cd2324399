import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCluster } from '../cluster/build-cluster.ts';
import type { Cluster } from '../cluster/types.ts';
import { certificateEnd } from './certificate.ts';
import { parseKubernetesFiles } from './parse-files.ts';

const AT = Date.parse('2031-05-06T10:00:00Z');
const clusterOf = (file: string, text: string): Cluster => buildCluster(parseKubernetesFiles([{ file: `kubernetes/${file}`, text }], AT), AT);

describe('tables of objects that say how they are', () => {
  it.each([
    ['get-apiservices.txt', 'NAME                     SERVICE               AVAILABLE                      AGE\nv1beta1.metrics.k8s.io   kube-system/metrics   False (FailedDiscoveryCheck)   9d\n', 'APIService', { type: 'Available', status: 'False', reason: 'FailedDiscoveryCheck' }],
    ['get-certificates.txt', 'NAME       READY   SECRET      AGE\nweb-cert   False   web-tls     40d\n', 'Certificate', { type: 'Ready', status: 'False' }],
    ['get-clusterissuers.txt', 'NAME   READY   AGE\nacme   False   40d\n', 'ClusterIssuer', { type: 'Ready', status: 'False' }],
  ] as const)('reads %s', (file, text, kind, condition) => {
    const [object] = clusterOf(file, text).others;
    expect(object?.kind).toBe(kind);
    expect(object?.conditions[0]).toMatchObject(condition);
  });

  it('reads budgets, cron jobs and classes', () => {
    const budget = clusterOf('get-poddisruptionbudgets.txt', 'NAME    MIN AVAILABLE   MAX UNAVAILABLE   ALLOWED DISRUPTIONS   AGE\nstore   1               N/A               0                     90d\n').others[0];
    expect(budget?.body['printed']).toMatchObject({ allowedDisruptions: 0 });
    const jobs = clusterOf('get-cronjobs.txt', 'NAME      SCHEDULE    TIMEZONE   SUSPEND   ACTIVE   LAST SCHEDULE   AGE\nnightly   0 2 * * *   <none>     True      0        2d              90d\nhourly    0 * * * *   <none>     False     0        20m             90d\n').workloads;
    expect(jobs.map((item) => [item.name, item.schedule, item.suspended])).toEqual([['hourly', '0 * * * *', false], ['nightly', '0 2 * * *', true]]);
    expect(clusterOf('get-ingress.txt', 'NAME   CLASS   HOSTS        ADDRESS   PORTS     AGE\nweb    nginx   a.example              80, 443   3d\n').ingresses[0]?.className).toBe('nginx');
  });
});

describe('objects that say how they are, in describe output', () => {
  it('reads why a namespace stays', () => {
    const text = 'Name:         old\nLabels:       <none>\nAnnotations:  <none>\nStatus:       Terminating\nConditions:\n  Type                           Status  LastTransitionTime               Reason              Message\n  ----                           ------  ------------------               ------              -------\n  NamespaceFinalizersRemaining   True    Tue, 06 May 2031 09:00:00 +0000  SomeFinalizersRemain  Some content has finalizers remaining: example.com/x in 1 resource instances\n\nNo resource quota.\n\nNo LimitRange resource.\n';
    const [namespace] = clusterOf('describe-namespaces.txt', text).others;
    expect(namespace).toMatchObject({ kind: 'Namespace', terminating: true, conditions: [{ type: 'NamespaceFinalizersRemaining', status: 'True' }] });
  });

  it('reads the partition of a stateful set and how long a pod has been ending', () => {
    const set = 'Name:               store\nNamespace:          shop\nCreationTimestamp:  Tue, 06 May 2031 08:00:00 +0000\nSelector:           app=store\nReplicas:           3 desired | 3 total\nUpdate Strategy:    RollingUpdate\n  Partition:        3\nPods Status:        3 Running / 0 Waiting / 0 Succeeded / 0 Failed\nPod Template:\n  Labels:  app=store\nEvents:  <none>\n';
    expect(clusterOf('describe-statefulsets.txt', set).workloads[0]).toMatchObject({ strategy: 'RollingUpdate', partition: 3, desired: 3 });
    const pod = 'Name:                      web-1\nNamespace:                 shop\nNode:                      n1/10.0.0.1\nStatus:                    Terminating (lasts 20m)\nTermination Grace Period:  30s\nContainers:\n  main:\n    Image:  web:1\nQoS Class:  BestEffort\nEvents:  <none>\n';
    expect(clusterOf('describe-pods.txt', pod).pods[0]).toMatchObject({ terminating: true, deletedAt: AT - 1_200_000 });
  });

  it('reads secret, class and hosts of an ingress', () => {
    const text = 'Name:             web\nNamespace:        shop\nAddress:          \nIngress Class:    nginx\nDefault backend:  <default>\nTLS:\n  web-tls terminates a.example,b.example\nRules:\n  Host       Path  Backends\n  ----       ----  --------\n  a.example  \n             /   web:80 (10.1.0.5:8080)\nAnnotations:  <none>\nEvents:       <none>\n';
    expect(clusterOf('describe-ingresses.txt', text).ingresses[0]).toMatchObject({ className: 'nginx', tlsSecrets: ['web-tls'], hosts: ['a.example', 'b.example'], backends: [{ service: 'web', port: '80' }] });
  });
});

describe('certificateEnd', () => {
  const utcTime = (text: string): number[] => [0x17, text.length, ...Array.from(text, (char) => char.charCodeAt(0))];
  const encoded = (der: readonly number[]): string => btoa(`-----BEGIN CERTIFICATE-----\n${btoa(String.fromCharCode(...der))}\n-----END CERTIFICATE-----\n`);

  it.each([
    ['301231235959Z', Date.UTC(2030, 11, 31, 23, 59, 59)],
    ['991231000000Z', Date.UTC(1999, 11, 31)],
  ])('reads the second time of the validity: %s', (text, end) => {
    expect(certificateEnd(encoded([0x30, 0x1e, ...utcTime('200101000000Z'), ...utcTime(text), 0, 0, 0]))).toBe(end);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.uint8Array({ maxLength: 200 }).map((der) => encoded([...der]))), (text) => { certificateEnd(text); }));
    expect(certificateEnd(null)).toBeNull();
  });
});
