/** How long to wait before the next try. */

export const MAX_ATTEMPTS = 3;
const BASE_MS = 500;
const MAX_WAIT_MS = 20_000;

/**
 * Exponential back-off with full jitter: uniform in [0, min(cap, base · 2^attempt)). Source: Brooker, "Exponential Backoff
 * And Jitter", AWS Architecture Blog, 2015. What the server asked for is the least that is waited.
 * Null: it asks for longer than is worth waiting, so the next model is the better choice.
 */
export const waitBefore = (attempt: number, retryAfterMs: number | null, random: () => number): number | null => {
  const jitter = random() * Math.min(MAX_WAIT_MS, BASE_MS * 2 ** attempt);
  if (retryAfterMs === null) return Math.round(jitter);
  return retryAfterMs > MAX_WAIT_MS ? null : Math.round(retryAfterMs + jitter);
};
