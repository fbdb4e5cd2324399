/** Pods that hang before their containers run: sandbox, network, host ports; and evictions. */
import type { Fault } from '../../../domain/report.ts';
import { blameWorkload, clip, describeCommand, firstSeen, isUnhealthy, STRENGTH, SUFFERING, type Check, type CheckInput, type Suspicion } from './check.ts';

type Faults = Readonly<Partial<Record<Fault, number>>>;

const SANDBOX: readonly (readonly [pattern: RegExp, faults: Faults, meaning: string, strength: number])[] = [
  [
    /OOM|out of memory|cannot allocate memory|memory limit/i,
    { memory: 1, configuration: 0.7, crash: 0.5 },
    'its memory limit is too small even to start',
    STRENGTH.proof,
  ],
  [/no IP addresses|failed to allocate|IPAM|address.{0,20}exhaust/i, { capacity: 1, network_loss: 0.6 }, 'there is no free pod address', STRENGTH.strong],
  [/cni|network plugin|networkPlugin|failed to set ?up network/i, { network_loss: 1, crash: 0.4 }, 'the pod network cannot be set up', STRENGTH.strong],
  [/permission denied|operation not permitted/i, { permission: 1 }, 'it may not do what it asks for', STRENGTH.strong],
  [/container runtime|containerd\.sock|connection refused|shim/i, { crash: 0.9 }, 'the container runtime does not work', STRENGTH.likely],
];

const sandbox = (input: CheckInput): readonly Suspicion[] =>
  input.cluster.pods
    .filter((pod) => !pod.terminating && isUnhealthy(pod))
    .flatMap((pod) => {
      const events = input.index
        .eventsOfPod(pod)
        .filter((event) => event.reason === 'FailedCreatePodSandBox' && (event.last === null || event.last >= input.window.start));
      const last = events.at(-1);
      if (last === undefined) return [];
      const known = SANDBOX.find(([pattern]) => pattern.test(last.message));
      return [
        {
          check: 'sandbox-failed',
          blame: blameWorkload(pod.workload, pod.name),
          role: 'cause' as const,
          faults: known?.[1] ?? { crash: 0.6, network_loss: 0.5 },
          strength: known?.[3] ?? STRENGTH.likely,
          onset: firstSeen(events),
          indicator: 'FailedCreatePodSandBox',
          observed: clip(last.message, 120),
          expected: 'a running sandbox',
          summary: `${pod.name} cannot be set up: ${known?.[2] ?? clip(last.message, 160)}.`,
          command: describeCommand('pod', pod.namespace, pod.name),
          samples: [clip(last.message)],
        },
      ];
    });

const evicted = ({ cluster, window }: CheckInput): readonly Suspicion[] =>
  cluster.pods
    .filter((pod) => pod.status === 'Evicted' && (pod.createdAt === null || pod.createdAt <= window.end))
    .map((pod) => {
      const text = pod.message ?? '';
      const faults: Faults = /memory/i.test(text) ? { memory: 1 } : /ephemeral-storage|disk|inodes/i.test(text) ? { disk: 1, storage: 0.5 } : { capacity: 0.8 };
      return {
        check: 'evicted',
        blame: blameWorkload(pod.workload, pod.name),
        role: 'cause' as const,
        faults,
        strength: STRENGTH.likely,
        onset: null,
        indicator: 'Evicted',
        observed: 'Evicted',
        expected: 'Running',
        summary: `${pod.name} was evicted${text === '' ? '' : `: ${clip(text, 160)}`}.`,
        command: describeCommand('pod', pod.namespace, pod.name),
        samples: [],
      };
    });

