/** The API's pod spec ► what the checks need of it. */
import { at, booleanAt, listAt, numberAt, objectAt, textAt, textMapAt, type JsonObject } from '../parse/json-value.ts';
import { parseDate, parseQuantity } from '../parse/printed-values.ts';
import type { Condition, ConfigReference, ContainerSpec, ContainerState, ContainerStatus, EnvVar, PodSpec, ProbeSpec, Volume } from './types.ts';

const probe = (value: unknown): ProbeSpec | null => {
  if (value === undefined || value === null) return null;
  const timing = {
    initialDelaySeconds: numberAt(value, 'initialDelaySeconds'),
    timeoutSeconds: numberAt(value, 'timeoutSeconds'),
    periodSeconds: numberAt(value, 'periodSeconds'),
    failureThreshold: numberAt(value, 'failureThreshold'),
  };
  const forms = [
    ['http', 'httpGet'],
    ['tcp', 'tcpSocket'],
    ['grpc', 'grpc'],
    ['exec', 'exec'],
  ] as const;
  const form = forms.find(([, key]) => at(value, key) !== undefined);
  if (form === undefined) return { type: 'unknown', port: null, path: null, ...timing };
  return { type: form[0], port: textAt(value, form[1], 'port'), path: textAt(value, form[1], 'path'), ...timing };
};

const envVar = (value: unknown): EnvVar => {
  const name = textAt(value, 'name') ?? '';
  for (const [kind, key] of [
    ['Secret', 'secretKeyRef'],
    ['ConfigMap', 'configMapKeyRef'],
  ] as const) {
    const source = at(value, 'valueFrom', key);
    if (source === undefined) continue;
    return { name, value: null, from: { kind, name: textAt(source, 'name') ?? '', key: textAt(source, 'key') ?? '', optional: booleanAt(source, 'optional') ?? false } };
  }
  if (at(value, 'valueFrom') !== undefined) return { name, value: null, from: { kind: 'Field', name: '', key: '', optional: true } };
  return { name, value: textAt(value, 'value') ?? '', from: null };
};

const container = (value: unknown, init: boolean): ContainerSpec => {
  const quantity = (group: string, resource: string): number | null => parseQuantity(textAt(value, 'resources', group, resource));
  return {
    name: textAt(value, 'name') ?? '',
    init,
    image: textAt(value, 'image'),
    command: listAt(value, 'command').map(String),
    args: listAt(value, 'args').map(String),
    ports: listAt(value, 'ports').flatMap((item) => {
      const port = numberAt(item, 'containerPort');
      return port === null ? [] : [{ name: textAt(item, 'name'), port, protocol: textAt(item, 'protocol') ?? 'TCP', hostPort: numberAt(item, 'hostPort') }];
    }),
    cpuRequest: quantity('requests', 'cpu'),
    cpuLimit: quantity('limits', 'cpu'),
    memoryRequest: quantity('requests', 'memory'),
    memoryLimit: quantity('limits', 'memory'),
    liveness: probe(at(value, 'livenessProbe')),
    readiness: probe(at(value, 'readinessProbe')),
    startup: probe(at(value, 'startupProbe')),
    env: listAt(value, 'env').map(envVar),
    mounts: listAt(value, 'volumeMounts').map((item) => ({
      path: textAt(item, 'mountPath') ?? '',
      volume: textAt(item, 'name') ?? '',
      readOnly: booleanAt(item, 'readOnly') ?? false,
    })),
    security: {
      runAsNonRoot: booleanAt(value, 'securityContext', 'runAsNonRoot'),
      runAsUser: numberAt(value, 'securityContext', 'runAsUser'),
      readOnlyRootFilesystem: booleanAt(value, 'securityContext', 'readOnlyRootFilesystem'),
    },
  };
};

const volume = (value: unknown): Volume => {
  const name = textAt(value, 'name') ?? '';
  const type = Object.keys(objectAt(value)).find((key) => key !== 'name') ?? 'unknown';
  const source =
    textAt(value, 'configMap', 'name') ??
    textAt(value, 'secret', 'secretName') ??
    textAt(value, 'persistentVolumeClaim', 'claimName') ??
    textAt(value, 'hostPath', 'path');
  return { name, type, source, hostPathType: textAt(value, 'hostPath', 'type') };
};

