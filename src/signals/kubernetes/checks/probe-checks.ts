/** Probes that fail although the application may be well: wrong port, protocol, path or timing. */
import type { App } from '../cluster/cluster-index.ts';
import type { EpochMs } from '../../../domain/time.ts';
import type { ClusterEvent, ContainerSpec, ContainerStatus, Pod, ProbeSpec } from '../cluster/types.ts';
import { blameWorkload, clip, describeCommand, firstSeen, isUnhealthy, STRENGTH, SUFFERING, type Check, type CheckInput, type Suspicion } from './check.ts';

type ProbeName = 'liveness' | 'readiness' | 'startup';
const PROBES: readonly ProbeName[] = ['liveness', 'readiness', 'startup'];

interface Failing {
  readonly name: ProbeName;
  readonly events: readonly ClusterEvent[];
}

/** Warnings of the kubelet, e.g. `Readiness probe failed: …`; the container's name is not always in them. */
const failingProbes = (events: readonly ClusterEvent[]): readonly Failing[] =>
  PROBES.flatMap((name) => {
    const own = events.filter((event) => event.reason === 'Unhealthy' && event.message.toLowerCase().startsWith(`${name} probe`));
    return own.length === 0 ? [] : [{ name, events: own }];
  });

/** Ports that the container says it listens on: declared, or given by an environment variable that is named so. */
const listenPorts = (container: ContainerSpec): ReadonlySet<string> => {
  const ports = new Set(container.ports.flatMap((item) => [String(item.port), ...(item.name === null ? [] : [item.name])]));
  for (const env of container.env) if (/(?:^|_)PORT$/.test(env.name) && env.value !== null && /^\d{2,5}$/.test(env.value)) ports.add(env.value);
  return ports;
};

export interface ProbeDoubt {
  readonly kind: 'port' | 'protocol' | 'timing' | 'path';
  readonly text: string;
  /** How sure the specification alone makes us. */
  readonly strength: number;
}

/** Text of a client that speaks another protocol than the server. */
const OTHER_PROTOCOL =
  /malformed HTTP|HTTP\/1\.[01] (?:transport|response)|server gave HTTP response|error reading server preface|frame too large|connection closed before server preface|http2: |unexpected EOF|rpc error: code = (?:Unimplemented|Unavailable)|service unhealthy.{0,40}UNIMPLEMENTED|tls: first record|does not implement the grpc health protocol|unknown service grpc\.health/i;

/** Does the probe of one container stand out from its other probes and from the same probe of sibling apps? */
const PROTOCOL_TEXT = 'the server answers in another protocol';

const protocolDoubt = (container: ContainerSpec, probe: ProbeSpec, name: ProbeName, events: readonly ClusterEvent[]): ProbeDoubt | null => {
  const said = events.find((event) => OTHER_PROTOCOL.test(event.message));
  if (said !== undefined) return { kind: 'protocol', text: `the probe speaks ${probe.type} and the server answers in another protocol`, strength: STRENGTH.proof };
  const others = PROBES.filter((other) => other !== name).flatMap((other) => container[other] ?? []);
  const same = others.find((other) => other.port === probe.port);
  if (same !== undefined && same.type !== probe.type && same.type !== 'exec' && probe.type !== 'exec') {
    return { kind: 'protocol', text: `it speaks ${probe.type} while the other probe of the same port speaks ${same.type}`, strength: STRENGTH.strong };
  }
  return null;
};

const portDoubt = (container: ContainerSpec, probe: ProbeSpec, name: ProbeName): ProbeDoubt | null => {
  const ports = listenPorts(container);
  if (probe.port === null || ports.size === 0 || ports.has(probe.port)) return null;
  const others = PROBES.filter((other) => other !== name).flatMap((other) => container[other]?.port ?? []);
  // Injected sidecars rewrite all probes to their own port: then no probe of the container fits its ports.
  const alone = others.length === 0 || others.some((port) => ports.has(port));
  return {
    kind: 'port',
    text: `it asks port ${probe.port}, the container listens on ${[...ports].sort().join(', ')}`,
    strength: alone ? STRENGTH.proof : STRENGTH.likely,
  };
};

