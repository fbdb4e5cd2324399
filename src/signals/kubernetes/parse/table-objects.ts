/** Rows of `kubectl get` tables to (partial) objects in the shape of the API. */
import { toRfc3339 } from '../../../domain/time.ts';
import { eventObject, parseEventAge } from './describe-events.ts';
import type { JsonObject } from './json-value.ts';
import { kindOfResource, type KubeObject, type PrintedFile } from './kube-object.ts';
import { orNull, parseAgeMs, parseSelector, splitList } from './printed-values.ts';
import { isTableHeader, readTable } from './text-table.ts';

type Row = Readonly<Record<string, string>>;

export const MAX_ROWS = 50_000;

/** Columns that only one kind prints, most telling first. Source: `kubectl get` printers of Kubernetes 1.2x. */
const TELLTALES: readonly (readonly [kind: string, columns: readonly string[]])[] = [
  ['Event', ['REASON', 'OBJECT', 'MESSAGE']],
  ['PodMetrics', ['CPU(cores)', 'MEMORY(bytes)']],
  ['Pod', ['READY', 'STATUS', 'RESTARTS']],
  ['DaemonSet', ['DESIRED', 'NODE SELECTOR']],
  ['Deployment', ['UP-TO-DATE', 'AVAILABLE']],
  ['ReplicaSet', ['DESIRED', 'CURRENT', 'READY']],
  ['HorizontalPodAutoscaler', ['REFERENCE', 'TARGETS']],
  ['Service', ['CLUSTER-IP', 'PORT(S)']],
  ['Ingress', ['CLASS', 'HOSTS']],
  ['PersistentVolume', ['CLAIM', 'RECLAIM POLICY']],
  ['PersistentVolumeClaim', ['VOLUME', 'STORAGECLASS']],
  ['StorageClass', ['PROVISIONER']],
  ['NetworkPolicy', ['POD-SELECTOR']],
  ['Node', ['STATUS', 'ROLES', 'VERSION']],
  ['PodDisruptionBudget', ['ALLOWED DISRUPTIONS']],
  ['APIService', ['SERVICE', 'AVAILABLE']],
  ['Certificate', ['READY', 'SECRET']],
  ['Endpoints', ['ENDPOINTS']],
  ['ResourceQuota', ['REQUEST', 'AGE']],
  ['Job', ['COMPLETIONS', 'DURATION']],
  ['CronJob', ['SCHEDULE', 'SUSPEND']],
  ['ServiceAccount', ['SECRETS', 'AGE']],
  ['Secret', ['TYPE', 'DATA']],
  ['RoleBinding', ['ROLE', 'AGE']],
  ['ConfigMap', ['DATA']],
];

const count = (text: string | undefined): number | undefined => {
  const match = /^(\d{1,9})/.exec(text?.trim() ?? '');
  return match === null ? undefined : Number(match[1]);
};

const fraction = (text: string | undefined): readonly [number | undefined, number | undefined] => {
  const [left, right] = (text ?? '').split('/');
  return [count(left), count(right)];
};

const podBody = (row: Row, printedAt: number): JsonObject => {
  const restarts = /^(\d{1,9})(?: \((\S{1,20}) ago\))?/.exec(row['RESTARTS'] ?? '');
  const lastRestart = parseAgeMs(restarts?.[2] ?? null);
  const [ready, total] = fraction(row['READY']);
  return {
    spec: { nodeName: orNull(row['NODE']) ?? undefined },
    status: { podIP: orNull(row['IP']) ?? undefined },
    printed: {
      status: row['STATUS'],
      ready,
      total,
      restarts: restarts === null ? undefined : Number(restarts[1]),
      lastRestart: lastRestart === null ? undefined : toRfc3339(printedAt - lastRestart),
    },
  };
};

const controllerBody = (kind: string, row: Row): JsonObject => {
  const selector = parseSelector(row['SELECTOR'] ?? null);
  const [ready, desired] = kind === 'ReplicaSet' || kind === 'DaemonSet' ? [count(row['READY']), count(row['DESIRED'])] : fraction(row['READY']);
  return {
    spec: { replicas: desired, selector: selector === null ? undefined : { matchLabels: selector } },
    status: {
      readyReplicas: ready,
      replicas: count(row['CURRENT']),
      availableReplicas: count(row['AVAILABLE']),
      updatedReplicas: count(row['UP-TO-DATE']),
      desiredNumberScheduled: kind === 'DaemonSet' ? desired : undefined,
    },
  };
};

const serviceBody = (row: Row): JsonObject => ({
  spec: {
    type: row['TYPE'],
    clusterIP: row['CLUSTER-IP'],
    selector: parseSelector(row['SELECTOR'] ?? null) ?? undefined,
    externalName: row['TYPE'] === 'ExternalName' ? row['EXTERNAL-IP'] : undefined,
    ports: splitList(orNull(row['PORT(S)'])).map((text) => {
      const [ports = '', protocol] = text.split('/');
      const [port, nodePort] = ports.split(':');
      return { port: count(port), nodePort: count(nodePort), protocol };
    }),
  },
});

