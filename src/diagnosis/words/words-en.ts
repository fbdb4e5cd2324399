import type { HypothesisFacts, Words } from './words.ts';

const list = (names: readonly string[]): string => {
  const shown = names.slice(0, 5);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
};

const FAULT: Words['fault'] = {
  cpu: 'CPU exhaustion', memory: 'memory exhaustion', disk: 'disk trouble', network_delay: 'network delay', network_loss: 'network loss', exception: 'exceptions in its code',
  error_return: 'failing calls', code: 'a defect in its code', configuration: 'a wrong configuration', crash: 'crashes', capacity: 'exhausted capacity', dependency: 'a failing dependency',
  scheduling: 'a pod that cannot be scheduled', image: 'an image that cannot be pulled', permission: 'a missing permission', dns: 'name resolution', certificate: 'an expired or wrong certificate',
  storage: 'storage that is full or missing', traffic: 'unusual traffic', data: 'bad data', unknown: 'an unknown fault',
};

const ACT: Words['fault'] = {
  cpu: 'Find what burns CPU in {c} (profile, runaway job, noisy neighbour) and raise its limit or add replicas meanwhile',
  memory: 'Take a heap or memory profile of {c}, then restart it or raise its memory limit',
  disk: 'Check disk space and I/O of {c} and free or enlarge it',
  network_delay: 'Measure the delay to {c} from its callers (ping, tcp retransmits) and check its node, network policies and proxies',
  network_loss: 'Check packet loss and resets on the path to {c}, its node and its proxies',
  exception: 'Read the stack traces of {c} and roll back or fix what throws',
  error_return: 'Read why {c} answers with errors and roll back or fix it',
  code: 'Compare the running version of {c} with the previous one and roll back if they differ',
  configuration: 'Compare the configuration of {c} with the last good one and restore it',
  crash: 'Read the last log lines before {c} exited and its exit code',
  capacity: 'Raise the exhausted limit of {c} (pool, quota, replicas) or shed load',
  dependency: 'Check the health of what {c} depends on; open its circuit breaker or fall back meanwhile',
  scheduling: 'Read why the scheduler refuses the pods of {c} and free or add matching nodes',
  image: 'Check image name, tag, registry and pull secret of {c}',
  permission: 'Restore the role, account or key that {c} lacks',
  dns: 'Resolve the names that {c} uses from inside its pod and check the DNS service',
  certificate: 'Renew or correct the certificate of {c}',
  storage: 'Check the volume and claim of {c}',
  traffic: 'Find who sends the traffic to {c}; limit its rate or add capacity',
  data: 'Find the records that {c} cannot handle',
  unknown: 'Look closer at {c}',
};

const since = (facts: HypothesisFacts): string => (facts.onset === null ? '' : ` since ${facts.onset}`);

const nameOf: Words['componentName'] = (component) => {
  if (component.kind === 'edge' && component.source !== null) return `the calls from ${component.source} to ${component.destination ?? component.name}`;
  if (component.kind === 'node') return `node ${component.name}`;
  if (component.kind === 'kubernetes_object' && component.object_kind !== null) return `${component.object_kind} ${component.name}`;
  return component.name;
};

const hypothesis: Words['hypothesis'] = (facts) =>
  `${FAULT[facts.fault]} in ${nameOf(facts.component)}${since(facts)}, best seen in ${facts.indicator}${facts.changeId === null ? '' : `; change ${facts.changeId} is to blame`}`;

export const WORDS_EN: Words = {
  fault: FAULT,
  signals: { logs: 'logs', metrics: 'metrics', traces: 'traces', changes: 'changes', topology: 'a call graph', kubernetes: 'cluster state' },
  componentName: nameOf,
  hypothesis,
  rootCause: (first, affected, runnerUp) => {
    const who = affected.length === 0 ? '' : ` Affected: ${list(affected)}.`;
    const other = runnerUp === null ? '' : ` Next most likely: ${FAULT[runnerUp.fault]} in ${nameOf(runnerUp.component)} (${runnerUp.confidence} %).`;
    return `Most likely cause (${first.confidence} %): ${hypothesis(first)}.${who}${other}`;
  },
  inconclusive: (first) =>
    first === null
      ? 'Something differs from normal times, but nothing that was collected says why.'
      : `Inconclusive: something differs from normal times, but no hypothesis deserves belief. The best of them (${first.confidence} %): ${hypothesis(first)}.`,
  noIncident: () => 'Nothing in the window differs from normal times beyond noise.',
  impact: (affected) => (affected.length === 0 ? 'No other service is visibly affected.' : `${affected.length} service(s) visibly affected: ${list(affected)}.`),
  evidence: (finding) => finding.summary,
  missingSignal: (signal) => `There are no ${signal}; what only they would show stays open.`,
  uncoveredSignal: (signal, percent) => `${percent} % of the window has no ${signal}; what happened in that time stays open.`,
  clocksDiffer: (component, seconds) => `The signals disagree by ${seconds} s on when the trouble of ${component} began; their clocks may differ, so the order of onsets is uncertain.`,
  noBaseline: (at) => (at === null ? 'No normal time is known and none could be found in the window; shifts could not be measured.' : `No baseline was given; the window before ${at} served as normal.`),
  rollBack: (id, service) => `Roll back change ${id}${service === null ? '' : ` of ${service}`}`,
  act: (fault, component) => ACT[fault].replace('{c}', component),
  confirm: (indicator, component) => `Watch ${indicator} of ${component} return to normal`,
  whyQuery: (component, indicator) => `shows ${indicator} of ${component}`,
};
