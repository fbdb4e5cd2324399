/** Whom an event is about, in the terms of the report: the application behind a pod, the target of an autoscaler, the certificate behind its order. */
import type { Component } from '../../../domain/report.ts';
import type { TimeWindow } from '../../../domain/time.ts';
import type { App, ClusterIndex } from '../cluster/cluster-index.ts';
import type { Cluster, ClusterEvent, Pod } from '../cluster/types.ts';
import { blameNode, blameObject, blameWorkload } from './check.ts';

export interface Subject {
  readonly component: Component;
  readonly app: App | null;
  readonly pod: Pod | null;
}

const WORKLOADS: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'];
const ORDERS: readonly string[] = ['CertificateRequest', 'Order', 'Challenge'];

const ofApp = (app: App | undefined, pod: Pod | null, fallback: Component): Subject => ({ component: app === undefined ? fallback : blameWorkload(app.ref, pod?.name ?? null), app: app ?? null, pod });

/** A replica set's pods belong to its deployment; a name is its owner's with a hash. */
const byReplicaSet = (cluster: Cluster, index: ClusterIndex, { namespace, name }: ClusterEvent['about']): App | undefined => {
  const set = cluster.workloads.find((item) => item.kind === 'ReplicaSet' && item.name === name && item.namespace === namespace);
  const owner = set?.owner ?? { kind: 'Deployment', name: name.replace(/-[a-z0-9]{5,10}$/, '') };
  return index.appOf({ ...owner, namespace });
};

export const subjectOf = (cluster: Cluster, index: ClusterIndex, about: ClusterEvent['about']): Subject => {
  const { kind, namespace, name } = about;
  const object = blameObject({ kind, namespace, name });
  if (kind === 'Node') return { component: blameNode(name), app: null, pod: null };
  if (kind === 'Pod') {
    const pod = index.pod(namespace, name) ?? null;
    if (pod !== null) return { component: blameWorkload(pod.workload, pod.name), app: index.appOf(pod.workload) ?? null, pod };
    const owner = index.apps.find((app) => app.ref.namespace === namespace && name.startsWith(`${app.ref.name}-`) && /^-(?:[a-z0-9]{1,10}-)?[a-z0-9]{1,10}$/.test(name.slice(app.ref.name.length)));
    return ofApp(owner, null, blameWorkload({ kind: 'Pod', namespace, name }));
  }
  if (kind === 'ReplicaSet') return ofApp(byReplicaSet(cluster, index, about), null, object);
  if (WORKLOADS.includes(kind)) return ofApp(index.appOf({ kind, namespace, name }), null, blameWorkload({ kind, namespace, name }));
  if (kind === 'PersistentVolumeClaim') {
    const users = index.apps.filter((app) => app.ref.namespace === namespace && app.spec.references.some((item) => item.kind === kind && item.name === name));
    const ordinal = index.apps.filter((app) => app.ref.kind === 'StatefulSet' && app.ref.namespace === namespace && new RegExp(`-${app.ref.name}-\\d{1,4}$`).test(name));
    const owner = users.length === 1 ? users[0] : ordinal.length === 1 ? ordinal[0] : undefined;
    return ofApp(owner, null, object);
  }
  if (ORDERS.includes(kind)) {
    const certificate = cluster.others.find((item) => item.kind === 'Certificate' && item.namespace === namespace && name.startsWith(`${item.name}-`));
    return { component: certificate === undefined ? object : blameObject(certificate), app: null, pod: null };
  }
  return { component: object, app: null, pod: null };
};

/** Seen inside the window, or no time is known. */
export const isFresh = (event: ClusterEvent, window: TimeWindow): boolean => event.last === null || event.last >= window.start;
