/** Specifications that cannot work whatever the cluster does: ports that clash, limits that starve. */
import { blameWorkload, getCommand, isUnhealthy, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';

/** Two containers of a pod share its network: the same port twice cannot work. */
const portConflict = ({ index }: CheckInput): readonly Suspicion[] =>
  index.apps.flatMap((app) => {
    const seen = new Map<string, string>();
    return app.spec.containers
      .filter((item) => !item.init)
      .flatMap((item) =>
        item.ports.flatMap((port) => {
          const key = `${port.port}/${port.protocol}`;
          const other = seen.get(key);
          seen.set(key, item.name);
          if (other === undefined || other === item.name) return [];
          const crashed = app.pods.some((pod) =>
            pod.containers.some((status) => (status.name === item.name || status.name === other) && (status.ready === false || (status.restarts ?? 0) > 0)),
          );
          return [
            {
              check: 'port-conflict',
              blame: blameWorkload(app.ref),
              detail: key,
              role: 'cause' as const,
              faults: { configuration: 1, crash: 0.7 },
              strength: crashed ? STRENGTH.proof : STRENGTH.likely,
              onset: null,
              indicator: 'containerPort',
              observed: `${other} and ${item.name} on ${port.port}`,
              expected: 'one container a port',
              summary: `Containers ${other} and ${item.name} of ${app.ref.name} both declare port ${port.port}; a pod has one network.`,
              command: getCommand(app.ref.kind, app.ref.namespace, app.ref.name),
              samples: [],
            },
          ];
        }),
      );
  });

/** Below these a usual server does not even start in time; siblings show what is usual here. */
const TINY_CPU = 0.02;
const TINY_MEMORY = 16 * 2 ** 20;

const tinyLimits = ({ index }: CheckInput): readonly Suspicion[] =>
  index.apps.flatMap((app) =>
    app.spec.containers
      .filter((item) => !item.init)
      .flatMap((item) => {
        const suffering = app.pods.some((pod) => isUnhealthy(pod) || pod.restarts > 0);
        const cpu = item.cpuLimit !== null && item.cpuLimit <= TINY_CPU;
        const memory = item.memoryLimit !== null && item.memoryLimit <= TINY_MEMORY;
        if (!cpu && !memory) return [];
        return [
          {
            check: 'limits-too-small',
            blame: blameWorkload(app.ref),
            detail: item.name,
            role: 'cause' as const,
            faults: cpu ? { cpu: 1, configuration: 0.7, capacity: 0.5 } : { memory: 1, configuration: 0.7 },
            strength: suffering ? STRENGTH.strong : STRENGTH.weak,
            onset: null,
            indicator: cpu ? 'cpu limit' : 'memory limit',
            observed: cpu ? `${item.cpuLimit ?? 0} cores` : `${item.memoryLimit ?? 0} bytes`,
            expected: 'more',
            summary: `Container ${item.name} of ${app.ref.name} may use only ${cpu ? `${item.cpuLimit ?? 0} cores` : `${Math.round((item.memoryLimit ?? 0) / 2 ** 20)} MiB`}.`,
            command: getCommand(app.ref.kind, app.ref.namespace, app.ref.name),
            samples: [],
          },
        ];
      }),
  );

export const POD_SPEC_CHECKS: readonly Check[] = [
  { id: 'port-conflict', why: 'Containers of one pod share ports.', source: 'https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking', run: portConflict },
  {
    id: 'limits-too-small',
    why: 'CPU beyond the limit is throttled, memory beyond it kills.',
    source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
    run: tinyLimits,
  },
];
