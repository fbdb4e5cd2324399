/**
 * Which change, if any, a suspect owes its fault to. The latest change is a decoy until evidence points at it: it took effect before the trouble and
 * near it (time), where the trouble is or in what reaches it (place), what it edits meets what the telemetry shows (content), and nothing speaks
 * against it: harmless content, a service without symptoms, traffic or an outside failure that needs no change.
 */
import type { Finding } from '../../domain/finding.ts';
import type { Fault } from '../../domain/report.ts';
import type { EpochMs } from '../../domain/time.ts';
import { componentOf } from '../../signals/metrics/series-component.ts';
import { isDrastic, type ChangeProfile } from '../../signals/changes/change-profile.ts';
import { reachableFrom, type CallGraph } from '../relate/call-graph.ts';
import { isQueue } from '../relate/store.ts';
import type { ContentMatch } from './match-content.ts';
import { exonerated } from './exonerate.ts';
import { matchSigns, type Relation, type SignMatch } from './match-signs.ts';
import type { OperationMatch } from './match-operations.ts';
import type { ShareMatch } from './match-share.ts';
import type { OutsideCause } from './outside-causes.ts';
import type { Suspect } from './rank-components.ts';
import { effectBefore } from './take-effect.ts';
import type { TelemetrySigns } from './telemetry-signs.ts';
import type { UndoneMatch } from './undone.ts';

/** Half of the suspicion is gone after this time without trouble: where content speaks, where effects creep, and where nothing but the time does. */
const HALF_LIFE_MS = 40 * 60_000;
const CREEPING_HALF_LIFE_MS = 4 * 60 * 60_000;
const BARE_HALF_LIFE_MS = 15 * 60_000;
/** Clocks and sampling let a fault appear this long before its change. */
const SLACK_MS = 20_000;
/** The beginning of a slow rise is known less well. */
const CREEPING_SLACK_MS = 120_000;
/** A guilty change makes its suspect more likely, by this much at most. */
export const MOST_GAIN = 1.5;
/** A change is blamed from here on. */
export const BLAME = 0.45;
/** What being a risky edit in the right place just before the trouble is worth without any match. */
const BARE = 0.9;
/** A trouble that needs no change is blamed on one whose content fits this well. */
const CONVINCING = 1.1;
/** Changes less risky than this are harmless whatever they name. */
const MATTERS = 0.3;
const EXACT_RISK = 0.7;
/** A commit runs once a deployment of the service follows it, before the trouble began; and one that no deployment followed. */
const SHIPPED = 0.8;
const UNSHIPPED = 0.25;

const KIND_WEIGHT: Readonly<Record<ChangeProfile['change']['kind'], number>> = {
  deployment: 1, config: 1, migration: 1, feature_flag: 1, infrastructure: 0.9, scaling: 0.6, commit: UNSHIPPED,
};

export interface Attribution {
  readonly profile: ChangeProfile;
  readonly score: number;
  /** 0 to about 5: what content and signs say, without place and time. */
  readonly match: number;
  readonly relation: Relation;
  readonly setting: boolean;
  /** It edits what the telemetry names letter by letter, or the share that it exposes is the one that fails. */
  readonly exact: boolean;
  readonly reasons: readonly string[];
}

export interface AttributionContext {
  readonly profiles: readonly ChangeProfile[];
  readonly graph: CallGraph;
  readonly contentOf: (profile: ChangeProfile, components: readonly string[]) => ContentMatch;
  readonly signs: TelemetrySigns;
  /** Components that something befell which needs no change. */
  readonly outside: ReadonlyMap<string, OutsideCause>;
  /** Was it already far on by then, as a disk that fills up? */
  readonly wasFarOn: (component: string, time: EpochMs) => boolean;
  /** How well the share of the traffic that a change exposes explains how many requests fail of a component. */
  readonly shareOf: (exposure: number | null, component: string) => ShareMatch;
  /** Does a change name those parts of a component that suffer, and no others? */
  readonly operationsOf: (profile: ChangeProfile, component: string) => OperationMatch;
  /** What it says that a change was taken back. */
  readonly undoneOf: (profile: ChangeProfile, suspect: Suspect) => UndoneMatch;
  /** Was a commit deployed to the service, by then? */
  readonly isShipped: (commit: ChangeProfile, service: string, until: EpochMs | null) => boolean;
  /** When a service's processes were started anew, ascending. */
  readonly startsOf: (service: string) => readonly EpochMs[];
  /** Does the first component's telemetry name the second? */
  readonly mentions: (component: string, other: string) => boolean;
}