/** Time until the first kill: delay + period x failures. */
const patience = (probe: ProbeSpec): number => (probe.initialDelaySeconds ?? 0) + (probe.periodSeconds ?? 10) * (probe.failureThreshold ?? 3);

const timingDoubt = (probe: ProbeSpec, name: ProbeName, siblings: readonly ProbeSpec[], events: readonly ClusterEvent[]): ProbeDoubt | null => {
  const own = patience(probe);
  const times = siblings.map(patience).sort((a, b) => a - b);
  const usual = times[Math.floor(times.length / 2)] ?? 30;
  const timeouts = events.some((event) => /timeout|deadline exceeded|timed out/i.test(event.message));
  const impatient = own * 2 <= usual || own <= 5;
  if (name !== 'readiness' && impatient) return { kind: 'timing', text: `it gives up after ${own} s (others after ${usual} s)`, strength: STRENGTH.strong };
  return timeouts && (probe.timeoutSeconds ?? 1) <= 1
    ? { kind: 'timing', text: `answers take longer than its timeout of ${probe.timeoutSeconds ?? 1} s`, strength: STRENGTH.weak + 0.6 }
    : null;
};

const pathDoubt = (events: readonly ClusterEvent[]): ProbeDoubt | null =>
  events.some((event) => /statuscode: (?:404|405|401|403|301|302)/.test(event.message))
    ? { kind: 'path', text: 'the server answers that path with a client error', strength: STRENGTH.strong }
    : null;

/** What is odd about a failing probe; the most telling doubt, null when the probe looks right. */
export const doubtOf = (container: ContainerSpec, name: ProbeName, events: readonly ClusterEvent[], siblings: readonly ProbeSpec[]): ProbeDoubt | null => {
  const probe = container[name];
  // Only the events were printed: what the kubelet heard is left.
  if (probe === null) return events.some((event) => OTHER_PROTOCOL.test(event.message)) ? { kind: 'protocol', text: PROTOCOL_TEXT, strength: STRENGTH.strong } : pathDoubt(events);
  return portDoubt(container, probe, name) ?? protocolDoubt(container, probe, name, events) ?? pathDoubt(events) ?? timingDoubt(probe, name, siblings, events);
};

const siblingProbes = (input: CheckInput, app: App | undefined, name: ProbeName): readonly ProbeSpec[] =>
  input.index.apps
    .filter((other) => other !== app && other.ref.namespace === app?.ref.namespace)
    .flatMap((other) => other.spec.containers.filter((item) => !item.init).flatMap((item) => item[name] ?? []));

/** Restarted by its liveness or startup probe: `Killing … failed liveness probe, will be restarted`. */
const killedByProbe = (events: readonly ClusterEvent[]): boolean =>
  events.some((event) => event.reason === 'Killing' && /failed (?:liveness|startup) probe/.test(event.message));

const suspicionOf = (input: CheckInput, pod: Pod, container: ContainerSpec, failing: Failing): Suspicion => {
  const app = input.index.appOf(pod.workload);
  const killed = failing.name !== 'readiness' && (killedByProbe(input.index.eventsOfPod(pod)) || pod.restarts > 0);
  const doubt = doubtOf(container, failing.name, failing.events, siblingProbes(input, app, failing.name));
  const faults = doubt === null ? { crash: 0.5, error_return: 0.4, dependency: 0.5, configuration: 0.3 } : { configuration: 1, ...(killed ? { crash: 0.6 } : {}) };
  const last = failing.events.at(-1)?.message ?? '';
  const strength = doubt?.strength ?? (killed ? STRENGTH.likely : STRENGTH.weak + 0.6);
  return {
    check: 'probe-failing',
    blame: blameWorkload(pod.workload, pod.name),
    detail: `${container.name}:${failing.name}`,
    role: doubt === null && !killed ? 'symptom' : 'cause',
    faults,
    strength,
    onset: firstSeen(failing.events),
    indicator: `${failing.name} probe`,
    observed: clip(last, 120),
    expected: 'success',
    summary: `The ${failing.name} probe of ${container.name} in ${pod.name} fails${doubt === null ? '' : `: ${doubt.text}`}${killed ? ', and the kubelet restarts the container for it' : ''}.`,
    command: describeCommand('pod', pod.namespace, pod.name),
    samples: [clip(last)],
  };
};

