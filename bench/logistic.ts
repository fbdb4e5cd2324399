/** Logistic regression with an L2 penalty by gradient descent: small, convex, the same result every time. */

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

const STEPS = 6000;
const RATE = 0.3;

export const fit = (samples: readonly Sample[], { l2, signs }: FitOptions): Model => {
  const width = samples[0]?.x.length ?? 0;
  const total = samples.reduce((sum, sample) => sum + sample.weight, 0);
  let intercept = 0;
  const weights = Array.from({ length: width }, () => 0);
  for (let step = 0; step < STEPS; step++) {
    let slope = 0;
    const slopes = Array.from({ length: width }, () => 0);
    for (const { x, y, weight } of samples) {
      const error = (probability({ intercept, weights }, x) - y) * weight;
      slope += error;
      for (let k = 0; k < width; k++) slopes[k] = (slopes[k] ?? 0) + error * (x[k] ?? 0);
    }
    intercept -= (RATE * slope) / total;
    for (let k = 0; k < width; k++) {
      const next = (weights[k] ?? 0) - RATE * ((slopes[k] ?? 0) / total + l2 * (weights[k] ?? 0));
      const sign = signs[k] ?? 0;
      weights[k] = sign !== 0 && next * sign < 0 ? 0 : next;
    }
  }
  return { intercept, weights };
};
