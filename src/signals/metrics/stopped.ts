/** Traffic that ceases: nought for several samples where nought hardly ever occurs. A share of the usual level would miss it in noisy low traffic. */
import type { EpochMs } from '../../domain/time.ts';
import type { Samples } from './samples.ts';

export interface Stopped {
  readonly onset: EpochMs;
  readonly samples: number;
  /** Bits: how unlikely so many noughts in a row are by the share of noughts in normal times. */
  readonly surprise: number;
}

const MIN_REFERENCE = 8;
const MIN_SAMPLES = 2;

/** The last run of noughts in the window that begins inside it; null of none. */
export const stoppedIn = (window: Samples, normal: Float64Array): Stopped | null => {
  if (normal.length < MIN_REFERENCE) return null;
  let run: Stopped | null = null;
  let from = -1;
  const zeros = normal.reduce((count, value) => count + (value === 0 ? 1 : 0), 0);
  const bits = -Math.log2((zeros + 0.5) / (normal.length + 1));
  for (let i = 0; i <= window.values.length; i++) {
    const silent = i < window.values.length && window.values[i] === 0;
    if (silent && from < 0) from = i;
    if (silent || from < 0) continue;
    const samples = i - from;
    if (from > 0 && samples >= MIN_SAMPLES && (run === null || samples >= run.samples)) run = { onset: window.times[from] ?? 0, samples, surprise: samples * bits };
    from = -1;
  }
  return run;
};
