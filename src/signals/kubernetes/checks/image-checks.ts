/** Images that cannot be pulled, and why the registry or the kubelet said so. */
import type { Fault } from '../../../domain/report.ts';
import type { ClusterEvent } from '../cluster/types.ts';
import { blameWorkload, clip, describeCommand, firstSeen, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';

const PULL_REASONS: readonly string[] = ['ErrImagePull', 'ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull', 'RegistryUnavailable', 'ImageInspectError'];

/** First match wins: the most telling wording first. */
const CAUSES: readonly (readonly [pattern: RegExp, faults: Readonly<Partial<Record<Fault, number>>>, meaning: string])[] = [
  [/x509|certificate|tls: /i, { image: 0.9, certificate: 0.8 }, "the registry's certificate is not accepted"],
  [/no such host|server misbehaving|temporary failure in name resolution|lookup .{0,260}:/i, { image: 0.95, dns: 0.8 }, "the registry's name does not resolve"],
  [/retrieve some image pull secrets/i, { image: 0.95, permission: 0.7, configuration: 0.6 }, 'the image pull secret does not exist'],
  [
    /unauthorized|authentication required|authorization failed|403 forbidden|denied|no basic auth/i,
    { image: 0.95, permission: 0.7 },
    'the registry refuses: missing or wrong credentials, or no such repository',
  ],
  [/toomanyrequests|rate limit/i, { image: 0.8, capacity: 0.6 }, 'the registry limits the rate of pulls'],
  [/invalid reference|couldn't parse image|invalidimagename/i, { image: 1, configuration: 0.7 }, 'the image name is not valid'],
  [/not found|manifest unknown|not exist|no match for platform/i, { image: 1, configuration: 0.6 }, 'the image or tag does not exist'],
  [/timeout|refused|i\/o|unreachable|EOF|reset/i, { image: 0.9, network_loss: 0.6 }, 'the registry cannot be reached'],
  [/no space left/i, { image: 0.6, disk: 0.9 }, "the node's disk is full"],
];

const pullEvents = (events: readonly ClusterEvent[]): readonly ClusterEvent[] =>
  events.filter(
    (event) =>
      /image/i.test(event.message) &&
      (event.reason.startsWith('Failed') || event.reason === 'BackOff' || event.reason === 'InspectFailed' || event.reason === 'ErrImageNeverPull'),
  );

const run = ({ cluster, index }: CheckInput): readonly Suspicion[] =>
  cluster.pods.flatMap((pod) => {
    const waiting = pod.containers.find((status) => PULL_REASONS.includes(status.state?.reason ?? ''));
    const shown = waiting?.state?.reason ?? (pod.status === null ? '' : pod.status.replace(/^Init:/, ''));
    if (!PULL_REASONS.includes(shown)) return [];
    const events = pullEvents(index.eventsOfPod(pod));
    const text = [shown, waiting?.state?.message ?? '', ...events.map((event) => event.message)].join(' ');
    const cause = CAUSES.find(([pattern]) => pattern.test(text));
    const image = pod.spec.containers.find((item) => item.name === waiting?.name)?.image ?? 'its image';
    return [
      {
        check: 'image-pull',
        blame: blameWorkload(pod.workload, pod.name),
        detail: waiting?.name ?? '',
        role: 'cause' as const,
        faults: cause?.[1] ?? { image: 1, configuration: 0.4 },
        strength: STRENGTH.proof,
        onset: firstSeen(events),
        indicator: shown,
        observed: image,
        expected: 'an image that can be pulled',
        summary: `${pod.name} cannot pull ${image} (${shown})${cause === undefined ? '' : `: ${cause[2]}`}.`,
        command: describeCommand('pod', pod.namespace, pod.name),
        samples: events.slice(-2).map((event) => clip(event.message)),
      },
    ];
  });

export const IMAGE_CHECKS: readonly Check[] = [
  {
    id: 'image-pull',
    why: 'Without its image a container cannot start; the pull error tells a wrong name from missing rights and from an unreachable registry.',
    source: 'https://kubernetes.io/docs/concepts/containers/images/#imagepullbackoff',
    run,
  },
];
