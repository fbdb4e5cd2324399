/** Controllers that were told not to act: paused, partitioned, suspended; and what a StatefulSet needs beside its pods. */
import { numberAt } from '../parse/json-value.ts';
import { blameObject, blameWorkload, describeCommand, getCommand, isUnhealthy, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';

const behind = (updated: number | null, desired: number | null): boolean => updated !== null && desired !== null && updated < desired;

const paused = ({ index }: CheckInput): readonly Suspicion[] =>
  index.apps.flatMap((app) => {
    if (app.workload?.paused !== true) return [];
    const held = behind(app.workload.updated, app.workload.desired);
    return [
      {
        check: 'rollout-paused',
        blame: blameWorkload(app.ref),
        role: 'cause' as const,
        faults: { configuration: 1 },
        strength: held ? STRENGTH.proof : STRENGTH.likely,
        onset: app.workload.conditions.find(({ reason }) => reason === 'DeploymentPaused')?.since ?? null,
        indicator: 'paused',
        observed: 'true',
        expected: 'false',
        summary: `Deployment ${app.ref.name} is paused: changes of its template do not reach its pods${held ? ` (${app.workload.updated ?? 0} of ${app.workload.desired ?? 0} updated)` : ''}.`,
        command: `kubectl rollout status${app.ref.namespace === null ? '' : ` -n ${app.ref.namespace}`} deployment/${app.ref.name}`,
      },
    ];
  });

/** Old pods stay on purpose: by OnDelete, or below the partition. */
const heldBack = ({ index }: CheckInput): readonly Suspicion[] =>
  index.apps.flatMap((app) => {
    const { workload } = app;
    if (workload === null) return [];
    // A partition above all ordinals never lets an update through, whatever was counted.
    const never = workload.desired !== null && workload.desired > 0 && (workload.partition ?? 0) >= workload.desired;
    if (!never && !behind(workload.updated, workload.desired)) return [];
    const why = workload.strategy === 'OnDelete' ? 'OnDelete' : (workload.partition ?? 0) > 0 ? `partition ${workload.partition ?? 0}` : null;
    if (why === null) return [];
    return [
      {
        check: 'rollout-held',
        blame: blameWorkload(app.ref),
        role: 'cause' as const,
        faults: { configuration: 1 },
        strength: behind(workload.updated, workload.desired) ? STRENGTH.likely : STRENGTH.weak + 0.6,
        onset: null,
        indicator: 'updateStrategy',
        observed: why,
        expected: `${workload.desired ?? 0} updated`,
        summary: `${app.ref.kind} ${app.ref.name} has updated ${workload.updated ?? '?'} of ${workload.desired ?? 0} pods and goes no further (${why}).`,
        command: getCommand(app.ref.kind, app.ref.namespace, app.ref.name),
      },
    ];
  });

const DAY_MS = 86_400_000;

/** The next pod waits for the one before it; a rollout waits for the pod that it replaced first. */
const stalled = ({ cluster, index }: CheckInput): readonly Suspicion[] =>
  index.apps.flatMap((app) => {
    const condition = app.workload?.conditions.find(({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded');
    if (condition === undefined || (condition.since !== null && cluster.at - condition.since > DAY_MS)) return [];
    return [
      {
        check: 'rollout-stalled',
        blame: blameWorkload(app.ref),
        role: app.pods.some(isUnhealthy) ? ('symptom' as const) : ('cause' as const),
        faults: { configuration: 0.7, unknown: 0.6, crash: 0.3 },
        strength: STRENGTH.weak,
        onset: condition.since,
        indicator: 'ProgressDeadlineExceeded',
        observed: `${app.workload?.updated ?? '?'} of ${app.workload?.desired ?? '?'} updated`,
        expected: 'all updated',
        summary: `The rollout of ${app.ref.name} makes no progress.`,
        command: describeCommand(app.ref.kind, app.ref.namespace, app.ref.name),
      },
    ];
  });

const suspended = ({ index }: CheckInput): readonly Suspicion[] =>
  index.apps.flatMap((app) => {
    if (app.workload?.suspended !== true || (app.ref.kind !== 'CronJob' && app.ref.kind !== 'Job')) return [];
    // Often it is somebody's intention; several are a habit.
    const habit = index.apps.filter((other) => other.ref.kind === app.ref.kind && other.workload?.suspended === true).length > 1;
    return [
      {
        check: 'suspended',
        blame: blameWorkload(app.ref),
        role: habit ? ('context' as const) : ('cause' as const),
        faults: { configuration: 1, scheduling: 0.4 },
        strength: STRENGTH.hint,
        onset: null,
        indicator: 'suspend',
        observed: 'true',
        expected: 'false',
        summary: `${app.ref.kind} ${app.ref.name} is suspended and starts no more pods.`,
        command: getCommand(app.ref.kind, app.ref.namespace, app.ref.name),
      },
    ];
  });

/** Pods of a StatefulSet find each other by names that only their governing Service makes. */
const governed = ({ index }: CheckInput): readonly Suspicion[] =>
  index.apps.flatMap((app) => {
    const name = app.workload?.governingService ?? null;
    if (name === null || name === '' || !index.isListed('Service', app.ref.namespace) || index.service(app.ref.namespace, name) !== undefined) return [];
    return [
      {
        check: 'governing-service-missing',
        blame: blameWorkload(app.ref),
        detail: name,
        role: 'cause' as const,
        faults: { configuration: 1, dns: 0.9, dependency: 0.4 },
        strength: app.pods.some(isUnhealthy) ? STRENGTH.strong : STRENGTH.likely,
        onset: null,
        indicator: 'serviceName',
        observed: name,
        expected: 'an existing headless Service',
        summary: `StatefulSet ${app.ref.name} names ${name} as its Service, which does not exist: its pods have no DNS names.`,
        command: getCommand('service', app.ref.namespace),
      },
    ];
  });

/** A DaemonSet that wants no pod at all: its node selector, affinity or tolerations fit no node. */
const nowhere = ({ cluster, index }: CheckInput): readonly Suspicion[] =>
  index.apps.flatMap((app) => {
    if (app.ref.kind !== 'DaemonSet' || app.workload?.desired !== 0 || cluster.nodes.length === 0) return [];
    const selector = Object.entries(app.spec.nodeSelector);
    const fits = cluster.nodes.some((node) => selector.every(([key, value]) => node.labels[key] === value));
    const asked = selector.length > 0 && !fits;
    return [
      {
        check: 'daemon-nowhere',
        blame: blameWorkload(app.ref),
        role: 'cause' as const,
        faults: { configuration: 1, scheduling: 0.9 },
        strength: asked ? STRENGTH.likely + 0.6 : STRENGTH.weak,
        onset: null,
        indicator: 'desiredNumberScheduled',
        observed: 0,
        expected: 'one pod a node',
        summary: `DaemonSet ${app.ref.name} fits no node${asked ? `: it selects ${selector.map(([key, value]) => `${key}=${value}`).join(',')}` : ''}.`,
        command: describeCommand('daemonset', app.ref.namespace, app.ref.name),
      },
    ];
  });

/** A node cannot be drained while a budget allows no pod to go. */
const budget = ({ cluster }: CheckInput): readonly Suspicion[] => {
  const blocked = cluster.events.filter((event) => /violate the pod's disruption budget|Cannot evict pod/i.test(event.message));
  const draining = cluster.nodes.some((node) => node.unschedulable);
  return cluster.others.flatMap((item) => {
    const allowed = numberAt(item.body, 'status', 'disruptionsAllowed') ?? numberAt(item.body, 'printed', 'allowedDisruptions');
    if (item.kind !== 'PodDisruptionBudget' || allowed !== 0) return [];
    const told = blocked.some((event) => event.message.includes(item.name)) || (blocked.length > 0 && cluster.others.filter((other) => other.kind === item.kind).length === 1);
    return [
      {
        check: 'budget-blocks',
        blame: blameObject(item),
        role: told || draining ? ('cause' as const) : ('context' as const),
        faults: { configuration: 1, capacity: 0.6 },
        strength: told ? STRENGTH.strong : draining ? STRENGTH.weak + 0.6 : STRENGTH.hint,
        onset: null,
        indicator: 'disruptionsAllowed',
        observed: 0,
        expected: 'at least 1',
        summary: `PodDisruptionBudget ${item.name} allows no pod to be evicted${draining ? ' while a node is being drained' : ''}.`,
        command: describeCommand('poddisruptionbudget', item.namespace, item.name),
      },
    ];
  });
};

const DEPLOYMENT = 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/';
const STATEFUL = 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/';

export const ROLLOUT_CHECKS: readonly Check[] = [
  { id: 'rollout-paused', why: 'A paused Deployment rolls out nothing.', source: `${DEPLOYMENT}#pausing-and-resuming-a-deployment`, run: paused },
  { id: 'rollout-held', why: 'Partition and OnDelete keep pods of the old template.', source: `${STATEFUL}#update-strategies`, run: heldBack },
  { id: 'rollout-stalled', why: 'A rollout past its deadline tells that new pods do not become ready.', source: `${DEPLOYMENT}#failed-deployment`, run: stalled },
  { id: 'suspended', why: 'A suspended CronJob or Job starts no pods.', source: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-suspension', run: suspended },
  { id: 'governing-service-missing', why: 'The governing Service gives the pods of a StatefulSet their network identity.', source: `${STATEFUL}#stable-network-id`, run: governed },
  { id: 'daemon-nowhere', why: 'A DaemonSet runs where its selector and tolerations let it.', source: 'https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/#running-pods-on-select-nodes', run: nowhere },
  { id: 'budget-blocks', why: 'Evictions that a disruption budget does not allow are refused, and drains wait.', source: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/', run: budget },
];