/** Faults that mostly happen to a system nobody touched. */
const OPERATIONAL: readonly Fault[] = ['certificate', 'dependency', 'traffic', 'storage', 'disk', 'network_loss', 'dns'];

/** Metrics as strong as this count for the beginning; weaker ones may be accidents. Strengths of logs and traces are on scales of their own. */
const CLEAR_STRENGTH = 4;

/** When the suspect's trouble began: the onset of what shows it best and clearly, else of what shows it best. */
export const onsetOfSuspect = (suspect: Suspect): EpochMs | null => {
  const dated = suspect.supports.filter((finding) => finding.kind !== 'change' && finding.onset !== null);
  return (dated.find(({ kind, strength }) => kind !== 'metric' || strength >= CLEAR_STRENGTH) ?? dated[0])?.onset ?? null;
};

/** When its trouble began at the latest: what shows it best may be spans, which come once a minute; then the best of what is measured all the time counts too. */
const earliestOnset = (suspect: Suspect): EpochMs | null => {
  const lead = onsetOfSuspect(suspect);
  const dense = suspect.supports.find(({ kind, onset, strength }) => (kind === 'metric' || kind === 'log_pattern') && onset !== null && strength >= CLEAR_STRENGTH)?.onset ?? null;
  return lead === null || dense === null ? (lead ?? dense) : Math.min(lead, dense);
};

/** One writes what the other reads: both call the queue, or it hands on to the reader. */
const shareQueue = (one: string, other: string, graph: CallGraph): boolean => [...(graph.callees.get(one) ?? [])].some((name) => isQueue(name) && (graph.callees.get(other)?.has(name) === true || graph.callees.get(name)?.has(other) === true));

/** Faults that load from elsewhere brings about. */
const OF_LOAD: ReadonlySet<Fault> = new Set<Fault>(['cpu', 'memory', 'disk', 'capacity', 'network_delay']);

/** Who floods one floods those behind it: whom the changed service calls, who is flooded, and through whom the load gets to the suspect; null of none. */
const floodedBetween = ({ change: { service } }: ChangeProfile, { component: { name }, fault }: Suspect, { graph, signs }: AttributionContext): string | null => {
  if (service === null || service === name || !OF_LOAD.has(fault)) return null;
  const flooded = [...(graph.callees.get(service) ?? [])].filter((callee) => callee !== name && signs.isFlooded(callee)).sort();
  return flooded.find((callee) => reachableFrom(callee, graph.callees).has(name)) ?? null;
};

const relationOf = ({ change, services, shared }: ChangeProfile, name: string, { graph, mentions }: AttributionContext): Relation => {
  if (change.service === name) return 'same';
  const [place] = change.service === null ? services : [change.service];
  // A folder named after somebody whom the changed service calls holds its client.
  if (services.includes(name)) return place !== undefined && graph.callees.get(place)?.has(name) === true ? 'calls' : 'same';
  if (place === undefined) return shared ? 'unknown' : 'none';
  if (graph.callees.get(place)?.has(name) === true || mentions(place, name) || shareQueue(place, name, graph)) return 'calls';
  if (graph.callees.get(name)?.has(place) === true || mentions(name, place)) return 'is called';
  return 'none';
};

/** How much of the evidence counts, by place: elsewhere it is the content that has to make the connexion. */
const placeWeight = (profile: ChangeProfile, name: string, relation: Relation, content: ContentMatch, specific: number): number => {
  if (profile.change.service === name) return 1;
  if (relation === 'same') return profile.change.service === null ? 0.9 : 0.5;
  if (relation === 'calls' || relation === 'is called') return 0.8;
  if (relation === 'unknown') return content.points >= 1 ? 0.7 : specific >= CONVINCING ? 0.5 : 0.3;
  return content.points >= 1 ? 0.6 : 0.05;
};

