/** Objects that are being deleted and do not go. */
import type { ObjectMeta } from '../cluster/types.ts';
import { blameObject, blameWorkload, clip, getCommand, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';

/** Finalizers need their controller; when it is gone, deletion hangs. Pods get their grace period and some more. */
const STUCK_MS = 300_000;

const stuck = ({ cluster }: CheckInput): readonly Suspicion[] => {
  const all: readonly ObjectMeta[] = [...cluster.pods, ...cluster.workloads, ...cluster.claims, ...cluster.volumes, ...cluster.others];
  return all
    .filter(
      (item) =>
        item.terminating &&
        (item.finalizers.length > 0 || item.kind === 'Pod' || item.kind === 'Namespace') &&
        cluster.at - (item.deletedAt ?? item.createdAt ?? 0) > STUCK_MS,
    )
    .map((item) => ({
      check: 'stuck-terminating',
      blame: item.kind === 'Pod' ? blameWorkload((item as (typeof cluster.pods)[number]).workload, item.name) : blameObject(item),
      detail: item.name,
      role: 'cause' as const,
      faults: item.kind.startsWith('Persistent') ? { storage: 0.9, configuration: 0.8 } : { configuration: 0.9, dependency: 0.5, unknown: 0.4 },
      // The time of deletion is known: it hangs for longer than any grace period.
      strength: item.kind === 'Namespace' || item.deletedAt !== null ? STRENGTH.likely + 0.6 : STRENGTH.weak,
      onset: item.deletedAt,
      indicator: 'Terminating',
      observed: item.finalizers.join(', ') || 'Terminating',
      expected: 'gone',
      summary: `${item.kind} ${item.name} is being deleted and does not go${item.finalizers.length === 0 ? '' : ` (finalizers ${clip(item.finalizers.join(', '), 100)})`}.`,
      command: getCommand(item.kind, item.namespace, item.name),
      samples: [],
    }));
};

export const DELETION_CHECKS: readonly Check[] = [
  {
    id: 'stuck-terminating',
    why: 'A deleted object stays until its finalizers are removed.',
    source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/',
    run: stuck,
  },
];
