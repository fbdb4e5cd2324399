/** Secrets, ConfigMaps, keys and claims that a pod names and that are not there. */
import type { App } from '../cluster/cluster-index.ts';
import type { ConfigReference } from '../cluster/types.ts';
import { blameWorkload, clip, firstSeen, getCommand, isUnhealthy, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';

const isMissing = (input: CheckInput, app: App, reference: ConfigReference): 'object' | 'key' | null => {
  const { namespace } = app.ref;
  if (reference.kind === 'PersistentVolumeClaim') {
    if (!input.index.isListed('PersistentVolumeClaim', namespace)) return null;
    return input.cluster.claims.some((item) => item.name === reference.name && item.namespace === namespace) ? null : 'object';
  }
  if (!input.index.isListed(reference.kind, namespace)) return null;
  const config = input.cluster.configs.find((item) => item.kind === reference.kind && item.name === reference.name && item.namespace === namespace);
  if (config === undefined) return 'object';
  return reference.key !== null && config.keys !== null && !config.keys.includes(reference.key) ? 'key' : null;
};

const missing = (input: CheckInput): readonly Suspicion[] =>
  input.index.apps.flatMap((app) => {
    const hurt = app.pods.some(isUnhealthy) || app.pods.length === 0;
    return app.spec.references
      .filter((item) => !item.optional)
      .flatMap((reference) => {
        const what = isMissing(input, app, reference);
        if (what === null) return [];
        const name = what === 'key' ? `key ${reference.key ?? ''} of ${reference.kind} ${reference.name}` : `${reference.kind} ${reference.name}`;
        const claim = reference.kind === 'PersistentVolumeClaim';
        return [
          {
            check: 'reference-missing',
            blame: blameWorkload(app.ref),
            detail: name,
            role: 'cause' as const,
            faults: claim ? { storage: 1, configuration: 0.8 } : { configuration: 1, dependency: 0.3 },
            strength: hurt ? STRENGTH.proof : STRENGTH.likely,
            onset: null,
            indicator: reference.where,
            observed: 'missing',
            expected: name,
            summary: `${app.ref.name} needs ${name} (${reference.where}), which does not exist.`,
            command: getCommand(reference.kind, app.ref.namespace),
            samples: [],
          },
        ];
      });
  });

const MOUNT_FAULTS = [
  [/permission denied|operation not permitted|access denied/i, { permission: 1, storage: 0.8 }, 'permission denied'],
  [/hostPath type check failed/i, { storage: 1, configuration: 0.9, permission: 0.4 }, 'the host path is not what the volume says'],
  [
    /secret .{0,260}not found|configmap .{0,260}not found|references non-existent (?:secret|config) key|object .{0,260}not registered/i,
    { configuration: 1, storage: 0.4 },
    'the Secret or ConfigMap of the volume is missing',
  ],
  [/Multi-Attach/i, { storage: 1, scheduling: 0.5 }, 'the volume is attached to another node'],
  [/persistentvolumeclaim .{0,260}not found|not bound/i, { storage: 1, configuration: 0.6 }, 'its claim is missing or not bound'],
  [/timed? ?out|deadline/i, { storage: 1 }, 'the volume does not come in time'],
  [/./, { storage: 1, configuration: 0.5 }, 'the volume cannot be mounted'],
] as const;

const MOUNT_REASONS: readonly string[] = ['FailedMount', 'FailedAttachVolume', 'FailedMapVolume', 'FailedBinding'];

const mounts = (input: CheckInput): readonly Suspicion[] =>
  input.cluster.pods.filter(isUnhealthy).flatMap((pod) => {
    const events = input.index
      .eventsOfPod(pod)
      .filter((event) => MOUNT_REASONS.includes(event.reason) && event.type === 'Warning' && (event.last === null || event.last >= input.window.start));
    // A failure that came before the containers were started has been overcome.
    const started = input.index
      .eventsOfPod(pod)
      .filter((event) => event.reason === 'Started')
      .map((event) => event.last ?? 0);
    const lasting = events.filter((event) => !started.some((at) => at > (event.last ?? 0)));
    const last = lasting.at(-1);
    if (last === undefined) return [];
    const known = MOUNT_FAULTS.find(([pattern]) => pattern.test(last.message));
    return [
      {
        check: 'mount-failed',
        blame: blameWorkload(pod.workload, pod.name),
        role: 'cause' as const,
        faults: known?.[1] ?? { storage: 1 },
        strength: STRENGTH.proof - 0.3,
        onset: firstSeen(lasting),
        indicator: last.reason,
        observed: clip(last.message, 120),
        expected: 'mounted',
        summary: `${pod.name} waits for a volume: ${known?.[2] ?? clip(last.message, 120)}.`,
        command: `kubectl describe pod ${pod.name}${pod.namespace === null ? '' : ` -n ${pod.namespace}`}`,
        samples: [clip(last.message)],
      },
    ];
  });

export const REFERENCE_CHECKS: readonly Check[] = [
  {
    id: 'reference-missing',
    why: 'A pod cannot start without the Secrets, ConfigMaps, keys and claims that it names unless they are optional.',
    source: 'https://kubernetes.io/docs/concepts/configuration/configmap/',
    run: missing,
  },
  {
    id: 'mount-failed',
    why: 'The kubelet does not start containers before all volumes are mounted, and says which one fails.',
    source: 'https://kubernetes.io/docs/concepts/storage/volumes/',
    run: mounts,
  },
];
