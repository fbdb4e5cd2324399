/** What a series does anyway: jobs that come round, peaks that return, steps that its own resolution makes. */
import { median, sorted } from './robust.ts';
import type { Shift } from './shift.ts';

/** As far as this share of the way is as far. */
const AS_FAR = 0.8;
/** A stretch as long holds so many samples that went as far: then its median did. */
const AS_LONG = 0.5;
/** Once may have been trouble; what came twice comes round. */
const PRECEDENTS = 2;
/** So many of them are to be expected in as many samples. */
const PROBABLY = 0.5;
/** Of few samples nobody knows what they do anyway. */
const MIN_SAMPLES = 30;

/** Separate stretches of normal times, as long as this one, in which the series went as far. */
const precedentsOf = (inTimeOrder: Float64Array, { direction, observed, expected, samples }: Shift): number => {
  const least = Math.ceil(AS_LONG * samples);
  const level = expected + AS_FAR * (observed - expected);
  const isFar = (value: number): boolean => (direction === 'up' ? value >= level : value <= level);
  let found = 0;
  let inside = 0;
  let isOpen = false;
  for (let i = 0; i < inTimeOrder.length; i++) {
    if (isFar(inTimeOrder[i] ?? expected)) inside++;
    if (i >= samples && isFar(inTimeOrder[i - samples] ?? expected)) inside--;
    if (inside >= least && !isOpen) found++;
    // Separate: between two of them it was back for a while.
    isOpen = inside >= least || (isOpen && inside > 0);
  }
  return found;
};

/** Did the series go as far for as long repeatedly in normal times (`inTimeOrder`), and so often that `looked` samples would probably hold it once? */
export const isHabit = (inTimeOrder: Float64Array, shift: Shift, looked: number): boolean => {
  if (inTimeOrder.length < MIN_SAMPLES || shift.samples * 2 * PRECEDENTS > inTimeOrder.length || shift.observed === shift.expected) return false;
  const precedents = precedentsOf(inTimeOrder, shift);
  return precedents >= PRECEDENTS && (precedents * looked) / inTimeOrder.length >= PROBABLY;
};

/** Two stretches this much alike, in length and in how far they went, are one job; troubles differ. */
const ALIKE = 0.15;
/** Shorter stretches are alike by chance. */
const MIN_TWIN = 5;

/** Did the series once go exactly as far for exactly as long in normal times (`inTimeOrder`) and come back both times? Then one precedent is enough. */
export const hasTwin = (inTimeOrder: Float64Array, { direction, observed, expected, samples, end }: Shift): boolean => {
  if (end === null || samples < MIN_TWIN || inTimeOrder.length < MIN_SAMPLES || samples * 2 * PRECEDENTS > inTimeOrder.length) return false;
  const middle = (expected + observed) / 2;
  const slack = Math.max(1, ALIKE * samples);
  let from = -1;
  for (let i = 0; i <= inTimeOrder.length; i++) {
    const value = inTimeOrder[i] ?? expected;
    const isFar = i < inTimeOrder.length && (direction === 'up' ? value >= middle : value <= middle);
    if (isFar && from < 0) from = i;
    if (isFar || from < 0) continue;
    // What the normal time begins or ends with may have been longer.
    const isWhole = from > 0 && i < inTimeOrder.length;
    if (isWhole && Math.abs(i - from - samples) <= slack && Math.abs(median(inTimeOrder.slice(from, i)) - observed) <= ALIKE * Math.abs(observed - expected)) return true;
    from = -1;
  }
  return false;
};

/** Steps smaller than this share of the level are no grid. */
const LEAST_STEP = 0.02;
/** Half a step of its resolution is what rounding makes of a value between two. */
const HALF = 0.5;
/** A grid is where so many values share one place, and every place is whole steps from nought: of two places exactly. */
const SHARERS = 6;
const MIN_PLACES = 3;
const OFF_GRID = 0.15;

/** Half the step between the values that a series can take (ticks of a counter, whole connections); 0 of one whose values lie close. */
export const resolutionFloor = (normal: Float64Array): number => {
  const level = Math.abs(median(normal));
  if (normal.length < MIN_SAMPLES || level === 0) return 0;
  const places: number[] = [];
  let step = Number.POSITIVE_INFINITY;
  let before = Number.NEGATIVE_INFINITY;
  for (const value of sorted(normal)) {
    const gap = value - before;
    before = value;
    if (gap <= LEAST_STEP * level) continue;
    if (places.length > 0) step = Math.min(step, gap);
    places.push(value);
  }
  const offGrid = places.length >= MIN_PLACES ? OFF_GRID : 0;
  const isGrid = Number.isFinite(step) && places.length * SHARERS <= normal.length && places.every((value) => Math.abs(value / step - Math.round(value / step)) <= offGrid);
  return isGrid ? HALF * step : 0;
};
