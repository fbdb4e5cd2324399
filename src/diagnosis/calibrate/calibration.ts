/**
 * Weights of the confidence model: data, written by `node bench/calibrate.ts CAPSULES --write` from 304 labelled capsules. Do not edit.
 * Logistic regression, L2 0.002, sets balanced. Reliability of the first hypothesis, 5-fold cross-validated (ECE 0.041, false-confident 0.016):
 *
 *   confidence  n   mean conf.  share right
 *   0.1-0.2     5   0.176       0.200
 *   0.2-0.3    11   0.271       0.091
 *   0.3-0.4     6   0.367       0.333
 *   0.4-0.5    11   0.457       0.636
 *   0.5-0.6     8   0.558       0.750
 *   0.6-0.7     7   0.657       0.429
 *   0.7-0.8     2   0.719       1.000
 *   0.8-0.9    14   0.857       0.857
 *   0.9-1.0   240   0.968       0.988
 */
import type { Features } from './features.ts';

export interface Calibration {
  readonly intercept: number;
  readonly weights: Readonly<Record<keyof Features, number>>;
}

export const CALIBRATION: Calibration = {
  intercept: -1.8308,
  weights: { strength: 1.6247, ratio: 2.3920, margin: 2.5207, agreement: 0.0000, crowd: -0.9453, confirmed: 0.7979, refuted: 0.0000, own: 0.0173, change: 0.7071, doubt: 0.0000 },
};
