/**
 * Weights of the confidence model: data, written by `node bench/calibrate.ts CAPSULES --write` from 305 labelled capsules. Do not edit.
 * Logistic regression, L2 0.002, sets balanced, 33 damaged versions of each capsule included. Reliability of the first hypothesis, 5-fold cross-validated: clean ECE 0.051, false-confident 0.010;
 * damaged ECE 0.031, false-confident 0.020. Clean and damaged together:
 *
 *   confidence  n   mean conf.  share right
 *   0.0-0.1   102   0.063       0.000
 *   0.1-0.2   114   0.143       0.009
 *   0.2-0.3    66   0.254       0.136
 *   0.3-0.4   114   0.338       0.333
 *   0.4-0.5    51   0.458       0.529
 *   0.5-0.6    69   0.549       0.638
 *   0.6-0.7    92   0.643       0.674
 *   0.7-0.8   148   0.750       0.804
 *   0.8-0.9   164   0.864       0.860
 *   0.9-1.0  1749   0.966       0.984
 */
import type { Features } from './features.ts';

export interface Calibration {
  readonly intercept: number;
  readonly weights: Readonly<Record<keyof Features, number>>;
}

export const CALIBRATION: Calibration = {
  intercept: 0.1620,
  weights: { strength: 1.2183, ratio: 1.5298, margin: 2.2124, crowd: -1.1127, confirmed: 0.0900, confirmedLead: 0.4192, change: 1.5195, weak: -2.3066, unknownNormal: -0.5422, unseenCallee: -0.2486, unseen: -1.6811, orphans: -0.0861, blind: -0.6575, thin: -0.9691 },
};