const halved = (gap: number, halfLife: number): number => 2 ** (-Math.max(0, gap) / halfLife);

const NO_SIGNS: SignMatch = { points: 0, specific: 0, silent: 0, setting: false, creeps: false, lingers: false, reasons: [] };

const DRASTIC_GAIN = 1.4;

/** A value that a program does not expect is met by its code: any edit may have brought it there, whatever its kind. */
const DEFECT_RISK = 0.6;
const CLEAR_DEFECT = 0.6;

/** Less than this is accident. */
const VAGUE_CONTENT = 0.3;
const VAGUE_SIGNS = 0.5;

/** From here on wrong answers of a service that shows nothing else are likely; and what they are worth beside visible trouble. */
const SILENT = 0.4;
const QUIET = 0.8;

/** What befell it, or somebody whom it calls: their trouble is its trouble. */
const outsideOf = (name: string, { outside, graph }: AttributionContext): OutsideCause | null => {
  const own = outside.get(name);
  if (own !== undefined) return own;
  const callees = [...(graph.callees.get(name) ?? [])].map((callee) => outside.get(callee)).filter((cause) => cause !== undefined);
  return callees.sort((a, b) => a.themes.size - b.themes.size)[0] ?? null;
};

/** Where a callee finds whom it calls is no caller's edit. */
const OWN_WAY: ReadonlySet<string> = new Set(['address', 'environment']);
const ofCallers = ({ themes }: OutsideCause): ReadonlySet<string> => new Set([...themes].filter((theme) => !OWN_WAY.has(theme)));

/** A change that names the very minute of the trouble beforehand is hardly a coincidence. */
const NAMED_INSTANT_MS = 120_000;
/** No clock and no sampling tells it better. */
const FINEST_MS = 30_000;
const MOST_NAMED_POINTS = 2;

/** By how seldom a trouble at any time since the change was made would lie as near to that minute. */
const namedPoints = (gap: number, lead: number): number => Math.min(MOST_NAMED_POINTS, Math.max(0, -Math.log10((2 * Math.max(FINEST_MS, Math.abs(gap))) / Math.max(FINEST_MS, lead))));

