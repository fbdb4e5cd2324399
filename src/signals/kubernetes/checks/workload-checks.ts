/** How many pods are wanted and there, limits that starve, policies that isolate, deletions that hang, names that do not resolve. */
import { selects } from '../cluster/cluster-index.ts';
import type { ObjectMeta } from '../cluster/types.ts';
import { blameNode, blameObject, blameWorkload, clip, describeCommand, getCommand, isUnhealthy, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';

/** Nobody scales to zero what others address or what a Service selects, at least not during an incident. */
const scaledToZero = ({ index }: CheckInput): readonly Suspicion[] =>
  index.apps.flatMap((app) => {
    if (app.workload === null || app.workload.desired !== 0 || app.ref.kind === 'Job' || app.ref.kind === 'DaemonSet' || app.ref.kind === 'CronJob') return [];
    const used = app.services.length > 0;
    return [{
      check: 'scaled-to-zero', blame: blameWorkload(app.ref), role: 'cause' as const, faults: { capacity: 1, configuration: 0.8, crash: 0.3 }, strength: used ? STRENGTH.proof : STRENGTH.likely, onset: null,
      indicator: 'replicas', observed: 0, expected: 'at least 1', summary: `${app.ref.kind} ${app.ref.name} is scaled to zero${used ? ` while Service ${app.services[0]?.name ?? ''} selects it` : ''}.`,
      command: getCommand(app.ref.kind, app.ref.namespace, app.ref.name), samples: [],
    }];
  });

/** Fewer ready than desired: who suffers is known, why is for the other checks to say. */
const fewerReady = ({ index }: CheckInput): readonly Suspicion[] =>
  index.apps.flatMap((app) => {
    const desired = app.workload?.desired ?? null;
    const ready = app.workload?.ready ?? app.workload?.available ?? null;
    if (desired === null || ready === null || ready >= desired || app.ref.kind === 'Job') return [];
    return [{
      check: 'replicas-not-ready', blame: blameWorkload(app.ref), role: 'symptom' as const, faults: { unknown: 0.4, crash: 0.4, scheduling: 0.3 }, strength: STRENGTH.weak - 0.6, onset: null, indicator: 'readyReplicas',
      observed: ready, expected: desired, summary: `${app.ref.name} has ${ready} of ${desired} pods ready.`, command: describeCommand(app.ref.kind, app.ref.namespace, app.ref.name), samples: [],
    }];
  });

const isolated = ({ cluster, index, window }: CheckInput): readonly Suspicion[] =>
  cluster.policies.flatMap((policy) => {
    const directions = [policy.ingressRules === 0 ? 'ingress' : null, policy.egressRules === 0 ? 'egress' : null].filter((item) => item !== null);
    if (directions.length === 0) return [];
    const apps = index.apps.filter((app) => app.ref.namespace === policy.namespace && selects(policy.podSelector, app.labels));
    const selectsAll = Object.keys(policy.podSelector).length === 0;
    // A default-deny policy for the whole namespace, or one older than the trouble, is somebody's intention.
    const fresh = policy.createdAt === null || policy.createdAt >= window.start - HOUR_MS;
    const strength = selectsAll ? STRENGTH.weak : fresh ? STRENGTH.proof - 0.3 : STRENGTH.hint;
    return (selectsAll ? apps.slice(0, 1) : apps).map((app) => ({
      check: 'policy-isolates', blame: selectsAll ? blameObject(policy) : blameWorkload(app.ref), detail: policy.name, role: fresh ? 'cause' as const : 'context' as const, faults: { configuration: 1, network_loss: 0.9 }, strength, onset: policy.createdAt,
      indicator: 'NetworkPolicy', observed: `no ${directions.join(' or ')} allowed`, expected: 'rules for its callers',
      summary: `NetworkPolicy ${policy.name} allows no ${directions.join(' and no ')} for ${selectsAll ? 'any pod of the namespace' : app.ref.name}${fresh ? '' : ' (it is older than this incident)'}.`,
      command: describeCommand('networkpolicy', policy.namespace, policy.name), samples: [],
    }));
  });

const HOUR_MS = 3_600_000;

/** Pods that answer DNS for the cluster. */
const DNS = /^(?:coredns|kube-dns|node-local-dns|nodelocaldns)/;

const dnsDown = ({ cluster, index }: CheckInput): readonly Suspicion[] => {
  const apps = index.apps.filter((app) => DNS.test(app.ref.name));
  const down = apps.filter((app) => app.workload?.desired === 0 || (app.pods.length > 0 && app.pods.every(isUnhealthy)));
  const corefile = cluster.configs.filter((item) => item.kind === 'ConfigMap' && item.name === 'coredns' && item.data['Corefile'] !== undefined && !/kubernetes\s+\S/.test(item.data['Corefile'] ?? ''));
  return [
    ...down.map((app) => ({
      check: 'dns-down', blame: blameWorkload(app.ref), role: 'cause' as const, faults: { dns: 1, crash: 0.5 }, strength: STRENGTH.proof, onset: null, indicator: app.ref.name, observed: 'no pod ready', expected: 'ready',
      summary: `${app.ref.name} answers no DNS query: none of its pods is ready.`, command: `kubectl get pods -n kube-system -l k8s-app=kube-dns`, samples: [],
    })),
    ...corefile.map((item) => ({
      check: 'dns-down', blame: blameObject(item), role: 'cause' as const, faults: { dns: 1, configuration: 0.9 }, strength: STRENGTH.strong, onset: null, indicator: 'Corefile', observed: 'no kubernetes plugin', expected: 'kubernetes cluster.local',
      summary: 'The Corefile of CoreDNS has no kubernetes plugin: cluster names do not resolve.', command: getCommand('configmap', item.namespace, item.name), samples: [],
    })),
  ];
};

const dnsPolicy = ({ cluster, index }: CheckInput): readonly Suspicion[] =>
  index.apps.flatMap((app) => {
    const policy = app.spec.dnsPolicy;
    const odd = policy === 'None' || policy === 'Default' || (app.spec.hostNetwork && policy === 'ClusterFirst');
    const usual = index.apps.filter((other) => other.ref.namespace === app.ref.namespace && (other.spec.dnsPolicy ?? 'ClusterFirst') === 'ClusterFirst').length;
    if (!odd || usual < 1 || app.addresses.length === 0 || cluster.services.length === 0) return [];
    return [{
      check: 'dns-policy', blame: blameWorkload(app.ref), role: 'cause' as const, faults: { dns: 1, configuration: 0.9 }, strength: policy === 'None' && !app.spec.hasDnsConfig ? STRENGTH.proof : STRENGTH.likely + 0.6, onset: null, indicator: 'dnsPolicy',
      observed: policy, expected: 'ClusterFirst', summary: `${app.ref.name} has dnsPolicy ${policy ?? ''}, so names of Services do not resolve in its pods.`, command: getCommand(app.ref.kind, app.ref.namespace, app.ref.name), samples: [],
    }];
  });

/** Finalizers need their controller; when it is gone, deletion hangs. Pods get their grace period and some more. */
const STUCK_MS = 300_000;

const stuck = ({ cluster }: CheckInput): readonly Suspicion[] => {
  const all: readonly ObjectMeta[] = [...cluster.pods, ...cluster.workloads, ...cluster.claims, ...cluster.volumes, ...cluster.others];
  return all.filter((item) => item.terminating && (item.finalizers.length > 0 || item.kind === 'Pod' || item.kind === 'Namespace') && (item.createdAt === null || cluster.at - item.createdAt > STUCK_MS)).map((item) => ({
    check: 'stuck-terminating', blame: item.kind === 'Pod' ? blameWorkload((item as (typeof cluster.pods)[number]).workload, item.name) : blameObject(item), detail: item.name, role: 'cause' as const,
    faults: { configuration: 0.6, storage: item.kind.startsWith('Persistent') ? 0.8 : 0, unknown: 0.3 }, strength: STRENGTH.weak, onset: null, indicator: 'Terminating', observed: item.finalizers.join(', ') || 'Terminating', expected: 'gone',
    summary: `${item.kind} ${item.name} is being deleted and does not go${item.finalizers.length === 0 ? '' : ` (finalizers ${clip(item.finalizers.join(', '), 100)})`}.`, command: getCommand(item.kind, item.namespace, item.name), samples: [],
  }));
};

const autoscaler = ({ cluster }: CheckInput): readonly Suspicion[] =>
  cluster.autoscalers.flatMap((item) => {
    const { target } = item;
    if (target === null) return [];
    const blind = item.conditions.find((condition) => (condition.type === 'ScalingActive' || condition.type === 'AbleToScale') && condition.status === 'False');
    const full = item.max !== null && item.current !== null && item.current >= item.max && item.max > 0 && item.conditions.some((condition) => condition.type === 'ScalingLimited' && condition.status === 'True');
    if (blind === undefined && !full) return [];
    return [{
      check: 'autoscaler', blame: blameWorkload({ ...target, namespace: item.namespace }), detail: item.name, role: 'cause' as const, faults: { capacity: 0.9, configuration: 0.5, traffic: full ? 0.6 : 0 }, strength: full ? STRENGTH.likely : STRENGTH.weak, onset: blind?.since ?? null,
      indicator: 'HorizontalPodAutoscaler', observed: blind === undefined ? `${item.current ?? 0} of at most ${item.max ?? 0}` : (blind.reason ?? blind.type), expected: 'room to scale',
      summary: blind === undefined ? `Autoscaler ${item.name} is at its maximum of ${item.max ?? 0} pods and wants more.` : `Autoscaler ${item.name} cannot scale: ${clip(blind.message ?? blind.reason ?? '', 160)}.`,
      command: describeCommand('hpa', item.namespace, item.name), samples: [],
    }];
  });

/** Two containers of a pod share its network: the same port twice cannot work. */
const portConflict = ({ index }: CheckInput): readonly Suspicion[] =>
  index.apps.flatMap((app) => {
    const seen = new Map<string, string>();
    return app.spec.containers.filter((item) => !item.init).flatMap((item) => item.ports.flatMap((port) => {
      const key = `${port.port}/${port.protocol}`;
      const other = seen.get(key);
      seen.set(key, item.name);
      if (other === undefined || other === item.name) return [];
      const crashed = app.pods.some((pod) => pod.containers.some((status) => (status.name === item.name || status.name === other) && (status.ready === false || (status.restarts ?? 0) > 0)));
      return [{
        check: 'port-conflict', blame: blameWorkload(app.ref), detail: key, role: 'cause' as const, faults: { configuration: 1, crash: 0.7 }, strength: crashed ? STRENGTH.proof : STRENGTH.likely, onset: null, indicator: 'containerPort', observed: `${other} and ${item.name} on ${port.port}`,
        expected: 'one container a port', summary: `Containers ${other} and ${item.name} of ${app.ref.name} both declare port ${port.port}; a pod has one network.`, command: getCommand(app.ref.kind, app.ref.namespace, app.ref.name), samples: [],
      }];
    }));
  });

/** Below these a usual server does not even start in time; siblings show what is usual here. */
const TINY_CPU = 0.02;
const TINY_MEMORY = 16 * 2 ** 20;

const tinyLimits = ({ index }: CheckInput): readonly Suspicion[] =>
  index.apps.flatMap((app) => app.spec.containers.filter((item) => !item.init).flatMap((item) => {
    const suffering = app.pods.some((pod) => isUnhealthy(pod) || pod.restarts > 0);
    const cpu = item.cpuLimit !== null && item.cpuLimit <= TINY_CPU;
    const memory = item.memoryLimit !== null && item.memoryLimit <= TINY_MEMORY;
    if (!cpu && !memory) return [];
    return [{
      check: 'limits-too-small', blame: blameWorkload(app.ref), detail: item.name, role: 'cause' as const, faults: cpu ? { cpu: 1, configuration: 0.7, capacity: 0.5 } : { memory: 1, configuration: 0.7 }, strength: suffering ? STRENGTH.strong : STRENGTH.weak,
      onset: null, indicator: cpu ? 'cpu limit' : 'memory limit', observed: cpu ? `${item.cpuLimit ?? 0} cores` : `${item.memoryLimit ?? 0} bytes`, expected: 'more',
      summary: `Container ${item.name} of ${app.ref.name} may use only ${cpu ? `${item.cpuLimit ?? 0} cores` : `${Math.round((item.memoryLimit ?? 0) / 2 ** 20)} MiB`}.`, command: getCommand(app.ref.kind, app.ref.namespace, app.ref.name), samples: [],
    }];
  }));

const cordoned = ({ cluster }: CheckInput): readonly Suspicion[] =>
  cluster.nodes.filter((node) => node.unschedulable).map((node) => ({
    check: 'node-cordoned', blame: blameNode(node.name), role: 'context' as const, faults: { scheduling: 0.5 }, strength: STRENGTH.hint, onset: null, indicator: 'unschedulable', observed: 'cordoned', expected: 'schedulable',
    summary: `Node ${node.name} is cordoned: it takes no new pods.`, command: describeCommand('node', null, node.name), samples: [],
  }));

export const WORKLOAD_CHECKS: readonly Check[] = [
  { id: 'scaled-to-zero', why: 'Zero replicas serve nobody.', source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#scaling-a-deployment', run: scaledToZero },
  { id: 'replicas-not-ready', why: 'Missing replicas tell who suffers.', source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status', run: fewerReady },
  { id: 'policy-isolates', why: 'A pod that a policy selects receives only what some policy allows.', source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation', run: isolated },
  { id: 'dns-down', why: 'Without cluster DNS no Service name resolves.', source: 'https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/', run: dnsDown },
  { id: 'dns-policy', why: 'Only ClusterFirst (or its host network form) asks the cluster DNS.', source: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy', run: dnsPolicy },
  { id: 'stuck-terminating', why: 'A deleted object stays until its finalizers are removed.', source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/', run: stuck },
  { id: 'autoscaler', why: 'An autoscaler without metrics or room does not scale.', source: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/', run: autoscaler },
  { id: 'port-conflict', why: 'Containers of one pod share ports.', source: 'https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking', run: portConflict },
  { id: 'limits-too-small', why: 'CPU beyond the limit is throttled, memory beyond it kills.', source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/', run: tinyLimits },
  { id: 'node-cordoned', why: 'A cordoned node explains why pods do not fit.', source: 'https://kubernetes.io/docs/concepts/architecture/nodes/#manual-node-administration', run: cordoned },
];
