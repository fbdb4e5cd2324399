/** The state of a cluster at one moment, as far as it was printed. Null always means "not known". */
import type { EpochMs } from '../../../domain/time.ts';
import type { JsonObject } from '../parse/json-value.ts';
import type { ConnectionCheck, NodeService } from '../parse/node-checks.ts';

export type Labels = Readonly<Record<string, string>>;

export interface ObjectMeta {
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
  readonly labels: Labels;
  readonly createdAt: EpochMs | null;
  readonly terminating: boolean;
  /** When its deletion was asked for. */
  readonly deletedAt: EpochMs | null;
  readonly finalizers: readonly string[];
  readonly owner: { readonly kind: string; readonly name: string } | null;
  readonly file: string;
}

export interface ProbeSpec {
  readonly type: 'http' | 'tcp' | 'grpc' | 'exec' | 'unknown';
  /** Number or port name, as written. */
  readonly port: string | null;
  readonly path: string | null;
  readonly initialDelaySeconds: number | null;
  readonly timeoutSeconds: number | null;
  readonly periodSeconds: number | null;
  readonly failureThreshold: number | null;
}

export interface ContainerState {
  readonly phase: 'waiting' | 'running' | 'terminated';
  readonly reason: string | null;
  readonly message: string | null;
  readonly exitCode: number | null;
  readonly startedAt: EpochMs | null;
  readonly finishedAt: EpochMs | null;
}

/** A value, or a key of a Secret or ConfigMap. `kind` is Field for downward API values. */
export interface EnvVar {
  readonly name: string;
  readonly value: string | null;
  readonly from: { readonly kind: 'Secret' | 'ConfigMap' | 'Field'; readonly name: string; readonly key: string; readonly optional: boolean } | null;
}

export interface ConfigReference {
  readonly kind: 'Secret' | 'ConfigMap' | 'PersistentVolumeClaim' | 'ServiceAccount';
  readonly name: string;
  /** Null: the whole object. */
  readonly key: string | null;
  readonly optional: boolean;
  /** Where it is named: `env DB_PASSWORD of container app`. */
  readonly where: string;
}

export interface ContainerSpec {
  readonly name: string;
  readonly init: boolean;
  readonly image: string | null;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly ports: readonly { readonly name: string | null; readonly port: number; readonly protocol: string; readonly hostPort: number | null }[];
  /** Cores and bytes. */
  readonly cpuRequest: number | null;
  readonly cpuLimit: number | null;
  readonly memoryRequest: number | null;
  readonly memoryLimit: number | null;
  readonly liveness: ProbeSpec | null;
  readonly readiness: ProbeSpec | null;
  readonly startup: ProbeSpec | null;
  readonly env: readonly EnvVar[];
  readonly mounts: readonly { readonly path: string; readonly volume: string; readonly readOnly: boolean }[];
  readonly security: { readonly runAsNonRoot: boolean | null; readonly readOnlyRootFilesystem: boolean | null; readonly runAsUser: number | null };
}

export interface ContainerStatus {
  readonly name: string;
  readonly init: boolean;
  readonly ready: boolean | null;
  readonly restarts: number | null;
  readonly state: ContainerState | null;
  readonly lastState: ContainerState | null;
}

export interface Volume {
  readonly name: string;
  readonly type: string;
  /** Name of the Secret, ConfigMap or claim, or the host path. */
  readonly source: string | null;
  readonly hostPathType: string | null;
}

export interface PodSpec {
  readonly containers: readonly ContainerSpec[];
  readonly volumes: readonly Volume[];
  readonly references: readonly ConfigReference[];
  readonly serviceAccount: string | null;
  readonly imagePullSecrets: readonly string[];
  readonly nodeSelector: Labels;
  readonly hasAffinity: boolean;
  readonly tolerations: readonly { readonly key: string | null; readonly operator: string; readonly value: string | null; readonly effect: string | null }[];
  readonly dnsPolicy: string | null;
  readonly hasDnsConfig: boolean;
  readonly hostNetwork: boolean;
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string | null;
  readonly message: string | null;
  readonly since: EpochMs | null;
}

export interface Pod extends ObjectMeta {
  readonly phase: string | null;
  /** The STATUS column of `kubectl get pods`, or the pod's own reason. */
  readonly status: string | null;
  readonly message: string | null;
  readonly node: string | null;
  readonly ip: string | null;
  readonly spec: PodSpec;
  readonly containers: readonly ContainerStatus[];
  readonly conditions: readonly Condition[];
  /** From the table: ready of total containers, restarts of all. */
  readonly readyCount: number | null;
  readonly containerCount: number | null;
  readonly restarts: number;
  readonly lastRestartAt: EpochMs | null;
  /** The workload at the top of its owners; itself when bare. */
  readonly workload: WorkloadRef;
}

export interface WorkloadRef {
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
}

export interface Workload extends ObjectMeta {
  readonly desired: number | null;
  readonly current: number | null;
  readonly ready: number | null;
  readonly available: number | null;
  readonly selector: Labels | null;
  readonly templateLabels: Labels | null;
  readonly spec: PodSpec;
  readonly conditions: readonly Condition[];
  readonly suspended: boolean;
  /** Changes of the template are not rolled out. */
  readonly paused: boolean;
  /** Pods of the newest template. */
  readonly updated: number | null;
  readonly strategy: string | null;
  /** Of a StatefulSet: pods with a lower ordinal keep the old template. */
  readonly partition: number | null;
  /** Of a StatefulSet: the Service that gives its pods their names. */
  readonly governingService: string | null;
  readonly schedule: string | null;
}

