/** What kubectl printed ► findings: who is broken, how, and what shows it. Pure and independent of the order of files. */
import type { CapsuleAlert, TopologyEdge } from '../../domain/capsule.ts';
import type { Finding } from '../../domain/finding.ts';
import type { EpochMs, TimeWindow } from '../../domain/time.ts';
import { fingerprint } from '../../shared/hash.ts';
import { ADDRESS_CHECKS } from './checks/address-checks.ts';
import { ADMISSION_CHECKS } from './checks/admission-checks.ts';
import type { Check, Suspicion } from './checks/check.ts';
import { CONDITION_CHECKS } from './checks/condition-checks.ts';
import { CONNECTION_CHECKS } from './checks/connection-checks.ts';
import { CONTAINER_CHECKS } from './checks/container-checks.ts';
import type { ContainerLog } from './checks/container-logs.ts';
import { crashLogChecks } from './checks/crash-log-checks.ts';
import { runningLogChecks } from './checks/running-log-checks.ts';
import { EVENT_CHECKS } from './checks/event-checks.ts';
import { WEBHOOK_CHECKS } from './checks/webhook-checks.ts';
import { ROLLOUT_CHECKS } from './checks/rollout-checks.ts';
import { tlsChecks } from './checks/tls-checks.ts';
import { controlPlaneChecks } from './checks/control-plane-checks.ts';
import { monitorChecks } from './checks/monitor-checks.ts';
import type { MetricLevel } from './metric-levels.ts';
import { IMAGE_CHECKS } from './checks/image-checks.ts';
import { NODE_CHECKS } from './checks/node-checks.ts';
import { PROBE_CHECKS } from './checks/probe-checks.ts';
import { REFERENCE_CHECKS } from './checks/reference-checks.ts';
import { SCHEDULING_CHECKS } from './checks/scheduling-checks.ts';
import { SERVICE_CHECKS } from './checks/service-checks.ts';
import { STARTUP_CHECKS } from './checks/startup-checks.ts';
import { STORAGE_CHECKS } from './checks/storage-checks.ts';
import { SCALE_CHECKS } from './checks/scale-checks.ts';
import { POLICY_CHECKS } from './checks/policy-checks.ts';
import { DNS_CHECKS } from './checks/dns-checks.ts';
import { POD_SPEC_CHECKS } from './checks/pod-spec-checks.ts';
import { DELETION_CHECKS } from './checks/deletion-checks.ts';
import { buildCluster } from './cluster/build-cluster.ts';
import { indexCluster } from './cluster/cluster-index.ts';
import { clusterGraph, type ClusterGraph } from './cluster/cluster-graph.ts';
import { explainFindings } from './explain-findings.ts';
import { parseKubernetesFiles, type KubernetesFile } from './parse/parse-files.ts';

export interface KubernetesInput {
  readonly files: readonly KubernetesFile[];
  /** When the files were printed: ages in them count from here. */
  readonly at: EpochMs;
  readonly window: TimeWindow;
  readonly baseline: TimeWindow | null;
  /** Container logs (current or previous), for the last words of containers that do not run well; only their tails are read. */
  readonly logs?: readonly ContainerLog[];
  /** Typical values of the window, of metrics whose scale says by itself what is too much. */
  readonly levels?: readonly MetricLevel[];
  readonly alerts?: readonly CapsuleAlert[];
  /** Who calls whom, beside what environments say. */
  readonly topology?: readonly TopologyEdge[];
}

export interface KubernetesFindings {
  /** Strongest first, context last. Strength is in points, 0 to 6 (see STRENGTH); what another finding explains is a symptom. */
  readonly findings: readonly Finding[];
  readonly graph: ClusterGraph;
  /** Id of a finding ► id of the finding that explains it: the dead dependency, the dead node. */
  readonly explanations: ReadonlyMap<string, string>;
  readonly gaps: readonly string[];
}

/** Every check, in the order of the argument: nodes, admission, scheduling, start, run, serve. */
export const KUBERNETES_CHECKS: readonly Check[] = [
  ...NODE_CHECKS,
  ...WEBHOOK_CHECKS,
  ...ADMISSION_CHECKS,
  ...SCHEDULING_CHECKS,
  ...STORAGE_CHECKS,
  ...REFERENCE_CHECKS,
  ...IMAGE_CHECKS,
  ...STARTUP_CHECKS,
  ...CONTAINER_CHECKS,
  ...PROBE_CHECKS,
  ...SERVICE_CHECKS,
  ...ADDRESS_CHECKS,
  ...CONNECTION_CHECKS,
  ...SCALE_CHECKS,
  ...POLICY_CHECKS,
  ...DNS_CHECKS,
  ...POD_SPEC_CHECKS,
  ...DELETION_CHECKS,
  ...ROLLOUT_CHECKS,
  ...CONDITION_CHECKS,
  ...EVENT_CHECKS,
];

