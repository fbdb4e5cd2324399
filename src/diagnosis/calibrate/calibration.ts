/** Weights of the confidence model. Not yet fitted: set by hand until `bench/calibrate.ts` has run. */
import type { Features } from './features.ts';

export interface Calibration {
  readonly intercept: number;
  readonly weights: Readonly<Record<keyof Features, number>>;
}

export const CALIBRATION: Calibration = {
  intercept: -1.2,
  weights: { strength: 0.5, margin: 0.8, agreement: 0.3, ratio: 1 },
};
