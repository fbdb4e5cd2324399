/** Objects that the API server refuses to create: quota, limits, accounts, pod security, webhooks, rights. */
import type { Fault } from '../../../domain/report.ts';
import { parseQuantity } from '../parse/printed-values.ts';
import type { App } from '../cluster/cluster-index.ts';
import type { ClusterEvent, Quota, WorkloadRef } from '../cluster/types.ts';
import { blameObject, blameWorkload, clip, describeCommand, firstSeen, getCommand, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';

const CREATE_FAILED: readonly string[] = ['FailedCreate', 'ReplicaSetCreateError', 'FailedCreatePod', 'FailedUpdate'];

/** Fewer pods than wanted: what was refused is still missing. */
export const lacksPods = (input: CheckInput, app: App): boolean => {
  // A Job states no replicas: it lacks its pod until it has had one.
  if (app.ref.kind === 'Job') return app.pods.length === 0 && app.workload?.suspended === false && !app.workload.conditions.some(({ status }) => status === 'True');
  const desired = app.workload?.desired ?? null;
  if (desired === null || desired === 0) return false;
  const listed = app.pods.length > 0 || input.index.isListed('Pod', app.ref.namespace);
  const present = listed ? app.pods.filter((pod) => !pod.terminating).length : (app.workload?.current ?? desired);
  return present < desired;
};

const deniedEvents = (input: CheckInput, app: App): readonly ClusterEvent[] => input.index.eventsOfApp(app).filter((event) => CREATE_FAILED.includes(event.reason));

const QUOTA_NAME = /exceeded quota: ([a-z0-9][a-z0-9.-]{0,252}?)(?:,|\s|$)/;

const QUOTA_FAULTS: Readonly<Partial<Record<Fault, number>>> = { capacity: 1, configuration: 0.7, scheduling: 0.4 };

const quotaObject = (input: CheckInput, namespace: string | null, name: string): Suspicion['blame'] => {
  const quota = input.cluster.quotas.find((item) => item.name === name && item.namespace === namespace);
  return blameObject(quota ?? { kind: 'ResourceQuota', namespace, name });
};

/** Any event may carry the refusal: of a replica set, a stateful set's claim, a job, a service. */
const quotaExceeded = (input: CheckInput): readonly Suspicion[] => {
  const groups = new Map<string, ClusterEvent[]>();
  for (const event of input.cluster.events) {
    const name = QUOTA_NAME.exec(event.message)?.[1];
    if (name === undefined || (event.last !== null && event.last < input.window.start)) continue;
    const key = `${event.about.namespace ?? ''}/${name}`;
    groups.set(key, [...(groups.get(key) ?? []), event]);
  }
  return [...groups].map(([key, events]) => {
    const slash = key.indexOf('/');
    const namespace = key.slice(0, slash) === '' ? null : key.slice(0, slash);
    const name = key.slice(slash + 1);
    const victims = new Set(events.map((event) => event.about.name));
    const apps = input.index.apps.filter((app) => input.index.eventsOfApp(app).some((event) => events.includes(event)));
    const healed = apps.length > 0 && !apps.some((app) => lacksPods(input, app));
    return {
      check: 'quota-exceeded',
      blame: quotaObject(input, namespace, name),
      role: 'cause' as const,
      faults: QUOTA_FAULTS,
      strength: healed ? STRENGTH.weak : STRENGTH.proof + 0.24,
      explains: apps.map((app) => app.ref),
      onset: firstSeen(events),
      indicator: 'exceeded quota',
      observed: clip(events.at(-1)?.message ?? '', 120),
      expected: 'room in the quota',
      summary: `Quota ${name} of namespace ${namespace ?? '?'} refuses objects of ${victims.size} owners (e.g. ${[...victims].sort()[0] ?? ''}).`,
      command: describeCommand('resourcequota', namespace, name),
      samples: events.slice(-2).map((event) => clip(event.message)),
    };
  });
};

/** The next object rarely fits into the last fifth of a quota. */
const NEARLY_SPENT = 0.8;

const usedShare = (item: Quota['resources'][number]): number => {
  const [used, hard] = [parseQuantity(item.used), parseQuantity(item.hard)];
  if (used === null || hard === null) return 0;
  return hard <= 0 ? 1 : used / hard;
};

interface Lack {
  readonly what: string;
  /** Who lacks it. */
  readonly ref: WorkloadRef;
}

/** Missing counterpart of a spent resource: pods for compute quotas, a Service that somebody addresses, a claim that a pod names. */
const lacking = (input: CheckInput, resource: string, namespace: string | null): readonly Lack[] => {
  const apps = input.index.apps.filter((app) => app.ref.namespace === namespace);
  if (/services/.test(resource)) {
    return apps.flatMap((app) =>
      app.addresses
        .filter((use) => use.namespace === namespace && input.index.service(namespace, use.service) === undefined)
        .map((use) => ({ what: `service ${use.service}`, ref: app.ref })),
    );
  }
  if (/storage|persistentvolumeclaims/.test(resource)) {
    const claims = new Set(input.cluster.claims.filter((item) => item.namespace === namespace).map((item) => item.name));
    return apps.flatMap((app) =>
      app.spec.references.filter((item) => item.kind === 'PersistentVolumeClaim' && !claims.has(item.name)).map((item) => ({ what: `claim ${item.name}`, ref: app.ref })),
    );
  }
  return apps.filter((app) => lacksPods(input, app) && otherDenial(input, app) === null).map((app) => ({ what: `pods of ${app.ref.name}`, ref: app.ref }));
};

const quotaSpent = (input: CheckInput): readonly Suspicion[] =>
  input.cluster.quotas.flatMap((quota) =>
    quota.resources.flatMap((item) => {
      const share = usedShare(item);
      const missing = share < NEARLY_SPENT ? [] : lacking(input, item.resource, quota.namespace);
      const proven = missing.length > 0;
      if (share < 1 && !proven) return [];
      return [
        {
          check: 'quota-spent',
          blame: blameObject(quota),
          detail: item.resource,
          role: 'cause' as const,
          faults: QUOTA_FAULTS,
          strength: !proven ? STRENGTH.weak + 0.6 : share >= 1 ? STRENGTH.proof + 0.18 : STRENGTH.proof + 0.12,
          explains: missing.map(({ ref }) => ref),
          onset: quota.createdAt,
          indicator: item.resource,
          observed: item.used,
          expected: `below ${item.hard}`,
          summary: `Quota ${quota.name} has ${share >= 1 ? 'no' : 'hardly any'} ${item.resource} left (${item.used} of ${item.hard})${proven ? `; missing: ${[...new Set(missing.map(({ what }) => what))].sort().slice(0, 5).join(', ')}` : ''}.`,
          command: describeCommand('resourcequota', quota.namespace, quota.name),
          samples: [],
        },
      ];
    }),
  );

interface Denial {
  readonly id: string;
  readonly pattern: RegExp;
  readonly faults: Readonly<Partial<Record<Fault, number>>>;
  readonly meaning: string;
}

const DENIALS: readonly Denial[] = [
  { id: 'service-account', pattern: /service ?account .{0,260}not found/i, faults: { permission: 1, configuration: 0.9 }, meaning: 'its ServiceAccount does not exist' },
  {
    id: 'pod-security',
    pattern: /violates PodSecurity|PodSecurityPolicy/i,
    faults: { permission: 1, configuration: 0.8 },
    meaning: "the namespace's pod security level forbids it",
  },
  {
    id: 'webhook-down',
    pattern: /failed calling webhook/i,
    faults: { dependency: 0.9, configuration: 0.6, permission: 0.5 },
    meaning: 'an admission webhook does not answer',
  },
  { id: 'webhook', pattern: /admission webhook .{0,260}denied/i, faults: { permission: 1, configuration: 0.8 }, meaning: 'an admission webhook denies it' },
  {
    id: 'limit-range',
    pattern: /(?:minimum|maximum) (?:cpu|memory|storage)|must be less than or equal to (?:cpu|memory) limit|limit to request ratio/i,
    faults: { configuration: 1, capacity: 0.7 },
    meaning: 'its requests or limits break the LimitRange',
  },
  {
    id: 'quota-needs-limits',
    pattern: /must specify (?:limits|requests)/i,
    faults: { configuration: 1, capacity: 0.6 },
    meaning: 'a quota demands requests or limits that it does not state',
  },
  {
    id: 'class-missing',
    pattern: /no PriorityClass with name|(?:RuntimeClass|PriorityClass|StorageClass|ConfigMap|Secret|namespaces?) .{0,260}not found/i,
    faults: { configuration: 1, permission: 0.3 },
    meaning: 'an object that it names does not exist',
  },
  { id: 'rights', pattern: /cannot create resource|is forbidden: User/i, faults: { permission: 1, configuration: 0.6 }, meaning: 'its controller lacks the right' },
  { id: 'invalid', pattern: /is invalid/i, faults: { configuration: 1 }, meaning: 'its specification is not valid' },
];

const ACCOUNT = /service ?account (?:"?[a-z0-9.-]{1,253}\/)?"?([a-z0-9][a-z0-9.-]{0,252})"?/i;

/** The last refusal, when it is not a quota's and what it misses is still missing. */
const otherDenial = (input: CheckInput, app: App): string | null => {
  const condition = app.workload?.conditions.find((item) => item.type === 'ReplicaFailure' && item.status === 'True');
  const message = deniedEvents(input, app).at(-1)?.message ?? condition?.message ?? null;
  if (message === null || QUOTA_NAME.test(message)) return null;
  const account = /not found/i.test(message) ? ACCOUNT.exec(message)?.[1] : undefined;
  const healed = account !== undefined && input.cluster.serviceAccounts.some((item) => item.name === account && item.namespace === app.ref.namespace);
  return healed ? null : message;
};

const denied = (input: CheckInput): readonly Suspicion[] =>
  input.index.apps.flatMap((app) => {
    if (!lacksPods(input, app)) return [];
    const message = otherDenial(input, app);
    if (message === null) return [];
    const events = deniedEvents(input, app).filter((event) => event.message === message);
    const denial = DENIALS.find((item) => item.pattern.test(message));
    return [
      {
        check: 'creation-denied',
        blame: blameWorkload(app.ref),
        detail: denial?.id ?? '',
        role: 'cause' as const,
        faults: denial?.faults ?? (/not found|does not exist/i.test(message) ? { configuration: 1, permission: 0.4 } : { permission: 0.6, configuration: 0.7 }),
        strength: denial === undefined ? STRENGTH.strong : STRENGTH.proof,
        onset: firstSeen(events),
        indicator: 'FailedCreate',
        observed: `${app.pods.length} pods`,
        expected: `${app.workload?.desired ?? 1} pods`,
        summary: `Pods of ${app.ref.name} are refused: ${denial?.meaning ?? clip(message, 160)}.`,
        command: `kubectl get events${app.ref.namespace === null ? '' : ` -n ${app.ref.namespace}`} --field-selector reason=FailedCreate`,
        samples: [clip(message)],
      },
    ];
  });

/** The account is named, accounts were listed, it is not among them, and pods are missing. */
const missingAccount = (input: CheckInput): readonly Suspicion[] =>
  input.index.apps.flatMap((app) => {
    const name = app.spec.serviceAccount;
    if (name === null || name === 'default' || !input.index.isListed('ServiceAccount', app.ref.namespace)) return [];
    if (input.cluster.serviceAccounts.some((item) => item.name === name && item.namespace === app.ref.namespace)) return [];
    return [
      {
        check: 'service-account-missing',
        blame: blameWorkload(app.ref),
        detail: name,
        role: 'cause' as const,
        faults: { permission: 1, configuration: 0.9 },
        strength: lacksPods(input, app) ? STRENGTH.proof : STRENGTH.likely,
        onset: null,
        indicator: 'serviceAccountName',
        observed: name,
        expected: 'an existing ServiceAccount',
        summary: `${app.ref.name} runs as ServiceAccount ${name}, which does not exist in ${app.ref.namespace ?? 'its namespace'}.`,
        command: getCommand('serviceaccount', app.ref.namespace),
        samples: [],
      },
    ];
  });

export const ADMISSION_CHECKS: readonly Check[] = [
  {
    id: 'quota-exceeded',
    why: 'The API server refuses what would exceed a quota and names the quota.',
    source: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
    run: quotaExceeded,
  },
  {
    id: 'quota-spent',
    why: 'A spent quota refuses the next object; a missing one proves it.',
    source: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
    run: quotaSpent,
  },
  {
    id: 'creation-denied',
    why: 'Controllers report why the API server refused their pods.',
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/',
    run: denied,
  },
  {
    id: 'service-account-missing',
    why: 'A pod of a missing ServiceAccount is refused.',
    source: 'https://kubernetes.io/docs/concepts/security/service-accounts/',
    run: missingAccount,
  },
];
