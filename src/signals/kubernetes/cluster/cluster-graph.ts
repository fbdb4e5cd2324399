/** Who uses whom in the cluster: edges point from the user to what it needs. */
import type { ClusterIndex } from './cluster-index.ts';
import type { Cluster } from './types.ts';

export interface GraphNode {
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
}

export interface GraphEdge {
  /** `Kind/namespace/name` of the user. */
  readonly from: string;
  /** … and of what it needs. */
  readonly to: string;
  /** ingress ► service `routes`, service ► workload `selects`, workload ► service `calls`, workload ► pod `owns`, pod ► node `runs_on`, workload ► config `reads`, workload ► claim `mounts`, claim ► volume `binds`. */
  readonly relation: 'routes' | 'selects' | 'calls' | 'owns' | 'runs_on' | 'reads' | 'mounts' | 'binds';
}

export interface ClusterGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export const graphKey = (node: GraphNode): string => `${node.kind}/${node.namespace ?? ''}/${node.name}`;

const sorted = <T>(map: ReadonlyMap<string, T>): T[] => [...map.entries()].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([, value]) => value);

export const clusterGraph = (cluster: Cluster, index: ClusterIndex): ClusterGraph => {
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  const node = (kind: string, namespace: string | null, name: string): string => {
    const item = { kind, namespace, name };
    const key = graphKey(item);
    nodes.set(key, item);
    return key;
  };
  const edge = (from: string, to: string, relation: GraphEdge['relation']): void => {
    if (from !== to) edges.set(`${from} ${relation} ${to}`, { from, to, relation });
  };
  for (const item of cluster.services) node('Service', item.namespace, item.name);
  for (const item of cluster.ingresses)
    for (const backend of item.backends) edge(node('Ingress', item.namespace, item.name), node('Service', item.namespace, backend.service), 'routes');
  for (const app of index.apps) {
    const key = node(app.ref.kind, app.ref.namespace, app.ref.name);
    for (const service of app.services) edge(node('Service', service.namespace, service.name), key, 'selects');
    for (const use of app.addresses) edge(key, node('Service', use.namespace, use.service), 'calls');
    for (const reference of app.spec.references)
      edge(key, node(reference.kind, app.ref.namespace, reference.name), reference.kind === 'PersistentVolumeClaim' ? 'mounts' : 'reads');
    for (const pod of app.pods) {
      const podKey = node('Pod', pod.namespace, pod.name);
      edge(key, podKey, 'owns');
      if (pod.node !== null) edge(podKey, node('Node', null, pod.node), 'runs_on');
    }
  }
  for (const claim of cluster.claims)
    if (claim.volume !== null) edge(node('PersistentVolumeClaim', claim.namespace, claim.name), node('PersistentVolume', null, claim.volume), 'binds');
  return { nodes: sorted(nodes), edges: sorted(edges) };
};
