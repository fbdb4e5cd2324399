/**
 * Weights of the confidence model: data, written by `node bench/calibrate.ts CAPSULES --write` from 305 labelled capsules. Do not edit.
 * Logistic regression, L2 0.002, sets balanced, damaged versions of each capsule included. Reliability of the first hypothesis, 5-fold cross-validated (ECE 0.047, false-confident 0.007):
 *
 *   confidence  n   mean conf.  share right
 *   0.0-0.1     3   0.079       0.000
 *   0.1-0.2     6   0.132       0.000
 *   0.2-0.3     8   0.245       0.500
 *   0.3-0.4     4   0.340       0.250
 *   0.4-0.5     3   0.454       0.667
 *   0.5-0.6     8   0.568       0.625
 *   0.6-0.7     5   0.659       1.000
 *   0.7-0.8     7   0.755       0.857
 *   0.8-0.9     9   0.853       1.000
 *   0.9-1.0   252   0.969       0.992
 */
import type { Features } from './features.ts';

export interface Calibration {
  readonly intercept: number;
  readonly weights: Readonly<Record<keyof Features, number>>;
}

export const CALIBRATION: Calibration = {
  intercept: -1.1779,
  weights: { strength: 1.5074, ratio: 2.0094, margin: 2.3218, agreement: 0.0000, crowd: -1.0938, confirmed: 1.3738, confirmedLead: 0.5727, refuted: 0.0000, own: 0.2644, change: 1.2601, weak: -1.2914, doubt: 0.0000, unknownNormal: -0.9843 },
};
