/** What every parser yields: an object in the shape of the Kubernetes API, however it was printed. */
import type { JsonObject } from './json-value.ts';

/** Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/ */
export interface KubeObject {
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
  /** `metadata`, `spec`, `status` … as the API has them; any part may be missing. */
  readonly body: JsonObject;
  /** The form it was printed in; richer forms win when the same object was printed twice. */
  readonly form: 'api' | 'describe' | 'table';
  readonly file: string;
}

/** Ages in text (`5m12s`) are relative to the time of printing, so parsers need it. */
export interface PrintedFile {
  readonly file: string;
  readonly text: string;
  /** Epoch milliseconds at which kubectl ran. */
  readonly printedAt: number;
}

const KINDS: Readonly<Record<string, string>> = {
  po: 'Pod',
  pod: 'Pod',
  pods: 'Pod',
  deploy: 'Deployment',
  deployment: 'Deployment',
  deployments: 'Deployment',
  'deployment.apps': 'Deployment',
  rs: 'ReplicaSet',
  replicaset: 'ReplicaSet',
  replicasets: 'ReplicaSet',
  'replicaset.apps': 'ReplicaSet',
  sts: 'StatefulSet',
  statefulset: 'StatefulSet',
  statefulsets: 'StatefulSet',
  'statefulset.apps': 'StatefulSet',
  ds: 'DaemonSet',
  daemonset: 'DaemonSet',
  daemonsets: 'DaemonSet',
  'daemonset.apps': 'DaemonSet',
  job: 'Job',
  jobs: 'Job',
  'job.batch': 'Job',
  cj: 'CronJob',
  cronjob: 'CronJob',
  cronjobs: 'CronJob',
  'cronjob.batch': 'CronJob',
  svc: 'Service',
  service: 'Service',
  services: 'Service',
  ep: 'Endpoints',
  endpoints: 'Endpoints',
  endpointslice: 'EndpointSlice',
  endpointslices: 'EndpointSlice',
  no: 'Node',
  node: 'Node',
  nodes: 'Node',
  ns: 'Namespace',
  namespace: 'Namespace',
  namespaces: 'Namespace',
  cm: 'ConfigMap',
  configmap: 'ConfigMap',
  configmaps: 'ConfigMap',
  secret: 'Secret',
  secrets: 'Secret',
  sa: 'ServiceAccount',
  serviceaccount: 'ServiceAccount',
  serviceaccounts: 'ServiceAccount',
  pvc: 'PersistentVolumeClaim',
  persistentvolumeclaim: 'PersistentVolumeClaim',
  persistentvolumeclaims: 'PersistentVolumeClaim',
  pv: 'PersistentVolume',
  persistentvolume: 'PersistentVolume',
  persistentvolumes: 'PersistentVolume',
  sc: 'StorageClass',
  storageclass: 'StorageClass',
  storageclasses: 'StorageClass',
  quota: 'ResourceQuota',
  resourcequota: 'ResourceQuota',
  resourcequotas: 'ResourceQuota',
  limits: 'LimitRange',
  limitrange: 'LimitRange',
  limitranges: 'LimitRange',
  netpol: 'NetworkPolicy',
  networkpolicy: 'NetworkPolicy',
  networkpolicies: 'NetworkPolicy',
  hpa: 'HorizontalPodAutoscaler',
  horizontalpodautoscaler: 'HorizontalPodAutoscaler',
  horizontalpodautoscalers: 'HorizontalPodAutoscaler',
  ing: 'Ingress',
  ingress: 'Ingress',
  ingresses: 'Ingress',
  ev: 'Event',
  event: 'Event',
  events: 'Event',
  role: 'Role',
  roles: 'Role',
  rolebinding: 'RoleBinding',
  rolebindings: 'RoleBinding',
  pdb: 'PodDisruptionBudget',
  poddisruptionbudget: 'PodDisruptionBudget',
  poddisruptionbudgets: 'PodDisruptionBudget',
  certificaterequest: 'CertificateRequest',
  certificaterequests: 'CertificateRequest',
  issuer: 'Issuer',
  issuers: 'Issuer',
  clusterissuer: 'ClusterIssuer',
  clusterissuers: 'ClusterIssuer',
  clusterrole: 'ClusterRole',
  clusterroles: 'ClusterRole',
  clusterrolebinding: 'ClusterRoleBinding',
  clusterrolebindings: 'ClusterRoleBinding',
  ingressclass: 'IngressClass',
  ingressclasses: 'IngressClass',
  priorityclass: 'PriorityClass',
  priorityclasses: 'PriorityClass',
  runtimeclass: 'RuntimeClass',
  runtimeclasses: 'RuntimeClass',
  apiservice: 'APIService',
  apiservices: 'APIService',
  crd: 'CustomResourceDefinition',
  customresourcedefinition: 'CustomResourceDefinition',
  customresourcedefinitions: 'CustomResourceDefinition',
  validatingwebhookconfiguration: 'ValidatingWebhookConfiguration',
  validatingwebhookconfigurations: 'ValidatingWebhookConfiguration',
  mutatingwebhookconfiguration: 'MutatingWebhookConfiguration',
  mutatingwebhookconfigurations: 'MutatingWebhookConfiguration',
  lease: 'Lease',
  leases: 'Lease',
  volumeattachment: 'VolumeAttachment',
  volumeattachments: 'VolumeAttachment',
  vpa: 'VerticalPodAutoscaler',
  verticalpodautoscaler: 'VerticalPodAutoscaler',
  verticalpodautoscalers: 'VerticalPodAutoscaler',
  certificate: 'Certificate',
  certificates: 'Certificate',
};

/** The API kind of a resource word as kubectl takes or prints it (`po`, `pods`, `deployment.apps`); null when unknown. */
export const kindOfResource = (word: string): string | null => {
  const lower = word.toLowerCase();
  const exact = Object.hasOwn(KINDS, lower) ? KINDS[lower] : undefined;
  if (exact !== undefined) return exact;
  const stem = lower.split('.', 1)[0] ?? '';
  return Object.hasOwn(KINDS, stem) ? (KINDS[stem] ?? null) : null;
};

/** The kind a file's name hints at (`get-pods.txt`, `kubectl_describe_nodes.txt`); the longest word wins. */
export const kindOfFile = (file: string): string | null => {
  const base = file.slice(file.lastIndexOf('/') + 1).toLowerCase();
  const words = base
    .split(/[^a-z]+/)
    .filter((word) => word.length > 3)
    .slice(0, 20);
  for (const word of words) {
    const kind = kindOfResource(word);
    if (kind !== null) return kind;
  }
  return null;
};
