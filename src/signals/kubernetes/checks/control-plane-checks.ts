/** The store behind the API: what it cannot do, it says in whatever was asked of the API server. */
import type { Fault } from '../../../domain/report.ts';
import { blameObject, blameWorkload, clip, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';
import { isTestimony, isWithin, tail, type ContainerLog } from './container-logs.ts';
import { isFresh } from './event-subject.ts';

const ETCD = /\betcdserver: (?:mvcc: )?(database space exceeded|request timed out|leader changed|no leader|too many requests)|\bmvcc: (database space exceeded)/;
const FULL: Readonly<Partial<Record<Fault, number>>> = { storage: 1, disk: 0.9, capacity: 0.8 };
const SLOW: Readonly<Partial<Record<Fault, number>>> = { crash: 0.9, disk: 0.7, network_loss: 0.6, capacity: 0.5 };
const MIN_LINES = 2;

const saidOf = (input: CheckInput, logs: readonly ContainerLog[]): readonly string[] => [
  ...input.cluster.events.filter((event) => ETCD.test(event.message) && isFresh(event, input.window)).map((event) => event.message),
  ...logs.flatMap((log) => tail(log.text)).filter((line) => ETCD.test(line) && isTestimony(line) && isWithin(line, input.window)),
];

const run = (input: CheckInput, logs: readonly ContainerLog[]): readonly Suspicion[] => {
  const said = saidOf(input, logs);
  const last = said.at(-1);
  if (last === undefined || said.length < MIN_LINES) return [];
  const match = ETCD.exec(last);
  const full = match?.[1] === 'database space exceeded' || match?.[2] !== undefined;
  const member = input.index.apps.find((app) => /^etcd(?:-|$)/.test(app.ref.name));
  return [
    {
      check: 'etcd-fails',
      blame: member === undefined ? blameObject({ kind: 'Pod', namespace: 'kube-system', name: 'etcd' }) : blameWorkload(member.ref),
      role: 'cause',
      faults: full ? FULL : SLOW,
      strength: full ? STRENGTH.strong + 0.6 : STRENGTH.likely,
      onset: null,
      indicator: 'etcdserver',
      observed: `${said.length} times`,
      expected: 0,
      summary: `The API server passes on ${said.length} times that etcd ${full ? 'has no space left' : `fails (${match?.[1] ?? ''})`}: nothing can be changed in the cluster.`,
      command: 'kubectl get pods -n kube-system -l component=etcd',
      samples: [clip(last)],
    },
  ];
};

export const controlPlaneChecks = (logs: readonly ContainerLog[]): readonly Check[] => [
  { id: 'etcd-fails', why: 'All state of the cluster is in etcd; its errors come back with every write.', source: 'https://etcd.io/docs/latest/op-guide/maintenance/#space-quota', run: (input) => run(input, logs) },
];
