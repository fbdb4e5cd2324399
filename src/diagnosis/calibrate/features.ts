/** What the confidence of a hypothesis depends on: numbers that mean the same in every system. */
import type { Scope } from '../scope.ts';
import type { Health } from '../relate/health.ts';
import type { Observation } from '../relate/observation.ts';
import { componentKey } from '../rank/clue.ts';
import type { Suspect } from '../rank/rank-components.ts';

export const FEATURES = ['strength', 'ratio', 'margin', 'crowd', 'confirmed', 'confirmedLead', 'change', 'weak', 'unknownNormal', 'unseenCallee', 'unseen', 'orphans', 'blind', 'thin'] as const;
/** Each between -1 and about 1.5. */
export type Features = Readonly<Record<(typeof FEATURES)[number], number>>;

export interface Circumstances {
  /** 0 to 1: how clearly the named sufferer shows the named symptom; null where that cannot be seen. */
  readonly confirmation: number | null;
  /** No time is known to be normal: what is called normal was guessed from the window. */
  readonly baselineMissing: boolean;
  /** There are metrics, but not even a guess at what is normal for them. */
  readonly normalUnknown: boolean;
  readonly observation: Observation;
  /** Everybody whom a service calls, directly or not, itself included. */
  readonly reach: (name: string) => ReadonlyMap<string, number>;
}

/** A symptom at this strength, in spreads, is beyond doubt. */
const CLEAR = 3;

/** Does the service that is said to suffer show the sign that is said to hurt? An alert may be a false one. */
export const confirmationOf = (scope: Scope, all: ReadonlyMap<string, Health>, measured: (service: string) => boolean): number | null => {
  const seen = scope.sufferers.filter(measured);
  if (seen.length === 0 || scope.family === null || scope.family === 'other') return null;
  let most = 0;
  for (const name of seen) {
    const health = all.get(name);
    if (health === undefined) continue;
    const signs = scope.family === 'errors' ? [health.errors] : [...health.latency.values()];
    for (const sign of signs) if (sign !== null) most = Math.max(most, sign.strength * sign.persistence);
  }
  return Math.min(1, most / CLEAR);
};

/** A tenth of a point must not look like certainty because nobody else has any. */
const BACKGROUND = 1.5;

/** A normal time guessed from a change that many series share is worth much of a known one; spans and log lines are each compared with whatever came before them. */
const GUESSED = 0.3;
const isShared = ({ supports }: Suspect): boolean => supports[0]?.kind === 'metric';

/** Below this score the strongest of many series may be an accident, unless the named sufferer really suffers. */
const WEAK = 2.5;

/** log2 of the samples of normal time from which on more would tell little. */
const ENOUGH_NORMAL = 5;

export const featuresOf = (suspect: Suspect, all: readonly Suspect[], circumstances: Circumstances): Features => {
  const own = componentKey(suspect.component);
  const score = Math.max(0, suspect.score);
  const rivals = new Map<string, number>();
  for (const other of all) {
    const key = componentKey(other.component);
    if (key !== own) rivals.set(key, Math.max(rivals.get(key) ?? 0, other.score));
  }
  const rival = Math.max(0, ...rivals.values());
  const crowd = [...rivals.values()].filter((value) => value >= score / 2).length;
  const { confirmation, baselineMissing, normalUnknown, observation, reach } = circumstances;
  const callees = reach(suspect.component.name);
  return {
    strength: Math.min(1.3, Math.log2(1 + score) / 3),
    ratio: ((score - rival) / (score + rival + BACKGROUND)),
    margin: Math.max(-1, Math.min(1, (score - rival) / 3)),
    crowd: Math.min(1, Math.log2(1 + crowd) / 4),
    confirmed: confirmation ?? 0,
    confirmedLead: (confirmation ?? 0) * Math.max(0, score - rival) / (score + rival + 0.1),
    change: suspect.changeId === null ? 0 : 1,
    weak: Math.max(0, 1 - score / WEAK) * (1 - (confirmation ?? 0)),
    unknownNormal: baselineMissing ? (!normalUnknown && isShared(suspect) ? GUESSED : 1) : 0,
    unseenCallee: observation.unseen.some((name) => callees.has(name)) ? 1 : 0,
    unseen: observation.unseen.length + observation.unseenChanged.length > 0 ? 1 : 0,
    orphans: Math.min(1, observation.orphanShare * 2),
    blind: observation.blindShare,
    thin: observation.normalSamples === null ? 0 : Math.max(0, 1 - Math.log2(1 + observation.normalSamples) / ENOUGH_NORMAL),
  };
};
