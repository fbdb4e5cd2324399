/** Warning events of Kubernetes' own components and of usual add-ons: what their reasons and messages mean. */
import type { Fault } from '../../../domain/report.ts';
import { STRENGTH } from './check.ts';

export interface EventMeaning {
  readonly id: string;
  readonly reason?: RegExp;
  readonly message?: RegExp;
  readonly faults: Readonly<Partial<Record<Fault, number>>>;
  readonly strength: number;
  readonly meaning: string;
  /** True of the object also while its pods are ready. */
  readonly lasting?: boolean;
  /** Written as Normal. */
  readonly normal?: boolean;
}

/** Told by checks of their own. */
export const TOLD_ELSEWHERE: ReadonlySet<string> = new Set([
  'FailedScheduling', 'FailedCreate', 'ReplicaSetCreateError', 'BackOff', 'Unhealthy', 'Failed', 'ErrImagePull', 'ImagePullBackOff', 'InspectFailed', 'ErrImageNeverPull', 'FailedCreatePodSandBox', 'FailedMount',
  'FailedAttachVolume', 'FailedMapVolume', 'Evicted', 'NodeNotReady',
]);

/** Written in healthy clusters too: races that are tried again, notes to administrators. */
export const HARMLESS: ReadonlySet<string> = new Set([
  'FailedToUpdateEndpoint', 'FailedToUpdateEndpointSlices', 'DNSConfigForming', 'InvalidDiskCapacity', 'MissingClusterDNS', 'CheckLimitsForResolvConf', 'FailedToRetrieveImagePullSecret', 'TaintManagerEviction', 'Killing',
  'WaitForFirstConsumer', 'PossibleMemoryBackedVolumesOnDisk', 'ClusterIPNotAllocated', 'PortNotAllocated', 'AlreadyMountedVolume', 'ProbeWarning', 'RecreatingFailedPod', 'ClientCertRotation',
]);

/**
 * First match wins.
 * Sources: https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/events/event.go and the controllers' recorders;
 * https://github.com/kubernetes/node-problem-detector, https://cert-manager.io/docs/troubleshooting/, https://github.com/kubernetes/autoscaler
 */
