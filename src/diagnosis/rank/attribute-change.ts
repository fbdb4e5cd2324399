/** Which change, if any, a suspect owes its fault to. The latest change is a decoy until time, place and content point at it together. */
import type { Finding } from '../../domain/finding.ts';
import type { Fault } from '../../domain/report.ts';
import type { EpochMs } from '../../domain/time.ts';
import { componentOf } from '../../signals/metrics/series-component.ts';
import type { ChangeProfile } from '../../signals/changes/change-profile.ts';
import type { CallGraph } from '../relate/call-graph.ts';
import type { ContentMatch } from './match-content.ts';
import type { Suspect } from './rank-components.ts';

/** Half of the suspicion is gone after this time without trouble. */
const HALF_LIFE_MS = 30 * 60_000;
/** Clocks and sampling let a fault appear this long before its change. */
const SLACK_MS = 20_000;
/** A guilty change makes its suspect more likely, by this much at most. */
const MOST_GAIN = 1.5;
/** A change is blamed from here on. */
const BLAME = 0.38;
/** Faults that happen to a system nobody touched: only a change whose content matches is to blame for them. */
const OPERATIONAL: ReadonlySet<Fault> = new Set<Fault>(['certificate', 'dependency', 'traffic', 'storage', 'network_loss', 'network_delay', 'dns']);

const CONVINCING_CONTENT = 1.5;

const KIND_WEIGHT: Readonly<Record<ChangeProfile['change']['kind'], number>> = {
  deployment: 1, config: 1, migration: 1, infrastructure: 0.8, feature_flag: 0.5, scaling: 0.4, commit: 0.25,
};

export interface Attribution {
  readonly profile: ChangeProfile;
  readonly score: number;
  readonly content: ContentMatch;
}

export interface AttributionContext {
  readonly profiles: readonly ChangeProfile[];
  readonly graph: CallGraph;
  readonly contentOf: (profile: ChangeProfile, suspect: Suspect) => ContentMatch;
  /** Components with a convincing cause that needs no change. */
  readonly untouched: ReadonlySet<string>;
}

/** As convincing as this share of its component's best suspect. */
const CONVINCING_SHARE = 0.6;

/** Components of which an operational fault is nearly as likely as anything else about them. */
export const untouchedComponents = (suspects: readonly Suspect[]): ReadonlySet<string> => {
  const best = new Map<string, number>();
  for (const { component, score } of suspects) best.set(component.name, Math.max(best.get(component.name) ?? 0, score));
  return new Set(suspects.filter(({ fault, score, component }) => OPERATIONAL.has(fault) && fault !== 'network_delay' && score >= CONVINCING_SHARE * (best.get(component.name) ?? 0)).map(({ component }) => component.name));
};

/** When the suspect's trouble began: the onset of what shows it best. */
export const onsetOfSuspect = (suspect: Suspect): EpochMs | null => suspect.supports.find((finding) => finding.kind !== 'change' && finding.onset !== null)?.onset ?? null;

const placeWeight = (profile: ChangeProfile, suspect: Suspect, graph: CallGraph): number => {
  const { name } = suspect.component;
  if (profile.change.service === name) return 1;
  if (profile.services.includes(name)) return 0.9;
  if (profile.change.service !== null) return graph.callees.get(name)?.has(profile.change.service) === true ? 0.25 : 0.05;
  return profile.shared ? 0.3 : 0.15;
};

const timeWeight = (profile: ChangeProfile, onset: EpochMs | null): number => {
  if (onset === null) return 0.5;
  const gap = onset - profile.change.time;
  if (gap < -SLACK_MS) return 0;
  return 2 ** (-Math.max(0, gap) / HALF_LIFE_MS);
};

/** A commit runs once a deployment of the service follows it, before the trouble began. */
const isShipped = (profile: ChangeProfile, suspect: Suspect, profiles: readonly ChangeProfile[], onset: EpochMs | null): boolean =>
  profiles.some(({ change }) => change.kind === 'deployment' && change.service === suspect.component.name && change.time >= profile.change.time && (onset === null || change.time <= onset + SLACK_MS));

