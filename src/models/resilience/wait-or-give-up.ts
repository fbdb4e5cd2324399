/** What happens between two tries. */
import type { ModelError } from '../../ports/model-error.ts';
import { MAX_ATTEMPTS, waitBefore } from './back-off.ts';
import type { Runtime } from './runtime.ts';

/**
 * Waits as the server asks; a wait that is not worth it, or passes the deadline, ends the tries.
 * @throws the error itself where it is no use to try again
 */
export const waitOrGiveUp = async (error: ModelError, number: number, runtime: Runtime, signal: AbortSignal): Promise<void> => {
  const waitMs = number >= MAX_ATTEMPTS || !error.retryable ? null : waitBefore(number, error.retryAfterMs, runtime.random);
  if (waitMs === null) throw error;
  try {
    await runtime.sleep(waitMs, signal);
  } catch {
    throw error;
  }
};
