/**
 * Fourth stage: the steps of one incident in causal order.
 *
 * Time decides. Within one moment (steps that follow each other within 5 s, 15 s in all) log time says little about cause: a request
 * fails and is logged before the pool that failed it gives up. There the causal rank of known failures decides, then time.
 */
import type { EpochMs } from '../../domain/time.ts';
import { CAUSAL_RANK, type KnownFailure } from '../../signals/logs/knowledge/known-failure.ts';
import { type Annotated, isBad } from './annotate.ts';
import type { Activity } from './episodes.ts';
import type { Cluster } from './group.ts';

export interface Step {
  readonly item: Annotated;
  readonly at: EpochMs;
  /** Last instant that may hold an event of it. */
  readonly end: EpochMs;
  /** Events within the incident. */
  readonly count: number;
}
export interface Chain {
  /** At most 12, in causal order. */
  readonly steps: readonly Step[];
  /** The step that the others may follow from. */
  readonly trigger: Step;
  /** All steps, in time order; the chain leaves out the least telling ones where there are many. */
  readonly all: readonly Step[];
}

const MOMENT_PAUSE_MS = 5000;
const MOMENT_MS = 15_000;
const MAX_STEPS = 12;

export const orderChain = (cluster: Cluster): Chain | null => {
  const all = stepsOf([...cluster.activities, ...cluster.warnings]);
  const steps = orderSteps(mostTelling(all));
  const trigger = steps.find(({ item }) => isTrigger(item.failure)) ?? steps.find(({ item }) => !item.claim) ?? steps[0];
  return trigger === undefined ? null : { steps, trigger, all };
};

/** Errors that go on all the time have no order: the most frequent first. */
export const orderByCount = (cluster: Cluster): Chain | null => {
  const all = stepsOf(cluster.activities);
  const steps = [...all].sort((a, b) => b.count - a.count || byTime(a, b)).slice(0, MAX_STEPS);
  const [trigger] = steps;
  return trigger === undefined ? null : { steps, trigger, all };
};

/** A step that tells what failed: neither a framework's wrapper, nor what probes notice, nor the end. */
export const isTrigger = (failure: KnownFailure | null): boolean => failure !== null && CAUSAL_RANK[failure.rank] < CAUSAL_RANK.wrapper;

const stepsOf = (activities: readonly Activity[]): readonly Step[] => {
  const steps = new Map<Annotated, { item: Annotated; at: EpochMs; end: EpochMs; count: number }>();
  for (const { item, start, end, count } of activities) {
    const step = steps.get(item);
    if (step === undefined) steps.set(item, { item, at: start, end, count });
    else {
      step.at = Math.min(step.at, start);
      step.end = Math.max(step.end, end);
      step.count += count;
    }
  }
  return [...steps.values()].sort(byTime);
};

const byTime = (a: Step, b: Step): number => a.at - b.at || (a.item.pattern.id < b.item.pattern.id ? -1 : 1);
const rankOf = ({ item }: Step): number => CAUSAL_RANK[item.failure?.rank ?? 'application'];

/** Keeps the first step of each known failure, endings and fatals, then the first errors. */
const mostTelling = (steps: readonly Step[]): readonly Step[] => {
  if (steps.length <= MAX_STEPS) return steps;
  const seen = new Set<string>();
  const scored = steps.map((step, index) => {
    const { failure, weight } = step.item;
    const firstOfKind = failure !== null && !seen.has(failure.id);
    if (failure !== null) seen.add(failure.id);
    const score = (firstOfKind ? 4 : 0) + (failure?.terminal === undefined ? 0 : 2) + (weight === 'fatal' ? 2 : 0) + (isBad(step.item) ? 1 : 0);
    return { step, score, index };
  });
  return scored
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, MAX_STEPS)
    .map(({ step }) => step)
    .sort(byTime);
};

const orderSteps = (steps: readonly Step[]): readonly Step[] => {
  const moments: Step[][] = [];
  for (const step of steps) {
    const moment = moments.at(-1);
    const first = moment?.[0];
    const last = moment?.at(-1);
    if (moment !== undefined && first !== undefined && last !== undefined && step.at - last.at <= MOMENT_PAUSE_MS && step.at - first.at <= MOMENT_MS) moment.push(step);
    else moments.push([step]);
  }
  return moments.flatMap((moment) => moment.sort((a, b) => rankOf(a) - rankOf(b) || byTime(a, b)));
};
