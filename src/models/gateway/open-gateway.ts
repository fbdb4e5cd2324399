/** Settings ► a gateway with its models, breakers, ledger and cache. Nothing is loaded or called yet. */
import { MODEL_TASKS, type ModelTask } from '../../ports/language-model.ts';
import type { ModelReference, ModelSettings, ProviderSettings } from '../../ports/model-settings.ts';
import type { ModelTelemetry } from '../../ports/model-telemetry.ts';
import { AppError } from '../../shared/errors.ts';
import { fileCache, memoryCache } from '../cost/answer-cache.ts';
import { type Budget, createBudget } from '../cost/budget.ts';
import { type BudgetWatch, silentWatch } from '../cost/budget-watch.ts';
import { fileEmbeddings, memoryEmbeddings } from '../cost/embedding-cache.ts';
import { fileLedger } from '../cost/file-ledger.ts';
import { memoryLedger, type Ledger } from '../cost/ledger.ts';
import { priceOf } from '../cost/prices.ts';
import type { PromptLoader } from '../prompts/load-prompt.ts';
import { openEmbeddingModel } from '../providers/open-embedding-model.ts';
import { openModel } from '../providers/open-model.ts';
import type { Fetch } from '../providers/provider.ts';
import { circuitBreaker, type CircuitBreaker } from '../resilience/circuit-breaker.ts';
import type { Runtime } from '../resilience/runtime.ts';
import { createEmbedder, type Embedder, type EmbeddingSeat } from './embedder.ts';
import { createGateway, type Gateway } from './gateway.ts';
import type { Seat } from './seat.ts';

export interface GatewayOptions {
  readonly prompts: PromptLoader;
  readonly telemetry: ModelTelemetry;
  readonly runtime: Runtime;
  /** Who hears of the budget; default: nobody. */
  readonly watch?: BudgetWatch;
  /** For tests; default: the platform's. */
  readonly fetch?: Fetch;
}

export interface OpenGateway {
  readonly gateway: Gateway;
  /** Null: none is configured. */
  readonly embedder: Embedder | null;
  readonly ledger: Ledger;
  readonly budget: Budget;
  readonly chains: Readonly<Record<ModelTask, readonly Seat[]>>;
  /** A seat for a model that is in no chain. */
  readonly seatOf: (reference: ModelReference) => Seat;
}

interface SeatMakers {
  readonly chat: (reference: ModelReference) => Seat;
  readonly embedding: (reference: ModelReference) => EmbeddingSeat;
}

/** One breaker a provider: its models go down together. */
const seatMakers = (settings: ModelSettings, { runtime, fetch }: GatewayOptions): SeatMakers => {
  const providers = new Map<string, ProviderSettings>(settings.providers.map((provider) => [provider.name, provider]));
  const breakers = new Map<string, CircuitBreaker>();
  const seats = new Map<string, Seat>();
  const options = { callTimeoutMs: settings.callTimeoutMs, ...(fetch === undefined ? {} : { fetch }) };
  const partsOf = ({ provider: name, model }: ModelReference) => {
    const provider = providers.get(name);
    if (provider === undefined) throw new AppError({ code: 'config_invalid', message: `no provider "${name}" is configured for ${model}` });
    const breaker = breakers.get(name) ?? circuitBreaker(runtime.nowMs);
    breakers.set(name, breaker);
    return { provider, breaker, price: priceOf(model, provider, settings.prices) };
  };
  return {
    chat: (reference) => {
      const key = `${reference.provider}/${reference.model}`;
      const { provider, breaker, price } = partsOf(reference);
      const seat = seats.get(key) ?? { model: openModel(provider, reference.model, options), price, breaker };
      seats.set(key, seat);
      return seat;
    },
    embedding: (reference) => {
      const { provider, breaker, price } = partsOf(reference);
      return { model: openEmbeddingModel(provider, reference.model, options), price, breaker };
    },
  };
};

/** @throws AppError `config_invalid`, `prompt_invalid` */
export const openGateway = (settings: ModelSettings, options: GatewayOptions): OpenGateway => {
  const { prompts, telemetry, runtime } = options;
  const { chat: seatOf, embedding } = seatMakers(settings, options);
  const [narrate, plan, digest, cheap] = MODEL_TASKS.map((task) => settings.chains[task].map(seatOf));
  const chains = { narrate: narrate ?? [], plan: plan ?? [], digest: digest ?? [], cheap: cheap ?? [] };
  const { folder, cacheTtlMs } = settings;
  const ledger = folder === null ? memoryLedger() : fileLedger(folder);
  const budget = createBudget(settings.budget, ledger, options.watch ?? silentWatch);
  const gateway = createGateway({
    chains, telemetry, runtime, budget,
    cache: folder === null ? memoryCache(cacheTtlMs) : fileCache(folder, cacheTtlMs),
    repair: prompts('repair'),
    deadlineMs: settings.deadlineMs,
  });
  const embedder = settings.embed === null ? null : createEmbedder({
    seat: embedding(settings.embed), budget, telemetry, runtime, deadlineMs: settings.deadlineMs,
    cache: folder === null ? memoryEmbeddings() : fileEmbeddings(folder),
  });
  return { gateway, embedder, ledger, budget, chains, seatOf };
};
