/** `kubectl describe` blocks to objects in the shape of the API. */
import { toRfc3339 } from '../../../domain/time.ts';
import { podSpecOf } from './describe-container.ts';
import { child, childrenOf, linesBelow, valueOf, valuesOf, type DescribeBlock, type DescribeNode } from './describe-tree.ts';
import { describeEvents } from './describe-events.ts';
import { describeClusterBody } from './describe-cluster.ts';
import { describeNetworkBody } from './describe-network.ts';
import { describeStorageBody } from './describe-storage.ts';
import type { JsonObject } from './json-value.ts';
import type { KubeObject, PrintedFile } from './kube-object.ts';
import { parseAgeMs, parseDate, parseSelector } from './printed-values.ts';
import { readTable } from './text-table.ts';

type Nodes = readonly DescribeNode[];

/** Top-level keys that only one kind prints, most telling first. */
const TELLTALES: readonly (readonly [kind: string, keys: readonly string[]])[] = [
  ['Deployment', ['StrategyType']],
  ['StatefulSet', ['Update Strategy', 'Replicas']],
  ['DaemonSet', ['Desired Number of Nodes Scheduled']],
  ['ReplicaSet', ['Pods Status', 'Replicas']],
  ['CronJob', ['Schedule', 'Concurrency Policy']],
  ['Job', ['Completions', 'Parallelism']],
  ['EndpointSlice', ['AddressType']],
  ['Endpoints', ['Subsets']],
  ['Service', ['Session Affinity']],
  ['HorizontalPodAutoscaler', ['Min replicas']],
  ['Ingress', ['Rules', 'Default backend']],
  ['Node', ['System Info']],
  ['Node', ['Unschedulable', 'Taints']],
  ['PersistentVolume', ['Reclaim Policy', 'Access Modes']],
  ['PersistentVolumeClaim', ['Access Modes', 'StorageClass']],
  ['StorageClass', ['Provisioner', 'ReclaimPolicy']],
  ['PodDisruptionBudget', ['Allowed disruptions']],
  ['ServiceAccount', ['Mountable secrets']],
  ['RoleBinding', ['Role', 'Subjects']],
  ['Role', ['PolicyRule']],
  ['Pod', ['Containers']],
  ['Pod', ['QoS Class']],
];

const kindOf = (nodes: Nodes, lines: readonly string[], fileKind: string | null): string | null => {
  const named = valueOf(nodes, 'Kind');
  if (named !== null) return named;
  const keys = new Set(nodes.map((node) => node.key));
  for (const [kind, telltales] of TELLTALES) if (telltales.every((key) => keys.has(key))) return kind;
  if (lines.some((line) => /^Resource\s+Used\s+Hard/.test(line)) && !keys.has('Status')) return 'ResourceQuota';
  if (lines.some((line) => /^Type\s+Resource\s+Min\s+Max/.test(line)) && !keys.has('Status')) return 'LimitRange';
  if (childrenOf(nodes, 'Spec').some((node) => node.key === 'PodSelector')) return 'NetworkPolicy';
  if (lines.includes('BinaryData')) return 'ConfigMap';
  if (lines.includes('Data') && keys.has('Type')) return 'Secret';
  if (lines.some((line) => /^(?:No resource quota|Resource Quotas?)/.test(line))) return 'Namespace';
  return fileKind;
};

const pairs = (texts: readonly string[]): JsonObject | undefined => {
  const entries = texts.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] as const).filter(([key]) => key !== '');
  return Object.fromEntries(entries);
};

/** Conditions of pods, workloads and autoscalers: Type Status [Reason Message]. */
export const conditionsOf = (nodes: Nodes): readonly JsonObject[] => {
  const lines = linesBelow(child(nodes, 'Conditions'));
  const [header, ...rest] = lines;
  if (header === undefined) return [];
  return readTable(
    header,
    rest.filter((line) => !/^\s*-+(?:\s|$)/.test(line)),
  ).rows.map((row) => {
    const changed = parseDate(row['LastTransitionTime'] ?? null);
    return {
      type: row['Type'],
      status: row['Status'],
      reason: row['Reason'],
      message: row['Message'],
      lastTransitionTime: changed === null ? undefined : toRfc3339(changed),
    };
  });
};

const replicasOf = (text: string | null): { spec: JsonObject; status: JsonObject } => {
  const count = (word: string): number | undefined => {
    const match = new RegExp(`(\\d{1,9}) ${word}`).exec(text ?? '');
    return match === null ? undefined : Number(match[1]);
  };
  return {
    spec: { replicas: count('desired') },
    status: {
      replicas: count('total') ?? count('current'),
      updatedReplicas: count('updated'),
      availableReplicas: count('available'),
      unavailableReplicas: count('unavailable'),
    },
  };
};

const controllerBody = (nodes: Nodes): JsonObject => {
  const template = childrenOf(nodes, 'Pod Template');
  const replicas = replicasOf(valueOf(nodes, 'Replicas'));
  const desired = Number.parseInt(valueOf(nodes, 'Desired Number of Nodes Scheduled') ?? '', 10);
  const running = /(\d{1,9}) Running/.exec(valueOf(nodes, 'Pods Status') ?? '')?.[1];
  const selector = parseSelector(valuesOf(nodes, 'Selector').join(','));
  return {
    spec: {
      ...replicas.spec,
      selector: selector === null ? undefined : { matchLabels: selector },
      schedule: valueOf(nodes, 'Schedule') ?? undefined,
      suspend: valueOf(nodes, 'Suspend') === 'True',
      updateStrategy: updateStrategyOf(nodes),
      template: { metadata: { labels: pairs(valuesOf(template, 'Labels')) }, spec: podSpecOf(template).spec },
    },
    status: {
      ...replicas.status,
      conditions: conditionsOf(nodes),
      runningPods: running === undefined ? undefined : Number(running),
      desiredNumberScheduled: Number.isNaN(desired) ? undefined : desired,
    },
  };
};

