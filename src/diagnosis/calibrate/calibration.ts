/**
 * Weights of the confidence model: data, written by `node bench/calibrate.ts CAPSULES --write` from 305 labelled capsules. Do not edit.
 * Logistic regression, L2 0.002, sets balanced, damaged versions of each capsule included. Reliability of the first hypothesis, 5-fold cross-validated (ECE 0.046, false-confident 0.007):
 *
 *   confidence  n   mean conf.  share right
 *   0.0-0.1     4   0.083       0.000
 *   0.1-0.2     5   0.138       0.000
 *   0.2-0.3     8   0.245       0.500
 *   0.3-0.4     4   0.340       0.250
 *   0.4-0.5     3   0.450       0.667
 *   0.5-0.6     8   0.573       0.625
 *   0.6-0.7     5   0.657       1.000
 *   0.7-0.8     7   0.754       0.857
 *   0.8-0.9     9   0.852       1.000
 *   0.9-1.0   252   0.969       0.992
 */
import type { Features } from './features.ts';

export interface Calibration {
  readonly intercept: number;
  readonly weights: Readonly<Record<keyof Features, number>>;
}

export const CALIBRATION: Calibration = {
  intercept: -1.1899,
  weights: { strength: 1.5069, ratio: 1.9927, margin: 2.3210, agreement: 0.0000, crowd: -1.0953, confirmed: 1.3838, confirmedLead: 0.5783, refuted: 0.0000, own: 0.2955, change: 1.2585, weak: -1.2877, doubt: 0.0000, unknownNormal: -0.9776 },
};
