/**
 * Weights of the confidence model: data, written by `node bench/calibrate.ts CAPSULES --write` from 464 labelled capsules. Do not edit.
 * Logistic regression, L2 0.0005, sets balanced, 33 damaged versions of each capsule included. Reliability of the first hypothesis, 5-fold cross-validated: clean ECE 0.046, false-confident 0.009;
 * damaged ECE 0.025, false-confident 0.029. Clean and damaged together:
 *
 *   confidence  n   mean conf.  share right
 *   0.0-0.1   503   0.039       0.004
 *   0.1-0.2   235   0.145       0.115
 *   0.2-0.3   125   0.249       0.312
 *   0.3-0.4   107   0.340       0.308
 *   0.4-0.5    86   0.459       0.477
 *   0.5-0.6    82   0.556       0.451
 *   0.6-0.7   178   0.659       0.657
 *   0.7-0.8   265   0.755       0.698
 *   0.8-0.9   396   0.857       0.831
 *   0.9-1.0  2804   0.964       0.978
 */
import type { Features } from './features.ts';

export interface Calibration {
  readonly intercept: number;
  readonly weights: Readonly<Record<keyof Features, number>>;
}

export const CALIBRATION: Calibration = {
  intercept: 0.2305,
  weights: { strength: 0.5791, ratio: 2.9971, margin: 1.1179, change: 1.7695, weak: -3.5786, contradicted: -1.8351, changeElsewhere: -2.0136, outOfGraph: -1.1905, after: -1.1597, refuted: -2.1545, unknownNormal: -0.4932, unseen: -1.2387, blindSufferer: -2.1812, unmapped: -2.0036 },
};
