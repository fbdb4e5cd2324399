/**
 * A window without a baseline that begins just before the fault: a handful of normal samples, too few for a test of ranks over the whole window.
 * What comes after the detection tells how much a series varies; samples at the very beginning that lie far outside of that are the normal ones.
 */
import type { EpochMs, TimeWindow } from '../../domain/time.ts';
import { quantileOf, sorted, spreadOf, type Spread } from './robust.ts';
import { within, type Samples } from './samples.ts';

/** In standard deviations of the time after the detection. */
const FAR = 4;
/** A sample that differs by less than this share of the level is no other level. */
const RELATIVE_FLOOR = 0.1;
/** Fewer are no level. */
export const MIN_HEAD = 2;
/** Normal samples that stand for themselves need no help from here on. */
const ENOUGH = 8;
const MIN_TAIL = 10;
/** Series that have to agree. */
const MIN_VOTES = 2;
const EARLY = 0.25;

/** The instant at which a series left the level of its first samples; null where it did not. */
const cutOf = (window: Samples, detectedAt: EpochMs): EpochMs | null => {
  const { times, values } = window;
  const from = times.findIndex((time) => time > detectedAt);
  if (from < MIN_HEAD || values.length - from < MIN_TAIL) return null;
  const tail = spreadOf(values.subarray(from));
  const far = Math.max(FAR * tail.core, RELATIVE_FLOOR * Math.abs(tail.median), Number.MIN_VALUE);
  const side = Math.sign((values[0] ?? 0) - tail.median);
  let length = 0;
  while (length < from && side * ((values[length] ?? 0) - tail.median) > far) length++;
  return length < MIN_HEAD ? null : (times[length] ?? null);
};

/** The first part of the window, up to the instant at which several series left their first level; null where they do not agree on one. */
export const headOf = (all: readonly Samples[], window: TimeWindow, detectedAt: EpochMs): TimeWindow | null => {
  const cuts = all.map((samples) => cutOf(within(samples, window), detectedAt)).filter((at) => at !== null);
  if (cuts.length < MIN_VOTES) return null;
  // Those that follow later are victims: the earliest, less a few accidents, say when it began.
  return { start: window.start, end: quantileOf(sorted(cuts), EARLY) };
};

/** Few normal samples know little of their own variation: that of the later time, in proportion to the level, is the least. */
export const withVariation = (few: Spread, later: Spread): Spread => {
  if (few.count >= ENOUGH || later.count < MIN_TAIL || later.median === 0) return few;
  return { ...few, core: Math.max(few.core, later.core * Math.min(1, Math.abs(few.median / later.median))) };
};