const storageBody = (kind: string, row: Row): JsonObject => {
  const [namespace, name] = (orNull(row['CLAIM']) ?? '').split('/');
  return {
    spec: {
      storageClassName: orNull(row['STORAGECLASS']) ?? '',
      volumeName: orNull(row['VOLUME']) ?? undefined,
      accessModes: orNull(row['ACCESS MODES']) === null ? undefined : splitList(row['ACCESS MODES'] ?? null),
      capacity: kind === 'PersistentVolume' ? { storage: row['CAPACITY'] } : undefined,
      claimRef: name === undefined ? undefined : { namespace, name },
    },
    status: { phase: row['STATUS'] },
  };
};

const nodeBody = (row: Row): JsonObject => {
  const words = (row['STATUS'] ?? '').split(',');
  return {
    spec: { unschedulable: words.includes('SchedulingDisabled') },
    status: { conditions: [{ type: 'Ready', status: words.includes('Ready') ? 'True' : words.includes('NotReady') ? 'False' : 'Unknown' }] },
  };
};

/** `pods: 3/5, requests.cpu: 1/2` */
const quotaBody = (row: Row): JsonObject => {
  const used: Record<string, string> = {};
  const hard: Record<string, string> = {};
  for (const part of [...splitList(row['REQUEST'] ?? null), ...splitList(row['LIMIT'] ?? null)]) {
    const match = /^(\S{1,253}): (\S{1,40})\/(\S{1,40})$/.exec(part);
    if (match === null) continue;
    used[match[1] ?? ''] = match[2] ?? '';
    hard[match[1] ?? ''] = match[3] ?? '';
  }
  return { status: { used, hard } };
};

const autoscalerBody = (row: Row): JsonObject => {
  const [kind, name] = (row['REFERENCE'] ?? '').split('/');
  return {
    spec: { scaleTargetRef: { kind, name }, minReplicas: count(row['MINPODS']), maxReplicas: count(row['MAXPODS']) },
    status: { currentReplicas: count(row['REPLICAS']) },
    printed: { targets: row['TARGETS'] },
  };
};

/** Tables of custom resources and aggregated APIs print the state of a condition in a column of its name. */
const CONDITION_COLUMNS: readonly (readonly [column: string, type: string])[] = [
  ['READY', 'Ready'],
  ['AVAILABLE', 'Available'],
  ['SYNCED', 'Synced'],
  ['PROGRAMMED', 'Programmed'],
  ['ACCEPTED', 'Accepted'],
  ['ESTABLISHED', 'Established'],
];

const otherBody = (row: Row): JsonObject => {
  const conditions = CONDITION_COLUMNS.flatMap(([column, type]) => {
    const match = /^(True|False|Unknown)\b(?: \((.{1,120})\))?/.exec(row[column] ?? '');
    return match === null ? [] : [{ type, status: match[1], reason: match[2] ?? (orNull(row['REASON']) ?? undefined), message: orNull(row['STATUS'] ?? row['MESSAGE']) ?? undefined }];
  });
  const phase = orNull(row['STATUS'] ?? row['PHASE']) ?? undefined;
  return {
    spec: { secretName: orNull(row['SECRET']) ?? undefined, printedService: orNull(row['SERVICE']) ?? undefined },
    status: { conditions: conditions.length === 0 ? undefined : conditions, phase },
    printed: { allowedDisruptions: count(row['ALLOWED DISRUPTIONS']), role: orNull(row['ROLE']) ?? undefined, schedule: orNull(row['SCHEDULE']) ?? undefined },
  };
};

const workloadBody = (row: Row): JsonObject => ({ spec: { schedule: orNull(row['SCHEDULE']) ?? undefined, suspend: row['SUSPEND'] === 'True' ? true : undefined } });

const ingressBody = (row: Row): JsonObject => ({ spec: { ingressClassName: orNull(row['CLASS']) ?? undefined }, printed: { address: row['ADDRESS'] } });

const bodyOf = (kind: string, row: Row, printedAt: number): JsonObject => {
  switch (kind) {
    case 'Pod':
      return podBody(row, printedAt);
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'ReplicaSet':
      return controllerBody(kind, row);
    case 'Service':
      return serviceBody(row);
    case 'Endpoints':
      return { printedEndpoints: splitList(orNull(row['ENDPOINTS'])) };
    case 'PersistentVolume':
    case 'PersistentVolumeClaim':
      return storageBody(kind, row);
    case 'StorageClass':
      return { provisioner: row['PROVISIONER'], volumeBindingMode: row['VOLUMEBINDINGMODE'] };
    case 'Node':
      return nodeBody(row);
    case 'ResourceQuota':
      return quotaBody(row);
    case 'HorizontalPodAutoscaler':
      return autoscalerBody(row);
    case 'NetworkPolicy':
      return { spec: { podSelector: { matchLabels: parseSelector(row['POD-SELECTOR'] ?? null) ?? {} } } };
    case 'CronJob':
      return workloadBody(row);
    case 'Ingress':
      return ingressBody(row);
    case 'PodMetrics':
    case 'NodeMetrics':
      return {
        usage: { cpu: row['CPU(cores)'], memory: row['MEMORY(bytes)'], cpuPercent: row['CPU%'] ?? row['CPU(%)'], memoryPercent: row['MEMORY%'] ?? row['MEMORY(%)'] },
      };
    default:
      return otherBody(row);
  }
};

