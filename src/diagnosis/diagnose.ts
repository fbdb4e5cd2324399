/**
 * From what the signals say to what happened, in the order of the argument:
 * scope (what hurts) ► detect (what differs) ► relate (who calls whom, who explains whom) ► rank ► calibrate ► report.
 */
import type { Capsule } from '../domain/capsule.ts';
import type { Finding } from '../domain/finding.ts';
import type { Language } from '../domain/language.ts';
import type { Report, Verdict } from '../domain/report.ts';
import { toRfc3339 } from '../domain/time.ts';
import type { MetricAnalysis } from '../signals/metrics/analyze-metrics.ts';
import { changeProfile, type ChangeProfile } from '../signals/changes/change-profile.ts';
import { confidenceOf } from './calibrate/confidence.ts';
import { confirmationOf, featuresOf, type Circumstances } from './calibrate/features.ts';
import { withChange } from './rank/attribute-change.ts';
import { attributionContext } from './rank/attribution-context.ts';
import { crowdingOf, joinedCrowding } from './rank/crowding.ts';
import { complaintClues } from './rank/complaint-clues.ts';
import { culpritsOf } from './rank/culprit.ts';
import { componentKey } from './rank/clue.ts';
import { withContradictions } from './rank/contradictions.ts';
import { findingClues } from './rank/finding-clues.ts';
import { amplificationOf, arrivalsOf, surgeOf } from './rank/load-clues.ts';
import { backlogsOf } from './rank/queue-clues.ts';
import { lastWords } from './rank/last-words.ts';
import { metricClues } from './rank/metric-clues.ts';
import { namedMachines, tellOfMachines } from './rank/named-machines.ts';
import { refuteByMetrics } from './rank/refute.ts';
import { slowedReplicas } from './rank/slowed-replicas.ts';
import { stolenFrom } from './rank/stolen.ts';
import { expiryClues } from './rank/expiry-clues.ts';
import { feltRestarts } from './rank/felt-restarts.ts';
import { roleClues } from './rank/role-clues.ts';
import { silencesOf } from './rank/silence-clues.ts';
import { byScore, rankComponents, type Suspect } from './rank/rank-components.ts';
import { byToldReasons } from './rank/told-reasons.ts';
import { withUnseen } from './rank/unseen-suspects.ts';
import { affectedServices } from './relate/affected.ts';
import { calmOf, type Calm } from './relate/calm.ts';
import type { CallGraph } from './relate/call-graph.ts';
import type { Seen } from './relate/observation.ts';
import { type Situation, situationOf } from './relate/situation.ts';
import { buildReport, type Judged } from './report/build-report.ts';
import { clockGap } from './report/clock-gap.ts';
import { coverageGaps } from './report/coverage.ts';
import { firstSuffering, slownessOf, sufferingOf } from './relate/suffering.ts';
import { wordsOfLanguage, type Words } from './words/words.ts';

/** What the signal engines found in one capsule. */
export interface Signals {
  readonly metrics: MetricAnalysis;
  /** Of traces, logs, changes and cluster state, in any order; metrics testify through `metrics`. */
  readonly findings: readonly Finding[];
  /** What an engine could not read or see. */
  readonly gaps: readonly string[];
  readonly logPatterns: Report['log_patterns'];
  readonly seen: Seen;
  /** By pod the machine it runs on, as far as a cluster says. */
  readonly places?: ReadonlyMap<string, string>;
}

const NOWHERE: ReadonlyMap<string, string> = new Map();

/** Below this score nothing happened worth a name. */
const NOISE_SCORE = 0.01;
/** Below this confidence no hypothesis deserves belief. */
const BELIEF = 0.6;

/** A suspicion of fewer points is less than a hint, where what was noticed is not there. */
const HINT = 1;
/** The same where nobody noticed anything, and metrics, logs and traces were all there to show it: in hundreds of series something always strays. */
const FAINT_HINT = 0.5;

/** That nothing is wrong can only be said where it would have been seen. */
const verdictOf = (judged: readonly Judged[], calm: Calm, { seen }: Signals): Verdict => {
  const [first] = judged;
  const score = first?.score ?? 0;
  if (first !== undefined && score >= NOISE_SCORE && first.confidence >= BELIEF) return 'root_cause';
  return (calm === 'refuted' && score < HINT) || (calm === 'complete' && score < (seen.logs === null || seen.traces === null ? NOISE_SCORE : FAINT_HINT)) ? 'no_incident' : 'inconclusive';
};

/** Under which circumstances a capsule's suspects are judged. */
export const circumstancesOf = (situation: Situation<Signals>): Circumstances & { readonly calm: Calm } => {
  const { capsule, signals, scope, graph, health, observation } = situation;
  const services = new Set(capsule.metrics.map(({ labels }) => labels['service'] ?? labels['destination'] ?? ''));
  const isCluster = capsule.kubernetes.length > 0;
  const calm = calmOf(situation);
  return {
    confirmation: confirmationOf(scope, health, (service) => services.has(service)),
    isRefuted: calm === 'refuted',
    baselineMissing: capsule.baseline === null && !isCluster,
    normalUnknown: capsule.baseline === null && signals.metrics.reference === null,
    observation,
    detectedAt: capsule.detectedAt,
    isJoined: graph.names.length === 0 || isCluster ? null : (name) => graph.callees.has(name) || graph.callers.has(name),
    isMapped: graph.names.length > 0 && !graph.isHearsay,
    calm,
  };
};

const judge = (suspects: readonly Suspect[], circumstances: Circumstances): readonly Judged[] =>
  suspects.slice(0, MAX_ATTRIBUTED).map((suspect) => Object.assign({ confidence: confidenceOf(featuresOf(suspect, suspects, circumstances)) }, suspect));