export const scoreOf = (profile: ChangeProfile, suspect: Suspect, onset: EpochMs | null, { profiles, graph, contentOf, untouched }: AttributionContext): Attribution => {
  const content = contentOf(profile, suspect);
  const shipped = profile.change.kind === 'commit' && isShipped(profile, suspect, profiles, onset);
  const kind = shipped ? 0.8 : KIND_WEIGHT[profile.change.kind];
  const affinity = profile.faults.has(suspect.fault) || profile.faults.size === 0 ? 1 : 0.7;
  const operational = OPERATIONAL.has(suspect.fault) || untouched.has(suspect.component.name);
  if (operational && content.points < CONVINCING_CONTENT) return { profile, score: 0, content };
  const plausible = operational ? 0 : profile.risk * affinity;
  const score = placeWeight(profile, suspect, graph) * timeWeight(profile, onset) * kind * (plausible + content.points * (0.3 + 0.7 * profile.risk));
  return { profile, score, content };
};

/** The best candidate for one suspect, whether or not it deserves blame; null of none. */
export const bestChange = (suspect: Suspect, context: AttributionContext): Attribution | null => {
  const onset = onsetOfSuspect(suspect);
  let best: Attribution | null = null;
  for (const profile of context.profiles) {
    const found = scoreOf(profile, suspect, onset, context);
    if (best === null || found.score > best.score || (found.score === best.score && found.profile.change.id < best.profile.change.id)) best = found;
  }
  return best;
};

const changeFinding = ({ profile, score, content }: Attribution, suspect: Suspect): Finding => {
  const { change } = profile;
  const what = content.reasons.length === 0 ? '' : `; ${content.reasons.join('; ')}`;
  return {
    id: `change:${change.id}`, kind: 'change', component: componentOf('service', change.service ?? suspect.component.name), faults: {}, role: 'cause', strength: score,
    onset: change.time, end: null, window: { start: change.time, end: change.endedAt ?? change.time }, changeId: change.id, indicator: change.kind,
    summary: `${change.kind} ${change.id}${change.service === null ? '' : ` of ${change.service}`} at ${new Date(change.time).toISOString()} came before the trouble${what}`,
    query: 'changes.ndjson', observed: change.version, expected: change.previousVersion, samples: [],
  };
};

/** What a change breaks is code or settings; how that shows (errors, CPU, exceptions) is the symptom. Faults that say more stay. */
const VAGUE: ReadonlySet<Fault> = new Set<Fault>(['error_return', 'exception', 'cpu', 'dependency', 'network_delay', 'data', 'unknown']);

const faultOf = (fault: Fault, best: Attribution): Fault => {
  const settings = best.profile.change.kind === 'config' || best.content.setting;
  if (settings && (VAGUE.has(fault) || fault === 'code' || fault === 'capacity')) return 'configuration';
  return VAGUE.has(fault) ? 'code' : fault;
};

/** New pods that misbehave run new code; that it is its settings only its edits could tell. */
const rolloutFault = (fault: Fault, rollout: Finding, { profiles }: AttributionContext): Fault => {
  const profile = profiles.find(({ change }) => change.id === rollout.changeId);
  const settings = profile !== undefined && (profile.change.kind === 'config' || profile.edits.length > 0);
  return settings && (fault === 'configuration' || fault === 'capacity') ? fault : 'code';
};

/** The suspect with the change it owes its fault to, where one deserves it. A release whose new pods misbehave needs no further argument. */
export const withChange = (suspect: Suspect, context: AttributionContext): Suspect => {
  const rollout = suspect.supports.find((finding) => finding.kind === 'change' && finding.changeId !== null);
  if (rollout !== undefined) return { ...suspect, fault: rolloutFault(suspect.fault, rollout, context), changeId: rollout.changeId };
  const best = bestChange(suspect, context);
  if (best === null || best.score < BLAME) return suspect;
  const score = suspect.score + Math.min(MOST_GAIN, best.score);
  return { ...suspect, score, fault: faultOf(suspect.fault, best), changeId: best.profile.change.id, supports: [...suspect.supports, changeFinding(best, suspect)], topics: [...new Set([...suspect.topics, 'change'])].sort() };
};
