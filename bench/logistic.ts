/** Logistic regression with an L2 penalty by accelerated gradient descent: small, convex, the same result every time. */

export interface Sample {
  readonly x: readonly number[];
  readonly y: 0 | 1;
  readonly weight: number;
}

export interface Model {
  readonly intercept: number;
  readonly weights: readonly number[];
}

export const probability = (model: Model, x: readonly number[]): number => {
  const logit = x.reduce((sum, value, index) => sum + value * (model.weights[index] ?? 0), model.intercept);
  return 1 / (1 + Math.exp(-logit));
};

export interface FitOptions {
  /** Penalty on each weight but the intercept's. */
  readonly l2: number;
  /** Signs that weights must have: 1, -1, or 0 for either. A feature that means the opposite of its name was fitted to noise. */
  readonly signs: readonly number[];
}

const STEPS = 1500;
const RATE = 0.5;

/** Slopes of the mean loss; the intercept's stands last. */
const slopesOf = (samples: readonly Sample[], columns: Float64Array, at: Float64Array, total: number): Float64Array => {
  const width = at.length - 1;
  const slopes = new Float64Array(width + 1);
  samples.forEach(({ y, weight }, row) => {
    let logit = at[width] ?? 0;
    for (let k = 0; k < width; k++) logit += (columns[row * width + k] ?? 0) * (at[k] ?? 0);
    const error = ((1 / (1 + Math.exp(-logit)) - y) * weight) / total;
    for (let k = 0; k < width; k++) slopes[k] = (slopes[k] ?? 0) + error * (columns[row * width + k] ?? 0);
    slopes[width] = (slopes[width] ?? 0) + error;
  });
  return slopes;
};

/** Nesterov's method with projection on the signs. */
export const fit = (samples: readonly Sample[], { l2, signs }: FitOptions): Model => {
  const width = samples[0]?.x.length ?? 0;
  const columns = Float64Array.from(samples.flatMap(({ x }) => x));
  const total = samples.reduce((sum, sample) => sum + sample.weight, 0);
  let current = new Float64Array(width + 1);
  let ahead = current;
  for (let step = 0; step < STEPS; step++) {
    const slopes = slopesOf(samples, columns, ahead, total);
    const from = ahead;
    const next = from.map((value, k) => {
      const moved = value - RATE * ((slopes[k] ?? 0) + (k < width ? l2 * value : 0));
      return (signs[k] ?? 0) !== 0 && moved * (signs[k] ?? 0) < 0 ? 0 : moved;
    });
    const previous = current;
    ahead = next.map((value, k) => value + (step / (step + 3)) * (value - (previous[k] ?? 0)));
    current = next;
  }
  return { intercept: current[width] ?? 0, weights: [...current.subarray(0, width)] };
};
