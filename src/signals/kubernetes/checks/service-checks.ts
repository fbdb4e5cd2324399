/** Services that lead nowhere: selectors, ports and the addresses that callers are configured with. */
import type { Fault } from '../../../domain/report.ts';
import { selects, type App } from '../cluster/cluster-index.ts';
import type { AddressUse } from '../cluster/addresses.ts';
import type { Service, ServicePort } from '../cluster/types.ts';
import { blameObject, blameWorkload, clip, describeCommand, getCommand, isUnhealthy, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';

type Faults = Readonly<Partial<Record<Fault, number>>>;
const MISROUTED: Faults = { configuration: 1, network_loss: 0.7, dependency: 0.4 };
const MISADDRESSED: Faults = { configuration: 1, dns: 0.6, dependency: 0.6 };

const selectorText = (service: Service): string => Object.entries(service.selector ?? {}).map(([key, value]) => `${key}=${value}`).join(',');

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
    // A Service that nobody addresses and that has no pods of its name is a left-over.
    const wanted = index.apps.some((app) => app.addresses.some((use) => use.service === service.name && use.namespace === service.namespace));
    const strength = namesake !== undefined ? STRENGTH.proof : wanted ? STRENGTH.likely : STRENGTH.hint;
    return [{
      check: 'selector-matches-nothing', blame: blameObject(service), role: strength === STRENGTH.hint ? 'context' as const : 'cause' as const, faults: MISROUTED, strength,
      onset: null, indicator: 'selector', observed: selectorText(service), expected: namesake === undefined ? 'labels of some pod' : Object.entries(namesake.labels).map(([key, value]) => `${key}=${value}`).join(','),
      summary: `Service ${service.name} selects ${selectorText(service)}, which no pod carries${namesake === undefined ? '' : `, though the pods of ${namesake.ref.name} run`}.`,
      command: getCommand('service', service.namespace, service.name), samples: [],
    }];
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
  return listening.includes(target) ? null : `its port ${port.port} leads to ${target}, the containers declare ${[...new Set(declared.map((item) => item.port))].sort((a, b) => a - b).join(', ')}`;
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
      return problem === null ? [] : [{
        check: 'target-port-mismatch', blame: blameObject(service), detail: String(port.port), role: 'cause' as const, faults: MISROUTED, strength: STRENGTH.strong + 0.6, onset: null,
        indicator: 'targetPort', observed: target, expected: 'a port of the container', summary: `Service ${service.name}: ${problem}.`,
        command: getCommand('service', service.namespace, service.name), samples: [],
      }];
    });
  });

/** Probes show which port the server really answers: a target port that is none of them although all probes pass. */
const noEndpoints = ({ cluster, index }: CheckInput): readonly Suspicion[] =>
  cluster.services.flatMap((service) => {
    if (service.selector === null || service.endpoints === null || service.endpoints.length > 0) return [];
    const apps = index.appsBehind(service);
    if (apps.length === 0) return [];
    const ready = apps.some((app) => app.pods.some((pod) => pod.readyCount !== null && pod.readyCount === pod.containerCount && pod.phase === 'Running'));
    return [{
      check: 'no-endpoints', blame: blameObject(service), role: ready ? 'cause' as const : 'symptom' as const, faults: ready ? MISROUTED : { dependency: 0.4, crash: 0.4, capacity: 0.3 },
      strength: ready ? STRENGTH.likely : STRENGTH.weak, onset: null, indicator: 'endpoints', observed: 0, expected: 'at least 1',
      summary: `Service ${service.name} has no ready endpoint${ready ? ' although pods behind it are ready' : ''}.`, command: describeCommand('endpoints', service.namespace, service.name), samples: [],
    }];
  });

/** Levenshtein distance, capped; names are at most 63 characters. */
const distance = (a: string, b: string): number => {
  if (Math.abs(a.length - b.length) > 3) return 4;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 4;
};

/** A swap of two letters is two edits. */
const typos = (name: string): number => (name.length >= 12 ? 3 : name.length >= 5 ? 2 : 1);

/** The Service that may have been meant: near in spelling and not used by the same application already. */
const nearest = (input: CheckInput, app: App, use: AddressUse): string | null => {
  const taken = new Set(app.addresses.map((item) => item.service));
  const names = input.cluster.services.filter((item) => item.namespace === use.namespace && !taken.has(item.name) && !app.services.includes(item)).map((item) => item.name).sort();
  const near = names.map((name) => ({ name, d: distance(name, use.service) })).filter((item) => item.d <= typos(use.service)).sort((a, b) => a.d - b.d || (a.name < b.name ? -1 : 1))[0];
  return near?.name ?? names.find((name) => name.length > 3 && use.service.length > 3 && (name.includes(use.service) || use.service.includes(name))) ?? null;
};

