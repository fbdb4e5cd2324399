/** Connection tests that people run beside kubectl (`nc -zv service port`, perhaps from every node). */
import { blameNode, blameObject, blameWorkload, clip, isSteady, STRENGTH, SUFFERING, type Check, type CheckInput, type Suspicion } from './check.ts';

const MIN_TARGETS = 3;

interface Tally {
  failed: number;
  ok: number;
}

/** A test that was run on several nodes names each before its outcome: `… on node-b: … failed`. */
const outcomesByNode = (text: string, nodes: readonly string[]): ReadonlyMap<string, boolean> => {
  const marks = nodes
    .flatMap((node) => {
      const at = text.indexOf(`${node}:`);
      return at < 0 ? [] : [{ node, at }];
    })
    .sort((a, b) => a.at - b.at);
  return new Map(marks.map(({ node, at }, index) => [node, !FAILED.test(text.slice(at, marks[index + 1]?.at ?? text.length))]));
};

const FAILED = /failed|refused|timed? ?out|unreachable|no route/i;

/** From one node most Services cannot be reached, from the others they can: that node's proxy or network is broken. */
const blindNode = ({ cluster }: CheckInput): readonly Suspicion[] => {
  const tallies = new Map<string, Tally>();
  for (const check of cluster.connections) {
    for (const [node, ok] of outcomesByNode(
      check.text,
      cluster.nodes.map((item) => item.name),
    )) {
      const tally = tallies.get(node) ?? { failed: 0, ok: 0 };
      if (ok) tally.ok++;
      else tally.failed++;
      tallies.set(node, tally);
    }
  }
  const isBlind = (tally: Tally): boolean => tally.failed >= MIN_TARGETS && tally.failed >= 2 * tally.ok;
  const sighted = [...tallies.values()].filter((tally) => !isBlind(tally) && tally.ok > tally.failed);
  if (sighted.length === 0) return [];
  return [...tallies]
    .filter(([, tally]) => isBlind(tally))
    .map(([node, tally]) => ({
      check: 'node-blind',
      blame: blameNode(node),
      role: 'cause' as const,
      faults: { crash: 1, network_loss: 0.9 },
      strength: STRENGTH.strong + 0.6,
      onset: null,
      indicator: 'connection test',
      observed: `${tally.failed} of ${tally.failed + tally.ok} targets fail`,
      expected: 'as from the other nodes',
      summary: `From node ${node} ${tally.failed} of ${tally.failed + tally.ok} Services cannot be reached, from other nodes they can.`,
      command: `kubectl get pods -n kube-system --field-selector spec.nodeName=${node}`,
      samples: [],
    }));
};

const unreachable = ({ cluster, index }: CheckInput): readonly Suspicion[] => {
  const failing = cluster.connections.filter((item) => !item.ok);
  return failing.map((item) => {
    const service = cluster.services.find((other) => other.name === item.target.split('.')[0]);
    const blame = service === undefined ? blameWorkload({ kind: 'Deployment', namespace: null, name: item.target }) : blameObject(service);
    const behind = service === undefined ? [] : index.appsBehind(service);
    // Many at once have a common cause elsewhere.
    const healthy = failing.length < MANY_FAILING && behind.some((app) => app.pods.some(isSteady));
    return {
      check: 'connection-failed',
      blame,
      detail: String(item.port ?? ''),
      role: healthy ? ('cause' as const) : ('symptom' as const),
      faults: healthy ? { configuration: 0.8, network_loss: 0.7, dependency: 0.3 } : SUFFERING,
      strength: healthy ? STRENGTH.likely : STRENGTH.weak,
      onset: null,
      indicator: 'connection test',
      observed: 'failed',
      expected: 'connected',
      summary: `A connection to ${item.target}:${item.port ?? '?'} fails${healthy ? ' although its pods are ready' : ''} (${clip(item.text, 100)}).`,
      command: `nc -zv ${item.target} ${item.port ?? ''}`.trim(),
      samples: [clip(item.text)],
    };
  });
};

const MANY_FAILING = 4;

const SERVICE = 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/';

export const CONNECTION_CHECKS: readonly Check[] = [
  {
    id: 'node-blind',
    why: "Every node forwards Service addresses by itself (kube-proxy, CNI); what fails from one node only is that node's fault.",
    source: 'https://kubernetes.io/docs/reference/networking/virtual-ips/',
    run: blindNode,
  },
  { id: 'connection-failed', why: 'A failed connection to a Service whose pods are ready points at what lies between.', source: SERVICE, run: unreachable },
];
