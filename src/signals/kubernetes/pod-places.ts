/** Where pods run, as far as the cluster printed it. */
import type { ClusterGraph } from './cluster/cluster-graph.ts';

const nameIn = (key: string): string => key.slice(key.lastIndexOf('/') + 1);

/** By name of the pod the machine it runs on; pods of one name on two machines (of two namespaces) are left out. */
export const podPlaces = ({ edges }: ClusterGraph): ReadonlyMap<string, string> => {
  const places = new Map<string, string>();
  const unclear = new Set<string>();
  for (const { from, to, relation } of edges) {
    if (relation !== 'runs_on') continue;
    const [pod, node] = [nameIn(from), nameIn(to)];
    if ((places.get(pod) ?? node) !== node) unclear.add(pod);
    places.set(pod, node);
  }
  for (const pod of unclear) places.delete(pod);
  return places;
};
