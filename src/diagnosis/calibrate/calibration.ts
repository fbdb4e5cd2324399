/**
 * Weights of the confidence model: data, written by `node bench/calibrate.ts CAPSULES --write` from 413 labelled capsules. Do not edit.
 * Logistic regression, L2 0.0005, sets balanced, 33 damaged versions of each capsule included. Reliability of the first hypothesis, 5-fold cross-validated: clean ECE 0.043, false-confident 0.012;
 * damaged ECE 0.021, false-confident 0.030. Clean and damaged together:
 *
 *   confidence  n   mean conf.  share right
 *   0.0-0.1   287   0.043       0.007
 *   0.1-0.2   188   0.143       0.096
 *   0.2-0.3   103   0.247       0.252
 *   0.3-0.4    80   0.347       0.512
 *   0.4-0.5    90   0.463       0.389
 *   0.5-0.6   110   0.554       0.518
 *   0.6-0.7   122   0.659       0.648
 *   0.7-0.8   218   0.746       0.716
 *   0.8-0.9   342   0.854       0.915
 *   0.9-1.0  2451   0.962       0.966
 */
import type { Features } from './features.ts';

export interface Calibration {
  readonly intercept: number;
  readonly weights: Readonly<Record<keyof Features, number>>;
}

export const CALIBRATION: Calibration = {
  intercept: 0.0961,
  weights: { strength: 0.7658, ratio: 0.6112, margin: 2.5690, change: 0.5940, weak: -2.8619, contradicted: -1.2651, changeElsewhere: -2.2257, outOfGraph: -0.8985, after: -0.7181, refuted: -3.2841, unknownNormal: -0.6889, unseen: -0.8738, blindSufferer: -2.3984, blind: -0.7090 },
};
