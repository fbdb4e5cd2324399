/**
 * Weights of the confidence model: data, written by `node bench/calibrate.ts CAPSULES --write` from 304 labelled capsules. Do not edit.
 * Logistic regression, L2 0.002, sets balanced. Reliability of the first hypothesis, 5-fold cross-validated (ECE 0.036, false-confident 0.007):
 *
 *   confidence  n   mean conf.  share right
 *   0.0-0.1     1   0.069       0.000
 *   0.1-0.2     7   0.123       0.000
 *   0.2-0.3    10   0.264       0.300
 *   0.3-0.4     6   0.331       0.333
 *   0.4-0.5     1   0.412       0.000
 *   0.5-0.6     9   0.547       0.556
 *   0.6-0.7     4   0.653       1.000
 *   0.7-0.8     7   0.762       0.857
 *   0.8-0.9    10   0.854       1.000
 *   0.9-1.0   249   0.969       0.992
 */
import type { Features } from './features.ts';

export interface Calibration {
  readonly intercept: number;
  readonly weights: Readonly<Record<keyof Features, number>>;
}

export const CALIBRATION: Calibration = {
  intercept: -0.8878,
  weights: { strength: 1.3595, ratio: 2.1646, margin: 2.7910, agreement: 0.0000, crowd: -1.5189, confirmed: 1.0106, confirmedLead: 0.4880, refuted: 0.0000, own: 0.0000, change: 1.2401, weak: -1.2778, doubt: 0.0000 },
};
