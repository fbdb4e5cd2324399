/** How far a stretch of shifted samples can be an accident: by its length, and by how much normal time it was compared with. */

/** Bits from which on an accident is out of the question. */
const ENOUGH_BITS = 8;
/** One sample convinces little, three in a row fully. */
const SAMPLES = 3;
const FIRST = 0.1;

/** log2 of n over k. */
const log2Choose = (n: number, k: number): number => {
  let bits = 0;
  for (let i = 1; i <= k; i++) bits += Math.log2((n - k + i) / i);
  return bits;
};

/**
 * 0 to 1. Were there no shift, every choice of `samples` out of all would be as likely to be the highest: three samples above three normal ones
 * happen in one of twenty series, three above thirty in one of five thousand.
 */
export const persistenceOf = (samples: number, normal: number): number => {
  const m = Math.min(samples, 20);
  return Math.min(1, FIRST + m / SAMPLES, log2Choose(Math.max(1, Math.min(normal, 1000)) + m, m) / ENOUGH_BITS);
};

/** Expected largest of `n` values of Gaussian noise, in standard deviations (Cramér 1946, "Mathematical Methods of Statistics", 28.6). */
const largestOfNoise = (n: number): number => {
  const root = Math.sqrt(2 * Math.log(Math.max(2, n)));
  return Math.max(0, root - (Math.log(Math.log(Math.max(2, n))) + Math.log(4 * Math.PI)) / (2 * root));
};

/** How far, in spreads weighed by persistence, noise strays somewhere in `samples` samples that are compared with `normal` ones. */
export const accidentOf = (samples: number, normal: number): number => persistenceOf(1, normal) * largestOfNoise(samples);
