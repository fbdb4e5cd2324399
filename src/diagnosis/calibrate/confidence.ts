/** A calibrated probability that a hypothesis names the right component. */
import { CALIBRATION } from './calibration.ts';
import { FEATURES, type Features } from './features.ts';

/** Nobody deserves more from evidence of one incident. */
const MOST = 0.97;
const LEAST = 0.01;

/** Logistic regression; its weights are data (`calibration.ts`), fitted by `bench/calibrate.ts`. */
export const confidenceOf = (features: Features): number => {
  let logit = CALIBRATION.intercept;
  for (const name of FEATURES) logit += CALIBRATION.weights[name] * features[name];
  return Math.min(MOST, Math.max(LEAST, 1 / (1 + Math.exp(-logit))));
};
