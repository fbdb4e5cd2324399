/** Containers and volumes of `kubectl describe pod|deployment|…` in the shape of the API's pod spec. */
import { toRfc3339 } from '../../../domain/time.ts';
import { child, childrenOf, valueOf, type DescribeNode } from './describe-tree.ts';
import type { JsonObject } from './json-value.ts';
import { orNull, parseDate, parseSeconds, splitList } from './printed-values.ts';

type Nodes = readonly DescribeNode[];

const keyValues = (nodes: Nodes): JsonObject | undefined =>
  nodes.length === 0 ? undefined : Object.fromEntries(nodes.filter((node) => node.value !== '').map((node) => [node.key, node.value]));

/** `http-get http://:8080/healthz delay=0s timeout=1s period=10s #success=1 #failure=3` and its tcp, grpc and exec forms. */
export const probeOf = (text: string | null): JsonObject | undefined => {
  if (text === null) return undefined;
  const field = (name: string): number | null => {
    const start = text.lastIndexOf(`${name}=`);
    return start < 0 ? null : parseSeconds((text.slice(start + name.length + 1).split(' ', 1)[0] ?? '').replace(/^(\d+)$/, '$1s'));
  };
  const timing = {
    initialDelaySeconds: field('delay') ?? undefined,
    timeoutSeconds: field('timeout') ?? undefined,
    periodSeconds: field('period') ?? undefined,
    successThreshold: field('#success') ?? undefined,
    failureThreshold: field('#failure') ?? undefined,
  };
  const words = text.split(' ');
  const target = words[1] ?? '';
  const port = /:(\w[\w-]{0,62})(?:\/|$)/.exec(target.replace(/^https?:\/\//, ''))?.[1];
  if (words[0] === 'http-get') {
    const path = target.replace(/^https?:\/\//, '').replace(/^[^/]*/, '');
    return { ...timing, httpGet: { port, path, scheme: target.startsWith('https') ? 'HTTPS' : 'HTTP' } };
  }
  if (words[0] === 'tcp-socket') return { ...timing, tcpSocket: { port } };
  if (words[0] === 'grpc') return { ...timing, grpc: { port } };
  if (words[0] === 'exec') {
    const inner = /^exec \[(.*)\] delay=/.exec(text)?.[1] ?? '';
    return { ...timing, exec: { command: inner.split(' ') } };
  }
  return timing;
};

/** `value`, `<set to the key 'k' in secret 's'>  Optional: false`, or ` (v1:status.podIP)`. */
const envOf = (node: DescribeNode): JsonObject => {
  const reference = /^<set to the key '([^']{1,253})' (?:in|of) (secret|config map) '([^']{1,253})'>(?:\s+Optional:\s+(true|false))?/.exec(node.value);
  if (reference !== null) {
    const source = { name: reference[3], key: reference[1], optional: reference[4] === 'true' };
    return { name: node.key, valueFrom: reference[2] === 'secret' ? { secretKeyRef: source } : { configMapKeyRef: source } };
  }
  if (/\((?:v1:[\w.[\]'/-]+|(?:limits|requests)\.\w+)\)\s*$/.test(node.value)) return { name: node.key, valueFrom: { fieldRef: {} } };
  return { name: node.key, value: node.value };
};

const envFromOf = (node: DescribeNode): JsonObject => {
  const match = /^(\S+)\s+(Secret|ConfigMap)(?: with prefix '\w*')?\s+Optional:\s+(true|false)/.exec(node.line.trim());
  const source = { name: match?.[1] ?? node.key, optional: match?.[3] === 'true' };
  return match?.[2] === 'Secret' ? { secretRef: source } : { configMapRef: source };
};

const mountOf = (node: DescribeNode): JsonObject => {
  const match = /^(\S+) from (\S+) \(([^)]{0,200})\)/.exec(node.line.trim());
  const options = match?.[3] ?? '';
  return { mountPath: match?.[1], name: match?.[2], readOnly: options.split(',')[0] === 'ro', subPath: /path="([^"]{1,200})"/.exec(options)?.[1] };
};

const portsOf = (nodes: Nodes): readonly JsonObject[] => {
  const hostPorts = splitList(valueOf(nodes, 'Host Ports') ?? valueOf(nodes, 'Host Port'));
  return splitList(valueOf(nodes, 'Ports') ?? valueOf(nodes, 'Port')).map((text, index) => {
    const [port, protocol] = text.split('/');
    const hostPort = Number.parseInt(hostPorts[index] ?? '0', 10);
    return { containerPort: Number.parseInt(port ?? '', 10), protocol: (protocol ?? 'TCP').split(' ', 1)[0], hostPort: hostPort > 0 ? hostPort : undefined };
  });
};

const isoOf = (text: string | null): string | undefined => {
  const date = parseDate(text);
  return date === null ? undefined : toRfc3339(date);
};

const stateOf = (node: DescribeNode | undefined): JsonObject | undefined => {
  const word = orNull(node?.value)?.toLowerCase();
  if (node === undefined || word === undefined) return undefined;
  const exitCode = Number.parseInt(valueOf(node.children, 'Exit Code') ?? '', 10);
  return {
    [word]: {
      reason: valueOf(node.children, 'Reason') ?? undefined,
      message: valueOf(node.children, 'Message') ?? undefined,
      exitCode: Number.isNaN(exitCode) ? undefined : exitCode,
      startedAt: isoOf(valueOf(node.children, 'Started')),
      finishedAt: isoOf(valueOf(node.children, 'Finished')),
    },
  };
};

const words = (nodes: Nodes, key: string): readonly string[] | undefined => {
  const lines = childrenOf(nodes, key).map((node) => node.line.trim());
  return lines.length === 0 ? undefined : lines;
};

export const containerOf = (node: DescribeNode): { readonly spec: JsonObject; readonly status: JsonObject } => {
  const parts = node.children;
  const restarts = Number.parseInt(valueOf(parts, 'Restart Count') ?? '', 10);
  const ready = valueOf(parts, 'Ready');
  const spec = {
    name: node.key,
    image: valueOf(parts, 'Image') ?? undefined,
    command: words(parts, 'Command'),
    args: words(parts, 'Args'),
    ports: portsOf(parts),
    resources: { limits: keyValues(childrenOf(parts, 'Limits')), requests: keyValues(childrenOf(parts, 'Requests')) },
    livenessProbe: probeOf(valueOf(parts, 'Liveness')),
    readinessProbe: probeOf(valueOf(parts, 'Readiness')),
    startupProbe: probeOf(valueOf(parts, 'Startup')),
    env: childrenOf(parts, 'Environment').map(envOf),
    envFrom: childrenOf(parts, 'Environment Variables from').map(envFromOf),
    volumeMounts: childrenOf(parts, 'Mounts').map(mountOf),
  };
  const status = {
    name: node.key,
    ready: ready === null ? undefined : ready === 'True',
    restartCount: Number.isNaN(restarts) ? undefined : restarts,
    state: stateOf(child(parts, 'State')),
    lastState: stateOf(child(parts, 'Last State')),
  };
  return { spec, status };
};

const volumeOf = (node: DescribeNode): JsonObject => {
  const parts = node.children;
  const type = valueOf(parts, 'Type')?.split(' ', 1)[0] ?? '';
  const optional = valueOf(parts, 'Optional') === 'true';
  const base = { name: node.key };
  if (type === 'ConfigMap') return { ...base, configMap: { name: valueOf(parts, 'Name') ?? undefined, optional } };
  if (type === 'Secret') return { ...base, secret: { secretName: valueOf(parts, 'SecretName') ?? undefined, optional } };
  if (type === 'PersistentVolumeClaim') return { ...base, persistentVolumeClaim: { claimName: valueOf(parts, 'ClaimName') ?? undefined } };
  if (type === 'HostPath') return { ...base, hostPath: { path: valueOf(parts, 'Path') ?? undefined, type: valueOf(parts, 'HostPathType') ?? undefined } };
  return { ...base, [type === '' ? 'other' : type]: {} };
};

const tolerationsOf = (node: DescribeNode | undefined): readonly string[] =>
  node === undefined ? [] : [node.value, ...node.children.map((item) => item.line.trim())].filter((text) => text !== '' && text !== '<none>');

/** `key=value:NoSchedule for 300s`, `key:NoExecute op=Exists`, `op=Exists`. */
const tolerationOf = (text: string): JsonObject => {
  const [head = '', ...rest] = text.split(' ');
  const exists = rest.includes('op=Exists') || head === 'op=Exists' || !head.includes('=');
  const [pair = '', effect] = head === 'op=Exists' ? [''] : head.split(':');
  const [key = '', value] = pair.split('=');
  return { key: key === '' ? undefined : key, operator: exists ? 'Exists' : 'Equal', value, effect };
};

/** The pod spec and container statuses printed below a pod or a pod template. */
export const podSpecOf = (nodes: Nodes): { readonly spec: JsonObject; readonly status: JsonObject } => {
  const containers = childrenOf(nodes, 'Containers').map(containerOf);
  const inits = childrenOf(nodes, 'Init Containers').map(containerOf);
  const selector = child(nodes, 'Node-Selectors');
  const selectorPairs = tolerationsOf(selector)
    .map((text) => text.split('='))
    .filter((pair) => (pair[0] ?? '') !== '');
  return {
    spec: {
      serviceAccountName: valueOf(nodes, 'Service Account') ?? undefined,
      containers: containers.map((item) => item.spec),
      initContainers: inits.map((item) => item.spec),
      volumes: childrenOf(nodes, 'Volumes').map(volumeOf),
      nodeSelector: selector === undefined ? undefined : Object.fromEntries(selectorPairs.map(([key, value]) => [key ?? '', value ?? ''])),
      tolerations: tolerationsOf(child(nodes, 'Tolerations')).map(tolerationOf),
    },
    status: { containerStatuses: containers.map((item) => item.status), initContainerStatuses: inits.map((item) => item.status) },
  };
};
