/** Objects whose own controller says that they are not well, whatever their kind; and jobs that gave up. */
import type { Fault } from '../../../domain/report.ts';
import type { App } from '../cluster/cluster-index.ts';
import type { Condition, OtherObject } from '../cluster/types.ts';
import { textAt } from '../parse/json-value.ts';
import { blameObject, blameWorkload, clip, describeCommand, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';
import { WORDS } from './log-words.ts';

type Faults = Readonly<Partial<Record<Fault, number>>>;

/** What the failing object means; kinds of widely used operators. */
const KINDS: Readonly<Record<string, Faults>> = {
  Certificate: { certificate: 1, configuration: 0.4 },
  CertificateRequest: { certificate: 1, configuration: 0.4 },
  Issuer: { certificate: 1, configuration: 0.5 },
  ClusterIssuer: { certificate: 1, configuration: 0.5 },
  APIService: { dependency: 1, configuration: 0.4 },
  ExternalSecret: { configuration: 1, permission: 0.5, dependency: 0.4 },
  SecretStore: { configuration: 1, permission: 0.6, dependency: 0.4 },
  ClusterSecretStore: { configuration: 1, permission: 0.6, dependency: 0.4 },
  HTTPRoute: { configuration: 1, dependency: 0.4 },
  Gateway: { configuration: 1, certificate: 0.4 },
  CustomResourceDefinition: { configuration: 1 },
};

/** Reasons are words of their own; these parts of them tell the kind of trouble. */
const REASONS: readonly (readonly [pattern: RegExp, faults: Faults])[] = [
  [/Forbidden|Unauthori[sz]ed|Denied|Permission|Credential|Auth/, { permission: 1, configuration: 0.7 }],
  [/Cert|TLS|Expired|X509/i, { certificate: 1, configuration: 0.5 }],
  [/Quota|Insufficient|OutOf|Exceeded|Capacity|TooMany/, { capacity: 1, configuration: 0.5 }],
  [/Volume|Storage|Disk|PVC|Snapshot|Backup/, { storage: 1, configuration: 0.4 }],
  [/Timeout|Unreachable|Connection|Discovery|Endpoints/, { dependency: 1, network_loss: 0.4 }],
  [/NotFound|Missing|Invalid|Unsupported|Conflict|Parse|RefNotPermitted|Unresolved/, { configuration: 1 }],
];
const OTHER: Faults = { configuration: 0.7, dependency: 0.5, unknown: 0.5 };

/** Types that are true when all is well, and types that are true when it is not; conventions of the API and of operators. */
const GOOD = /^(?:Ready|Available|Synced|Healthy|Programmed|Accepted|ResolvedRefs|Established|NamesAccepted|Reconciled|Valid|Issued|Deployed|Installed|Connected|Online|Bound|SecretSynced|DisruptionAllowed|ScalingActive|Running|.{1,40}Ready|.{1,40}Available|.{1,40}Healthy)$/;
const BAD = /^(?:Stalled|Degraded|Failed|Failing|Invalid|Denied|Unhealthy|Lost|OutOfSync|Conflicting|Blocked|ReplicaFailure|NonStructuralSchema|.{1,60}(?:Error|Failure|Failed|Deadlock|Problem|Pressure|Unavailable|Remaining|Exceeded))$/;

/** Well before the window nobody minded it. */
const OLD_MS = 3_600_000;

export const troubleOf = (conditions: readonly Condition[]): Condition | undefined =>
  conditions.find(({ type, status }) => BAD.test(type) && status === 'True') ?? conditions.find(({ type, status }) => GOOD.test(type) && (status === 'False' || status === 'Unknown'));

export const conditionFaults = (kind: string, { reason, message }: Condition): Faults => {
  if (Object.hasOwn(KINDS, kind)) return KINDS[kind] ?? OTHER;
  const words = WORDS.find(({ pattern }) => pattern.test(message ?? ''));
  return words?.faults ?? REASONS.find(([pattern]) => pattern.test(reason ?? ''))?.[1] ?? OTHER;
};

/** Being allowed no disruption is a budget's business unless somebody drains; own checks look at these. */
const OWN_CHECKS: readonly string[] = ['PodDisruptionBudget', 'Lease', 'ReplicaSet', 'Certificate'];

/** An aggregated API names the Service that does not answer: `endpoints for service/metrics-server in "kube-system" have no addresses`. */
const backingApp = (input: CheckInput, object: OtherObject, condition: Condition): App | undefined => {
  const match = /service\/([a-z0-9-]{1,63}) in "([a-z0-9-]{1,63})"/.exec(condition.message ?? '');
  const printed = /^([a-z0-9-]{1,63})\/([a-z0-9-]{1,63})$/.exec(textAt(object.body, 'spec', 'printedService') ?? '');
  const [namespace, name] = match === null ? [printed?.[1], printed?.[2]] : [match[2], match[1]];
  if (name === undefined) return undefined;
  const service = input.index.service(namespace ?? null, name);
  return (service === undefined ? [] : input.index.appsBehind(service))[0] ?? input.index.apps.find((app) => app.ref.name === name && app.ref.namespace === (namespace ?? null));
};

const notReady = (input: CheckInput): readonly Suspicion[] =>
  input.cluster.others.flatMap((item) => {
    const condition = item.terminating || OWN_CHECKS.includes(item.kind) ? undefined : troubleOf(item.conditions);
    if (condition === undefined) return [];
    const old = condition.since !== null && condition.since < input.window.start - OLD_MS;
    const known = Object.hasOwn(KINDS, item.kind);
    const app = item.kind === 'APIService' ? backingApp(input, item, condition) : undefined;
    return [
      {
        check: 'object-not-ready',
        blame: app === undefined ? blameObject(item) : blameWorkload(app.ref),
        detail: item.kind,
        role: old ? ('symptom' as const) : ('cause' as const),
        faults: conditionFaults(item.kind, condition),
        strength: old ? STRENGTH.weak : known ? STRENGTH.strong : STRENGTH.likely,
        onset: condition.since,
        indicator: condition.type,
        observed: condition.reason ?? condition.status,
        expected: BAD.test(condition.type) ? 'False' : 'True',
        summary: `${item.kind} ${item.name} reports ${condition.type} ${condition.status}: ${clip(condition.message ?? condition.reason ?? 'no reason given', 160)}.`,
        command: describeCommand(item.kind, item.namespace, item.name),
      },
    ];
  });

/** A namespace that cannot be removed says what remains in it and which finalizers wait. */
const namespaceStuck = ({ cluster }: CheckInput): readonly Suspicion[] =>
  cluster.others
    .filter((item) => item.kind === 'Namespace' && item.terminating)
    .flatMap((item) => {
      const condition = troubleOf(item.conditions);
      return condition === undefined
        ? []
        : [
            {
              check: 'namespace-stuck',
              blame: blameObject(item),
              detail: condition.type,
              role: 'cause' as const,
              faults: /DiscoveryFailure/.test(condition.type) ? { dependency: 1, configuration: 0.8 } : { configuration: 1, dependency: 0.6 },
              strength: STRENGTH.strong,
              onset: item.deletedAt ?? condition.since,
              indicator: condition.type,
              observed: 'Terminating',
              expected: 'gone',
              summary: `Namespace ${item.name} does not go: ${clip(condition.message ?? condition.reason ?? '', 160)}.`,
              command: describeCommand('namespace', null, item.name),
            },
          ];
    });

const jobFailed = ({ cluster, index, window }: CheckInput): readonly Suspicion[] =>
  index.apps.flatMap((app) => {
    const condition = app.ref.kind === 'Job' ? app.workload?.conditions.find(({ type, status }) => type === 'Failed' && status === 'True') : undefined;
    if (condition === undefined || (condition.since !== null && (condition.since < window.start || condition.since > cluster.at))) return [];
    const late = condition.reason === 'DeadlineExceeded';
    return [
      {
        check: 'job-failed',
        blame: blameWorkload(app.ref),
        role: 'cause' as const,
        faults: late ? { configuration: 0.9, capacity: 0.6, crash: 0.6 } : { crash: 0.8, configuration: 0.5, data: 0.3 },
        strength: STRENGTH.likely + (late ? 0.6 : 0),
        onset: condition.since,
        indicator: 'Failed',
        observed: condition.reason,
        expected: 'Complete',
        summary: `Job ${app.ref.name} gave up: ${clip(condition.message ?? condition.reason ?? '', 160)}.`,
        command: describeCommand('job', app.ref.namespace, app.ref.name),
      },
    ];
  });

/** Gates that others must open before a pod counts as ready: load balancers, service meshes. */
const gateClosed = ({ cluster }: CheckInput): readonly Suspicion[] =>
  cluster.pods.flatMap((pod) => {
    const ready = pod.conditions.some(({ type, status }) => type === 'ContainersReady' && status === 'True');
    const gate = ready ? pod.conditions.find(({ type, status }) => type.includes('/') && status !== 'True') : undefined;
    if (gate === undefined || pod.terminating) return [];
    return [
      {
        check: 'readiness-gate',
        blame: blameWorkload(pod.workload, pod.name),
        detail: gate.type,
        role: 'cause' as const,
        faults: { configuration: 0.9, dependency: 0.9, network_loss: 0.4 },
        strength: STRENGTH.likely + 0.6,
        onset: gate.since,
        indicator: gate.type,
        observed: gate.reason ?? gate.status,
        expected: 'True',
        summary: `${pod.name} is held back by its readiness gate ${gate.type}: ${clip(gate.message ?? gate.reason ?? gate.status, 140)}.`,
        command: describeCommand('pod', pod.namespace, pod.name),
      },
    ];
  });

const CONVENTIONS = 'https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#typical-status-properties';

export const CONDITION_CHECKS: readonly Check[] = [
  { id: 'object-not-ready', why: 'Controllers report in conditions whether an object does its work.', source: CONVENTIONS, run: notReady },
  { id: 'namespace-stuck', why: 'A namespace goes when all in it is gone; its conditions name what is left.', source: 'https://kubernetes.io/docs/tasks/administer-cluster/namespaces/#deleting-a-namespace', run: namespaceStuck },
  { id: 'job-failed', why: 'A Job that reached its back-off limit is not tried again.', source: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy', run: jobFailed },
  { id: 'readiness-gate', why: 'A pod is ready when its containers are and all its gates are open.', source: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-readiness-gate', run: gateClosed },
];