/** `Update Strategy:  RollingUpdate` with `Partition:  1` below. */
const updateStrategyOf = (nodes: Nodes): JsonObject | undefined => {
  const type = valueOf(nodes, 'Update Strategy');
  const partition = Number.parseInt(valueOf(childrenOf(nodes, 'Update Strategy'), 'Partition') ?? '', 10);
  return type === null ? undefined : { type, rollingUpdate: Number.isNaN(partition) ? undefined : { partition } };
};

const podBody = (nodes: Nodes): JsonObject => {
  const { spec, status } = podSpecOf(nodes);
  const node = valueOf(nodes, 'Node');
  return {
    spec: { ...spec, nodeName: node?.split('/', 1)[0] },
    status: {
      ...status,
      phase: valueOf(nodes, 'Status')?.split(' ', 1)[0],
      reason: valueOf(nodes, 'Reason') ?? undefined,
      message: valueOf(nodes, 'Message') ?? undefined,
      podIP: valueOf(nodes, 'IP') ?? undefined,
      conditions: conditionsOf(nodes),
      startTime: valueOf(nodes, 'Start Time') ?? undefined,
    },
  };
};

const CONTROLLERS: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob'];

/** Custom resources print their conditions as blocks of sorted keys, each ending with its type. */
const customBody = (nodes: Nodes): JsonObject => {
  const conditions: Record<string, string>[] = [];
  let open: Record<string, string> = {};
  for (const node of childrenOf(childrenOf(nodes, 'Status'), 'Conditions')) {
    if (node.key === 'Type') {
      conditions.push({ ...open, type: node.value });
      open = {};
    } else open[node.key.slice(0, 1).toLowerCase() + node.key.slice(1).replaceAll(' ', '')] = node.value;
  }
  const allowed = Number.parseInt(valueOf(nodes, 'Allowed disruptions') ?? '', 10);
  const role = childrenOf(nodes, 'Role');
  return {
    status: { conditions, notAfter: valueOf(childrenOf(nodes, 'Status'), 'Not After') ?? undefined, disruptionsAllowed: Number.isNaN(allowed) ? undefined : allowed },
    spec: { secretName: valueOf(childrenOf(nodes, 'Spec'), 'Secret Name') ?? undefined },
    roleRef: role.length === 0 ? undefined : { kind: valueOf(role, 'Kind') ?? undefined, name: valueOf(role, 'Name') ?? undefined },
  };
};

const bodyOf = (kind: string, nodes: Nodes, lines: readonly string[]): JsonObject => {
  if (CONTROLLERS.includes(kind)) return controllerBody(nodes);
  if (kind === 'Pod') return podBody(nodes);
  return describeNetworkBody(kind, nodes) ?? describeStorageBody(kind, nodes, lines) ?? describeClusterBody(kind, nodes, lines) ?? customBody(nodes);
};

const metadataOf = (nodes: Nodes, printedAt: number): JsonObject => {
  const owner = /^(\w{1,60})\/(\S{1,253})/.exec(valueOf(nodes, 'Controlled By') ?? '');
  const created = parseDate(valueOf(nodes, 'CreationTimestamp') ?? valueOf(nodes, 'Created on') ?? valueOf(nodes, 'Start Time'));
  const deleting = (valueOf(nodes, 'Status') ?? '').startsWith('Terminating');
  // `Terminating (lasts 20m)`
  const lasting = parseAgeMs(/^Terminating \(lasts (\S{1,20})\)/.exec(valueOf(nodes, 'Status') ?? '')?.[1] ?? null);
  const finalizers = (valueOf(nodes, 'Finalizers') ?? '')
    .replace(/[[\]]/g, '')
    .split(' ')
    .filter((text) => text !== '');
  return {
    labels: child(nodes, 'Labels') === undefined ? undefined : pairs(valuesOf(nodes, 'Labels')),
    ownerReferences: owner === null ? undefined : [{ kind: owner[1], name: owner[2] }],
    creationTimestamp: created === null ? undefined : toRfc3339(created),
    finalizers,
    terminating: deleting ? true : undefined,
    deletionTimestamp: lasting === null ? undefined : toRfc3339(printedAt - lasting),
  };
};

/** One describe block to its object and its events; none when the kind cannot be told. */
export const objectsOfBlock = (block: DescribeBlock, printed: PrintedFile, fileKind: string | null): readonly KubeObject[] => {
  const { nodes, lines } = block;
  const name = valueOf(nodes, 'Name');
  const kind = kindOf(nodes, lines, fileKind);
  if (name === null || kind === null) return [];
  const namespace = valueOf(nodes, 'Namespace');
  const object: KubeObject = { kind, namespace, name, form: 'describe', file: printed.file, body: { metadata: metadataOf(nodes, printed.printedAt), ...bodyOf(kind, nodes, lines) } };
  return [object, ...describeEvents(object, child(nodes, 'Events'), printed)];
};