export interface ServicePort {
  readonly name: string | null;
  readonly port: number;
  /** Number or name, as written; null: not printed. */
  readonly targetPort: string | null;
  readonly protocol: string;
}

export interface Service extends ObjectMeta {
  readonly type: string;
  readonly clusterIp: string | null;
  /** Null: no selector, or not known. */
  readonly selector: Labels | null;
  readonly ports: readonly ServicePort[];
  readonly externalName: string | null;
  /** `ip:port` of ready endpoints; null: not printed. */
  readonly endpoints: readonly string[] | null;
  readonly notReadyEndpoints: readonly string[];
}

export interface ClusterNode extends ObjectMeta {
  readonly conditions: readonly Condition[];
  readonly taints: readonly { readonly key: string; readonly value: string | null; readonly effect: string | null }[];
  readonly unschedulable: boolean;
  readonly addresses: readonly string[];
  readonly allocatableCpu: number | null;
  readonly allocatableMemory: number | null;
  readonly heartbeatAt: EpochMs | null;
}

export interface ConfigObject extends ObjectMeta {
  /** Null: not printed. */
  readonly keys: readonly string[] | null;
  /** ConfigMaps only. */
  readonly data: Readonly<Record<string, string>>;
  readonly secretType: string | null;
  /** Of a printed TLS certificate: valid until. */
  readonly certificateEnds: EpochMs | null;
}

export interface Claim extends ObjectMeta {
  readonly phase: string | null;
  readonly volume: string | null;
  readonly storageClass: string | null;
  readonly accessModes: readonly string[];
  readonly requestBytes: number | null;
  readonly selector: Labels | null;
  readonly conditions: readonly Condition[];
}

export interface StorageVolume extends ObjectMeta {
  readonly phase: string | null;
  readonly storageClass: string | null;
  readonly accessModes: readonly string[];
  readonly capacityBytes: number | null;
  readonly claim: { readonly namespace: string | null; readonly name: string } | null;
}

export interface Quota extends ObjectMeta {
  readonly resources: readonly { readonly resource: string; readonly used: string; readonly hard: string }[];
}

export interface Policy extends ObjectMeta {
  /** Null: expressions that a map cannot hold. */
  readonly podSelector: Labels | null;
  readonly types: readonly string[];
  /** Number of allow rules; 0 isolates; null: direction not affected or not printed. */
  readonly ingressRules: number | null;
  readonly egressRules: number | null;
  /** Ports that alone may be sent to; null: any, or not known. */
  readonly egressPorts: readonly string[] | null;
  /** Selectors of the pods of the same namespace that alone may send; null: others may too, or not known. */
  readonly senders: readonly Labels[] | null;
}

export interface Autoscaler extends ObjectMeta {
  readonly target: { readonly kind: string; readonly name: string } | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly current: number | null;
  readonly desired: number | null;
  readonly conditions: readonly Condition[];
}

export interface IngressRoute extends ObjectMeta {
  readonly backends: readonly { readonly service: string; readonly port: string | null }[];
  readonly tlsSecrets: readonly string[];
  readonly className: string | null;
  readonly hosts: readonly string[];
}

export interface ClusterEvent {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly about: { readonly kind: string; readonly namespace: string | null; readonly name: string };
  readonly count: number;
  readonly first: EpochMs | null;
  readonly last: EpochMs | null;
  readonly file: string;
}

/** An object without a type of its own, as the API has it. */
export interface OtherObject extends ObjectMeta {
  readonly conditions: readonly Condition[];
  readonly body: JsonObject;
}

export interface PodUsage {
  readonly kind: 'Pod' | 'Node';
  readonly namespace: string | null;
  readonly name: string;
  readonly cpuCores: number | null;
  readonly memoryBytes: number | null;
  readonly cpuPercent: number | null;
  readonly memoryPercent: number | null;
}

export interface Cluster {
  readonly at: EpochMs;
  readonly pods: readonly Pod[];
  readonly workloads: readonly Workload[];
  readonly services: readonly Service[];
  readonly nodes: readonly ClusterNode[];
  readonly configs: readonly ConfigObject[];
  readonly claims: readonly Claim[];
  readonly volumes: readonly StorageVolume[];
  readonly storageClasses: readonly (ObjectMeta & { readonly provisioner: string | null; readonly bindingMode: string | null })[];
  readonly quotas: readonly Quota[];
  readonly policies: readonly Policy[];
  readonly autoscalers: readonly Autoscaler[];
  readonly ingresses: readonly IngressRoute[];
  readonly serviceAccounts: readonly (ObjectMeta & { readonly imagePullSecrets: readonly string[] })[];
  /** Kinds without a type of their own, custom resources among them. */
  readonly others: readonly OtherObject[];
  readonly events: readonly ClusterEvent[];
  readonly usage: readonly PodUsage[];
  readonly nodeServices: readonly NodeService[];
  readonly connections: readonly ConnectionCheck[];
  /** Kinds of which a whole file was printed, per namespace (`*` for cluster-wide listings): "not there" means something only for these. */
  readonly listed: ReadonlySet<string>;
}
