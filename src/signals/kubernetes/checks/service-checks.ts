/** Services and ingresses that lead nowhere: selectors, ports, endpoints, backends. */
import type { Fault } from '../../../domain/report.ts';
import { selects, type App } from '../cluster/cluster-index.ts';
import type { Service, ServicePort } from '../cluster/types.ts';
import { blameObject, describeCommand, getCommand, isSteady, STRENGTH, SUFFERING, type Check, type CheckInput, type Suspicion } from './check.ts';

type Faults = Readonly<Partial<Record<Fault, number>>>;
const MISROUTED: Faults = { configuration: 1, network_loss: 0.7, dependency: 0.4 };

const selectorText = (service: Service): string =>
  Object.entries(service.selector ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(',');

/** Selector matches no pod although pods of that namespace were listed with labels. */
const emptySelector = ({ cluster, index }: CheckInput): readonly Suspicion[] =>
  cluster.services.flatMap((service) => {
    const { selector } = service;
    if (selector === null || service.externalName !== null) return [];
    const pods = cluster.pods.filter((pod) => pod.namespace === service.namespace && Object.keys(pod.labels).length > 0);
    const templates = index.apps.filter((app) => app.ref.namespace === service.namespace && Object.keys(app.labels).length > 0);
    if (pods.length + templates.length === 0) return [];
    if (pods.some((pod) => selects(selector, pod.labels)) || templates.some((app) => selects(selector, app.labels))) return [];
    const namesake = templates.find((app) => app.ref.name === service.name);
    if (namesake === undefined && !index.isListed('Pod', service.namespace)) return [];
    // A Service that nobody addresses and that has no pods of its name is a left-over.
    const wanted = index.apps.some((app) => app.addresses.some((use) => use.service === service.name && use.namespace === service.namespace));
    const strength = namesake !== undefined ? STRENGTH.proof : wanted ? STRENGTH.likely : STRENGTH.hint;
    return [
      {
        check: 'selector-matches-nothing',
        blame: blameObject(service),
        role: strength === STRENGTH.hint ? ('context' as const) : ('cause' as const),
        faults: MISROUTED,
        strength,
        onset: null,
        indicator: 'selector',
        observed: selectorText(service),
        expected:
          namesake === undefined
            ? 'labels of some pod'
            : Object.entries(namesake.labels)
                .map(([key, value]) => `${key}=${value}`)
                .join(','),
        summary: `Service ${service.name} selects ${selectorText(service)}, which no pod carries${namesake === undefined ? '' : `, though the pods of ${namesake.ref.name} run`}.`,
        command: getCommand('service', service.namespace, service.name),
        samples: [],
      },
    ];
  });

/** Does the target port exist in the pods behind? Only when they declare ports at all. */
const targetProblem = (port: ServicePort, target: string, apps: readonly App[]): string | null => {
  const declared = apps.flatMap((app) => app.spec.containers.filter((item) => !item.init).flatMap((item) => item.ports));
  if (declared.length === 0) return null;
  if (declared.some((item) => String(item.port) === target || item.name === target)) {
    const same = declared.filter((item) => String(item.port) === target || item.name === target);
    return same.every((item) => item.protocol !== port.protocol) ? `it sends ${port.protocol}, the container listens for ${same[0]?.protocol ?? 'TCP'}` : null;
  }
  // Named ports cannot be told from describe output, which prints numbers only.
  if (!/^\d+$/.test(target) && declared.every((item) => item.name === null)) return null;
  const listening = apps.flatMap((app) => app.spec.containers.flatMap((item) => item.env.filter((env) => /(?:^|_)PORT$/.test(env.name)).map((env) => env.value)));
  return listening.includes(target)
    ? null
    : `its port ${port.port} leads to ${target}, the containers declare ${[...new Set(declared.map((item) => item.port))].sort((a, b) => a - b).join(', ')}`;
};

/** The `get services` table has no target port; with a single port the endpoints show it. */
const endpointPort = (service: Service): string | null => {
  if (service.ports.length !== 1) return null;
  const ports = new Set((service.endpoints ?? []).map((item) => item.slice(item.lastIndexOf(':') + 1)));
  return ports.size === 1 ? ([...ports][0] ?? null) : null;
};

const wrongTarget = ({ cluster, index }: CheckInput): readonly Suspicion[] =>
  cluster.services.flatMap((service) => {
    const apps = index.appsBehind(service);
    return service.ports.flatMap((port) => {
      const target = port.targetPort ?? endpointPort(service);
      const problem = target === null ? null : targetProblem(port, target, apps);
      return problem === null
        ? []
        : [
            {
              check: 'target-port-mismatch',
              blame: blameObject(service),
              detail: String(port.port),
              role: 'cause' as const,
              faults: MISROUTED,
              strength: STRENGTH.strong + 0.6,
              onset: null,
              indicator: 'targetPort',
              observed: target,
              expected: 'a port of the container',
              summary: `Service ${service.name}: ${problem}.`,
              command: getCommand('service', service.namespace, service.name),
              samples: [],
            },
          ];
    });
  });

/** Probes show which port the server really answers: a target port that is none of them although all probes pass. */
const noEndpoints = ({ cluster, index }: CheckInput): readonly Suspicion[] =>
  cluster.services.flatMap((service) => {
    if (service.selector === null || service.endpoints === null || service.endpoints.length > 0) return [];
    const apps = index.appsBehind(service);
    if (apps.length === 0) return [];
    const ready = apps.some((app) => app.pods.some(isSteady));
    return [
      {
        check: 'no-endpoints',
        blame: blameObject(service),
        role: ready ? ('cause' as const) : ('symptom' as const),
        faults: ready ? MISROUTED : SUFFERING,
        strength: ready ? STRENGTH.likely : STRENGTH.weak,
        onset: null,
        indicator: 'endpoints',
        observed: 0,
        expected: 'at least 1',
        summary: `Service ${service.name} has no ready endpoint${ready ? ' although pods behind it are ready' : ''}.`,
        command: describeCommand('endpoints', service.namespace, service.name),
        samples: [],
      },
    ];
  });

const ingress = ({ cluster, index }: CheckInput): readonly Suspicion[] =>
  cluster.ingresses.flatMap((item) =>
    item.backends.flatMap((backend) => {
      if (!index.isListed('Service', item.namespace)) return [];
      const service = index.service(item.namespace, backend.service);
      const portKnown = service === undefined || backend.port === null || service.ports.some((port) => String(port.port) === backend.port || port.name === backend.port);
      if (service !== undefined && portKnown) return [];
      return [
        {
          check: 'ingress-backend-missing',
          blame: blameObject(item),
          detail: backend.service,
          role: 'cause' as const,
          faults: { configuration: 1, dependency: 0.4, error_return: 0.3 },
          strength: STRENGTH.proof,
          onset: null,
          indicator: 'backend',
          observed: `${backend.service}:${backend.port ?? ''}`,
          expected: 'an existing Service and port',
          summary: `Ingress ${item.name} routes to ${backend.service}:${backend.port ?? '?'}, but ${service === undefined ? 'there is no such Service' : 'the Service has no such port'}.`,
          command: describeCommand('ingress', item.namespace, item.name),
          samples: [],
        },
      ];
    }),
  );

const SERVICE = 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/';

export const SERVICE_CHECKS: readonly Check[] = [
  {
    id: 'selector-matches-nothing',
    why: 'A Service sends traffic to the pods that its selector matches; none, and every connection fails.',
    source: SERVICE,
    run: emptySelector,
  },
  { id: 'target-port-mismatch', why: 'The Service forwards to targetPort; a port that no container declares is usually a mistake.', source: SERVICE, run: wrongTarget },
  { id: 'no-endpoints', why: 'Only ready pods become endpoints.', source: SERVICE, run: noEndpoints },
  {
    id: 'ingress-backend-missing',
    why: 'An Ingress answers 503 for a backend that does not exist.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/ingress/',
    run: ingress,
  },
];
