/** The addresses of others that applications are configured with: do they lead anywhere, and do siblings agree? */
import type { Fault } from '../../../domain/report.ts';
import type { AddressUse } from '../cluster/addresses.ts';
import type { App } from '../cluster/cluster-index.ts';
import { blameObject, blameWorkload, clip, getCommand, isUnhealthy, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';

const MISADDRESSED: Readonly<Partial<Record<Fault, number>>> = { configuration: 1, dns: 0.6, dependency: 0.6 };

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
  const names = input.cluster.services
    .filter((item) => item.namespace === use.namespace && !taken.has(item.name) && !app.services.includes(item))
    .map((item) => item.name)
    .sort();
  const near = names
    .map((name) => ({ name, d: distance(name, use.service) }))
    .filter((item) => item.d <= typos(use.service))
    .sort((a, b) => a.d - b.d || (a.name < b.name ? -1 : 1))[0];
  return near?.name ?? names.find((name) => name.length > 3 && use.service.length > 3 && (name.includes(use.service) || use.service.includes(name))) ?? null;
};

/** What others who name the same variable say. */
const others = (input: CheckInput, app: App, use: AddressUse): ReadonlySet<string> =>
  new Set(
    input.index.apps
      .filter((other) => other !== app && other.ref.namespace === app.ref.namespace)
      .flatMap((other) => other.addresses.filter((item) => item.name === use.name && item.name !== 'args').map((item) => item.value)),
  );

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
  const callers = input.index.apps.filter((app) =>
    app.addresses.some((item) => item.service === use.service && item.namespace === use.namespace && item.port === use.port),
  );
  return (listening && service.ports.some((port) => port.targetPort === String(use.port))) || callers.length > 1;
};

const wrongAddress = (input: CheckInput): readonly Suspicion[] =>
  input.index.apps.flatMap((app) =>
    app.addresses.flatMap((use) => {
      const problem = addressProblem(input, use);
      if (problem === null) return [];
      const same = others(input, app, use);
      const renumbered = isRenumbered(input, use);
      const target = input.index.service(use.namespace, use.service);
      const expected =
        [...same].find((value) => value !== use.value) ?? (target === undefined ? nearest(input, app, use) : `${use.service}:${target.ports[0]?.port ?? ''}`);
      // The application behind the name runs, only its Service is gone.
      const namesake = target === undefined && input.index.apps.some((other) => other.ref.name === use.service && other.ref.namespace === use.namespace);
      const alone = !same.has(use.value) && !renumbered && !namesake;
      // An application that runs well without what it is told to reach does not need it: optional features are often left out.
      const hurt = app.pods.some(isUnhealthy);
      const strength = namesake
        ? STRENGTH.proof - 0.3
        : use.name === 'args'
          ? STRENGTH.weak
          : expected !== null
            ? STRENGTH.proof - 0.3
            : hurt
              ? STRENGTH.strong
              : STRENGTH.hint + 0.6;
      // When everyone addresses a Service that is not there, the Service is what is missing.
      const faults = alone ? MISADDRESSED : renumbered ? { configuration: 1, network_loss: 0.7, dependency: 0.4 } : { configuration: 0.9, dependency: 0.8, dns: 0.5 };
      return [
        {
          check: 'address-wrong',
          blame: alone ? blameWorkload(app.ref) : blameObject({ kind: 'Service', namespace: use.namespace, name: use.service }),
          detail: `${use.name}=${use.service}:${use.port ?? ''}`,
          role: strength < STRENGTH.weak ? ('context' as const) : ('cause' as const),
          faults,
          strength,
          onset: null,
          indicator: use.name,
          observed: clip(use.value, 120),
          expected: expected === null ? null : clip(expected, 120),
          summary: `${app.ref.name} is told to reach ${clip(use.value, 100)} (${use.name}), but ${problem}${expected === null ? '' : `; expected something like ${clip(expected, 80)}`}.`,
          command: getCommand(app.ref.kind, app.ref.namespace, app.ref.name),
          samples: [],
        },
      ];
    }),
  );

/** Most apps that set the variable agree on its value; one differs. */
const differs = (input: CheckInput): readonly Suspicion[] =>
  input.index.apps.flatMap((app) =>
    app.addresses.flatMap((use) => {
      if (use.name === 'args' || addressProblem(input, use) !== null) return [];
      const values = input.index.apps
        .filter((other) => other.ref.namespace === app.ref.namespace)
        .flatMap((other) =>
          other.addresses
            .filter((item) => item.name === use.name)
            .slice(0, 1)
            .map((item) => item.value),
        );
      const usual = [...new Set(values)]
        .sort()
        .map((value) => ({ value, count: values.filter((item) => item === value).length }))
        .sort((a, b) => b.count - a.count)[0];
      if (
        usual === undefined ||
        usual.value === use.value ||
        usual.count < 3 ||
        usual.count * 4 < values.length * 3 ||
        values.filter((item) => item === use.value).length > 1
      )
        return [];
      return [
        {
          check: 'address-differs',
          blame: blameWorkload(app.ref),
          detail: use.name,
          role: 'cause' as const,
          faults: MISADDRESSED,
          strength: app.pods.some(isUnhealthy) ? STRENGTH.likely : STRENGTH.weak,
          onset: null,
          indicator: use.name,
          observed: clip(use.value, 120),
          expected: clip(usual.value, 120),
          summary: `${app.ref.name} has ${use.name}=${clip(use.value, 80)}, ${usual.count} others have ${clip(usual.value, 80)}.`,
          command: getCommand(app.ref.kind, app.ref.namespace, app.ref.name),
          samples: [],
        },
      ];
    }),
  );

export const ADDRESS_CHECKS: readonly Check[] = [
  {
    id: 'address-wrong',
    why: 'Applications find each other by the Service names and ports in their environment.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',
    run: wrongAddress,
  },
  {
    id: 'address-differs',
    why: 'Sibling applications that share a dependency share its address.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',
    run: differs,
  },
];
