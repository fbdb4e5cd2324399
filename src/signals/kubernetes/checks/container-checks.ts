/** Containers that end, or never start: exit codes, reasons and what the runtime said. */
import type { Fault } from '../../../domain/report.ts';
import type { ContainerSpec, ContainerState, ContainerStatus, Pod } from '../cluster/types.ts';
import { blameWorkload, clip, describeCommand, firstSeen, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';

type Faults = Readonly<Partial<Record<Fault, number>>>;

interface Verdict {
  readonly faults: Faults;
  readonly strength: number;
  readonly meaning: string;
}

/**
 * What an exit code means. 128+n is death by signal n; 125 to 127 are the shell's and the runtime's.
 * Source: https://tldp.org/LDP/abs/html/exitcodes.html, https://kubernetes.io/docs/tasks/debug/debug-application/determine-reason-pod-failure/
 */
const exitMeaning = (end: ContainerState | null): Verdict => {
  const code = end?.exitCode ?? null;
  switch (code ?? -1) {
    case 0:
      return { faults: { configuration: 0.8, crash: 0.6 }, strength: STRENGTH.strong, meaning: 'it ended on its own (exit 0), so the command is not a server' };
    case 126:
      return { faults: { permission: 0.7, configuration: 0.8 }, strength: STRENGTH.strong + 0.6, meaning: 'the command cannot be executed (exit 126)' };
    case 127:
      return { faults: { configuration: 0.9, image: 0.3 }, strength: STRENGTH.strong + 0.6, meaning: 'the command was not found (exit 127)' };
    case 128:
      return { faults: { configuration: 0.9, image: 0.3 }, strength: STRENGTH.strong + 0.6, meaning: 'the command could not be started (exit 128)' };
    case 132:
    case 134:
    case 135:
    case 136:
    case 139:
      return { faults: { crash: 0.9, code: 0.6 }, strength: STRENGTH.strong, meaning: `it crashed with signal ${(code ?? 128) - 128}` };
    case 137:
      return { faults: { crash: 0.7, memory: 0.5, configuration: 0.4 }, strength: STRENGTH.strong, meaning: 'it was killed (SIGKILL)' };
    case 143:
      return { faults: { crash: 0.6, configuration: 0.5 }, strength: STRENGTH.likely, meaning: 'it was told to stop (SIGTERM)' };
    default: {
      const meaning = `it ended with exit code ${code ?? 'unknown'}`;
      // Ending every time before any work is done points at what it is started with; ending after work points at the code.
      const faults: Faults = endedEarly(end)
        ? { configuration: 0.8, crash: 0.7, dependency: 0.5, exception: 0.3 }
        : { crash: 0.8, exception: 0.5, configuration: 0.5, code: 0.3 };
      return { faults, strength: STRENGTH.likely + 0.6, meaning };
    }
  }
};

const EARLY_MS = 120_000;

const endedEarly = (end: ContainerState | null): boolean =>
  end !== null && end.startedAt !== null && end.finishedAt !== null && end.finishedAt - end.startedAt <= EARLY_MS;

const specOf = (pod: Pod, status: ContainerStatus): ContainerSpec | undefined =>
  pod.spec.containers.find((item) => item.name === status.name && item.init === status.init);

/** The termination that explains the current state: the one it waits after, or its own. */
const lastEnd = (status: ContainerStatus): ContainerState | null =>
  status.state?.phase === 'terminated' ? status.state : status.lastState?.phase === 'terminated' ? status.lastState : null;

const inContainers = (input: CheckInput, look: (pod: Pod, status: ContainerStatus) => Suspicion | null): readonly Suspicion[] =>
  input.cluster.pods.flatMap((pod) => (pod.terminating ? [] : pod.containers.flatMap((status) => look(pod, status) ?? [])));

const base = (pod: Pod, status: ContainerStatus): Pick<Suspicion, 'blame' | 'detail' | 'command' | 'role'> => ({
  blame: blameWorkload(pod.workload, pod.name),
  detail: status.name,
  role: 'cause',
  command: describeCommand('pod', pod.namespace, pod.name),
});

/** Killed for memory in this window; an old kill of a container that runs since is only a hint. */
const oomKilled = (input: CheckInput, pod: Pod, status: ContainerStatus): Suspicion | null => {
  const end = lastEnd(status);
  if (end === null || end.reason !== 'OOMKilled') return null;
  const recent = end.finishedAt === null || end.finishedAt >= input.window.start - RECENT_MS || status.ready !== true;
  const limit = specOf(pod, status)?.memoryLimit ?? null;
  const printed = limit === null ? 'no limit printed' : `limit ${Math.round(limit / 2 ** 20)} MiB`;
  return {
    ...base(pod, status),
    check: 'oom-killed',
    role: recent ? 'cause' : 'context',
    faults: { memory: 1, crash: 0.5, configuration: 0.4 },
    strength: recent ? STRENGTH.proof : STRENGTH.hint,
    onset: end.finishedAt,
    indicator: `${status.name} OOMKilled`,
    observed: `OOMKilled, ${status.restarts ?? 0} restarts`,
    expected: 'running',
    summary: `Container ${status.name} of ${pod.name} was OOMKilled (exit ${end.exitCode ?? 137}, ${printed}, ${status.restarts ?? 0} restarts).`,
  };
};

const RECENT_MS = 3_600_000;
const STARTUP_MS = 300_000;

const crashLoop = (input: CheckInput, pod: Pod, status: ContainerStatus): Suspicion | null => {
  const end = lastEnd(status);
  const looping = status.state?.reason === 'CrashLoopBackOff' || (status.state?.phase === 'terminated' && status.state.exitCode !== 0 && status.ready === false);
  if (end?.reason === 'OOMKilled' || !looping || (status.init && end?.exitCode === 0)) return null;
  const verdict = exitMeaning(end);
  const backOff = input.index.eventsOfPod(pod).filter((event) => event.reason === 'BackOff' && event.message.includes(status.name));
  const message = end?.message === null || end?.message === undefined ? '' : `: ${clip(end.message, 160)}`;
  return {
    ...base(pod, status),
    check: 'crash-loop',
    faults: status.init ? { ...verdict.faults, dependency: 0.4 } : verdict.faults,
    strength: verdict.strength,
    onset: firstSeen(backOff) ?? end?.finishedAt ?? null,
    indicator: `${status.name} CrashLoopBackOff`,
    observed: `exit ${end?.exitCode ?? 'unknown'}`,
    expected: 'running',
    summary: `${status.init ? 'Init container' : 'Container'} ${status.name} of ${pod.name} keeps ending: ${verdict.meaning}, ${status.restarts ?? 0} restarts${message}.`,
    samples: backOff.slice(-1).map((event) => clip(event.message)),
  };
};

/** Text of the runtime ► fault. First match wins. */
const CREATE_ERRORS: readonly (readonly [pattern: RegExp, faults: Faults, meaning: string])[] = [
  [/runAsNonRoot|will run as root/i, { permission: 0.9, configuration: 0.8 }, 'the security context forbids root and the image runs as root'],
  [
    /secret .{0,260}not found|configmap .{0,260}not found|couldn't find key|references non-existent/i,
    { configuration: 1 },
    'a Secret, ConfigMap or key that it names is missing',
  ],
  [/executable file not found|no such file or directory|exec format error/i, { configuration: 1, image: 0.3 }, 'its command does not exist in the image'],
  [/permission denied|read-only file system|operation not permitted/i, { permission: 1, storage: 0.5, configuration: 0.5 }, 'it may not touch a path that it needs'],
  [/port is already allocated|address already in use/i, { configuration: 1 }, 'its host port is taken'],
  [/memory|cgroup/i, { memory: 0.7, configuration: 0.8 }, 'its resource limits cannot be applied'],
];

const START_REASONS: readonly string[] = [
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'StartError',
  'ContainerCannotRun',
  'PostStartHookError',
];

const cannotStart = (input: CheckInput, pod: Pod, status: ContainerStatus): Suspicion | null => {
  const state = status.state?.reason !== undefined && START_REASONS.includes(status.state.reason ?? '') ? status.state : null;
  const last = status.lastState?.reason !== undefined && START_REASONS.includes(status.lastState.reason ?? '') ? status.lastState : null;
  const shown = state ?? last;
  if (shown === null) return null;
  const events = input.index.eventsOfPod(pod).filter((event) => event.type === 'Warning' && /^Failed|InspectFailed/.test(event.reason));
  const text = [shown.message ?? '', ...events.map((event) => event.message)].join(' ');
  const known = CREATE_ERRORS.find(([pattern]) => pattern.test(text));
  return {
    ...base(pod, status),
    check: 'cannot-start',
    faults: known?.[1] ?? { configuration: 0.8, crash: 0.4 },
    strength: known === undefined ? STRENGTH.strong : STRENGTH.proof,
    onset: firstSeen(events),
    indicator: `${status.name} ${shown.reason ?? ''}`,
    observed: shown.reason,
    expected: 'running',
    summary: `Container ${status.name} of ${pod.name} cannot start (${shown.reason ?? ''})${known === undefined && text.trim() === '' ? '' : `: ${known?.[2] ?? clip(text, 160)}`}.`,
    samples: events.slice(-1).map((event) => clip(event.message)),
  };
};

/** Runs now, but restarted inside the window. */
const restarted = (input: CheckInput, pod: Pod, status: ContainerStatus): Suspicion | null => {
  const end = status.lastState;
  if (status.state?.phase !== 'running' || end?.phase !== 'terminated' || end.reason === 'OOMKilled' || (status.restarts ?? 0) === 0) return null;
  const recent = end.finishedAt !== null && end.finishedAt >= input.window.start;
  if (!recent && status.ready !== false) return null;
  const verdict = exitMeaning(end);
  // Ended while the pod was young and ready since: it waited for others to start, which is how many applications begin.
  const startup =
    status.ready === true &&
    pod.createdAt !== null &&
    end.finishedAt !== null &&
    end.finishedAt - pod.createdAt < STARTUP_MS &&
    input.cluster.at - end.finishedAt > EARLY_MS;
  return {
    ...base(pod, status),
    check: 'restarted',
    role: startup ? 'symptom' : 'cause',
    faults: verdict.faults,
    strength: startup ? STRENGTH.hint + 0.6 : recent ? STRENGTH.weak + 0.6 : STRENGTH.weak,
    onset: end.finishedAt,
    indicator: `${status.name} restarts`,
    observed: status.restarts,
    expected: 0,
    summary: `Container ${status.name} of ${pod.name} restarted ${status.restarts ?? 0} times; last time ${verdict.meaning}.`,
  };
};

/** What the STATUS column alone tells, for pods of which nothing else was printed. */
const STATUS: Readonly<Record<string, { readonly faults: Faults; readonly strength: number }>> = {
  CrashLoopBackOff: { faults: { crash: 0.8, configuration: 0.7, dependency: 0.4 }, strength: STRENGTH.likely },
  Error: { faults: { crash: 0.8, configuration: 0.6 }, strength: STRENGTH.likely },
  OOMKilled: { faults: { memory: 1, crash: 0.5 }, strength: STRENGTH.proof },
  CreateContainerConfigError: { faults: { configuration: 1 }, strength: STRENGTH.strong },
  CreateContainerError: { faults: { configuration: 0.9, crash: 0.3 }, strength: STRENGTH.strong },
  RunContainerError: { faults: { configuration: 0.9, crash: 0.4 }, strength: STRENGTH.strong },
};

const byStatus = ({ cluster }: CheckInput): readonly Suspicion[] =>
  cluster.pods.flatMap((pod) => {
    const status = (pod.status ?? '').replace(/^Init:/, '');
    const verdict = pod.containers.length > 0 || !Object.hasOwn(STATUS, status) ? undefined : STATUS[status];
    if (verdict === undefined) return [];
    return [
      {
        check: 'pod-status',
        blame: blameWorkload(pod.workload, pod.name),
        role: 'cause' as const,
        faults: verdict.faults,
        strength: verdict.strength,
        onset: pod.lastRestartAt,
        indicator: 'STATUS',
        observed: status,
        expected: 'Running',
        summary: `${pod.name} is ${pod.status ?? status} (${pod.restarts} restarts).`,
        command: describeCommand('pod', pod.namespace, pod.name),
        samples: [],
      },
    ];
  });

const LIFECYCLE = 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/';

export const CONTAINER_CHECKS: readonly Check[] = [
  {
    id: 'oom-killed',
    why: 'The kernel kills a container that exceeds its memory limit; the kubelet records the reason.',
    source: 'https://kubernetes.io/docs/tasks/configure-pod-container/assign-memory-resource/',
    run: (input) => inContainers(input, (pod, status) => oomKilled(input, pod, status)),
  },
  {
    id: 'crash-loop',
    why: 'A container that ends again and again is restarted with growing delay; its exit code tells how it ended.',
    source: `${LIFECYCLE}#container-restarts`,
    run: (input) => inContainers(input, (pod, status) => crashLoop(input, pod, status)),
  },
  {
    id: 'cannot-start',
    why: 'The kubelet or the runtime refuses to create the container and says why.',
    source: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/',
    run: (input) => inContainers(input, (pod, status) => cannotStart(input, pod, status)),
  },
  { id: 'pod-status', why: 'Where only the list of pods was printed, its status column still tells how they fail.', source: `${LIFECYCLE}#pod-phase`, run: byStatus },
  {
    id: 'restarted',
    why: 'A restart inside the window interrupted the service; older ones are no news.',
    source: LIFECYCLE,
    run: (input) => inContainers(input, (pod, status) => restarted(input, pod, status)),
  },
];