const referenceGaps = ({ metrics }: Signals, isMeasured: boolean, words: Words): readonly string[] =>
  metrics.referenceIsGiven || !isMeasured ? [] : [words.noBaseline(metrics.reference === null ? null : toRfc3339(metrics.reference.end))];

/** Only suspects that are shown get a change. */
const MAX_ATTRIBUTED = 12;
const MAX_CHANGES = 2_000;

const profilesOf = (capsule: Capsule, graph: CallGraph): readonly ChangeProfile[] => {
  const services = new Set(graph.names);
  for (const { service } of capsule.changes) if (service !== null) services.add(service);
  for (const { labels } of capsule.metrics) if (labels['service'] !== undefined) services.add(labels['service']);
  const known = [...services].sort();
  const changes = [...capsule.changes].sort((a, b) => b.time - a.time || (a.id < b.id ? -1 : 1)).slice(0, MAX_CHANGES);
  return changes.map((change) => changeProfile(change, known));
};

/** A change may have turned two faults of a component into one: the better stays. */
const distinctSuspects = (suspects: readonly Suspect[]): readonly Suspect[] => {
  const seen = new Set<string>();
  return suspects.filter((suspect) => {
    const key = `${componentKey(suspect.component)} ${suspect.fault}`;
    return !seen.has(key) && seen.add(key);
  });
};

/** Services of which a new version is being rolled out in the window: there, new pods are compared with old ones. */
const rollingServices = (findings: readonly Finding[], capsule: Capsule): ReadonlySet<string> => {
  const compared = capsule.changes.filter((change) => change.kind === 'deployment' && change.service !== null && change.attributes['steps'] !== undefined && change.time >= capsule.window.start);
  return new Set([...compared.map((change) => change.service ?? ''), ...findings.filter((finding) => finding.kind === 'change').map((finding) => finding.component.name)]);
};

/** Suspects of one capsule, best first, without their words: what benchmarks and calibration look at. */
export const suspectsOf = ({ capsule, signals, scope, graph, health: all, observation, unresolved }: Situation<Signals>): readonly Suspect[] => {
  const arrivals = arrivalsOf(signals.metrics);
  const surge = surgeOf({ all, metrics: signals.metrics, arrivals, graph, unseen: observation.unseen });
  const amplification = amplificationOf({ all, metrics: signals.metrics, arrivals, graph, findings: signals.findings });
  const backlogs = backlogsOf(all, signals.metrics, graph);
  const crowding = [slowedReplicas(all, signals.metrics, signals.places ?? NOWHERE), stolenFrom(all, signals.metrics), namedMachines(all, signals.metrics, signals.findings)].reduce(joinedCrowding, crowdingOf(all, signals.metrics));
  const silences = silencesOf(signals.metrics, capsule.window, all, graph);
  const complained = complaintClues(capsule, signals.metrics, signals.findings, { graph, unresolved });
  const restarts = feltRestarts(signals.metrics, signals.findings, graph);
  const deaths = lastWords(signals.findings, all, graph);
  const ofMetrics = metricClues({ all, graph, scope, rolling: rollingServices(signals.findings, capsule), queues: backlogs.left, filling: backlogs.queues, firstHurt: firstSuffering(all), crowding });
  const ofFindings = refuteByMetrics(findingClues(signals.findings, new Set([...complained.passedOn, ...tellOfMachines(crowding)])), signals.metrics, all);
  const ofFacts = [...restarts.clues, ...deaths.clues.filter(({ component }) => !restarts.dead.has(component.name)), ...crowding.clues, ...roleClues(all, graph), ...expiryClues(signals.metrics, all, graph)];
  const clues = byToldReasons([...surge.clues, ...complained.clues, ...amplification.clues, ...backlogs.clues, ...silences.clues, ...ofFacts, ...ofMetrics, ...ofFindings], signals.findings);
  const ranked = rankComponents(clues, { scope, graph, suffering: sufferingOf(all), carriers: surge.carriers, flooded: amplification.flooded, dead: new Set([...silences.dead, ...restarts.dead, ...deaths.dead]), queues: backlogs.left, slowness: slownessOf(all) }).filter((suspect) => suspect.score > 0);
  const suspects = withUnseen(ranked, observation.unseen, graph);
  const context = attributionContext(profilesOf(capsule, graph), graph, signals);
  const attributed = distinctSuspects([...culpritsOf(suspects, context, signals.findings), ...suspects.map((suspect, index) => (index < MAX_ATTRIBUTED ? withChange(suspect, context) : suspect))].sort(byScore));
  return withContradictions(attributed, graph);
};

export const diagnose = (capsule: Capsule, signals: Signals, language: Language): Report => {
  const words = wordsOfLanguage(language);
  const situation = situationOf(capsule, signals);
  const { scope, graph, health } = situation;
  const circumstances = circumstancesOf(situation);
  const judged = judge(suspectsOf(situation), circumstances);
  const { calm } = circumstances;
  const gaps = [...capsule.gaps, ...coverageGaps(capsule, circumstances.observation, signals.seen, words), ...referenceGaps(signals, capsule.metrics.length > 0, words), ...clockGap(judged[0], words), ...signals.gaps];
  return buildReport(
    {
      capsule, verdict: verdictOf(judged, calm, signals), judged, refuted: calm === 'refuted' ? scope.sufferers : [], affected: affectedServices(health, signals.findings), graph, metrics: signals.metrics, findings: signals.findings,
      gaps: [...new Set(gaps)], logPatterns: signals.logPatterns,
    },
    words,
  );
};