const envFromReferences = (item: unknown): readonly ConfigReference[] =>
  listAt(item, 'envFrom').flatMap((from) =>
    (
      [
        ['Secret', 'secretRef'],
        ['ConfigMap', 'configMapRef'],
      ] as const
    ).flatMap(([kind, key]) => {
      const name = textAt(from, key, 'name') ?? (at(from, key) === undefined ? null : textAt(from, 'name'));
      const optional = booleanAt(from, key, 'optional') ?? booleanAt(from, 'optional') ?? false;
      return name === null ? [] : [{ kind, name, key: null, optional, where: `envFrom of container ${textAt(item, 'name') ?? ''}` }];
    }),
  );

/** Every Secret, ConfigMap, claim and account that the spec names. */
const referencesOf = (spec: JsonObject, containers: readonly ContainerSpec[]): readonly ConfigReference[] => {
  const references: ConfigReference[] = [];
  for (const item of containers) {
    for (const env of item.env) {
      if (env.from === null || env.from.kind === 'Field') continue;
      references.push({ kind: env.from.kind, name: env.from.name, key: env.from.key, optional: env.from.optional, where: `env ${env.name} of container ${item.name}` });
    }
  }
  for (const item of [...listAt(spec, 'containers'), ...listAt(spec, 'initContainers')]) references.push(...envFromReferences(item));
  for (const item of listAt(spec, 'volumes')) {
    const where = `volume ${textAt(item, 'name') ?? ''}`;
    const optional = booleanAt(item, 'configMap', 'optional') ?? booleanAt(item, 'secret', 'optional') ?? false;
    const add = (kind: ConfigReference['kind'], name: string | null): void => {
      if (name !== null) references.push({ kind, name, key: null, optional, where });
    };
    add('ConfigMap', textAt(item, 'configMap', 'name'));
    add('Secret', textAt(item, 'secret', 'secretName'));
    add('PersistentVolumeClaim', textAt(item, 'persistentVolumeClaim', 'claimName'));
  }
  return references;
};

export const readPodSpec = (spec: JsonObject): PodSpec => {
  const containers = [...listAt(spec, 'initContainers').map((item) => container(item, true)), ...listAt(spec, 'containers').map((item) => container(item, false))];
  return {
    containers,
    volumes: listAt(spec, 'volumes').map(volume),
    references: referencesOf(spec, containers),
    serviceAccount: textAt(spec, 'serviceAccountName') ?? textAt(spec, 'serviceAccount'),
    imagePullSecrets: listAt(spec, 'imagePullSecrets').flatMap((item) => textAt(item, 'name') ?? []),
    nodeSelector: textMapAt(spec, 'nodeSelector') ?? {},
    hasAffinity: Object.keys(objectAt(spec, 'affinity')).length > 0,
    tolerations: listAt(spec, 'tolerations').map((item) => ({
      key: textAt(item, 'key'),
      operator: textAt(item, 'operator') ?? 'Equal',
      value: textAt(item, 'value'),
      effect: textAt(item, 'effect'),
    })),
    dnsPolicy: textAt(spec, 'dnsPolicy'),
    hasDnsConfig: at(spec, 'dnsConfig') !== undefined,
    hostNetwork: booleanAt(spec, 'hostNetwork') ?? false,
  };
};

const stateOf = (value: unknown): ContainerState | null => {
  for (const phase of ['waiting', 'running', 'terminated'] as const) {
    const state = at(value, phase);
    if (state === undefined) continue;
    return {
      phase,
      reason: textAt(state, 'reason'),
      message: textAt(state, 'message'),
      exitCode: numberAt(state, 'exitCode'),
      startedAt: parseDate(textAt(state, 'startedAt')),
      finishedAt: parseDate(textAt(state, 'finishedAt')),
    };
  }
  return null;
};

export const readContainerStatuses = (status: JsonObject): readonly ContainerStatus[] =>
  (['initContainerStatuses', 'containerStatuses'] as const).flatMap((key) =>
    listAt(status, key).map((item) => ({
      name: textAt(item, 'name') ?? '',
      init: key === 'initContainerStatuses',
      ready: booleanAt(item, 'ready'),
      restarts: numberAt(item, 'restartCount'),
      state: stateOf(at(item, 'state')),
      lastState: stateOf(at(item, 'lastState')),
    })),
  );

export const readConditions = (value: unknown): readonly Condition[] =>
  listAt(value, 'conditions').map((item) => ({
    type: textAt(item, 'type') ?? '',
    status: textAt(item, 'status') ?? '',
    reason: textAt(item, 'reason'),
    message: textAt(item, 'message'),
    since: parseDate(textAt(item, 'lastTransitionTime')),
  }));
