/** Services, endpoints, network policies and ingresses of `kubectl describe` in the shape of the API. */
import { child, childrenOf, linesBelow, valueOf, valuesOf, type DescribeNode } from './describe-tree.ts';
import type { JsonObject } from './json-value.ts';
import { orNull, parseSelector, splitList } from './printed-values.ts';

type Nodes = readonly DescribeNode[];

const portNumber = (text: string | undefined): number | string | undefined => {
  if (text === undefined || text === '') return undefined;
  return /^\d{1,5}$/.test(text) ? Number(text) : text;
};

/** Each `Port:` line is followed by its `TargetPort:`, perhaps `NodePort:`, and `Endpoints:`. */
const serviceBody = (nodes: Nodes): JsonObject => {
  const ports: Record<string, unknown>[] = [];
  const addresses: string[] = [];
  for (const node of nodes) {
    const cells = node.value.split(/\s+/);
    const [number, protocol] = (cells.at(-1) ?? '').split('/');
    if (node.key === 'Port') ports.push({ name: orNull(cells.length > 1 ? cells[0] : null) ?? undefined, port: portNumber(number), protocol });
    const last = ports.at(-1);
    if (node.key === 'TargetPort' && last !== undefined) last['targetPort'] = portNumber(number);
    if (node.key === 'NodePort' && last !== undefined) last['nodePort'] = portNumber(number);
    if (node.key === 'Endpoints') addresses.push(...splitList(node.value));
  }
  const known = child(nodes, 'Endpoints') !== undefined;
  return {
    spec: {
      type: valueOf(nodes, 'Type') ?? undefined,
      clusterIP: valueOf(nodes, 'IP') ?? undefined,
      externalName: valueOf(nodes, 'External Name') ?? undefined,
      selector: parseSelector(valuesOf(nodes, 'Selector').join(',')) ?? undefined,
      ports,
    },
    printedEndpoints: known ? addresses : undefined,
  };
};

const endpointsBody = (nodes: Nodes): JsonObject => {
  const subsets = childrenOf(nodes, 'Subsets');
  const list = (key: string): readonly JsonObject[] =>
    subsets
      .filter((node) => node.key === key)
      .flatMap((node) => splitList(node.value))
      .map((ip) => ({ ip }));
  const ports = subsets
    .filter((node) => node.key === 'Ports')
    .flatMap((node) => linesBelow(node))
    .flatMap((line) => {
      const match = /^\s*(\S+)\s+(\d{1,5})\s+(TCP|UDP|SCTP)\s*$/.exec(line);
      return match === null ? [] : [{ name: match[1], port: Number(match[2]), protocol: match[3] }];
    });
  return { subsets: [{ addresses: list('Addresses'), notReadyAddresses: list('NotReadyAddresses'), ports }] };
};

/** `From:` blocks of pod selectors; a list that cannot be told is left empty, which means anyone. */
const peersOf = (lines: readonly string[]): readonly JsonObject[] => {
  if (lines.some((line) => /NamespaceSelector|IPBlock|^(?:From|To): <any>/.test(line))) return [];
  return lines.flatMap((line) => {
    const selector = /^PodSelector:\s+(.*)$/.exec(line)?.[1];
    return selector === undefined ? [] : [{ podSelector: selectorOf(selector) }];
  });
};

const allowedRules = (lines: readonly string[], direction: string): readonly JsonObject[] | undefined => {
  const start = lines.findIndex((line) => line.includes(`Allowing ${direction} traffic`));
  if (start < 0) return undefined;
  const rules: string[] = [];
  for (const line of lines.slice(start + 1)) {
    if (/Allowing|Not affecting|Policy Types/.test(line)) break;
    rules.push(line.trim());
  }
  if (rules.length === 0 || /Selected pods are isolated/.test(rules[0] ?? '')) return [];
  return [{ from: peersOf(rules) }];
};

/** `<none> (…)` selects all; `app in (a,b)` is an expression. */
const selectorOf = (text: string): JsonObject => {
  if (text === '' || text.startsWith('<none>')) return { matchLabels: {} };
  const labels = / (?:in|notin) \(|^!/.test(text) ? null : parseSelector(text);
  return labels === null ? { matchExpressions: [{ printed: text }] } : { matchLabels: labels };
};

const policyBody = (nodes: Nodes): JsonObject => {
  const lines = linesBelow(child(nodes, 'Spec'));
  const selector = childrenOf(nodes, 'Spec').find((node) => node.key === 'PodSelector')?.value ?? '';
  const types = /Policy Types:\s*(.*)$/.exec(lines.find((line) => line.includes('Policy Types')) ?? '')?.[1] ?? null;
  return {
    spec: {
      podSelector: selectorOf(selector),
      policyTypes: splitList(types),
      ingress: allowedRules(lines, 'ingress'),
      egress: allowedRules(lines, 'egress'),
    },
  };
};

/** `Host Path Backends` rows name `service:port (endpoints)`. */
const ingressBody = (nodes: Nodes): JsonObject => {
  const backends = linesBelow(child(nodes, 'Rules'))
    .concat(child(nodes, 'Default backend')?.line ?? '')
    .flatMap((line) => {
      const match = /(\/\S*)?\s+([a-z0-9][a-z0-9.-]{0,252}):([a-z0-9-]{1,15})\s+\(/.exec(line);
      return match === null ? [] : [{ path: match[1], service: { name: match[2], port: { number: portNumber(match[3]) } } }];
    });
  const secrets = linesBelow(child(nodes, 'TLS')).flatMap((line) => {
    const match = /^\s*(\S+) terminates ?(\S*)/.exec(line);
    return match === null ? [] : [{ secretName: match[1], hosts: splitList(match[2] ?? null) }];
  });
  return {
    spec: {
      ingressClassName: valueOf(nodes, 'Ingress Class') ?? undefined,
      tls: secrets,
      rules: [{ http: { paths: backends.map((backend) => ({ path: backend.path, backend: { service: backend.service } })) } }],
    },
  };
};

/** The body of a network kind; null when the kind is none. */
export const describeNetworkBody = (kind: string, nodes: Nodes): JsonObject | null => {
  if (kind === 'Service') return serviceBody(nodes);
  if (kind === 'Endpoints') return endpointsBody(nodes);
  if (kind === 'NetworkPolicy') return policyBody(nodes);
  return kind === 'Ingress' ? ingressBody(nodes) : null;
};
