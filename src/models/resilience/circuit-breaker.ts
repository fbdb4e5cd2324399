/** Stops asking a provider that does not answer, and lets one call at a time find out whether it is back. */

const FAILURES_TO_OPEN = 5;
const OPEN_MS = 30_000;

type State = { readonly kind: 'closed'; readonly failures: number } | { readonly kind: 'open'; readonly untilMs: number } | { readonly kind: 'half_open' };

export interface CircuitBreaker {
  /** False: do not call now. True must be followed by `succeeded`, `failed` or `released`. */
  admit(): boolean;
  succeeded(): void;
  /** The provider is at fault: no answer, 5xx, time-out. */
  failed(): void;
  /** The call ended without telling anything about the provider, as by a cancellation. */
  released(): void;
}

export const circuitBreaker = (nowMs: () => number): CircuitBreaker => {
  let state: State = { kind: 'closed', failures: 0 };
  const open = (): void => {
    state = { kind: 'open', untilMs: nowMs() + OPEN_MS };
  };
  return {
    admit: () => {
      if (state.kind === 'closed') return true;
      if (state.kind === 'half_open' || nowMs() < state.untilMs) return false;
      state = { kind: 'half_open' };
      return true;
    },
    succeeded: () => {
      state = { kind: 'closed', failures: 0 };
    },
    failed: () => {
      if (state.kind === 'closed' && state.failures + 1 < FAILURES_TO_OPEN) state = { kind: 'closed', failures: state.failures + 1 };
      else open();
    },
    released: () => {
      // The probe told nothing; the next call may probe at once.
      if (state.kind === 'half_open') state = { kind: 'open', untilMs: nowMs() };
    },
  };
};