/** Stands for the container of a pod whose specification was not printed. */
const unprinted = (name: string): ContainerSpec => ({
  name, init: false, image: null, command: [], args: [], ports: [], cpuRequest: null, cpuLimit: null, memoryRequest: null, memoryLimit: null, liveness: null, readiness: null, startup: null, env: [], mounts: [],
  security: { runAsNonRoot: null, readOnlyRootFilesystem: null, runAsUser: null },
});

const restartedSince = (status: ContainerStatus, since: EpochMs): boolean => (status.lastState?.finishedAt ?? 0) >= since;

const run = (input: CheckInput): readonly Suspicion[] =>
  input.cluster.pods.flatMap((pod) => {
    if (pod.terminating || !(isUnhealthy(pod) || pod.restarts > 0)) return [];
    const since = input.window.start;
    const events = input.index.eventsOfPod(pod).filter((event) => event.last === null || event.last >= since);
    return failingProbes(events).flatMap((failing) => {
      if (failing.name !== 'readiness' && !isUnhealthy(pod) && pod.restarts === 0) return [];
      if (failing.name === 'readiness' && !isUnhealthy(pod)) return [];
      // A container that is ready has passed its startup and readiness probes since.
      const passed = (name: string): boolean => pod.containers.some((status) => status.name === name && status.ready === true && !restartedSince(status, since));
      const main = pod.spec.containers.filter((item) => !item.init && item[failing.name] !== null && !passed(item.name));
      const broken = main.find((item) => pod.containers.some((status) => status.name === item.name && (status.ready === false || (status.restarts ?? 0) > 0))) ?? main[0];
      const shown = broken ?? (pod.spec.containers.length === 0 ? unprinted(pod.workload.name) : undefined);
      return shown === undefined ? [] : [suspicionOf(input, pod, shown, failing)];
    });
  });

/** A pod that is not ready, runs, and says nothing more: its readiness gates or probe fail. */
const notReady = (input: CheckInput): readonly Suspicion[] =>
  input.cluster.pods
    .filter((pod) => isUnhealthy(pod) && pod.phase === 'Running')
    .map((pod) => ({
      check: 'pod-not-ready',
      blame: blameWorkload(pod.workload, pod.name),
      role: 'symptom' as const,
      faults: SUFFERING,
      strength: STRENGTH.weak - 0.6,
      onset: pod.conditions.find((item) => item.type === 'Ready')?.since ?? null,
      indicator: 'Ready',
      observed: `${pod.readyCount ?? 0}/${pod.containerCount ?? 1}`,
      expected: 'all containers ready',
      summary: `${pod.name} runs but is not ready (${pod.readyCount ?? 0}/${pod.containerCount ?? 1}).`,
      command: describeCommand('pod', pod.namespace, pod.name),
      samples: [],
    }));

const PROBE_DOCS = 'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/';

export const PROBE_CHECKS: readonly Check[] = [
  {
    id: 'probe-failing',
    why: 'A probe that asks the wrong port, protocol or path, or too soon, takes a healthy container out of service or kills it.',
    source: PROBE_DOCS,
    run,
  },
  { id: 'pod-not-ready', why: 'A pod that is not ready gets no traffic; without more evidence it may be the victim of another.', source: PROBE_DOCS, run: notReady },
];