/** What others who name the same variable say. */
const others = (input: CheckInput, app: App, use: AddressUse): ReadonlySet<string> =>
  new Set(input.index.apps.filter((other) => other !== app && other.ref.namespace === app.ref.namespace)
    .flatMap((other) => other.addresses.filter((item) => item.name === use.name && item.name !== 'args').map((item) => item.value)));

const addressProblem = (input: CheckInput, use: AddressUse): string | null => {
  if (!input.index.isListed('Service', use.namespace)) return null;
  const service = input.index.service(use.namespace, use.service);
  if (service === undefined) return `there is no Service ${use.service}`;
  if (use.port === null || service.ports.length === 0 || service.ports.some((item) => item.port === use.port)) return null;
  // A headless Service resolves to pods, whose own ports count.
  const headless = service.clusterIp === 'None' || service.clusterIp === null;
  const podPorts = input.index.appsBehind(service).flatMap((app) => app.spec.containers.flatMap((item) => item.ports.map((port) => port.port)));
  if (headless && (podPorts.length === 0 || podPorts.includes(use.port))) return null;
  return `Service ${use.service} has port ${service.ports.map((item) => item.port).join(', ')}, not ${use.port}`;
};

/** The pods behind listen on the port that the caller uses, or several callers use it: then the Service's port is what is odd. */
const isRenumbered = (input: CheckInput, use: AddressUse): boolean => {
  const service = input.index.service(use.namespace, use.service);
  if (service === undefined || use.port === null) return false;
  const listening = input.index.appsBehind(service).some((app) => app.spec.containers.some((item) => item.ports.some((port) => port.port === use.port)));
  const callers = input.index.apps.filter((app) => app.addresses.some((item) => item.service === use.service && item.namespace === use.namespace && item.port === use.port));
  return (listening && service.ports.some((port) => port.targetPort === String(use.port))) || callers.length > 1;
};

const wrongAddress = (input: CheckInput): readonly Suspicion[] =>
  input.index.apps.flatMap((app) => app.addresses.flatMap((use) => {
    const problem = addressProblem(input, use);
    if (problem === null) return [];
    const same = others(input, app, use);
    const renumbered = isRenumbered(input, use);
    const target = input.index.service(use.namespace, use.service);
    const expected = [...same].find((value) => value !== use.value) ?? (target === undefined ? nearest(input, app, use) : `${use.service}:${target.ports[0]?.port ?? ''}`);
    // The application behind the name runs, only its Service is gone.
    const namesake = target === undefined && input.index.apps.some((other) => other.ref.name === use.service && other.ref.namespace === use.namespace);
    const alone = !same.has(use.value) && !renumbered && !namesake;
    // An application that runs well without what it is told to reach does not need it: optional features are often left out.
    const hurt = app.pods.some(isUnhealthy);
    const strength = namesake ? STRENGTH.proof - 0.3 : use.name === 'args' ? STRENGTH.weak : expected !== null ? STRENGTH.proof - 0.3 : hurt ? STRENGTH.strong : STRENGTH.hint + 0.6;
    // When everyone addresses a Service that is not there, the Service is what is missing.
    const faults = alone ? MISADDRESSED : { dependency: 0.8, configuration: 0.7, dns: 0.4 };
    return [{
      check: 'address-wrong', blame: alone ? blameWorkload(app.ref) : blameObject({ kind: 'Service', namespace: use.namespace, name: use.service }), detail: `${use.name}=${use.service}:${use.port ?? ''}`,
      role: strength < STRENGTH.weak ? 'context' as const : 'cause' as const, faults, strength, onset: null, indicator: use.name, observed: clip(use.value, 120), expected,
      summary: `${app.ref.name} is told to reach ${clip(use.value, 100)} (${use.name}), but ${problem}${expected === null ? '' : `; expected something like ${clip(expected, 80)}`}.`,
      command: getCommand(app.ref.kind, app.ref.namespace, app.ref.name), samples: [],
    }];
  }));

