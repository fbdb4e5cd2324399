/** For tests: models that follow a script, a clock that is turned by hand. */
import { join } from 'node:path';
import type { LanguageModel, ModelAnswer, ModelRequest, TokenUsage } from '../ports/language-model.ts';
import { ModelError, type ModelErrorCode } from '../ports/model-error.ts';
import type { CallTelemetry, ModelEvent, ModelTelemetry } from '../ports/model-telemetry.ts';
import type { BudgetSettings } from '../ports/model-settings.ts';
import { type AnswerCache, memoryCache } from './cost/answer-cache.ts';
import { createBudget } from './cost/budget.ts';
import type { BudgetWatch } from './cost/budget-watch.ts';
import { type Ledger, memoryLedger } from './cost/ledger.ts';
import type { Seat } from './gateway/seat.ts';
import { createGateway, type Gateway } from './gateway/gateway.ts';
import { type PromptLoader, promptLoader } from './prompts/load-prompt.ts';
import { circuitBreaker } from './resilience/circuit-breaker.ts';
import type { Runtime } from './resilience/runtime.ts';

export const testPrompts: PromptLoader = promptLoader(join(import.meta.dirname, '../../prompts'));

export interface TestRuntime extends Runtime {
  /** What was slept, in order. */
  readonly slept: number[];
  advance(ms: number): void;
}

/** Sleeping moves the clock; chance is always one half. */
export const testRuntime = (startMs: number = Date.UTC(2026, 0, 15, 12)): TestRuntime => {
  let now = startMs;
  const slept: number[] = [];
  return {
    slept,
    nowMs: () => now,
    random: () => 0.5,
    advance: (ms) => {
      now += ms;
    },
    sleep: (ms, signal) => {
      slept.push(ms);
      now += ms;
      return signal.aborted ? Promise.reject(new Error('aborted')) : Promise.resolve();
    },
  };
};

/** An answer, the code of a failure, a failure, or an answer made from the request. */
export type Script = string | ModelError | ((request: ModelRequest) => string);

export interface ScriptedModel extends LanguageModel {
  readonly requests: ModelRequest[];
}

const isCode = (script: string): script is ModelErrorCode => script.startsWith('model_');

/** The n-th call gets the n-th entry, further ones the last. */
export const scriptedModel = (name: string, scripts: readonly Script[], usage: TokenUsage | null = { inputTokens: 1000, outputTokens: 100 }): ScriptedModel => {
  const requests: ModelRequest[] = [];
  const answer = (request: ModelRequest): ModelAnswer => {
    const script = scripts[Math.min(requests.length, scripts.length) - 1] ?? '{}';
    if (script instanceof ModelError) throw script;
    const text = typeof script === 'string' ? script : script(request);
    if (isCode(text)) throw new ModelError({ code: text, message: 'as the script says' });
    return { text, usage, model: name };
  };
  return {
    provider: name, system: 'test', model: `${name}-1`, requests,
    complete: (request, { signal }) => {
      requests.push(request);
      if (signal.aborted) return Promise.reject(new ModelError({ code: 'model_aborted', message: 'cancelled' }));
      try {
        return Promise.resolve(answer(request));
      } catch (error) {
        return Promise.reject(error instanceof Error ? error : new Error(String(error)));
      }
    },
  };
};

export interface CountedTelemetry extends ModelTelemetry {
  readonly counts: Map<ModelEvent, number>;
}

export const countedTelemetry = (): CountedTelemetry => {
  const counts = new Map<ModelEvent, number>();
  const calls: CallTelemetry = { startCall: () => () => {}, count: (event, _attributes, amount = 1) => void counts.set(event, (counts.get(event) ?? 0) + amount) };
  return { ...calls, counts, startQuestion: () => ({ ...calls, end: () => {} }) };
};

export interface TestGateway {
  readonly gateway: Gateway;
  readonly runtime: TestRuntime;
  readonly ledger: Ledger;
  readonly telemetry: CountedTelemetry;
}

export interface TestGatewayOptions {
  readonly narrate?: readonly LanguageModel[];
  /** `narrate`: the same models. */
  readonly cheap?: readonly LanguageModel[] | 'narrate';
  readonly budget?: Partial<BudgetSettings>;
  readonly ledger?: Ledger;
  readonly cache?: AnswerCache;
  readonly watch?: BudgetWatch;
  /** US dollars per million tokens, in and out. */
  readonly priceUsd?: number;
  /** Of the cheap chain; as the others where it is left out. */
  readonly cheapPriceUsd?: number;
}

export const testGateway = (options: TestGatewayOptions): TestGateway => {
  const runtime = testRuntime();
  const telemetry = countedTelemetry();
  const ledger = options.ledger ?? memoryLedger();
  const priceUsd = options.priceUsd ?? 1;
  const seat = (model: LanguageModel, usd: number): Seat => ({ model, price: { inputUsd: usd, outputUsd: usd, source: 'configuration' }, breaker: circuitBreaker(runtime.nowMs) });
  const narrate = (options.narrate ?? []).map((model) => seat(model, priceUsd));
  const cheap = options.cheap === 'narrate' ? narrate : (options.cheap ?? []).map((model) => seat(model, options.cheapPriceUsd ?? priceUsd));
  const budget = createBudget({ warnUsd: 10, pageUsd: 30, capUsd: 30, incidentCapUsd: 30, ...options.budget }, ledger, options.watch);
  const gateway = createGateway({ chains: { narrate, digest: narrate, plan: [], cheap }, budget, cache: options.cache ?? memoryCache(86_400_000), telemetry, runtime, repair: testPrompts('repair'), deadlineMs: 60_000 });
  return { gateway, runtime, ledger, telemetry };
};
