/** The outside world of the gateway, so that tests own time and chance. */
import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { nowMs } from '../../shared/clock.ts';

export interface Runtime {
  readonly nowMs: () => number;
  /** [0, 1). */
  readonly random: () => number;
  /** Rejects when `signal` aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

const STEPS = 2 ** 31;

export const systemRuntime: Runtime = {
  nowMs,
  random: () => randomInt(STEPS) / STEPS,
  sleep: async (ms, signal) => {
    await delay(ms, undefined, { signal });
  },
};
