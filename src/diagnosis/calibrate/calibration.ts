/**
 * Weights of the confidence model: data, written by `node bench/calibrate.ts CAPSULES --write` from 398 labelled capsules. Do not edit.
 * Logistic regression, L2 0.002, sets balanced, 33 damaged versions of each capsule included. Reliability of the first hypothesis, 5-fold cross-validated: clean ECE 0.040, false-confident 0.015;
 * damaged ECE 0.031, false-confident 0.032. Clean and damaged together:
 *
 *   confidence  n   mean conf.  share right
 *   0.0-0.1    85   0.062       0.000
 *   0.1-0.2   169   0.145       0.065
 *   0.2-0.3   132   0.255       0.114
 *   0.3-0.4    89   0.340       0.382
 *   0.4-0.5    77   0.458       0.558
 *   0.5-0.6    75   0.556       0.587
 *   0.6-0.7   179   0.663       0.581
 *   0.7-0.8   228   0.754       0.868
 *   0.8-0.9   310   0.850       0.881
 *   0.9-1.0  2449   0.963       0.968
 */
import type { Features } from './features.ts';

export interface Calibration {
  readonly intercept: number;
  readonly weights: Readonly<Record<keyof Features, number>>;
}

export const CALIBRATION: Calibration = {
  intercept: 0.2915,
  weights: { strength: 0.7813, ratio: 0.8795, margin: 2.2976, crowd: -0.9747, confirmed: 0.0306, confirmedLead: 0.0000, change: 0.4657, weak: -2.2497, unknownNormal: -0.3920, unseenCallee: -0.5582, unseen: -0.9336, orphans: -0.1159, blind: -0.7878, thin: -0.3931 },
};
