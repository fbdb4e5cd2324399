/** What a check is given and what it yields. */
import type { Component, Fault } from '../../../domain/report.ts';
import type { EpochMs, TimeWindow } from '../../../domain/time.ts';
import { createMasker } from '../../logs/mask/masker.ts';
import type { Cluster, ClusterEvent, ObjectMeta, Pod, WorkloadRef } from '../cluster/types.ts';
import type { ClusterIndex } from '../cluster/cluster-index.ts';

/**
 * How much one observation proves, 0 to 6: about bits of evidence, as the diagnosis counts them. Used by every check so that findings can be compared.
 * `proof`: the cluster itself says what is wrong and what it names can be checked (a pod names a Secret that is not there);
 * `strong`: only one reading makes sense; `likely`: the usual reading; `weak`: may be harmless or old; `hint`: worth knowing.
 */
export const STRENGTH = { proof: 5.4, strong: 4.2, likely: 3, weak: 1.8, hint: 0.6 } as const;

export interface Suspicion {
  /** Id of the check. */
  readonly check: string;
  /** Whom it blames, or who suffers. */
  readonly blame: Component;
  /** Where the same check may speak twice about one object: the container, the claim, the quota. */
  readonly detail?: string;
  readonly faults: Readonly<Partial<Record<Fault, number>>>;
  readonly role: 'cause' | 'symptom' | 'context';
  /** Apps whose own findings this one explains, beside what depends on the blamed component. */
  readonly explains?: readonly WorkloadRef[];
  readonly strength: number;
  readonly onset: EpochMs | null;
  readonly indicator: string;
  readonly summary: string;
  readonly command: string;
  readonly observed?: string | number | null;
  readonly expected?: string | number | null;
  readonly samples?: readonly string[];
}

export interface CheckInput {
  readonly cluster: Cluster;
  readonly index: ClusterIndex;
  readonly window: TimeWindow;
}

export interface Check {
  readonly id: string;
  /** Why this observation means what it is taken to mean. */
  readonly why: string;
  /** Page of the Kubernetes documentation (or of the component). */
  readonly source: string;
  readonly run: (input: CheckInput) => readonly Suspicion[];
}

const none = { pod: null, object_kind: null, source: null, destination: null } as const;

/** The application: workloads are named as services, because that is what callers and people call them. */
export const blameWorkload = (workload: WorkloadRef, pod: string | null = null): Component =>
  workload.kind === 'Pod'
    ? { ...none, kind: 'pod', name: workload.name, pod: workload.name, namespace: workload.namespace, object_kind: 'Pod' }
    : { ...none, kind: 'service', name: workload.name, pod, namespace: workload.namespace, object_kind: workload.kind };

export const blameNode = (name: string): Component => ({ ...none, kind: 'node', name, namespace: null, object_kind: 'Node' });

export const blameObject = (object: Pick<ObjectMeta, 'kind' | 'namespace' | 'name'>): Component =>
  object.kind === 'Service'
    ? { ...none, kind: 'service', name: object.name, namespace: object.namespace, object_kind: 'Service' }
    : { ...none, kind: 'kubernetes_object', name: object.name, namespace: object.namespace, object_kind: object.kind };

const flag = (namespace: string | null): string => (namespace === null ? '' : ` -n ${namespace}`);

/** The command that prints the evidence again. */
export const describeCommand = (kind: string, namespace: string | null, name: string): string => `kubectl describe ${kind.toLowerCase()} ${name}${flag(namespace)}`;

export const getCommand = (kind: string, namespace: string | null, name = ''): string =>
  `kubectl get ${kind.toLowerCase()}${name === '' ? '' : ` ${name}`}${flag(namespace)} -o yaml`;

export const eventsCommand = (namespace: string | null, kind: string, name: string): string =>
  `kubectl get events${flag(namespace)} --field-selector involvedObject.kind=${kind},involvedObject.name=${name}`;

/** First sight of the earliest of some events. */
export const firstSeen = (events: readonly ClusterEvent[]): EpochMs | null => {
  const times = events.flatMap((event) => event.first ?? event.last ?? []);
  return times.length === 0 ? null : Math.min(...times);
};

const masker = createMasker();
const MAX_CLIPPED = 8_000;

/** Free text of the cluster for a finding: masked first, so that no half of a secret escapes the masker, then flattened and cut. */
export const clip = (text: string, length = 240): string => {
  const flat = masker.mask(text.slice(0, MAX_CLIPPED)).replace(/\s+/g, ' ').trim();
  return flat.length <= length ? flat : `${flat.slice(0, length - 1)}…`;
};

/** What a mere sufferer suggests: that something it needs may be to blame, and nothing about the fault. */
export const SUFFERING: Readonly<Partial<Record<Fault, number>>> = { unknown: 0.5, dependency: 0.3 };

/** Ready, and it did not have to restart for it. */
export const isSteady = (pod: Pod): boolean =>
  (pod.phase ?? pod.status) === 'Running' && pod.readyCount !== null && pod.readyCount === pod.containerCount && pod.restarts === 0;

/** Is the pod meant to run and does not: neither completed nor being deleted? */
export const isUnhealthy = (pod: Pod): boolean => {
  if (pod.terminating || pod.phase === 'Succeeded' || pod.status === 'Completed') return false;
  if (pod.readyCount !== null && pod.containerCount !== null) return pod.readyCount < pod.containerCount;
  return pod.phase !== null && pod.phase !== 'Running';
};