/** Most apps that set the variable agree on its value; one differs. */
const differs = (input: CheckInput): readonly Suspicion[] =>
  input.index.apps.flatMap((app) => app.addresses.flatMap((use) => {
    if (use.name === 'args' || addressProblem(input, use) !== null) return [];
    const values = input.index.apps.filter((other) => other.ref.namespace === app.ref.namespace).flatMap((other) => other.addresses.filter((item) => item.name === use.name).slice(0, 1).map((item) => item.value));
    const usual = [...new Set(values)].sort().map((value) => ({ value, count: values.filter((item) => item === value).length })).sort((a, b) => b.count - a.count)[0];
    if (usual === undefined || usual.value === use.value || usual.count < 3 || usual.count * 4 < values.length * 3 || values.filter((item) => item === use.value).length > 1) return [];
    return [{
      check: 'address-differs', blame: blameWorkload(app.ref), detail: use.name, role: 'cause' as const, faults: MISADDRESSED, strength: app.pods.some(isUnhealthy) ? STRENGTH.likely : STRENGTH.weak, onset: null, indicator: use.name,
      observed: clip(use.value, 120), expected: clip(usual.value, 120), summary: `${app.ref.name} has ${use.name}=${clip(use.value, 80)}, ${usual.count} others have ${clip(usual.value, 80)}.`,
      command: getCommand(app.ref.kind, app.ref.namespace, app.ref.name), samples: [],
    }];
  }));

const ingress = ({ cluster, index }: CheckInput): readonly Suspicion[] =>
  cluster.ingresses.flatMap((item) => item.backends.flatMap((backend) => {
    if (!index.isListed('Service', item.namespace)) return [];
    const service = index.service(item.namespace, backend.service);
    const portKnown = service === undefined || backend.port === null || service.ports.some((port) => String(port.port) === backend.port || port.name === backend.port);
    if (service !== undefined && portKnown) return [];
    return [{
      check: 'ingress-backend-missing', blame: blameObject(item), detail: backend.service, role: 'cause' as const, faults: { configuration: 1, dependency: 0.4, error_return: 0.3 }, strength: STRENGTH.proof, onset: null,
      indicator: 'backend', observed: `${backend.service}:${backend.port ?? ''}`, expected: 'an existing Service and port',
      summary: `Ingress ${item.name} routes to ${backend.service}:${backend.port ?? '?'}, but ${service === undefined ? 'there is no such Service' : 'the Service has no such port'}.`,
      command: describeCommand('ingress', item.namespace, item.name), samples: [],
    }];
  }));

const unreachable = ({ cluster, index }: CheckInput): readonly Suspicion[] =>
  cluster.connections.filter((item) => !item.ok).map((item) => {
    const service = cluster.services.find((other) => other.name === item.target.split('.')[0]);
    const blame = service === undefined ? blameWorkload({ kind: 'Deployment', namespace: null, name: item.target }) : blameObject(service);
    const behind = service === undefined ? [] : index.appsBehind(service);
    const healthy = behind.some((app) => app.pods.some((pod) => pod.readyCount !== null && pod.readyCount === pod.containerCount));
    return {
      check: 'connection-failed', blame, detail: String(item.port ?? ''), role: healthy ? 'cause' as const : 'symptom' as const, faults: healthy ? { network_loss: 0.8, configuration: 0.8, dependency: 0.3 } : { dependency: 0.4, crash: 0.5 },
      strength: healthy ? STRENGTH.likely : STRENGTH.weak, onset: null, indicator: 'connection test', observed: 'failed', expected: 'connected',
      summary: `A connection to ${item.target}:${item.port ?? '?'} fails${healthy ? ' although its pods are ready' : ''} (${clip(item.text, 100)}).`, command: `nc -zv ${item.target} ${item.port ?? ''}`.trim(), samples: [clip(item.text)],
    };
  });

const SERVICE = 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/';

export const SERVICE_CHECKS: readonly Check[] = [
  { id: 'selector-matches-nothing', why: 'A Service sends traffic to the pods that its selector matches; none, and every connection fails.', source: SERVICE, run: emptySelector },
  { id: 'target-port-mismatch', why: 'The Service forwards to targetPort; a port that no container declares is usually a mistake.', source: SERVICE, run: wrongTarget },
  { id: 'no-endpoints', why: 'Only ready pods become endpoints.', source: SERVICE, run: noEndpoints },
  { id: 'address-wrong', why: 'Applications find each other by the Service names and ports in their environment.', source: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/', run: wrongAddress },
  { id: 'address-differs', why: 'Sibling applications that share a dependency share its address.', source: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/', run: differs },
  { id: 'ingress-backend-missing', why: 'An Ingress answers 503 for a backend that does not exist.', source: 'https://kubernetes.io/docs/concepts/services-networking/ingress/', run: ingress },
  { id: 'connection-failed', why: 'A failed connection to a Service whose pods are ready points at what lies between.', source: SERVICE, run: unreachable },
];
