/** Network policies that isolate. */
import { selects, type App } from '../cluster/cluster-index.ts';
import { blameObject, blameWorkload, describeCommand, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';

const HOUR_MS = 3_600_000;

const isolated = ({ cluster, index, window }: CheckInput): readonly Suspicion[] =>
  cluster.policies.flatMap((policy) => {
    const directions = [policy.ingressRules === 0 ? 'ingress' : null, policy.egressRules === 0 ? 'egress' : null].filter((item) => item !== null);
    const { podSelector } = policy;
    if (directions.length === 0 || podSelector === null) return [];
    // Policies add up: what another one allows is allowed.
    const allowed = (app: App): boolean =>
      cluster.policies.some(
        (other) => other.namespace === policy.namespace && (other.ingressRules ?? 0) + (other.egressRules ?? 0) > 0 && selects(other.podSelector ?? {}, app.labels),
      );
    const apps = index.apps.filter((app) => app.ref.namespace === policy.namespace && selects(podSelector, app.labels) && !allowed(app));
    const selectsAll = Object.keys(podSelector).length === 0;
    // A default-deny policy for the whole namespace, or one older than the trouble, is somebody's intention.
    const fresh = policy.createdAt === null || policy.createdAt >= window.start - HOUR_MS;
    const strength = selectsAll ? STRENGTH.weak : fresh ? STRENGTH.proof - 0.3 : STRENGTH.hint;
    return (selectsAll ? apps.slice(0, 1) : apps).map((app) => ({
      check: 'policy-isolates',
      blame: selectsAll ? blameObject(policy) : blameWorkload(app.ref),
      detail: policy.name,
      role: fresh ? ('cause' as const) : ('context' as const),
      faults: { configuration: 1, network_loss: 0.9 },
      strength,
      onset: policy.createdAt,
      indicator: 'NetworkPolicy',
      observed: `no ${directions.join(' or ')} allowed`,
      expected: 'rules for its callers',
      summary: `NetworkPolicy ${policy.name} allows no ${directions.join(' and no ')} for ${selectsAll ? 'any pod of the namespace' : app.ref.name}${fresh ? '' : ' (it is older than this incident)'}.`,
      command: describeCommand('networkpolicy', policy.namespace, policy.name),
      samples: [],
    }));
  });

/** Callers, as configured, that no policy of the callee lets in. */
const excluded = ({ cluster, index, window }: CheckInput): readonly Suspicion[] =>
  index.apps.flatMap((app) => {
    const policies = cluster.policies.filter(
      (item) => item.namespace === app.ref.namespace && item.podSelector !== null && selects(item.podSelector, app.labels) && (item.ingressRules ?? 0) > 0,
    );
    const first = policies.find((item) => item.createdAt === null || item.createdAt >= window.start - HOUR_MS);
    if (first === undefined || policies.some((item) => item.senders === null)) return [];
    const calls = (caller: App): boolean =>
      caller.addresses.some((use) => app.services.some((service) => service.name === use.service && service.namespace === use.namespace));
    const callers = index.apps.filter((caller) => caller !== app && caller.ref.namespace === app.ref.namespace && calls(caller));
    const shut = callers.filter((caller) => !policies.some((item) => item.senders?.some((labels) => selects(labels, caller.labels)) === true));
    if (shut.length === 0) return [];
    return [
      {
        check: 'policy-excludes-callers',
        blame: blameWorkload(app.ref),
        detail: first.name,
        role: 'cause' as const,
        faults: { configuration: 1, network_loss: 0.9 },
        strength: STRENGTH.strong + 0.6,
        onset: first.createdAt,
        indicator: 'NetworkPolicy',
        observed: `not allowed: ${shut.map((caller) => caller.ref.name).join(', ')}`,
        expected: 'a rule for each caller',
        summary: `NetworkPolicy ${first.name} does not let ${shut.map((caller) => caller.ref.name).join(', ')} reach ${app.ref.name}, which they are configured to call.`,
        command: describeCommand('networkpolicy', first.namespace, first.name),
      },
    ];
  });

/** Port 53, its name, and what some clusters listen on behind it. */
const DNS_PORTS: readonly string[] = ['53', 'dns', 'dns-tcp', '5353', '*'];

/** Egress that is limited to ports without DNS: no name resolves, so nothing is reached. */
const withoutDns = ({ cluster, index, window }: CheckInput): readonly Suspicion[] =>
  cluster.policies.flatMap((policy) => {
    const { podSelector, egressPorts } = policy;
    if (podSelector === null || egressPorts === null || egressPorts.some((port) => DNS_PORTS.includes(port))) return [];
    const apps = index.apps.filter((app) => app.ref.namespace === policy.namespace && selects(podSelector, app.labels));
    const opened = (app: App): boolean =>
      cluster.policies.some(
        (other) => other !== policy && other.namespace === policy.namespace && (other.egressRules ?? 0) > 0 && (other.egressPorts?.some((port) => DNS_PORTS.includes(port)) ?? true) && selects(other.podSelector ?? {}, app.labels),
      );
    const fresh = policy.createdAt === null || policy.createdAt >= window.start - HOUR_MS;
    return apps
      .filter((app) => !opened(app))
      .map((app) => ({
        check: 'policy-without-dns',
        blame: blameWorkload(app.ref),
        detail: policy.name,
        role: fresh ? ('cause' as const) : ('context' as const),
        faults: { network_loss: 0.9, configuration: 1, dns: 0.9 },
        strength: fresh ? STRENGTH.strong : STRENGTH.hint,
        onset: policy.createdAt,
        indicator: 'NetworkPolicy',
        observed: `egress to ports ${[...new Set(egressPorts)].sort().join(', ')} only`,
        expected: 'port 53 too',
        summary: `NetworkPolicy ${policy.name} lets ${app.ref.name} send to ports ${[...new Set(egressPorts)].sort().join(', ')} only: it cannot ask DNS.`,
        command: describeCommand('networkpolicy', policy.namespace, policy.name),
      }));
  });

export const POLICY_CHECKS: readonly Check[] = [
  {
    id: 'policy-isolates',
    why: 'A pod that a policy selects receives only what some policy allows.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation',
    run: isolated,
  },
  {
    id: 'policy-excludes-callers',
    why: 'A policy that lists senders shuts out every other one, also those that are configured to call.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
    run: excluded,
  },
  {
    id: 'policy-without-dns',
    why: 'Pods whose egress is limited need an opening for DNS, or they find nobody.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-egress-traffic',
    run: withoutDns,
  },
];
