/** Pods that no node takes, and why the scheduler said so. */
import type { Fault } from '../../../domain/report.ts';
import type { ClusterNode, Pod } from '../cluster/types.ts';
import { blameNode, blameWorkload, clip, describeCommand, firstSeen, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';

interface Reason {
  readonly id: string;
  readonly pattern: RegExp;
  readonly faults: Readonly<Partial<Record<Fault, number>>>;
  readonly meaning: string;
}

/**
 * The scheduler counts nodes a reason: `0/4 nodes are available: 1 Insufficient cpu, 3 node(s) had untolerated taint {…}`.
 * Source: https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/, filter plugins' messages
 */
const REASONS: readonly Reason[] = [
  {
    id: 'volume',
    pattern:
      /unbound immediate PersistentVolumeClaims|persistentvolumeclaim .{0,260}not found|didn't find available persistent volumes|volume node affinity conflict|bind(?:ing)? volumes/,
    faults: { storage: 1, scheduling: 0.8, configuration: 0.5 },
    meaning: 'its volume claim is not bound or not usable there',
  },
  {
    id: 'affinity',
    pattern: /didn't match Pod's node affinity\/selector|didn't match node selector|didn't match Pod's node affinity/,
    faults: { scheduling: 1, configuration: 0.7 },
    meaning: 'no node matches its node selector or node affinity',
  },
  {
    id: 'pod-affinity',
    pattern: /didn't (?:match|satisfy) .{0,40}(?:anti-)?affinity rules|didn't satisfy existing pods anti-affinity/,
    faults: { scheduling: 1, configuration: 0.7 },
    meaning: 'its pod affinity or anti-affinity rules fit no node',
  },
  { id: 'spread', pattern: /topology spread constraints/, faults: { scheduling: 1, configuration: 0.7 }, meaning: 'its topology spread constraints fit no node' },
  { id: 'ports', pattern: /free ports for the requested pod ports/, faults: { scheduling: 0.9, configuration: 0.9 }, meaning: 'the host port it asks for is taken' },
  {
    id: 'cpu',
    pattern: /Insufficient cpu/,
    faults: { scheduling: 1, capacity: 0.8, cpu: 0.5, configuration: 0.5 },
    meaning: 'it requests more CPU than any node has free',
  },
  {
    id: 'memory',
    pattern: /Insufficient memory/,
    faults: { scheduling: 1, capacity: 0.8, memory: 0.5, configuration: 0.5 },
    meaning: 'it requests more memory than any node has free',
  },
  { id: 'resource', pattern: /Insufficient \S+|Too many pods/, faults: { scheduling: 1, capacity: 0.8 }, meaning: 'no node has room for what it requests' },
  { id: 'cordoned', pattern: /were unschedulable|node\.kubernetes\.io\/unschedulable/, faults: { scheduling: 1, configuration: 0.6 }, meaning: 'the nodes are cordoned' },
  {
    id: 'taint',
    pattern: /untolerated taint|had taints? .{0,120}didn't tolerate/,
    faults: { scheduling: 1, configuration: 0.6 },
    meaning: 'the nodes have taints that it does not tolerate',
  },
];

const isPending = (pod: Pod): boolean =>
  !pod.terminating &&
  pod.node === null &&
  (pod.phase === 'Pending' || pod.status === 'Pending' || pod.conditions.some((item) => item.type === 'PodScheduled' && item.status === 'False'));

/** All reasons that were given; the first of REASONS is what the pod itself asks for, before what nodes refuse. */
const reasonsOf = (message: string): readonly Reason[] => REASONS.filter((reason) => reason.pattern.test(message));

const unschedulable = ({ cluster, index }: CheckInput): readonly Suspicion[] =>
  cluster.pods.filter(isPending).flatMap((pod) => {
    const events = index.eventsOfPod(pod).filter((event) => event.reason === 'FailedScheduling');
    const condition = pod.conditions.find((item) => item.type === 'PodScheduled' && item.status === 'False');
    const message = events.at(-1)?.message ?? condition?.message ?? null;
    if (message === null) return [];
    const reasons = reasonsOf(message);
    const first = reasons[0];
    return [
      {
        check: 'unschedulable',
        blame: blameWorkload(pod.workload, pod.name),
        detail: first?.id ?? '',
        role: 'cause' as const,
        faults: first?.faults ?? { scheduling: 1, configuration: 0.5 },
        strength: first?.id === 'volume' ? STRENGTH.strong : STRENGTH.proof,
        onset: firstSeen(events) ?? pod.createdAt,
        indicator: 'FailedScheduling',
        observed: 'Pending',
        expected: 'scheduled',
        summary: `${pod.name} cannot be scheduled: ${reasons.length === 0 ? clip(message, 160) : reasons.map((reason) => reason.meaning).join('; ')}.`,
        command: describeCommand('pod', pod.namespace, pod.name),
        samples: [clip(message)],
      },
    ];
  });

/** Pending for a while, and nobody even tried: the scheduler is not working. */
const UNATTENDED_MS = 20_000;

const ROLE = 'node-role.kubernetes.io/';

const isControlPlane = (node: ClusterNode): boolean =>
  Object.hasOwn(node.labels, `${ROLE}control-plane`) ||
  Object.hasOwn(node.labels, `${ROLE}master`) ||
  ['master', 'control-plane'].includes(node.labels['kubernetes.io/role'] ?? '');

const unattended = ({ cluster, index }: CheckInput): readonly Suspicion[] => {
  // Silence means something only where events and full pods were printed.
  if (cluster.events.length === 0) return [];
  const pods = cluster.pods.filter(
    (pod) =>
      isPending(pod) &&
      pod.spec.containers.length > 0 &&
      !index.eventsOfPod(pod).some((event) => event.reason === 'FailedScheduling' || event.reason === 'Scheduled') &&
      !pod.conditions.some((item) => item.type === 'PodScheduled') &&
      pod.createdAt !== null &&
      cluster.at - pod.createdAt >= UNATTENDED_MS,
  );
  const scheduled = cluster.pods.filter((pod) => pod.node !== null && pod.createdAt !== null);
  const first = pods[0];
  if (first === undefined) return [];
  const onset = Math.min(...pods.map((pod) => pod.createdAt ?? cluster.at));
  const later = scheduled.some((pod) => (pod.createdAt ?? 0) > onset);
  const master = cluster.nodes.find(isControlPlane) ?? cluster.nodes.find((node) => /^(?:master|control)/.test(node.name));
  const blame = master === undefined ? blameWorkload({ kind: 'Deployment', namespace: 'kube-system', name: 'kube-scheduler' }) : blameNode(master.name);
  return [
    {
      check: 'scheduler-silent',
      blame,
      role: 'cause',
      faults: { crash: 1, scheduling: 0.8 },
      strength: later ? STRENGTH.weak : STRENGTH.strong + 0.6,
      onset,
      indicator: 'kube-scheduler',
      observed: `${pods.length} pods Pending without a scheduling event`,
      expected: 'Scheduled or FailedScheduling within seconds',
      summary: `${pods.length} pods (e.g. ${first.name}) wait without any scheduling decision: the scheduler does not work.`,
      command: 'kubectl get pods -n kube-system -l component=kube-scheduler',
      samples: [],
    },
  ];
};

/** Nobody told why, but no node takes pods at all. */
const nowhere = ({ cluster, index }: CheckInput): readonly Suspicion[] => {
  const closed =
    cluster.nodes.length > 0 && cluster.nodes.every((node) => node.unschedulable || node.conditions.some((item) => item.type === 'Ready' && item.status !== 'True'));
  if (!closed) return [];
  return cluster.pods
    .filter((pod) => isPending(pod) && pod.status !== 'ContainerCreating' && !index.eventsOfPod(pod).some((event) => event.reason === 'FailedScheduling'))
    .map((pod) => ({
      check: 'no-open-node',
      blame: blameWorkload(pod.workload, pod.name),
      role: 'cause' as const,
      faults: { scheduling: 1, configuration: 0.6 },
      strength: STRENGTH.strong,
      onset: pod.createdAt,
      indicator: 'SchedulingDisabled',
      observed: 'Pending',
      expected: 'a node that takes pods',
      summary: `${pod.name} waits for a node, and all ${cluster.nodes.length} nodes are cordoned or not ready.`,
      command: 'kubectl get nodes',
      samples: [],
    }));
};

export const SCHEDULING_CHECKS: readonly Check[] = [
  {
    id: 'unschedulable',
    why: 'The scheduler says for each node why the pod does not fit; what the pod asks for is to blame before the nodes are.',
    source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/',
    run: unschedulable,
  },
  {
    id: 'no-open-node',
    why: 'A pod cannot be placed while every node is cordoned or down.',
    source: 'https://kubernetes.io/docs/concepts/architecture/nodes/#manual-node-administration',
    run: nowhere,
  },
  {
    id: 'scheduler-silent',
    why: 'A working scheduler binds a pod or writes FailedScheduling within seconds; silence means that it is down.',
    source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/',
    run: unattended,
  },
];