const eventOf = (row: Row, namespace: string | null, printed: PrintedFile): KubeObject | null => {
  const [resource = '', name] = (row['OBJECT'] ?? '').split('/');
  if (name === undefined) return null;
  const kind = kindOfResource(resource) ?? resource;
  const age = parseEventAge(row['LAST SEEN'] ?? '', printed.printedAt);
  const first = parseAgeMs(row['FIRST SEEN'] ?? null);
  const body = {
    type: row['TYPE'],
    reason: row['REASON'],
    message: row['MESSAGE'],
    count: count(row['COUNT']) ?? age.count,
    lastTimestamp: age.last,
    firstTimestamp: first === null ? age.first : toRfc3339(printed.printedAt - first),
  };
  return eventObject({ kind, namespace, name }, body, printed.file, `${row['REASON'] ?? ''}:${row['MESSAGE'] ?? ''}`);
};

const EVENT_LINE =
  /^(?:(\S{1,63})\s{2,})?(\S{1,20}(?: \(x\d{1,9} over \S{1,20}\))?)\s{2,}(Normal|Warning)\s{2,}(\S{1,100})\s+([a-z][a-z.]{1,60}\/\S{1,253})\s{2,}(.{1,4000})$/;

/** Event lines that lost their header (a filtered or cut listing): `90s  Warning  FailedCreate  replicaset/x  message`. */
export const eventsWithoutHeader = (printed: PrintedFile): readonly KubeObject[] =>
  printed.text.split('\n', MAX_ROWS).flatMap((line) => {
    const match = EVENT_LINE.exec(line.trimEnd());
    if (match === null) return [];
    const row = { 'LAST SEEN': match[2] ?? '', TYPE: match[3] ?? '', REASON: match[4] ?? '', OBJECT: match[5] ?? '', MESSAGE: match[6] ?? '' };
    return eventOf(row, match[1] ?? null, printed) ?? [];
  });

const objectOf = (kind: string, row: Row, printed: PrintedFile): KubeObject | null => {
  const namespace = orNull(row['NAMESPACE']);
  if (kind === 'Event') return eventOf(row, namespace, printed);
  const printedName = (row['NAME'] ?? row['POD'] ?? '').trim();
  const slash = printedName.indexOf('/');
  const name = slash < 0 ? printedName : printedName.slice(slash + 1);
  const named = slash < 0 ? kind : (kindOfResource(printedName.slice(0, slash)) ?? kind);
  if (name === '') return null;
  const age = parseAgeMs(row['AGE'] ?? null);
  const labels = parseSelector(row['LABELS'] ?? null);
  const metadata = {
    creationTimestamp: age === null ? undefined : toRfc3339(printed.printedAt - age),
    labels: labels ?? undefined,
    terminating: row['STATUS'] === 'Terminating' ? true : undefined,
  };
  return { kind: named, namespace, name, form: 'table', file: printed.file, body: { metadata, ...bodyOf(named, row, printed.printedAt) } };
};

const kindOfHeaders = (headers: readonly string[], firstName: string, fileKind: string | null): string | null => {
  const slash = firstName.indexOf('/');
  const prefixed = slash < 0 ? null : kindOfResource(firstName.slice(0, slash));
  if (prefixed !== null && !headers.includes('OBJECT')) return prefixed;
  const kinds = TELLTALES.filter(([, columns]) => columns.every((column) => headers.includes(column))).map(([kind]) => kind);
  // Only `kubectl top node` prints shares.
  if (kinds[0] === 'PodMetrics' && (headers.includes('CPU%') || headers.includes('CPU(%)'))) return 'NodeMetrics';
  return kinds[0] ?? fileKind;
};

/** Every table of a text, one after another; a header line starts a new one. */
export const objectsOfTables = (printed: PrintedFile, fileKind: string | null): readonly KubeObject[] => {
  const lines = printed.text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  const objects: KubeObject[] = [];
  const starts = lines.flatMap((line, index) => (isTableHeader(line) ? [index] : []));
  starts.forEach((start, index) => {
    const table = readTable(lines[start] ?? '', lines.slice(start + 1, starts[index + 1] ?? lines.length).slice(0, MAX_ROWS));
    const first = table.rows[0];
    if (first === undefined) return;
    const kind = kindOfHeaders(table.headers, first['NAME'] ?? '', fileKind);
    if (kind === null) return;
    for (const row of table.rows) {
      const object = objectOf(kind, row, printed);
      if (object !== null) objects.push(object);
    }
  });
  return objects;
};
