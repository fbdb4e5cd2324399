/**
 * Weights of the confidence model: data, written by `node bench/calibrate.ts CAPSULES --write` from 304 labelled capsules. Do not edit.
 * Logistic regression, L2 0.002, sets balanced. Reliability of the first hypothesis, 5-fold cross-validated (ECE 0.030, false-confident 0.010):
 *
 *   confidence  n   mean conf.  share right
 *   0.0-0.1     2   0.082       0.000
 *   0.1-0.2     4   0.129       0.000
 *   0.2-0.3    13   0.261       0.308
 *   0.3-0.4     3   0.342       0.333
 *   0.4-0.5     2   0.442       0.500
 *   0.5-0.6    12   0.539       0.583
 *   0.6-0.7     5   0.643       0.800
 *   0.7-0.8     8   0.756       0.750
 *   0.8-0.9    11   0.861       0.909
 *   0.9-1.0   244   0.969       0.992
 */
import type { Features } from './features.ts';

export interface Calibration {
  readonly intercept: number;
  readonly weights: Readonly<Record<keyof Features, number>>;
}

export const CALIBRATION: Calibration = {
  intercept: -0.7413,
  weights: { strength: 1.2592, ratio: 2.0060, margin: 2.7098, agreement: 0.0000, crowd: -1.7975, confirmed: 0.6412, confirmedLead: 0.6430, refuted: 0.0000, own: 0.0000, change: 0.3673, weak: -1.3911, doubt: 0.0000 },
};
