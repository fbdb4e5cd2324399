/** What the confidence of a hypothesis depends on: numbers that mean the same in every system. */
import type { EpochMs } from '../../domain/time.ts';
import type { Scope } from '../scope.ts';
import type { Health } from '../relate/health.ts';
import type { Observation } from '../relate/observation.ts';
import { accidentOf } from '../relate/persistence.ts';
import { componentKey } from '../rank/clue.ts';
import { isInherited, type Suspect } from '../rank/rank-components.ts';

export const FEATURES = ['strength', 'ratio', 'margin', 'change', 'weak', 'contradicted', 'changeElsewhere', 'outOfGraph', 'after', 'refuted', 'unknownNormal', 'unseen', 'blindSufferer', 'unmapped'] as const;
/** Each between -1 and about 1.3. */
export type Features = Readonly<Record<(typeof FEATURES)[number], number>>;

export interface Circumstances {
  /** 0 to 1: how clearly the named sufferer shows the named symptom; null where that cannot be seen. */
  readonly confirmation: number | null;
  /** What is said to hurt was watched and does not show. */
  readonly isRefuted: boolean;
  /** No time is known to be normal: what is called normal was guessed from the window. */
  readonly baselineMissing: boolean;
  /** Not even a guess at what is normal could be made. */
  readonly normalUnknown: boolean;
  readonly observation: Observation;
  readonly detectedAt: EpochMs;
  /** Whether the call graph holds a service; null where there is no call graph, or the cluster's objects are looked at. */
  readonly isJoined: ((name: string) => boolean) | null;
  /** Somebody recorded who calls whom. */
  readonly isMapped: boolean;
}

/** A symptom at this strength, in spreads, is beyond doubt. */
const CLEAR = 3;

/** Does the service that is said to suffer show the sign that is said to hurt, beyond where noise strays? An alert may be a false one. */
export const confirmationOf = (scope: Scope, all: ReadonlyMap<string, Health>, measured: (service: string) => boolean): number | null => {
  const seen = scope.sufferers.filter(measured);
  if (seen.length === 0 || scope.family === null || scope.family === 'other') return null;
  let most = 0;
  for (const name of seen) {
    const health = all.get(name);
    if (health === undefined) continue;
    const signs = scope.family === 'errors' ? [health.errors] : [...health.latency.values()];
    for (const sign of signs) if (sign !== null) most = Math.max(most, sign.strength * sign.persistence - accidentOf(sign.analysis.window.times.length, sign.analysis.reference.values.length));
  }
  return Math.min(1, most / CLEAR);
};

/** A tenth of a point must not look like certainty because nobody else has any. */
const BACKGROUND = 1.5;

/** A normal time guessed from a change that many series share is worth much of a known one. */
const GUESSED = 0.3;

/** Below this score the strongest of many series may be an accident, unless the named sufferer really suffers. */
const WEAK = 2.5;

/** Detection follows the trouble; within a minute or one sample, whichever is longer, clocks and sampling may turn that round. */
const LATE_MS = 60_000;
/** So long after it, no doubt is left. */
const MUCH_LATER_MS = 5 * 60_000;

const lateness = ({ supports }: Suspect, { detectedAt, observation }: Circumstances): number => {
  const onset = supports.find(({ kind }) => kind !== 'change')?.onset ?? null;
  return onset === null ? 0 : Math.max(0, Math.min(1, (onset - detectedAt - Math.max(LATE_MS, observation.stepMs)) / MUCH_LATER_MS));
};

const isOutOfGraph = ({ component: { kind, name } }: Suspect, isJoined: Circumstances['isJoined']): boolean => kind !== 'node' && kind !== 'kubernetes_object' && isJoined !== null && !isJoined(name);

/** Something was changed, and evidence points at the change; half as much suspicion of it as of this one counts in full. */
const changeElsewhere = (suspect: Suspect, score: number, others: readonly Suspect[]): number =>
  suspect.changeId !== null ? 0 : Math.min(1, (2 * Math.max(0, ...others.filter(({ changeId }) => changeId !== null).map((other) => other.score))) / Math.max(0.1, score));

export const featuresOf = (suspect: Suspect, all: readonly Suspect[], circumstances: Circumstances): Features => {
  const own = componentKey(suspect.component);
  const score = Math.max(0, suspect.score);
  const others = all.filter(({ component }) => componentKey(component) !== own);
  const rival = others.reduce((most, other) => Math.max(most, other.score), 0);
  const { confirmation, isRefuted, baselineMissing, normalUnknown, observation, isJoined } = circumstances;
  return {
    strength: Math.min(1.3, Math.log2(1 + score) / 3),
    ratio: (score - rival) / (score + rival + BACKGROUND),
    margin: Math.max(-1, Math.min(1, (score - rival) / 3)),
    change: suspect.changeId === null ? 0 : 1,
    weak: Math.max(0, 1 - score / WEAK) * (1 - (confirmation ?? 0)),
    contradicted: Math.min(1, suspect.contradictions.length / 2),
    changeElsewhere: changeElsewhere(suspect, score, others),
    outOfGraph: isOutOfGraph(suspect, isJoined) ? 1 : 0,
    after: lateness(suspect, circumstances),
    refuted: isRefuted ? 1 : 0,
    unknownNormal: baselineMissing ? (normalUnknown ? 1 : GUESSED) : 0,
    unseen: observation.unseen.length + observation.unseenChanged.length > 0 ? 1 : 0,
    // Where nobody knows who calls whom, what might be the echo of a callee's trouble might be the echo of anybody's.
    unmapped: !circumstances.isMapped && isInherited(suspect) ? 1 : 0,
    blindSufferer: observation.unseenSufferers.length > 0 ? 1 : 0,
  };
};
