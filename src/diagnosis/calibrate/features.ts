/** What the confidence of a hypothesis depends on: numbers that mean the same in every system. */
import type { Suspect } from '../rank/rank-components.ts';
import { componentKey } from '../rank/clue.ts';

export const FEATURES = ['strength', 'margin', 'agreement', 'ratio'] as const;
export type Features = Readonly<Record<(typeof FEATURES)[number], number>>;

/** Distance to the best suspect that is another component, both absolute and as a share; strength on a log scale; how many topics agree. */
export const featuresOf = (suspect: Suspect, all: readonly Suspect[]): Features => {
  const own = componentKey(suspect.component);
  const rival = Math.max(0, ...all.filter((other) => componentKey(other.component) !== own).map((other) => other.score));
  const score = Math.max(0, suspect.score);
  return {
    strength: Math.min(3, Math.log2(1 + score)),
    margin: Math.max(-4, Math.min(4, score - rival)) / 2,
    agreement: Math.min(4, suspect.topics.length) / 2,
    ratio: score + rival === 0 ? 0 : (score / (score + rival)) * 2 - 1,
  };
};
