/** Claims that are not bound, and what keeps the volumes from them. */
import type { Fault } from '../../../domain/report.ts';
import type { Claim, StorageVolume } from '../cluster/types.ts';
import { blameObject, blameWorkload, clip, describeCommand, firstSeen, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';

const FAULTS: Readonly<Partial<Record<Fault, number>>> = { storage: 1, scheduling: 0.6, configuration: 0.6 };

const classOf = (value: string | null): string => value ?? '';

/** Why each volume does not serve the claim, in words. */
const obstacles = (claim: Claim, volumes: readonly StorageVolume[]): readonly string[] =>
  volumes.flatMap((volume) => {
    const taken = volume.claim !== null && !(volume.claim.name === claim.name && (volume.claim.namespace ?? claim.namespace) === claim.namespace);
    if (taken) return [`${volume.name} belongs to ${volume.claim?.name ?? 'another claim'}`];
    if (volume.phase === 'Released' || volume.phase === 'Failed') return [`${volume.name} is ${volume.phase}`];
    if (classOf(volume.storageClass) !== classOf(claim.storageClass))
      return [`${volume.name} has storage class "${classOf(volume.storageClass)}", the claim wants "${classOf(claim.storageClass)}"`];
    const lacking = claim.accessModes.filter((mode) => !volume.accessModes.includes(mode));
    if (lacking.length > 0 && volume.accessModes.length > 0)
      return [`${volume.name} offers ${volume.accessModes.join(', ')}, the claim wants ${claim.accessModes.join(', ')}`];
    if (claim.requestBytes !== null && volume.capacityBytes !== null && volume.capacityBytes < claim.requestBytes) return [`${volume.name} is too small`];
    const selector = Object.entries(claim.selector ?? {}).find(([key, value]) => volume.labels[key] !== value);
    return selector === undefined ? [] : [`${volume.name} lacks label ${selector[0]}=${selector[1]}`];
  });

/** WaitForFirstConsumer is no trouble by itself: the claim waits for its pod. */
const waitsForPod = (input: CheckInput, claim: Claim, messages: string): boolean => {
  const mode = input.cluster.storageClasses.find((item) => item.name === claim.storageClass)?.bindingMode;
  return /waiting for first consumer|WaitForPodScheduled/i.test(messages) && mode !== 'Immediate' && !/fail|error|no persistent volumes/i.test(messages);
};

const reasonOf = (input: CheckInput, claim: Claim, messages: string): string => {
  const missingClass =
    claim.storageClass !== null &&
    claim.storageClass !== '' &&
    input.index.isListed('StorageClass', null) &&
    !input.cluster.storageClasses.some((item) => item.name === claim.storageClass);
  if (missingClass) return `storage class ${claim.storageClass ?? ''} does not exist`;
  const found = obstacles(claim, input.cluster.volumes);
  if (found.length > 0) return found.slice(0, 3).join('; ');
  return messages === '' ? 'no volume fits it' : clip(messages, 160);
};

const unbound = (input: CheckInput): readonly Suspicion[] =>
  input.cluster.claims.flatMap((claim) => {
    if (claim.phase === null || claim.phase === 'Bound' || claim.terminating) return [];
    const events = input.index.eventsOf('PersistentVolumeClaim', claim.namespace, claim.name);
    const messages = events.map((event) => event.message).join(' ');
    if (claim.phase === 'Pending' && waitsForPod(input, claim, messages)) return [];
    // One application uses the claim: its storage is the trouble. Several or none: the claim itself.
    const users = input.index.apps.filter(
      (app) => app.ref.namespace === claim.namespace && app.spec.references.some((item) => item.kind === 'PersistentVolumeClaim' && item.name === claim.name),
    );
    const owner = users.length === 1 ? users[0] : undefined;
    return [
      {
        check: 'claim-unbound',
        blame: owner === undefined ? blameObject(claim) : blameWorkload(owner.ref),
        detail: claim.name,
        role: 'cause' as const,
        faults: FAULTS,
        strength: STRENGTH.proof + 0.18,
        onset: firstSeen(events) ?? claim.createdAt,
        indicator: 'PersistentVolumeClaim',
        observed: claim.phase,
        expected: 'Bound',
        summary: `Claim ${claim.name} is ${claim.phase}: ${reasonOf(input, claim, messages)}.`,
        command: describeCommand('persistentvolumeclaim', claim.namespace, claim.name),
        samples: events.slice(-1).map((event) => clip(event.message)),
      },
    ];
  });

const failedVolume = ({ cluster }: CheckInput): readonly Suspicion[] =>
  cluster.volumes
    .filter((volume) => volume.phase === 'Failed')
    .map((volume) => ({
      check: 'volume-failed',
      blame: blameObject(volume),
      role: 'cause' as const,
      faults: { storage: 1 },
      strength: STRENGTH.strong,
      onset: null,
      indicator: 'PersistentVolume',
      observed: 'Failed',
      expected: 'Bound',
      summary: `Volume ${volume.name} has failed.`,
      command: describeCommand('persistentvolume', null, volume.name),
      samples: [],
    }));

export const STORAGE_CHECKS: readonly Check[] = [
  {
    id: 'claim-unbound',
    why: 'A claim binds to a volume of the same class, with its access modes, size and labels, that nobody else holds.',
    source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#binding',
    run: unbound,
  },
  {
    id: 'volume-failed',
    why: 'A failed volume could not be reclaimed or provisioned.',
    source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#phase',
    run: failedVolume,
  },
];
