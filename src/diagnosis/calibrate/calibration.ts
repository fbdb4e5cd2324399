/**
 * Weights of the confidence model: data, written by `node bench/calibrate.ts CAPSULES --write` from 304 labelled capsules. Do not edit.
 * Logistic regression, L2 0.002, sets balanced. Reliability of the first hypothesis, 5-fold cross-validated (ECE 0.032, false-confident 0.010):
 *
 *   confidence  n   mean conf.  share right
 *   0.0-0.1     1   0.087       0.000
 *   0.1-0.2     5   0.146       0.200
 *   0.2-0.3    15   0.258       0.200
 *   0.3-0.4     3   0.342       0.333
 *   0.4-0.5     7   0.468       0.571
 *   0.5-0.6    10   0.544       0.700
 *   0.6-0.7     3   0.656       0.667
 *   0.7-0.8     9   0.748       0.778
 *   0.8-0.9     7   0.878       0.857
 *   0.9-1.0   244   0.969       0.992
 */
import type { Features } from './features.ts';

export interface Calibration {
  readonly intercept: number;
  readonly weights: Readonly<Record<keyof Features, number>>;
}

export const CALIBRATION: Calibration = {
  intercept: -0.9605,
  weights: { strength: 1.0223, ratio: 2.1661, margin: 2.8284, agreement: 0.0000, crowd: -1.4167, confirmed: 0.8173, confirmedLead: 0.6536, refuted: 0.0000, own: 0.1315, change: 0.4649, weak: -1.2643, doubt: 0.0000 },
};
