/**
 * Weights of the confidence model: data, written by `node bench/calibrate.ts CAPSULES --write` from 304 labelled capsules. Do not edit.
 * Logistic regression, L2 0.002, sets balanced. Reliability of the first hypothesis, 5-fold cross-validated (ECE 0.035, false-confident 0.013):
 *
 *   confidence  n   mean conf.  share right
 *   0.0-0.1     1   0.089       0.000
 *   0.1-0.2     4   0.141       0.250
 *   0.2-0.3    12   0.250       0.167
 *   0.3-0.4     7   0.330       0.286
 *   0.4-0.5     8   0.477       0.625
 *   0.5-0.6     7   0.539       0.714
 *   0.6-0.7     5   0.643       0.600
 *   0.7-0.8     8   0.739       0.875
 *   0.8-0.9     7   0.866       0.857
 *   0.9-1.0   245   0.968       0.988
 */
import type { Features } from './features.ts';

export interface Calibration {
  readonly intercept: number;
  readonly weights: Readonly<Record<keyof Features, number>>;
}

export const CALIBRATION: Calibration = {
  intercept: -0.8256,
  weights: { strength: 0.8578, ratio: 2.2914, margin: 2.5401, agreement: 0.0000, crowd: -1.3986, confirmed: 0.8759, refuted: 0.0000, own: 0.1965, change: 0.4757, weak: -1.3759, doubt: 0.0000 },
};
