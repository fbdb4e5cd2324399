/**
 * Cause or echo. An invariant that breaks (always before, never now) in a callee explains what breaks in its callers: errors travel
 * up. A choice that shifts (sometimes before, more often now) is explained by whoever sent other input: work travels down.
 */
import type { EpochMs } from '../../domain/time.ts';
import type { Contrast, Phases } from './phases.ts';
import { binMs } from './phases.ts';
import { wilson } from './surprise.ts';
import type { ServiceGraph } from './service-graph.ts';
import { calleesOf } from './service-graph.ts';

export interface Break {
  readonly service: string;
  readonly strength: number;
  readonly contrast: Contrast;
  readonly onset: EpochMs;
}

/** Normal shares between these bounds for certain were a matter of input before the fault, too. */
const CHOICE_LOW = 0.02;
const CHOICE_HIGH = 0.98;
/** A break explains others up to twice as strong as itself: counts differ, and the echo is often the louder. */
const EXPLAINS = 0.5;

export const isChoice = ({ normalHits, normalTotal }: Contrast): boolean => {
  const { low, high } = wilson(normalHits, normalTotal);
  return low > CHOICE_LOW && high < CHOICE_HIGH;
};

/** Strength of a contrast: ten times the root of the surprise (nats an observation); 2 is hardly anything, 10 is decisive. */
export const strengthOf = (contrast: Contrast, isSwap = false): number =>
  10 * Math.sqrt(Math.abs(contrast.surprise)) * (isSwap || isChoice(contrast) ? CHOICE_WEIGHT : 1) * (contrast.isCurrent ? 1 : PAST_WEIGHT);

/** A shift of what was a matter of input says less than an invariant that broke; so does one ordinary thing done instead of another. */
const CHOICE_WEIGHT = 0.6;
/** Much less says what was over, or had not begun, when somebody noticed. */
export const PAST_WEIGHT = 0.25;

/** Bins by which an echo may seem to precede its cause: onsets are only known to the bin. */
const ONSET_SLACK_BINS = 0.5;

/** How much of an operation's runs is affected, 0 to 1. */
const affectedShare = ({ hits, total, normalHits, normalTotal }: Contrast): number => Math.abs(hits / Math.max(1, total) - normalHits / Math.max(1, normalTotal));

/**
 * For each break whether another explains it: one about as strong, that affects about as many of its own runs, no later, on the
 * right side. Breaks in `mute` need an explanation themselves and explain nothing.
 */
export const echoes = <T extends Break>(breaks: readonly T[], graph: ServiceGraph, phases: Phases, mute: ReadonlySet<T> = new Set()): boolean[] => {
  const slackMs = ONSET_SLACK_BINS * binMs(phases);
  const callees = new Map([...new Set(breaks.map(({ service }) => service))].map((service) => [service, calleesOf(graph, service)]));
  const calls = (caller: string, callee: string): boolean => callees.get(caller)?.has(callee) ?? false;
  const known = breaks.map(({ contrast }) => ({ choice: isChoice(contrast), share: affectedShare(contrast) }));
  return breaks.map((one, i) =>
    breaks.some((other, j) => {
      if (mute.has(other) || other.service === one.service || other.strength < EXPLAINS * one.strength) return false;
      if (other.onset > one.onset + slackMs) return false;
      if ((known[j]?.share ?? 0) < EXPLAINS * (known[i]?.share ?? 0)) return false;
      const up = known[j]?.choice === false && calls(one.service, other.service) && !calls(other.service, one.service);
      const down = known[i]?.choice === true && calls(other.service, one.service) && !calls(one.service, other.service);
      return up || down;
    }),
  );
};