/** The node's own admission, or a policy of it, turned the pod away; the pod says why. */
const rejected = ({ cluster }: CheckInput): readonly Suspicion[] =>
  cluster.pods
    .filter((pod) => (pod.phase === 'Failed' || pod.phase === 'Pending') && pod.status !== null && pod.status !== 'Evicted' && pod.message !== null && pod.containers.every((status) => status.state === null) && !pod.terminating)
    .map((pod) => ({
      check: 'pod-rejected',
      blame: blameWorkload(pod.workload, pod.name),
      detail: pod.status ?? '',
      role: 'cause' as const,
      faults: REJECTED.find(([pattern]) => pattern.test(`${pod.status ?? ''} ${pod.message ?? ''}`))?.[1] ?? { configuration: 1, scheduling: 0.4 },
      strength: STRENGTH.strong,
      onset: pod.createdAt,
      indicator: pod.status ?? '',
      observed: pod.phase,
      expected: 'Running',
      summary: `${pod.name} is turned away by its node (${pod.status ?? ''}): ${clip(pod.message ?? '', 160)}.`,
      command: describeCommand('pod', pod.namespace, pod.name),
    }));

const REJECTED: readonly (readonly [pattern: RegExp, faults: Faults])[] = [
  [/OutOf|Insufficient|TooManyPods/i, { capacity: 1, scheduling: 0.9 }],
  [/NodeAffinity|NodePorts|HostPort|Topology|Taint/i, { scheduling: 1, configuration: 0.8 }],
  [/AppArmor|Seccomp|Sysctl|privilege|forbidden/i, { configuration: 1, permission: 0.9 }],
  [/NodeLost|NodeShutdown|Terminated|Shutdown/i, { crash: 1 }],
  [/DeadlineExceeded/, { configuration: 0.9, capacity: 0.5 }],
];

/** Pending although a node was found, and nothing says why. */
const hanging = ({ cluster }: CheckInput): readonly Suspicion[] =>
  cluster.pods
    .filter((pod) => isUnhealthy(pod) && pod.node !== null && pod.phase === 'Pending')
    .map((pod) => ({
      check: 'pod-hanging',
      blame: blameWorkload(pod.workload, pod.name),
      role: 'symptom' as const,
      faults: SUFFERING,
      strength: STRENGTH.weak - 0.3,
      onset: pod.createdAt,
      indicator: 'phase',
      observed: pod.status ?? 'Pending',
      expected: 'Running',
      summary: `${pod.name} is on node ${pod.node ?? ''} and does not start (${pod.status ?? 'Pending'}).`,
      command: describeCommand('pod', pod.namespace, pod.name),
      samples: [],
    }));

/** The workload was restarted inside the window according to the RESTARTS column, and nothing else tells about it. */
const lately = ({ cluster, window }: CheckInput): readonly Suspicion[] =>
  cluster.pods
    .filter((pod) => pod.lastRestartAt !== null && pod.lastRestartAt >= window.start && !isUnhealthy(pod))
    .map((pod) => ({
      check: 'restarted-lately',
      blame: blameWorkload(pod.workload, pod.name),
      role: 'symptom' as const,
      faults: { crash: 0.6 },
      strength: STRENGTH.weak,
      onset: pod.lastRestartAt,
      indicator: 'RESTARTS',
      observed: pod.restarts,
      expected: 0,
      summary: `${pod.name} restarted inside the window (${pod.restarts} restarts in all).`,
      command: describeCommand('pod', pod.namespace, pod.name),
      samples: [],
    }));

const DEBUG = 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/';

export const STARTUP_CHECKS: readonly Check[] = [
  {
    id: 'sandbox-failed',
    why: "Before any container runs the runtime sets up the pod's sandbox and network; its error tells what is missing.",
    source: DEBUG,
    run: sandbox,
  },
  {
    id: 'evicted',
    why: 'The kubelet evicts pods when the node or the pod runs out of something.',
    source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/',
    run: evicted,
  },
  { id: 'pod-rejected', why: 'A kubelet may refuse a pod that was scheduled to it, and writes the reason into its status.', source: DEBUG, run: rejected },
  { id: 'pod-hanging', why: 'A scheduled pod starts within seconds unless image, volume or network hold it.', source: DEBUG, run: hanging },
  { id: 'restarted-lately', why: 'A restart inside the window is an interruption.', source: DEBUG, run: lately },
];
