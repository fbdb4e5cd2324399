/** Nodes and the services on them. */
import type { Fault } from '../../../domain/report.ts';
import type { ClusterNode, Pod } from '../cluster/types.ts';
import { blameNode, blameWorkload, clip, describeCommand, firstSeen, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';

const PRESSURE: Readonly<Record<string, Readonly<Partial<Record<Fault, number>>>>> = {
  MemoryPressure: { memory: 1, capacity: 0.4 },
  DiskPressure: { disk: 1, storage: 0.4, capacity: 0.4 },
  PIDPressure: { capacity: 1 },
  NetworkUnavailable: { network_loss: 1 },
  KernelDeadlock: { crash: 1 },
  ReadonlyFilesystem: { disk: 1, storage: 0.9 },
  FrequentKubeletRestart: { crash: 1 },
  FrequentContainerdRestart: { crash: 1 },
  FrequentDockerRestart: { crash: 1 },
  CorruptDockerOverlay2: { disk: 1, storage: 0.8 },
  KubeletUnhealthy: { crash: 1 },
  ContainerRuntimeUnhealthy: { crash: 1 },
  NTPProblem: { configuration: 0.9, unknown: 0.8, certificate: 0.4 },
};
/** Conditions of detectors that are installed beside: true means trouble by their name. */
const TROUBLE = /(?:Problem|Deadlock|Pressure|Unhealthy|Unavailable|Failed|Failure|Error|Restart)$/;
const OTHER_TROUBLE: Readonly<Partial<Record<Fault, number>>> = { crash: 0.8, unknown: 0.6 };

const notReady = ({ cluster, index }: CheckInput): readonly Suspicion[] =>
  cluster.nodes.flatMap((node) => {
    const ready = node.conditions.find((item) => item.type === 'Ready');
    if (ready === undefined || ready.status === 'True') return [];
    const runtime = /container runtime|PLEG|containerd|docker/i.test(ready.message ?? '');
    const network = /network plugin|cni/i.test(ready.message ?? '');
    const faults = network ? { network_loss: 0.9, crash: 0.6, configuration: 0.4 } : { crash: 1, network_loss: 0.4 };
    return [
      {
        check: 'node-not-ready',
        blame: blameNode(node.name),
        role: 'cause' as const,
        faults,
        strength: STRENGTH.proof,
        onset: ready.since ?? firstSeen(index.eventsOf('Node', null, node.name)),
        indicator: 'Ready',
        observed: `${ready.status} (${ready.reason ?? 'no reason'})`,
        expected: 'True',
        summary: `Node ${node.name} is not ready${runtime ? ': its container runtime does not answer' : ''} (${clip(ready.message ?? ready.reason ?? 'no message', 160)}).`,
        command: describeCommand('node', null, node.name),
        samples: [],
      },
    ];
  });

const pressure = ({ cluster }: CheckInput): readonly Suspicion[] =>
  cluster.nodes.flatMap((node) =>
    node.conditions.flatMap((condition) => {
      const faults = Object.hasOwn(PRESSURE, condition.type) ? PRESSURE[condition.type] : TROUBLE.test(condition.type) ? OTHER_TROUBLE : undefined;
      if (faults === undefined || condition.status !== 'True') return [];
      return [
        {
          check: 'node-pressure',
          blame: blameNode(node.name),
          detail: condition.type,
          role: 'cause' as const,
          faults,
          strength: STRENGTH.strong + 0.6,
          onset: condition.since,
          indicator: condition.type,
          observed: condition.status,
          expected: 'False',
          summary: `Node ${node.name} reports ${condition.type}: ${clip(condition.message ?? '', 160)}.`,
          command: describeCommand('node', null, node.name),
          samples: [],
        },
      ];
    }),
  );

/** The kubelet renews its lease every 10 s and is given up after 40 s. */
const LEASE_GRACE_MS = 60_000;

const isReady = (node: ClusterNode): boolean => node.conditions.some((item) => item.type === 'Ready' && item.status === 'True');

const silent = ({ cluster }: CheckInput): readonly Suspicion[] => {
  const beats = cluster.nodes.flatMap((node) => node.heartbeatAt ?? []);
  if (beats.length < 2) return [];
  const newest = Math.max(...beats);
  return cluster.nodes
    .filter((node) => isReady(node) && node.heartbeatAt !== null && newest - node.heartbeatAt > LEASE_GRACE_MS)
    .map((node) => ({
      check: 'node-silent',
      blame: blameNode(node.name),
      role: 'cause' as const,
      faults: { crash: 1, network_loss: 0.4 },
      strength: STRENGTH.likely + 0.6,
      onset: node.heartbeatAt,
      indicator: 'Lease RenewTime',
      observed: `${Math.round((newest - (node.heartbeatAt ?? newest)) / 1000)} s behind the other nodes`,
      expected: 'under 40 s',
      summary: `The kubelet of node ${node.name} stopped renewing its lease although the node still counts as ready.`,
      command: `kubectl get lease -n kube-node-lease ${node.name} -o yaml`,
      samples: [],
    }));
};

const UNITS: Readonly<Record<string, Readonly<Partial<Record<Fault, number>>>>> = {
  kubelet: { crash: 1, scheduling: 0.4 },
  containerd: { crash: 1, scheduling: 0.4 },
  docker: { crash: 1, scheduling: 0.4 },
  crio: { crash: 1, scheduling: 0.4 },
  'kube-proxy': { crash: 1, network_loss: 0.7 },
  'kube-scheduler': { crash: 1, scheduling: 0.7 },
  'kube-apiserver': { crash: 1 },
  'kube-controller-manager': { crash: 1, scheduling: 0.5 },
  etcd: { crash: 1, storage: 0.4 },
};

/** Up and starting again are not down: only these words of `systemctl is-active` are. */
const DOWN: readonly string[] = ['inactive', 'failed', 'deactivating', 'not-found'];

const serviceDown = ({ cluster }: CheckInput): readonly Suspicion[] =>
  cluster.nodeServices
    .filter((item) => DOWN.includes(item.active))
    .map((item) => ({
      check: 'node-service-down',
      blame: blameNode(item.node),
      detail: item.unit,
      role: 'cause' as const,
      faults: UNITS[item.unit] ?? { crash: 0.7 },
      strength: Object.hasOwn(UNITS, item.unit) ? STRENGTH.proof + 0.3 : STRENGTH.weak,
      onset: null,
      indicator: `${item.unit}.service`,
      observed: item.active,
      expected: 'active',
      summary: `${item.unit} on node ${item.node} is not running (${clip(item.detail, 160)}).`,
      command: `ssh ${item.node} systemctl status ${item.unit}`,
      samples: item.journal.slice(-2).map((line) => clip(line)),
    }));

/** Node agents run on every node; one that is broken on one node only points at that node. */
const AGENT = /^(?:kube-proxy|kube-flannel|calico-node|cilium|weave-net|aws-node|node-local-dns|canal|antrea-agent|kindnet)/;
const STATIC = /^(?:kube-scheduler|kube-apiserver|kube-controller-manager|etcd)-/;

const isDown = (pod: Pod): boolean => !pod.terminating && pod.readyCount !== null && pod.readyCount < (pod.containerCount ?? 0);

const agentOf = (pod: Pod): Pick<Suspicion, 'faults' | 'onset' | 'indicator' | 'observed' | 'expected' | 'command'> => ({
  faults: STATIC.test(pod.name) ? { crash: 1, scheduling: 0.5 } : { crash: 0.9, network_loss: 0.8, dns: pod.name.includes('dns') ? 0.8 : 0 },
  onset: pod.lastRestartAt,
  indicator: pod.name,
  observed: pod.status ?? pod.phase,
  expected: 'ready',
  command: describeCommand('pod', pod.namespace, pod.name),
});

/** Down on most nodes, it is the agent that is broken and not each of the nodes. */
const agentDown = ({ cluster }: CheckInput): readonly Suspicion[] => {
  const agents = cluster.pods.filter((pod) => pod.node !== null && (AGENT.test(pod.name) || STATIC.test(pod.name)));
  const common = (pod: Pod): boolean => {
    const fellows = agents.filter((other) => other.workload.kind === 'DaemonSet' && other.workload.name === pod.workload.name && other.namespace === pod.namespace);
    const down = fellows.filter(isDown).length;
    return down >= 2 && down * 2 > fellows.length;
  };
  return agents.filter(isDown).map((pod) => {
    const all = common(pod);
    return {
      ...agentOf(pod),
      check: 'node-agent-down',
      blame: all ? blameWorkload(pod.workload) : blameNode(pod.node ?? ''),
      detail: all ? '' : pod.name,
      role: 'cause' as const,
      strength: STRENGTH.strong,
      summary: all ? `${pod.workload.name}, which every node needs, is not ready on most nodes.` : `${pod.name}, which node ${pod.node ?? ''} needs, is not ready (${pod.status ?? pod.phase ?? 'unknown'}).`,
    };
  });
};

const usage = ({ cluster }: CheckInput): readonly Suspicion[] =>
  cluster.usage
    .filter((item) => item.kind === 'Node')
    .flatMap((item) => {
      const loads = [
        ['cpu', item.cpuPercent],
        ['memory', item.memoryPercent],
      ] as const;
      return loads.flatMap(([resource, percent]) =>
        percent === null || percent < 92
          ? []
          : [
              {
                check: 'node-usage',
                blame: blameNode(item.name),
                detail: resource,
                role: 'cause' as const,
                faults: { [resource]: 1, capacity: 0.5 },
                strength: STRENGTH.likely,
                onset: null,
                indicator: `${resource} usage`,
                observed: `${percent}%`,
                expected: 'below 92%',
                summary: `Node ${item.name} uses ${percent}% of its ${resource}.`,
                command: `kubectl top node ${item.name}`,
                samples: [],
              },
            ],
      );
    });

const cordoned = ({ cluster }: CheckInput): readonly Suspicion[] =>
  cluster.nodes
    .filter((node) => node.unschedulable)
    .map((node) => ({
      check: 'node-cordoned',
      blame: blameNode(node.name),
      role: 'context' as const,
      faults: { scheduling: 0.5 },
      strength: STRENGTH.hint,
      onset: null,
      indicator: 'unschedulable',
      observed: 'cordoned',
      expected: 'schedulable',
      summary: `Node ${node.name} is cordoned: it takes no new pods.`,
      command: describeCommand('node', null, node.name),
      samples: [],
    }));

const NODES = 'https://kubernetes.io/docs/concepts/architecture/nodes/';

export const NODE_CHECKS: readonly Check[] = [
  {
    id: 'node-not-ready',
    why: 'Pods of a node that is not ready are neither updated nor reached; the kubelet gives the reason.',
    source: `${NODES}#node-status`,
    run: notReady,
  },
  {
    id: 'node-pressure',
    why: 'Under pressure the kubelet evicts pods and takes no new ones.',
    source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/',
    run: pressure,
  },
  {
    id: 'node-silent',
    why: "A lease that lags behind the other nodes' shows a dead kubelet before the condition changes.",
    source: `${NODES}#node-heartbeats`,
    run: silent,
  },
  {
    id: 'node-service-down',
    why: 'Kubelet, runtime, proxy and scheduler run as services; a stopped one explains what they no longer do.',
    source: 'https://kubernetes.io/docs/concepts/overview/components/',
    run: serviceDown,
  },
  {
    id: 'node-agent-down',
    why: 'Network and control plane pods belong to their node; one that is down harms that node.',
    source: 'https://kubernetes.io/docs/concepts/overview/components/',
    run: agentDown,
  },
  {
    id: 'node-usage',
    why: 'A node at its limits slows down all its pods.',
    source: 'https://kubernetes.io/docs/tasks/debug/debug-cluster/resource-metrics-pipeline/',
    run: usage,
  },
  {
    id: 'node-cordoned',
    why: 'A cordoned node explains why pods do not fit.',
    source: 'https://kubernetes.io/docs/concepts/architecture/nodes/#manual-node-administration',
    run: cordoned,
  },
];
