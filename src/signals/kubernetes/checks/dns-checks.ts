/** Names that do not resolve: the cluster's DNS, and pods that do not ask it. */
import { blameObject, blameWorkload, getCommand, isUnhealthy, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';

/** Pods that answer DNS for the cluster. */
export const DNS_SERVER = /^(?:coredns|kube-dns|node-local-dns|nodelocaldns)/;

const dnsDown = ({ cluster, index }: CheckInput): readonly Suspicion[] => {
  const apps = index.apps.filter((app) => DNS_SERVER.test(app.ref.name));
  const down = apps.filter((app) => app.workload?.desired === 0 || (app.pods.length > 0 && app.pods.every(isUnhealthy)));
  const corefile = cluster.configs.filter(
    (item) => item.kind === 'ConfigMap' && item.name === 'coredns' && item.data['Corefile'] !== undefined && !/kubernetes\s+\S/.test(item.data['Corefile'] ?? ''),
  );
  return [
    ...down.map((app) => ({
      check: 'dns-down',
      blame: blameWorkload(app.ref),
      role: 'cause' as const,
      faults: { dns: 1, crash: 0.5 },
      strength: STRENGTH.proof,
      onset: null,
      indicator: app.ref.name,
      observed: 'no pod ready',
      expected: 'ready',
      summary: `${app.ref.name} answers no DNS query: none of its pods is ready.`,
      command: `kubectl get pods -n kube-system -l k8s-app=kube-dns`,
      samples: [],
    })),
    ...corefile.map((item) => ({
      check: 'dns-down',
      blame: blameObject(item),
      role: 'cause' as const,
      faults: { dns: 1, configuration: 0.9 },
      strength: STRENGTH.strong,
      onset: null,
      indicator: 'Corefile',
      observed: 'no kubernetes plugin',
      expected: 'kubernetes cluster.local',
      summary: 'The Corefile of CoreDNS has no kubernetes plugin: cluster names do not resolve.',
      command: getCommand('configmap', item.namespace, item.name),
      samples: [],
    })),
  ];
};

const dnsPolicy = ({ cluster, index }: CheckInput): readonly Suspicion[] =>
  index.apps.flatMap((app) => {
    const policy = app.spec.dnsPolicy;
    const odd = policy === 'None' || policy === 'Default' || (app.spec.hostNetwork && policy === 'ClusterFirst');
    const usual = index.apps.filter((other) => other.ref.namespace === app.ref.namespace && (other.spec.dnsPolicy ?? 'ClusterFirst') === 'ClusterFirst').length;
    if (!odd || usual < 1 || app.addresses.length === 0 || cluster.services.length === 0) return [];
    return [
      {
        check: 'dns-policy',
        blame: blameWorkload(app.ref),
        role: 'cause' as const,
        faults: { dns: 1, configuration: 0.9 },
        strength: policy === 'None' && !app.spec.hasDnsConfig ? STRENGTH.proof : STRENGTH.likely + 0.6,
        onset: null,
        indicator: 'dnsPolicy',
        observed: policy,
        expected: 'ClusterFirst',
        summary: `${app.ref.name} has dnsPolicy ${policy ?? ''}, so names of Services do not resolve in its pods.`,
        command: getCommand(app.ref.kind, app.ref.namespace, app.ref.name),
        samples: [],
      },
    ];
  });

export const DNS_CHECKS: readonly Check[] = [
  {
    id: 'dns-down',
    why: 'Without cluster DNS no Service name resolves.',
    source: 'https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/',
    run: dnsDown,
  },
  {
    id: 'dns-policy',
    why: 'Only ClusterFirst (or its host network form) asks the cluster DNS.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy',
    run: dnsPolicy,
  },
];
