/**
 * Weights of the confidence model: data, written by `node bench/calibrate.ts CAPSULES --write` from 534 labelled capsules. Do not edit.
 * Logistic regression, L2 0.0005, sets balanced, 33 damaged versions of each capsule included. Reliability of the first hypothesis, 5-fold cross-validated: clean ECE 0.050, false-confident 0.017;
 * damaged ECE 0.034, false-confident 0.031. Clean and damaged together:
 *
 *   confidence  n   mean conf.  share right
 *   0.0-0.1   696   0.039       0.007
 *   0.1-0.2   275   0.142       0.218
 *   0.2-0.3   147   0.244       0.327
 *   0.3-0.4   130   0.336       0.362
 *   0.4-0.5   154   0.454       0.169
 *   0.5-0.6   152   0.554       0.375
 *   0.6-0.7   222   0.656       0.572
 *   0.7-0.8   347   0.755       0.709
 *   0.8-0.9   659   0.860       0.883
 *   0.9-1.0  3152   0.961       0.969
 */
import type { Features } from './features.ts';

export interface Calibration {
  readonly intercept: number;
  readonly weights: Readonly<Record<keyof Features, number>>;
}

export const CALIBRATION: Calibration = {
  intercept: 0.5401,
  weights: { strength: 0.0000, ratio: 2.5057, margin: 1.3920, change: 1.4462, weak: -3.6830, contradicted: -1.2878, changeElsewhere: -0.7845, outOfGraph: -1.1901, after: -0.9775, refuted: -2.0307, unknownNormal: -0.3720, unseen: -0.9497, blindSufferer: -1.4808, unmapped: -1.7212 },
};
