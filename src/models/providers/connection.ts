/** One provider's SDK, loaded at the first call, with deadline, cancellation and every way to fail told apart. */
import { ModelError } from '../../ports/model-error.ts';
import type { ProviderSettings } from '../../ports/model-settings.ts';
import { nowMs } from '../../shared/clock.ts';
import { toModelError } from './call-failure.ts';
import { guardedFetch } from './guarded-fetch.ts';
import type { Fetch, LoadedProvider } from './provider.ts';
import { PROVIDERS } from './registry.ts';

export interface ConnectionOptions {
  /** One attempt may take this long. */
  readonly callTimeoutMs: number;
  /** Longest silence inside an answer. */
  readonly idleMs?: number;
  readonly fetch?: Fetch;
}

/** Calls `ask` with the SDK and a signal that also ends at the deadline. @throws {ModelError} always of this type */
export type Connection = <T>(ask: (provider: LoadedProvider, signal: AbortSignal) => Promise<T>, signal: AbortSignal) => Promise<T>;

const DEFAULT_IDLE_MS = 15_000;

export const connect = (settings: ProviderSettings, options: ConnectionOptions): Connection => {
  const { callTimeoutMs } = options;
  const fetch = guardedFetch({ idleMs: Math.min(options.idleMs ?? DEFAULT_IDLE_MS, callTimeoutMs) }, options.fetch);
  const secrets = [settings.apiKey, settings.accessKeyId, settings.secretAccessKey].filter((secret) => secret !== null);
  let loaded: Promise<LoadedProvider> | null = null;
  return async (ask, signal) => {
    // Loading is our time, not the server's.
    const provider = await (loaded ??= PROVIDERS[settings.type].load({ settings, fetch }));
    const deadline = AbortSignal.timeout(callTimeoutMs);
    try {
      signal.throwIfAborted();
      return await ask(provider, AbortSignal.any([signal, deadline]));
    } catch (error) {
      if (signal.aborted) throw new ModelError({ code: 'model_aborted', message: 'the call was cancelled' });
      if (deadline.aborted) throw new ModelError({ code: 'model_timeout', message: `no answer within ${callTimeoutMs} ms` });
      throw toModelError(error, { nowMs: nowMs(), secrets });
    }
  };
};
