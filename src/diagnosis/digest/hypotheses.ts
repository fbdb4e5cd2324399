/**
 * Sixth stage: what may have caused it.
 *
 * Logs alone show order and words, not proof, so confidence stays at or below 0.7, and below 0.5 is said to be uncertain.
 * It rises with what logs can support: the same failure in several patterns, consequences that follow it, repetition.
 */
import type { DigestHypothesis } from '../../domain/digest.ts';
import { CAUSAL_RANK, type KnownFailure } from '../../signals/logs/knowledge/known-failure.ts';
import type { Step } from './chain.ts';
import { isTrigger } from './chain.ts';
import type { Story } from './story.ts';
import type { Words } from './words/words.ts';

const MAX_HYPOTHESES = 3;
const MAX_CONFIDENCE = 0.7;
/** What goes on all the time has no order that speaks for a cause. */
const BACKGROUND_CONFIDENCE = 0.35;
const CERTAIN_FROM = 0.5;
const MAX_EVIDENCE = 5;
/** Share of the better hypothesis' confidence that the next one keeps at most. */
const RUNNER_UP = 0.4;

export const hypothesesOf = (story: Story, words: Words): readonly DigestHypothesis[] => {
  const { steps } = story.chain;
  const causes = story.failures.filter(isTrigger);
  const hypotheses: DigestHypothesis[] = [];
  let ceiling = story.background ? BACKGROUND_CONFIDENCE : MAX_CONFIDENCE;
  for (const failure of causes.slice(0, MAX_HYPOTHESES - 1)) {
    const evidence = steps.filter(({ item }) => item.failure === failure);
    const confidence = Math.min(ceiling, support(failure, evidence, story));
    hypotheses.push(hypothesis(words.knownCause(failure, hypotheses.length === 0), confidence, evidence));
    ceiling = confidence * RUNNER_UP;
  }
  if (causes.length === 0) hypotheses.push(...unknownCause(story, words));
  if (story.nearStart && !story.background) hypotheses.push(hypothesis(words.aroundStart(), Math.min(causes.length > 0 ? ceiling : 0.35, 0.35), steps.slice(0, 1)));
  return hypotheses.sort((a, b) => b.confidence - a.confidence).slice(0, MAX_HYPOTHESES);
};

const unknownCause = (story: Story, words: Words): readonly DigestHypothesis[] => {
  const { steps, trigger } = story.chain;
  const noticed = story.failures[0];
  if (noticed !== undefined) return [hypothesis(words.noticedOnly(noticed), 0.25, steps.filter(({ item }) => item.failure === noticed))];
  return [hypothesis(words.unknownCause(trigger.item.claim ? '' : trigger.item.pattern.template), 0.2, [trigger])];
};

/** What the log supports, 0.3 to 0.7. What waits for something else rarely is the cause, even where it is logged first. */
const support = (failure: KnownFailure, evidence: readonly Step[], story: Story): number => {
  const rank = CAUSAL_RANK[failure.rank];
  const base = failure.rank === 'waiting' ? 0.3 : 0.4;
  const events = evidence.reduce((sum, { count }) => sum + count, 0);
  const followed = story.failures.some((other) => CAUSAL_RANK[other.rank] > rank);
  const earlier = story.failures.indexOf(failure) === 0 ? 0.05 : 0;
  return base + (evidence.length >= 2 ? 0.1 : 0) + (followed ? 0.1 : 0) + (events >= 5 ? 0.05 : 0) + earlier;
};

const hypothesis = (summary: string, confidence: number, evidence: readonly Step[]): DigestHypothesis => ({
  summary,
  confidence: Math.round(confidence * 100) / 100,
  uncertain: confidence < CERTAIN_FROM,
  evidence: evidence.slice(0, MAX_EVIDENCE).map(({ item }) => item.pattern.id),
});
