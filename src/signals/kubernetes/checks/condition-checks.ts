/** Objects whose own controller says that they are not ready, and jobs that gave up. */
import type { Fault } from '../../../domain/report.ts';
import { blameObject, blameWorkload, clip, describeCommand, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';

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
};
const OTHER: Faults = { configuration: 0.6, unknown: 0.6 };

/** Conditions that are false when all is well (`Stalled`, `Degraded`) are not among these. */
const GOOD: readonly string[] = ['Ready', 'Available', 'Synced', 'Healthy', 'Programmed', 'Accepted'];

const notReady = ({ cluster }: CheckInput): readonly Suspicion[] =>
  cluster.others.flatMap((item) => {
    const condition = item.terminating ? undefined : item.conditions.find(({ type, status }) => GOOD.includes(type) && status === 'False');
    if (condition === undefined) return [];
    return [
      {
        check: 'object-not-ready',
        blame: blameObject(item),
        detail: item.kind,
        role: 'cause' as const,
        faults: KINDS[item.kind] ?? OTHER,
        strength: Object.hasOwn(KINDS, item.kind) ? STRENGTH.strong : STRENGTH.weak,
        onset: condition.since,
        indicator: condition.type,
        observed: condition.reason ?? condition.status,
        expected: 'True',
        summary: `${item.kind} ${item.name} is not ${condition.type.toLowerCase()}: ${clip(condition.message ?? condition.reason ?? 'no reason given', 160)}.`,
        command: describeCommand(item.kind, item.namespace, item.name),
      },
    ];
  });

const jobFailed = ({ cluster, index, window }: CheckInput): readonly Suspicion[] =>
  index.apps.flatMap((app) => {
    const condition = app.ref.kind === 'Job' ? app.workload?.conditions.find(({ type, status }) => type === 'Failed' && status === 'True') : undefined;
    if (condition === undefined || (condition.since !== null && (condition.since < window.start || condition.since > cluster.at))) return [];
    return [
      {
        check: 'job-failed',
        blame: blameWorkload(app.ref),
        role: 'cause' as const,
        faults: { crash: 0.8, configuration: 0.5, data: 0.3 },
        strength: STRENGTH.likely,
        onset: condition.since,
        indicator: 'Failed',
        observed: condition.reason,
        expected: 'Complete',
        summary: `Job ${app.ref.name} gave up: ${clip(condition.message ?? condition.reason ?? '', 160)}.`,
        command: describeCommand('job', app.ref.namespace, app.ref.name),
      },
    ];
  });

export const CONDITION_CHECKS: readonly Check[] = [
  {
    id: 'object-not-ready',
    why: 'Controllers report in conditions whether an object does its work.',
    source: 'https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#typical-status-properties',
    run: notReady,
  },
  {
    id: 'job-failed',
    why: 'A Job that reached its back-off limit is not tried again.',
    source: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy',
    run: jobFailed,
  },
];
