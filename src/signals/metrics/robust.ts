/** Order statistics: what an outlier cannot move. Every function takes values in any order and leaves them alone. */

export const sorted = (values: readonly number[] | Float64Array): Float64Array => (values instanceof Float64Array ? values.slice() : Float64Array.from(values)).sort();

/** Linear interpolation between order statistics (type 7 of Hyndman and Fan, 1996). NaN of nothing. */
export const quantileOf = (ascending: Float64Array, q: number): number => {
  if (ascending.length === 0) return Number.NaN;
  const at = Math.min(1, Math.max(0, q)) * (ascending.length - 1);
  const low = Math.floor(at);
  const a = ascending[low] ?? Number.NaN;
  const b = ascending[Math.min(low + 1, ascending.length - 1)] ?? a;
  return a + (b - a) * (at - low);
};

/** Rounds of partitioning after which the rest is sorted: enough for any input but one made to be slow. */
const MAX_ROUNDS = 40;

/** Puts the values up to the one of rank `rank` before it and the rest behind it; leaves it at its place (Hoare's selection, 1961). */
const select = (values: Float64Array, rank: number): void => {
  let low = 0;
  let high = values.length - 1;
  for (let round = 0; low < high; round++) {
    if (round >= MAX_ROUNDS) {
      values.subarray(low, high + 1).sort();
      return;
    }
    const [first, middle, last] = [values[low] ?? 0, values[(low + high) >> 1] ?? 0, values[high] ?? 0];
    const pivot = Math.max(Math.min(first, middle), Math.min(Math.max(first, middle), last));
    let i = low;
    let j = high;
    while (i <= j) {
      while ((values[i] ?? 0) < pivot) i += 1;
      while ((values[j] ?? 0) > pivot) j -= 1;
      if (i > j) break;
      const swapped = values[i] ?? 0;
      values[i++] = values[j] ?? 0;
      values[j--] = swapped;
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else return;
  }
};

/** The same as `quantileOf` at one half, without sorting. */
export const median = (values: readonly number[] | Float64Array): number => {
  const count = values.length;
  if (count === 0) return Number.NaN;
  const own = values instanceof Float64Array ? values.slice() : Float64Array.from(values);
  const rank = (count - 1) >> 1;
  select(own, rank);
  const low = own[rank] ?? Number.NaN;
  if (count % 2 === 1) return low;
  let high = Number.POSITIVE_INFINITY;
  for (let i = rank + 1; i < count; i++) high = Math.min(high, own[i] ?? high);
  return low + (high - low) * 0.5;
};

/** One standard deviation of a normal distribution in units of its MAD. */
const NORMAL_MAD = 1.4826;
/** Standard deviations between the median and the 98th percentile of a normal distribution. */
const NORMAL_TAIL = 2.054;

export interface Spread {
  readonly count: number;
  readonly median: number;
  readonly iqr: number;
  readonly min: number;
  readonly max: number;
  /** Median absolute deviation in units of a normal distribution's standard deviation: nearly half of the samples may be foreign to it. */
  readonly core: number;
}

export const spreadOf = (values: readonly number[] | Float64Array): Spread => {
  const ascending = sorted(values);
  const center = quantileOf(ascending, 0.5);
  return {
    count: ascending.length,
    median: center,
    iqr: quantileOf(ascending, 0.75) - quantileOf(ascending, 0.25),
    min: ascending[0] ?? Number.NaN,
    max: ascending[ascending.length - 1] ?? Number.NaN,
    core: NORMAL_MAD * median(ascending.map((value) => Math.abs(value - center))),
  };
};

/** Longer references are thinned, longer stretches are treated like this one: the tail changes little beyond. */
const MAX_POINTS = 150;
const MAX_STRETCH = 15;

export interface Tails {
  readonly up: number;
  readonly down: number;
}

/** Medians of `length` consecutive samples all along, ascending. */
const rollingMedians = (inTimeOrder: Float64Array, length: number): Float64Array => {
  const step = Math.max(1, Math.ceil(inTimeOrder.length / MAX_POINTS));
  const values = step === 1 ? inTimeOrder : inTimeOrder.filter((_, index) => index % step === 0);
  const width = Math.max(1, Math.min(MAX_STRETCH, Math.ceil(length / step), values.length >> 2));
  const medians = new Float64Array(Math.max(0, values.length - width + 1));
  if (width === 1) return values.slice().sort();
  const inside = values.slice(0, width).sort();
  for (let i = 0; i < medians.length; i++) {
    if (i > 0) replace(inside, values[i - 1] ?? 0, values[i + width - 1] ?? 0);
    medians[i] = quantileOf(inside, 0.5);
  }
  return medians.sort();
};

/** One value for another in a few ascending ones. */
const replace = (ascending: Float64Array, old: number, value: number): void => {
  let at = 0;
  while (at < ascending.length - 1 && ascending[at] !== old) at += 1;
  for (; at > 0 && (ascending[at - 1] ?? 0) > value; at--) ascending[at] = ascending[at - 1] ?? 0;
  for (; at < ascending.length - 1 && (ascending[at + 1] ?? 0) < value; at++) ascending[at] = ascending[at + 1] ?? 0;
  ascending[at] = value;
};

/**
 * How far medians of `length` consecutive samples stray from the median in normal times, in units of a standard deviation: the distance of their 2 % tails.
 * A stretch of three high samples is news where single samples spike all day, one high sample there is not.
 */
export const tailsOf = (inTimeOrder: Float64Array, center: number, length: number): Tails => {
  const medians = rollingMedians(inTimeOrder, length);
  return { up: Math.max(0, quantileOf(medians, 0.98) - center) / NORMAL_TAIL, down: Math.max(0, center - quantileOf(medians, 0.02)) / NORMAL_TAIL };
};

/** The farthest that a median of `length` consecutive samples strays in normal times. */
export const farthestOf = (inTimeOrder: Float64Array, center: number, length: number): number => {
  const medians = rollingMedians(inTimeOrder, length);
  return medians.length === 0 ? 0 : Math.max((medians[medians.length - 1] ?? center) - center, center - (medians[0] ?? center));
};