/** What speaks for one change as the reason of one suspect's trouble. */
export const scoreOf = (profile: ChangeProfile, suspect: Suspect, context: AttributionContext): Attribution => {
  const { change } = profile;
  const { name } = suspect.component;
  const onset = earliestOnset(suspect);
  const until = onset === null ? null : onset + SLACK_MS;
  const effect = effectBefore(profile, until, context.startsOf);
  const gap = onset === null ? BARE_HALF_LIFE_MS : onset - effect.at;
  const isNamedInstant = effect.how === 'named' && Math.abs(gap) <= NAMED_INSTANT_MS;
  const direct = relationOf(profile, name, context);
  const between = direct === 'none' ? floodedBetween(profile, suspect, context) : null;
  const relation = between === null ? direct : 'calls';
  const nothing: Attribution = { profile, score: 0, match: 0, relation, setting: false, exact: false, reasons: [] };
  if (gap < -CREEPING_SLACK_MS) return nothing;
  const places = change.service === null ? profile.services : [change.service];
  // A changed service that shows nothing at all broke nothing that could be seen there; its victims then have to name what it edited.
  const quiet = places.length > 0 && !places.includes(name) && places.every((place) => context.signs.isQuiet(place));
  const content = context.contentOf(profile, relation === 'none' ? [name] : [...new Set([name, ...places])]);
  // What befell the changed service explains what it shows, whoever is the suspect.
  const outside = outsideOf(name, context) ?? (change.service === null || change.service === name ? null : (context.outside.get(change.service) ?? null));
  if (outside?.creeping === true && context.wasFarOn(name, change.time)) return nothing;
  const asked = { profile, suspect: between ?? name, places: places.length === 0 ? [name] : places, relation: relation === 'none' ? 'unknown' : relation, signs: context.signs, themes: outside === null ? null : relation === 'calls' ? ofCallers(outside) : outside.themes } as const;
  const signs = relation === 'none' && content.points < 1 ? NO_SIGNS : matchSigns(asked);
  if (!isNamedInstant && gap < -(signs.creeps && signs.specific >= 1 ? CREEPING_SLACK_MS : SLACK_MS)) return nothing;
  // A service that shows nothing itself may still answer wrongly: then those whom it serves show that what they get is not what they need.
  const silently = quiet && relation !== 'none' && signs.silent >= SILENT;
  if (quiet && content.points < 1 && !silently) return nothing;
  const share = context.shareOf(profile.exposure, change.service ?? name);
  const undone = context.undoneOf(profile, suspect);
  const parts = context.operationsOf(profile, change.service ?? name);
  const named = isNamedInstant ? namedPoints(gap, effect.at - change.time) : 0;
  // Signs that every trouble shows, alone, tell hardly anything.
  const hasVagueOnly = content.points < VAGUE_CONTENT && signs.specific < VAGUE_SIGNS;
  const match = content.points + signs.points * (hasVagueOnly ? 0.5 : 1) + named + share.points + parts.points + undone.points;
  const needsContent = outside !== null || OPERATIONAL.includes(suspect.fault) || context.signs.surge?.components.has(name) === true;
  // Code that meets a trouble from outside is named by it without being its cause.
  const specific = outside === null || content.exact ? content.points + signs.specific + named : signs.specific + named;
  if (needsContent && specific < CONVINCING) return { ...nothing, match };
  const kind = change.kind === 'commit' && context.isShipped(profile, name, until) ? SHIPPED : KIND_WEIGHT[change.kind];
  const affinity = profile.faults.has(suspect.fault) || profile.faults.size === 0 ? 1 : 0.7;
  const mayErr = profile.code.length > 0 && profile.risk >= MATTERS && context.signs.of(name).some(({ sign, certainty, onset: seen }) => sign === 'null_value' && certainty >= CLEAR_DEFECT && seen !== null && seen >= change.time - SLACK_MS);
  const bare = needsContent || relation !== 'same' || context.signs.isFlooded(name) ? 0 : BARE * (profile.edits.some(isDrastic) ? DRASTIC_GAIN : 1) * (mayErr ? Math.max(DEFECT_RISK, profile.risk) : profile.risk) * affinity * halved(gap, BARE_HALF_LIFE_MS);
  const exact = content.exact || share.points > 0;
  // A name that hardly anybody else could have written needs no risky edit.
  const risk = exact && profile.risk >= MATTERS ? Math.max(profile.risk, EXACT_RISK) : profile.risk;
  // Nor does it fade so fast: code may wait for the traffic that it cannot bear, and what was stored before lives on as long as it was given.
  const matched = match * (risk < MATTERS ? risk : 0.2 + 0.8 * risk) * halved(gap - (signs.lingers ? profile.formerLifetime : 0), signs.creeps || content.exact ? CREEPING_HALF_LIFE_MS : HALF_LIFE_MS);
  const innocent = exonerated(profile, { onset, signs: context.signs.of(name), isExact: exact });
  const score = innocent * share.factor * undone.factor * (quiet ? QUIET : 1) * placeWeight(profile, name, relation, content, signs.specific) * kind * (bare + matched);
  return { profile, score, match, relation, exact, setting: content.setting || (signs.setting && signs.points >= content.points), reasons: [...(isNamedInstant ? [`it sets ${new Date(effect.at).toISOString()} as the time from which it holds`] : []), ...[share.reason, undone.reason, parts.reason].filter((reason) => reason !== null), ...content.reasons, ...signs.reasons] };
};

/** What is left of the case against a change that only its kind connects, where another alone edits the very thing that the errors name. */
const NAMED_ELSEWHERE = 0.5;

