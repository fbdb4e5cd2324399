/**
 * Weights of the confidence model: data, written by `node bench/calibrate.ts CAPSULES --write` from 305 labelled capsules. Do not edit.
 * Logistic regression, L2 0.002, sets balanced, damaged versions of each capsule included. Reliability of the first hypothesis, 5-fold cross-validated (ECE 0.047, false-confident 0.007):
 *
 *   confidence  n   mean conf.  share right
 *   0.0-0.1     4   0.083       0.000
 *   0.1-0.2     5   0.141       0.000
 *   0.2-0.3     8   0.246       0.500
 *   0.3-0.4     4   0.338       0.250
 *   0.4-0.5     3   0.447       0.667
 *   0.5-0.6     8   0.573       0.625
 *   0.6-0.7     5   0.655       1.000
 *   0.7-0.8     7   0.754       0.857
 *   0.8-0.9     9   0.853       1.000
 *   0.9-1.0   252   0.968       0.992
 */
import type { Features } from './features.ts';

export interface Calibration {
  readonly intercept: number;
  readonly weights: Readonly<Record<keyof Features, number>>;
}

export const CALIBRATION: Calibration = {
  intercept: -1.2112,
  weights: { strength: 1.5123, ratio: 2.0217, margin: 2.3403, agreement: 0.0000, crowd: -1.1169, confirmed: 1.4016, confirmedLead: 0.5730, refuted: 0.0000, own: 0.3316, change: 1.2742, weak: -1.2857, doubt: 0.0000, unknownNormal: -0.6043 },
};