export const EVENT_LORE: readonly EventMeaning[] = [
  { id: 'certificate-expired', message: /certificate (?:has )?expired|certificate .{0,120} is expired/i, faults: { certificate: 1, configuration: 0.4 }, strength: STRENGTH.proof, meaning: 'a certificate has expired', lasting: true },
  { id: 'acme', message: /\bacme\b|urn:ietf:params:acme|issu(?:e|ing) certificate|http-01|dns-01/i, faults: { certificate: 1, configuration: 0.5, dns: 0.3 }, strength: STRENGTH.strong, meaning: 'a certificate cannot be issued', lasting: true },
  { id: 'system-oom', reason: /^(?:SystemOOM|OOMKilling)$/, faults: { memory: 1, capacity: 0.5, crash: 0.4 }, strength: STRENGTH.strong, meaning: 'the kernel kills processes for memory', lasting: true },
  { id: 'disk-full', reason: /^(?:EvictionThresholdMet|FreeDiskSpaceFailed|ImageGCFailed|ContainerGCFailed)$/, message: /ephemeral-storage|disk|image|inodes|garbage/i, faults: { disk: 1, storage: 0.5, capacity: 0.4 }, strength: STRENGTH.strong, meaning: 'the disk of the node is full', lasting: true },
  { id: 'memory-short', reason: /^EvictionThresholdMet$/, faults: { memory: 1, capacity: 0.5 }, strength: STRENGTH.strong, meaning: 'the node is short of memory or process ids', lasting: true },
  { id: 'kernel', reason: /^(?:KernelOops|KernelDeadlock|TaskHung|UnregisterNetDevice|FrequentKubeletRestart|FrequentContainerdRestart|FrequentDockerRestart|KubeletUnhealthy|ContainerdUnhealthy)$/, faults: { crash: 1, storage: 0.3 }, strength: STRENGTH.strong, meaning: 'kernel or services of the node are failing', lasting: true },
  { id: 'disk-broken', reason: /^(?:FilesystemIsReadOnly|ReadonlyFilesystem|CorruptDockerOverlay2|Ext4Error|IOError)$/, faults: { disk: 1, storage: 0.8 }, strength: STRENGTH.strong, meaning: 'the disk of the node is failing', lasting: true },
  { id: 'rebooted', reason: /^Rebooted$/, faults: { crash: 1 }, strength: STRENGTH.strong, meaning: 'the node was restarted', lasting: true },
  { id: 'node-network', reason: /^(?:NetworkNotReady|NetworkUnavailable)$/, message: /network/i, faults: { network_loss: 1, crash: 0.5, configuration: 0.3 }, strength: STRENGTH.likely, meaning: 'the pod network is not ready' },
  { id: 'preempted', reason: /^Preempt(?:ed|ing)$/, faults: { scheduling: 1, capacity: 0.9, configuration: 0.5 }, strength: STRENGTH.strong, meaning: 'it was evicted for a pod of higher priority', normal: true, lasting: true },
  { id: 'deadline', reason: /^DeadlineExceeded$/, faults: { configuration: 0.9, capacity: 0.5, crash: 0.5 }, strength: STRENGTH.strong, meaning: 'it ran longer than its deadline allows', lasting: true },
  { id: 'missed-runs', reason: /^(?:MissSchedule|FailedNeedsStart|TooManyMissedTimes|MissedSchedule)$/, faults: { configuration: 1, scheduling: 0.6 }, strength: STRENGTH.strong, meaning: 'its runs are missed', lasting: true },
  { id: 'bad-schedule', reason: /^(?:InvalidSchedule|UnparseableSchedule|UnparsableSchedule|UnknownTimeZone)$/, faults: { configuration: 1 }, strength: STRENGTH.proof, meaning: 'its schedule cannot be read', lasting: true },
  { id: 'job-overlaps', reason: /^JobAlreadyActive$/, faults: { configuration: 0.9, capacity: 0.6 }, strength: STRENGTH.likely, meaning: 'a former run still runs, so the next does not start', normal: true, lasting: true },
  { id: 'backoff-limit', reason: /^BackoffLimitExceeded$/, faults: { crash: 0.9, configuration: 0.5, data: 0.3 }, strength: STRENGTH.likely, meaning: 'it failed as often as it may', lasting: true },
  { id: 'provision-quota', reason: /^ProvisioningFailed$/, message: /quota|limit exceeded/i, faults: { capacity: 0.9, storage: 1 }, strength: STRENGTH.strong, meaning: 'the provider gives no more volumes', lasting: true },
  { id: 'provision', reason: /^(?:ProvisioningFailed|ProvisioningCleanupFailed|FailedBinding|VolumeMismatch|VolumeFailedDelete|VolumeFailedRecycle|ClaimLost|ClaimMisbound)$/, faults: { storage: 1, configuration: 0.6 }, strength: STRENGTH.strong, meaning: 'its volume cannot be provisioned' },
  { id: 'resize', reason: /^(?:VolumeResizeFailed|FileSystemResizeFailed|ExternalExpanding|FailedResize)$/, faults: { storage: 1, configuration: 0.6, capacity: 0.4 }, strength: STRENGTH.strong, meaning: 'its volume cannot be resized', lasting: true },
  { id: 'detach', reason: /^(?:FailedDetachVolume|FailedUnMount|VolumeFailedUnmount|FailedUnmapDevice|FailedMountOnFilesystemMismatch)$/, faults: { storage: 1 }, strength: STRENGTH.likely, meaning: 'its volume does not come free' },
  { id: 'load-balancer', reason: /^(?:SyncLoadBalancerFailed|CreatingLoadBalancerFailed|UnAvailableLoadBalancer|AllocationFailed|LoadBalancerUpdateFailed|UpdateLoadBalancerFailed|FailedDeployModel|FailedBuildModel)$/, faults: { configuration: 0.9, capacity: 0.6, dependency: 0.6 }, strength: STRENGTH.strong, meaning: 'the load balancer cannot be set up', lasting: true },
  { id: 'scale-metrics', reason: /^(?:FailedGet\w*Metrics?|FailedComputeMetricsReplicas|InvalidMetricSourceType|FailedGetScale|FailedUpdateStatus|FailedRescale|SelectorRequired|InvalidSelector|KEDAScalerFailed|ScaledObjectCheckFailed)$/, faults: { capacity: 0.8, configuration: 0.9, dependency: 0.5 }, strength: STRENGTH.weak + 0.6, meaning: 'its autoscaler cannot work', lasting: true },
  { id: 'scale-up', reason: /^(?:FailedScaleUp|FailedToScaleUpGroup|ScaleUpTimedOut|FailedToCreateNodeGroup)$/, faults: { capacity: 1, scheduling: 0.6 }, strength: STRENGTH.strong, meaning: 'no new node can be added', lasting: true },
  { id: 'disruption', reason: /^(?:NoPods|CalculateExpectedPodCountFailed|TooManyPDBs|UnmanagedPods)$/, faults: { configuration: 1 }, strength: STRENGTH.likely, meaning: 'its disruption budget cannot work', lasting: true },
  { id: 'drain', reason: /^(?:FailedDrain|DrainFailed|EvictionBlocked|FailedEviction)$/, message: /disruption budget|evict/i, faults: { configuration: 1, capacity: 0.6 }, strength: STRENGTH.strong, meaning: 'pods cannot be evicted', lasting: true },
  { id: 'hook', reason: /^(?:FailedPostStartHook|FailedPreStopHook|PostStartHookError)$/, faults: { configuration: 1, crash: 0.6 }, strength: STRENGTH.strong, meaning: 'its lifecycle hook fails' },
  { id: 'daemon', reason: /^(?:FailedDaemonPod|FailedPlacement|SelectingAll)$/, faults: { configuration: 0.9, crash: 0.6 }, strength: STRENGTH.likely, meaning: 'its pods fail on their nodes', lasting: true },
  { id: 'kill', reason: /^(?:FailedKillPod|ExceededGracePeriod)$/, faults: { crash: 0.8, configuration: 0.3 }, strength: STRENGTH.weak, meaning: 'its containers do not stop' },
  { id: 'node-admission', reason: /^(?:HostPortConflict|NodePorts|NodeAffinity|NodeSelectorMismatching|OutOfcpu|OutOfmemory|OutOfpods|InsufficientFreeCPU|InsufficientFreeMemory|UnexpectedAdmissionError|TopologyAffinityError|OutOfDisk)$/, faults: { scheduling: 1, configuration: 0.8, capacity: 0.6 }, strength: STRENGTH.strong, meaning: 'the node does not admit the pod', lasting: true },
  { id: 'ingress-rejected', reason: /^(?:Rejected|AddedOrUpdatedWithError|AddedOrUpdatedWithWarning|TranslationFailed|BackendNotFound|InvalidConfiguration|Translate|SyncFailed)$/, faults: { configuration: 1 }, strength: STRENGTH.strong, meaning: 'its controller rejects the configuration', lasting: true },
  { id: 'no-rights', message: /forbidden|unauthori[sz]ed|access ?denied|not authorized/i, faults: { permission: 1, configuration: 0.6 }, strength: STRENGTH.strong, meaning: 'a right is missing', lasting: true },
  { id: 'not-found', message: /(?:not found|does not exist|no matches for kind|could not find|non-existent)/i, faults: { configuration: 1, dependency: 0.4 }, strength: STRENGTH.likely, meaning: 'something that it names does not exist', lasting: true },
  { id: 'sync', reason: /(?:Error|Failed|Failure|Invalid|Rejected|Denied|Stalled|Degraded)$|^(?:Failed|Invalid|Error)/, faults: { configuration: 0.8, dependency: 0.5, unknown: 0.4 }, strength: STRENGTH.weak + 0.6, meaning: 'its controller reports an error', lasting: true },
];