/** The best candidate for one suspect, whether or not it deserves blame; null of none. */
export const bestChange = (suspect: Suspect, context: AttributionContext): Attribution | null => {
  const found = context.profiles.map((profile) => scoreOf(profile, suspect, context));
  const isNamed = found.some(({ exact, score }) => exact && score >= BLAME);
  let best: Attribution | null = null;
  for (const one of found) {
    const rival = isNamed && !one.exact ? { ...one, score: one.score * NAMED_ELSEWHERE } : one;
    if (best === null || rival.score > best.score || (rival.score === best.score && rival.profile.change.id < best.profile.change.id)) best = rival;
  }
  return best;
};

export const changeFinding = ({ profile, score, reasons }: Attribution, suspect: Suspect): Finding => {
  const { change } = profile;
  const what = reasons.length === 0 ? '' : `; ${reasons.join('; ')}`;
  return {
    id: `change:${change.id}`, kind: 'change', component: componentOf('service', change.service ?? suspect.component.name), faults: {}, role: 'cause', strength: score,
    onset: change.time, end: null, window: { start: change.time, end: change.endedAt ?? change.time }, changeId: change.id, indicator: change.kind,
    summary: `${change.kind} ${change.id}${change.service === null ? '' : ` of ${change.service}`} at ${new Date(change.time).toISOString()} came before the trouble${what}`,
    query: 'changes.ndjson', observed: change.version, expected: change.previousVersion, samples: [],
  };
};

/** What a change breaks is code or settings; how that shows (errors, CPU, exceptions) is the symptom. Faults that say more stay. */
const VAGUE: ReadonlySet<Fault> = new Set<Fault>(['error_return', 'exception', 'cpu', 'dependency', 'network_delay', 'data', 'unknown']);

export const faultOf = (fault: Fault, best: Attribution): Fault => {
  const { change: { kind }, faults } = best.profile;
  // That connexions ran out is how it shows, too, where no edit of the change has to do with how many there are.
  const isEffect = fault === 'capacity' && faults.size > 0 && !faults.has('capacity');
  const settings = kind === 'config' || kind === 'feature_flag' || kind === 'infrastructure' || best.setting;
  if (settings && (VAGUE.has(fault) || fault === 'code' || fault === 'capacity')) return 'configuration';
  return VAGUE.has(fault) || isEffect ? 'code' : fault;
};

/** New pods that misbehave run new code; that it is its settings only its edits could tell. */
const rolloutFault = (fault: Fault, rollout: Finding, { profiles }: AttributionContext): Fault => {
  const profile = profiles.find(({ change }) => change.id === rollout.changeId);
  const settings = profile !== undefined && (profile.change.kind === 'config' || profile.edits.length > 0);
  return settings && (fault === 'configuration' || fault === 'capacity') ? fault : 'code';
};

/** The score of a change for which place, time and content all speak plainly. */
const CLEAR_EVIDENCE = 2;

/** A suspect with its change. */
export const blaming = (suspect: Suspect, best: Attribution): Suspect => ({
  ...suspect,
  score: suspect.score + Math.min(MOST_GAIN, best.score),
  fault: faultOf(suspect.fault, best),
  changeId: best.profile.change.id,
  changeEvidence: Math.min(1, best.score / CLEAR_EVIDENCE),
  supports: [...suspect.supports, changeFinding(best, suspect)],
  topics: [...new Set([...suspect.topics, 'change'])].sort(),
});

/** The suspect with the change it owes its fault to, where one deserves it. A release whose new pods misbehave needs no further argument. */
export const withChange = (suspect: Suspect, context: AttributionContext): Suspect => {
  const rollout = suspect.supports.find((finding) => finding.kind === 'change' && finding.changeId !== null);
  if (rollout !== undefined) return { ...suspect, fault: rolloutFault(suspect.fault, rollout, context), changeId: rollout.changeId };
  const best = bestChange(suspect, context);
  const isElsewhere = best !== null && best.relation !== 'same' && best.profile.change.service !== null;
  return best === null || best.score < BLAME || isElsewhere ? suspect : blaming(suspect, best);
};
