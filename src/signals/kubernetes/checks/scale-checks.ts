/** How many pods are wanted, how many are there, and who decides it. */
import { blameWorkload, clip, describeCommand, getCommand, STRENGTH, SUFFERING, type Check, type CheckInput, type Suspicion } from './check.ts';

/** Nobody scales to zero what others address or what a Service selects, at least not during an incident. */
const scaledToZero = ({ index }: CheckInput): readonly Suspicion[] =>
  index.apps.flatMap((app) => {
    if (app.workload === null || app.workload.desired !== 0 || app.ref.kind === 'Job' || app.ref.kind === 'DaemonSet' || app.ref.kind === 'CronJob') return [];
    // Tables without labels leave the Service's name.
    const service = app.services[0] ?? index.service(app.ref.namespace, app.ref.name);
    const used = service !== undefined;
    return [
      {
        check: 'scaled-to-zero',
        blame: blameWorkload(app.ref),
        role: 'cause' as const,
        faults: { capacity: 1, configuration: 0.8, crash: 0.3 },
        strength: used ? STRENGTH.proof : STRENGTH.likely,
        onset: null,
        indicator: 'replicas',
        observed: 0,
        expected: 'at least 1',
        summary: `${app.ref.kind} ${app.ref.name} is scaled to zero${used ? ` while Service ${service.name} leads to it` : ''}.`,
        command: getCommand(app.ref.kind, app.ref.namespace, app.ref.name),
        samples: [],
      },
    ];
  });

/** Fewer ready than desired: who suffers is known, why is for the other checks to say. */
const fewerReady = ({ index }: CheckInput): readonly Suspicion[] =>
  index.apps.flatMap((app) => {
    const desired = app.workload?.desired ?? null;
    const ready = app.workload?.ready ?? app.workload?.available ?? null;
    if (desired === null || ready === null || ready >= desired || app.ref.kind === 'Job') return [];
    return [
      {
        check: 'replicas-not-ready',
        blame: blameWorkload(app.ref),
        role: 'symptom' as const,
        faults: SUFFERING,
        strength: STRENGTH.weak - 0.6,
        onset: null,
        indicator: 'readyReplicas',
        observed: ready,
        expected: desired,
        summary: `${app.ref.name} has ${ready} of ${desired} pods ready.`,
        command: describeCommand(app.ref.kind, app.ref.namespace, app.ref.name),
        samples: [],
      },
    ];
  });

const autoscaler = ({ cluster }: CheckInput): readonly Suspicion[] =>
  cluster.autoscalers.flatMap((item) => {
    const { target } = item;
    if (target === null) return [];
    const blind = item.conditions.find((condition) => (condition.type === 'ScalingActive' || condition.type === 'AbleToScale') && condition.status === 'False');
    const full =
      item.max !== null &&
      item.current !== null &&
      item.current >= item.max &&
      item.max > 0 &&
      item.conditions.some((condition) => condition.type === 'ScalingLimited' && condition.status === 'True');
    if (blind === undefined && !full) return [];
    return [
      {
        check: 'autoscaler',
        blame: blameWorkload({ ...target, namespace: item.namespace }),
        detail: item.name,
        role: 'cause' as const,
        faults: { capacity: 0.9, configuration: 0.5, traffic: full ? 0.6 : 0 },
        strength: full ? STRENGTH.likely : STRENGTH.weak,
        onset: blind?.since ?? null,
        indicator: 'HorizontalPodAutoscaler',
        observed: blind === undefined ? `${item.current ?? 0} of at most ${item.max ?? 0}` : (blind.reason ?? blind.type),
        expected: 'room to scale',
        summary:
          blind === undefined
            ? `Autoscaler ${item.name} is at its maximum of ${item.max ?? 0} pods and wants more.`
            : `Autoscaler ${item.name} cannot scale: ${clip(blind.message ?? blind.reason ?? '', 160)}.`,
        command: describeCommand('hpa', item.namespace, item.name),
        samples: [],
      },
    ];
  });

export const SCALE_CHECKS: readonly Check[] = [
  {
    id: 'scaled-to-zero',
    why: 'Zero replicas serve nobody.',
    source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#scaling-a-deployment',
    run: scaledToZero,
  },
  {
    id: 'replicas-not-ready',
    why: 'Missing replicas tell who suffers.',
    source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status',
    run: fewerReady,
  },
  {
    id: 'autoscaler',
    why: 'An autoscaler without metrics or room does not scale.',
    source: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
    run: autoscaler,
  },
];
