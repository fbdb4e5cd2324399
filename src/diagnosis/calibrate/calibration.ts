/**
 * Weights of the confidence model: data, written by `node bench/calibrate.ts CAPSULES --write` from 305 labelled capsules. Do not edit.
 * Logistic regression, L2 0.002, sets balanced, damaged versions of each capsule included. Reliability of the first hypothesis, 5-fold cross-validated (ECE 0.050, false-confident 0.007):
 *
 *   confidence  n   mean conf.  share right
 *   0.0-0.1     4   0.070       0.000
 *   0.1-0.2     8   0.153       0.125
 *   0.2-0.3     8   0.248       0.500
 *   0.3-0.4     4   0.373       0.500
 *   0.4-0.5     2   0.493       0.500
 *   0.5-0.6     9   0.544       0.778
 *   0.6-0.7     7   0.663       0.857
 *   0.7-0.8     4   0.736       1.000
 *   0.8-0.9     9   0.843       1.000
 *   0.9-1.0   250   0.967       0.992
 */
import type { Features } from './features.ts';

export interface Calibration {
  readonly intercept: number;
  readonly weights: Readonly<Record<keyof Features, number>>;
}

export const CALIBRATION: Calibration = {
  intercept: -1.4896,
  weights: { strength: 1.4102, ratio: 1.9487, margin: 2.3528, agreement: 0.0000, crowd: -1.0676, confirmed: 1.3307, confirmedLead: 0.7266, refuted: 0.0000, own: 0.5290, change: 1.3326, weak: -1.2197, doubt: 0.0000, unknownNormal: -0.6276 },
};
