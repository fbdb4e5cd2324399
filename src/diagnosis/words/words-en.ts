import { FAULT_EN, bystanderEn, evidenceEn, hypothesisEn, impactEn, inconclusiveEn, listEn, nameEn, rootCauseEn, sparedEn } from './sentences-en.ts';
import { plain } from '../digest/quote.ts';
import type { Words } from './words.ts';

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

/** Looking before acting: nothing here changes anything. */
const LOOK: Words['fault'] = {
  cpu: 'See which pods of {c} burn CPU', memory: 'See how much memory the pods of {c} hold', disk: 'Look for I/O and disk errors in the logs of {c}', network_delay: 'See on which nodes {c} runs', network_loss: 'See on which nodes {c} runs',
  exception: 'Read the recent stack traces of {c}', error_return: 'Read the recent errors of {c}', code: 'Read the recent errors of {c}', configuration: 'See which revision and settings of {c} run', crash: 'Read the last words of the containers of {c} that ended',
  capacity: 'See how many pods {c} has and how busy they are', dependency: 'Read which dependency the errors of {c} name', scheduling: 'See why the scheduler refuses the pods of {c}', image: 'See which image {c} wants and why it cannot be pulled',
  permission: 'Read what {c} is denied', dns: 'Read which names {c} cannot resolve', certificate: 'Read which certificate {c} refuses', storage: 'See which volumes {c} waits for', traffic: 'See how many pods {c} has and how busy they are',
  data: 'Read which records {c} cannot handle', unknown: 'Read the recent logs of {c}',
};

export const WORDS_EN: Words = {
  fault: FAULT_EN,
  signals: { logs: 'logs', metrics: 'metrics', traces: 'traces', changes: 'records of changes', topology: 'call graph', kubernetes: 'cluster state' },
  componentName: nameEn,
  hypothesis: hypothesisEn,
  bystander: bystanderEn,
  spared: sparedEn,
  rootCause: rootCauseEn,
  inconclusive: inconclusiveEn,
  noIncident: (refuted) =>
    refuted.length === 0
      ? 'Nothing in the window differs from normal times beyond noise.'
      : `What was noticed does not show: by the signs that were named, ${listEn(refuted.map(plain))} did not leave the normal range up to the detection and after it. Nobody else suffers visibly, and the rest is within noise.`,
  impact: impactEn,
  evidence: evidenceEn,
  missingSignal: (signal) => `The input has no ${signal}; what nothing else would show stays open.`,
  uncoveredSignal: (signal, percent) => `${percent} % of the window has no ${signal}; what happened in that time stays open.`,
  clocksDiffer: (component, seconds) => `The signals disagree by ${seconds} s on when the trouble of ${component} began; their clocks may differ, so the order of onsets is uncertain.`,
  samplesMissing: (percent) => `About ${percent} % of the metric samples are missing; short shifts may have been overlooked.`,
  unseen: (names, count) => `Nothing was measured of ${names.map(plain).join(', ')}${count > names.length ? ` and ${count - names.length} more` : ''}; a fault there shows in the callers only.`,
  nothingNormal: (signal) => `The baseline holds no ${signal}; what is usual in them is not known.`,
  noSymptom: 'Neither a symptom nor an alert says what was noticed.',
  noBaseline: (at) => (at === null ? 'No normal time is known and none could be found in the window; shifts could not be measured.' : `No baseline was given; the window before ${at} served as normal.`),
  look: (fault, component) => LOOK[fault].replace('{c}', () => component),
  rollBack: ({ id, kind, quote }, service) => {
    const what = `${plain(id)}${service === null ? '' : ` of ${plain(service)}`}`;
    if (kind === 'feature_flag') return `Turn feature flag ${what} back`;
    return `Roll back change ${what}${quote === null ? '' : `, which set “${quote}”`}`;
  },
  act: (fault, component) => ACT[fault].replace('{c}', () => component),
  runbook: (file) => `Follow the team's runbook ${plain(file)}`,
  confirm: (indicator, component, normal) => (normal === null ? `Verify: “${plain(indicator)}” of ${component} no longer shows` : `Verify: ${plain(indicator)} of ${component} returns to about ${normal}`),
  whyQuery: (component, indicator) => `Shows ${plain(indicator)} of ${component}`,
  whyErrors: (component) => `Shows the errors of ${component}`,
};
