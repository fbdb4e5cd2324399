/** What the confidence of a hypothesis depends on: numbers that mean the same in every system. */
import type { Scope } from '../scope.ts';
import type { Health } from '../relate/health.ts';
import { componentKey } from '../rank/clue.ts';
import type { Suspect } from '../rank/rank-components.ts';

export const FEATURES = ['strength', 'ratio', 'margin', 'agreement', 'crowd', 'confirmed', 'confirmedLead', 'refuted', 'own', 'change', 'weak', 'doubt', 'unknownNormal'] as const;
/** Each between -1 and about 1.5. */
export type Features = Readonly<Record<(typeof FEATURES)[number], number>>;

export interface Circumstances {
  /** 0 to 1: how clearly the named sufferer shows the named symptom; null where that cannot be seen. */
  readonly confirmation: number | null;
  /** Which of logs, metrics, traces were there, 0 to 1. */
  readonly coverage: number;
  /** No time is known to be normal: what is called normal was guessed from the window. */
  readonly baselineMissing: boolean;
  /** There are metrics, but not even a guess at what is normal for them. */
  readonly normalUnknown: boolean;
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

const isOwn = (topic: string): boolean => topic.startsWith('resource') || topic === 'kubernetes' || topic === 'lost calls' || topic === 'gap';

/** A tenth of a point must not look like certainty because nobody else has any. */
const BACKGROUND = 1.5;

/** A normal time guessed from a change that many series share is worth much of a known one. */
const GUESSED = 0.3;

/** Below this score the strongest of many series may be an accident, unless the named sufferer really suffers. */
const WEAK = 2.5;

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
  const { confirmation, coverage, baselineMissing, normalUnknown } = circumstances;
  return {
    strength: Math.min(1.3, Math.log2(1 + score) / 3),
    ratio: ((score - rival) / (score + rival + BACKGROUND)),
    margin: Math.max(-1, Math.min(1, (score - rival) / 3)),
    agreement: Math.min(4, suspect.topics.length) / 4,
    crowd: Math.min(1, Math.log2(1 + crowd) / 4),
    confirmed: confirmation ?? 0,
    confirmedLead: (confirmation ?? 0) * Math.max(0, score - rival) / (score + rival + 0.1),
    refuted: confirmation === null ? 0 : 1 - confirmation,
    own: suspect.topics.some(isOwn) ? 1 : 0,
    change: suspect.changeId === null ? 0 : 1,
    weak: Math.max(0, 1 - score / WEAK) * (1 - (confirmation ?? 0)),
    doubt: 1 - coverage,
    unknownNormal: normalUnknown ? 1 : baselineMissing ? GUESSED : 0,
  };
};
