/** What monitors say of objects: shares of a limit that are too high, and firing alerts that name an object in their labels. */
import type { CapsuleAlert } from '../../../domain/capsule.ts';
import type { Component, Fault } from '../../../domain/report.ts';
import type { App } from '../cluster/cluster-index.ts';
import type { MetricLevel } from '../metric-levels.ts';
import { blameNode, blameObject, blameWorkload, clip, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';
import { subjectOf } from './event-subject.ts';

type Faults = Readonly<Partial<Record<Fault, number>>>;
type Labels = Readonly<Record<string, string>>;

/** kubernetes-mixin alerts at a quarter of the periods; half and more is felt in every request. */
const THROTTLED = 0.5;
/** Three percent free, as kubernetes-mixin alerts. */
const FULL = 0.97;

const appOf = (input: CheckInput, labels: Labels): App | undefined => {
  const pod = labels['pod'] === undefined ? undefined : input.cluster.pods.find((item) => item.name === labels['pod']);
  if (pod !== undefined) return input.index.appOf(pod.workload);
  const name = labels['service'] ?? labels['deployment'] ?? labels['statefulset'] ?? labels['daemonset'] ?? labels['app'];
  return name === undefined ? undefined : input.index.apps.find((app) => app.ref.name === name && (labels['namespace'] === undefined || app.ref.namespace === labels['namespace']));
};

const claimSubject = (input: CheckInput, labels: Labels): Component | null => {
  const name = labels['persistentvolumeclaim'];
  if (name === undefined) return null;
  const namespace = labels['namespace'] ?? input.cluster.claims.find((item) => item.name === name)?.namespace ?? null;
  return subjectOf(input.cluster, input.index, { kind: 'PersistentVolumeClaim', namespace, name }).component;
};

const LEVELS: Readonly<Record<MetricLevel['resource'], { readonly limit: number; readonly faults: Faults; readonly text: string }>> = {
  throttling: { limit: THROTTLED, faults: { cpu: 1, configuration: 0.6, capacity: 0.6 }, text: 'is throttled by its CPU limit in' },
  volume: { limit: FULL, faults: { disk: 1, storage: 0.8, capacity: 0.6 }, text: 'has filled its volume to' },
  nodeDisk: { limit: FULL, faults: { disk: 1, storage: 0.5 }, text: 'has filled its disk to' },
};

const blameOf = (input: CheckInput, level: MetricLevel): Component | null => {
  if (level.resource === 'nodeDisk') return level.labels['node'] === undefined ? null : blameNode(level.labels['node']);
  const app = level.resource === 'volume' ? undefined : appOf(input, level.labels);
  return claimSubject(input, level.labels) ?? (app === undefined ? null : blameWorkload(app.ref));
};

/** What most are is how the cluster is run, not what is wrong today. */
const usualResources = (all: readonly MetricLevel[]): ReadonlySet<MetricLevel['resource']> => {
  const counts = new Map<MetricLevel['resource'], { high: number; all: number }>();
  for (const { resource, share } of all) {
    const count = counts.get(resource) ?? { high: 0, all: 0 };
    count.all++;
    if (share >= LEVELS[resource].limit) count.high++;
    counts.set(resource, count);
  }
  return new Set([...counts].filter(([, count]) => count.all > 3 && count.high * 2 > count.all).map(([resource]) => resource));
};

const levels = (input: CheckInput, all: readonly MetricLevel[]): readonly Suspicion[] => {
  const usual = usualResources(all);
  return all.flatMap((level) => {
    const { limit, faults, text } = LEVELS[level.resource];
    const blame = level.share < limit || usual.has(level.resource) ? null : blameOf(input, level);
    if (blame === null) return [];
    const percent = Math.round(level.share * 100);
    return [
      {
        check: 'share-used',
        blame,
        detail: level.resource,
        role: 'cause' as const,
        faults,
        strength: STRENGTH.likely + 0.6,
        onset: null,
        indicator: level.name,
        observed: `${percent}%`,
        expected: `below ${Math.round(limit * 100)}%`,
        summary: `${blame.name} ${text} ${percent}%${level.resource === 'throttling' ? ' of its periods' : ''}.`,
        command: blame.kind === 'node' ? `kubectl top node ${blame.name}` : `kubectl top pods${blame.namespace === null ? '' : ` -n ${blame.namespace}`}`,
      },
    ];
  });
};

/** What the name of an alert says, in the words of the usual rule sets. First match wins. Source: https://runbooks.prometheus-operator.dev/ */
const ALERTS: readonly (readonly [pattern: RegExp, faults: Faults])[] = [
  [/cert|ssl|tls/i, { certificate: 1, configuration: 0.4 }],
  [/persistentvolume.*(?:fill|full|usage|space|error)|volume.*full|disk.*(?:full|space)|filesystem/i, { disk: 1, storage: 0.9, capacity: 0.5 }],
  [/throttl/i, { cpu: 1, configuration: 0.6 }],
  [/oom|memory/i, { memory: 1, capacity: 0.4 }],
  [/quota/i, { capacity: 1, configuration: 0.6 }],
  [/hpa.*max|maxedout/i, { capacity: 1, traffic: 0.5 }],
  [/node(?:not)?ready|nodeunreachable|kubelet.*down|nodedown/i, { crash: 1, network_loss: 0.4 }],
  [/clock|ntp/i, { configuration: 0.9, unknown: 0.6 }],
  [/coredns|dns/i, { dns: 1 }],
  [/etcd/i, { storage: 0.8, crash: 0.6 }],
];

/** The object that its labels name: a claim, a node, a quota; an application is only where it hurts. */
const alertBlame = (input: CheckInput, labels: Labels, faults: Faults): Component | null => {
  const claim = claimSubject(input, labels);
  if (claim !== null) return claim;
  const node = labels['node'];
  // Alerts about pods carry the node that the pod runs on.
  if (node !== undefined && labels['pod'] === undefined && input.cluster.nodes.some((item) => item.name === node)) return blameNode(node);
  if (labels['resourcequota'] !== undefined) return blameObject({ kind: 'ResourceQuota', namespace: labels['namespace'] ?? null, name: labels['resourcequota'] });
  if (faults.certificate === 1) {
    const [secret, certificate] = [labels['secret'] ?? labels['secret_name'], labels['name'] ?? labels['certificate']];
    const host = (labels['instance'] ?? labels['host'] ?? '').replace(/^https?:\/\//, '').replace(/[:/].*$/, '');
    if (secret !== undefined) return blameObject({ kind: 'Secret', namespace: labels['namespace'] ?? null, name: secret });
    if (certificate !== undefined) return blameObject({ kind: 'Certificate', namespace: labels['namespace'] ?? null, name: certificate });
    const served = host === '' ? [] : input.cluster.ingresses.filter((item) => item.tlsSecrets.length > 0 && item.hosts.includes(host));
    return served.length === 1 && served[0] !== undefined ? blameObject(served[0]) : null;
  }
  const app = faults.cpu === 1 || faults.dns === 1 ? appOf(input, labels) : undefined;
  return app === undefined ? null : blameWorkload(app.ref);
};

const alerted = (input: CheckInput, alerts: readonly CapsuleAlert[]): readonly Suspicion[] =>
  alerts.flatMap((alert) => {
    const name = alert.labels['alertname'] ?? '';
    const faults = ALERTS.find(([pattern]) => pattern.test(name))?.[1];
    const blame = faults === undefined ? null : alertBlame(input, alert.labels, faults);
    if (faults === undefined || blame === null) return [];
    return [
      {
        check: 'alert-names',
        blame,
        detail: name,
        role: 'cause' as const,
        faults,
        strength: STRENGTH.weak + 0.6,
        onset: null,
        indicator: name,
        observed: 'firing',
        expected: null,
        summary: `Alert ${clip(name, 80)} names ${blame.name}.`,
        command: `kubectl get events -A`,
      },
    ];
  });

export const monitorChecks = (all: readonly MetricLevel[], alerts: readonly CapsuleAlert[]): readonly Check[] => [
  { id: 'share-used', why: 'The share of a limit tells by itself what is too much, also where no normal time is known.', source: 'https://github.com/kubernetes-monitoring/kubernetes-mixin', run: (input) => levels(input, all) },
  { id: 'alert-names', why: 'The labels of an alert are set by its rule, and name the object that the rule watches.', source: 'https://runbooks.prometheus-operator.dev/', run: (input) => alerted(input, alerts) },
];
