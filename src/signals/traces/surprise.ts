/**
 * How surprising the share of something now is, given how often it was seen in normal time; honest about small counts.
 *
 * The surprise is the Kullback-Leibler divergence (nats an observation) between the two shares, taken at the nearest ends of
 * their Wilson intervals, so that it is 0 where the intervals overlap and grows both with the difference and with the number
 * of observations. "Always before, never now" is worth many times a shift of the mix from 70 to 90 percent.
 * Sources: Wilson 1927, "Probable Inference"; Kullback and Leibler 1951.
 */

/** Two-sided 95 percent. */
const Z = 1.96;

interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The Wilson score interval of `hits` out of `total`; [0, 1] where total is 0. */
export const wilson = (hits: number, total: number): Interval => {
  if (total <= 0) return { low: 0, high: 1 };
  const share = hits / total;
  const scale = 1 + (Z * Z) / total;
  const centre = (share + (Z * Z) / (2 * total)) / scale;
  const half = (Z * Math.sqrt((share * (1 - share)) / total + (Z * Z) / (4 * total * total))) / scale;
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
};

const TINY = 1e-9;

/**
 * Nats an observation, positive where the share rose, negative where it fell, 0 where the difference may be chance.
 * Needs 0 <= hits <= total on both sides.
 */
export const surprise = (normalHits: number, normalTotal: number, hits: number, total: number): number => {
  const before = wilson(normalHits, normalTotal);
  const after = wilson(hits, total);
  if (after.low > before.high) return divergence(after.low, before.high);
  return after.high < before.low ? -divergence(after.high, before.low) : 0;
};

const divergence = (p: number, q: number): number => p * Math.log((p + TINY) / (q + TINY)) + (1 - p) * Math.log((1 - p + TINY) / (1 - q + TINY));