const MAX_FINDINGS = 2_000;

const idOf = (item: Suspicion): string =>
  `kubernetes:${item.check}:${item.blame.namespace ?? ''}/${item.blame.name}${item.detail === undefined || item.detail === '' ? '' : `:${fingerprint(item.detail).slice(0, 6)}`}`;

const findingOf = (item: Suspicion, window: TimeWindow): Finding => ({
  id: idOf(item),
  kind: 'kubernetes',
  component: item.blame,
  faults: Object.fromEntries(Object.entries(item.faults).filter(([, weight]) => weight > 0)),
  role: item.role,
  strength: item.strength,
  onset: item.onset,
  end: null,
  window,
  changeId: null,
  indicator: item.indicator,
  summary: item.summary,
  query: item.command,
  observed: item.observed ?? null,
  expected: item.expected ?? null,
  samples: (item.samples ?? []).filter((text) => text !== '').slice(0, 3),
});

/** The same check about the same component (several pods of one workload) is one finding: the strongest, with the earliest onset. */
const merged = (suspicions: readonly Suspicion[]): readonly Suspicion[] => {
  const byId = new Map<string, Suspicion>();
  const pods = new Map<string, number>();
  for (const item of suspicions) {
    const id = idOf(item);
    const known = byId.get(id);
    pods.set(id, (pods.get(id) ?? 0) + 1);
    if (known === undefined) {
      byId.set(id, item);
      continue;
    }
    const stronger = item.strength > known.strength || (item.strength === known.strength && item.summary < known.summary) ? item : known;
    const onsets = [item.onset, known.onset].filter((onset) => onset !== null);
    byId.set(id, { ...stronger, onset: onsets.length === 0 ? null : Math.min(...onsets) });
  }
  return [...byId.values()];
};

const componentOf = (item: Suspicion): string => `${item.blame.namespace ?? ''}/${item.blame.name}`;

/** Exit codes leave open what the process's own last words tell: these decide the fault of its crash findings. */
const withLastWords = (suspicions: readonly Suspicion[]): readonly Suspicion[] => {
  const words = new Map(suspicions.filter((item) => item.check === 'last-words').map((item) => [componentOf(item), item.faults]));
  return suspicions.map((item) => {
    const faults = item.check === 'crash-loop' || item.check === 'restarted' ? words.get(componentOf(item)) : undefined;
    return faults === undefined ? item : Object.assign({}, item, { faults: { crash: 0.7, ...faults } });
  });
};

const claimsOf = (suspicions: readonly Suspicion[]): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(
    suspicions.flatMap((item) => (item.explains === undefined ? [] : [[idOf(item), new Set(item.explains.map((ref) => `${ref.namespace ?? ''}/${ref.name}`))] as const])),
  );

/**
 * Findings, the graph of who uses whom, and what could not be read.
 * Never throws; text in events, annotations and logs is matched for known wordings and never believed as a claim of cause.
 */
export const kubernetesFindings = (input: KubernetesInput): KubernetesFindings => {
  const parsed = parseKubernetesFiles(input.files, input.at);
  const cluster = buildCluster(parsed, input.at);
  const index = indexCluster(cluster);
  const suspicions = [...KUBERNETES_CHECKS, ...crashLogChecks(input.logs ?? []), ...runningLogChecks(input.logs ?? [], input.topology ?? []), ...tlsChecks(input.logs ?? []), ...controlPlaneChecks(input.logs ?? []), ...monitorChecks(input.levels ?? [], input.alerts ?? [])].flatMap((check) => check.run({ cluster, index, window: input.window }));
  const graph = clusterGraph(cluster, index);
  const refined = merged(withLastWords(suspicions));
  const { findings, explanations } = explainFindings(
    refined.map((item) => findingOf(item, input.window)),
    graph,
    claimsOf(refined),
  );
  const gaps = [...parsed.gaps];
  if (findings.length > MAX_FINDINGS) gaps.push(`kubernetes: only the strongest ${MAX_FINDINGS} of ${findings.length} findings are kept`);
  return { findings: findings.slice(0, MAX_FINDINGS), graph, explanations, gaps };
};
