/** Settings ► a gateway with its models, breakers, ledger and cache. Nothing is loaded or called yet. */
import { MODEL_TASKS, type ModelTask } from '../../ports/language-model.ts';
import type { ModelReference, ModelSettings, ProviderSettings } from '../../ports/model-settings.ts';
import type { ModelTelemetry } from '../../ports/model-telemetry.ts';
import { AppError } from '../../shared/errors.ts';
import { fileCache, memoryCache } from '../cost/answer-cache.ts';
import { createBudget } from '../cost/budget.ts';
import { fileLedger, memoryLedger, type Ledger } from '../cost/ledger.ts';
import { priceOf } from '../cost/prices.ts';
import type { PromptLoader } from '../prompts/load-prompt.ts';
import { openModel } from '../providers/open-model.ts';
import type { Fetch } from '../providers/provider.ts';
import { circuitBreaker, type CircuitBreaker } from '../resilience/circuit-breaker.ts';
import type { Runtime } from '../resilience/runtime.ts';
import { createGateway, type Gateway } from './gateway.ts';
import type { Seat } from './seat.ts';

export interface GatewayOptions {
  readonly prompts: PromptLoader;
  readonly telemetry: ModelTelemetry;
  readonly runtime: Runtime;
  /** For tests; default: the platform's. */
  readonly fetch?: Fetch;
}

export interface OpenGateway {
  readonly gateway: Gateway;
  readonly ledger: Ledger;
  readonly chains: Readonly<Record<ModelTask, readonly Seat[]>>;
  /** A seat for a model that is in no chain. */
  readonly seatOf: (reference: ModelReference) => Seat;
}

/** One breaker a provider: its models go down together. */
const seatMaker = (settings: ModelSettings, { runtime, fetch }: GatewayOptions): ((reference: ModelReference) => Seat) => {
  const providers = new Map<string, ProviderSettings>(settings.providers.map((provider) => [provider.name, provider]));
  const breakers = new Map<string, CircuitBreaker>();
  const seats = new Map<string, Seat>();
  return ({ provider: name, model }) => {
    const provider = providers.get(name);
    if (provider === undefined) throw new AppError({ code: 'config_invalid', message: `no provider "${name}" is configured for ${model}` });
    const breaker = breakers.get(name) ?? circuitBreaker(runtime.nowMs);
    breakers.set(name, breaker);
    const key = `${name}/${model}`;
    const seat = seats.get(key) ?? {
      model: openModel(provider, model, { callTimeoutMs: settings.callTimeoutMs, ...(fetch === undefined ? {} : { fetch }) }),
      price: priceOf(model, provider, settings.prices),
      breaker,
    };
    seats.set(key, seat);
    return seat;
  };
};

/** @throws AppError `config_invalid`, `prompt_invalid` */
export const openGateway = (settings: ModelSettings, options: GatewayOptions): OpenGateway => {
  const { prompts, telemetry, runtime } = options;
  const seatOf = seatMaker(settings, options);
  const [narrate, plan, digest, cheap] = MODEL_TASKS.map((task) => settings.chains[task].map(seatOf));
  const chains = { narrate: narrate ?? [], plan: plan ?? [], digest: digest ?? [], cheap: cheap ?? [] };
  const { folder, cacheTtlMs } = settings;
  const ledger = folder === null ? memoryLedger() : fileLedger(folder);
  const gateway = createGateway({
    chains, telemetry, runtime,
    budget: createBudget(settings.budget, ledger),
    cache: folder === null ? memoryCache(cacheTtlMs) : fileCache(folder, cacheTtlMs),
    repair: prompts('repair'),
    deadlineMs: settings.deadlineMs,
  });
  return { gateway, ledger, chains, seatOf };
};
