/**
 * The ladder: cache ► the task's chain ► the cheap chain ► nobody (the caller's deterministic text). The budget decides where
 * it begins, failures how far down it goes. Never throws for a model's sake.
 */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { JsonSchema, ModelTask, TokenUsage } from '../../ports/language-model.ts';
import { ModelError, type ModelErrorCode } from '../../ports/model-error.ts';
import type { CallTelemetry, ModelEvent, ModelTelemetry } from '../../ports/model-telemetry.ts';
import type { AnswerCache } from '../cost/answer-cache.ts';
import type { Budget, BudgetLevel, BudgetState } from '../cost/budget.ts';
import type { Prompt, RenderedPrompt } from '../prompts/load-prompt.ts';
import type { Runtime } from '../resilience/runtime.ts';
import { askSeat, type SeatAnswer } from './ask-seat.ts';
import type { AttemptContext } from './attempt.ts';
import { parseAnswer } from './parse-answer.ts';
import type { Seat } from './seat.ts';

export interface Ask<T> {
  readonly task: ModelTask;
  readonly incident: string;
  readonly rendered: RenderedPrompt;
  readonly schema: z.ZodType<T>;
  readonly jsonSchema: JsonSchema;
}

export interface GivenUp {
  readonly provider: string;
  readonly model: string;
  readonly code: ModelErrorCode;
  readonly message: string;
}

export type Outcome<T> =
  | {
      readonly kind: 'answered';
      readonly value: T;
      readonly provider: string;
      readonly model: string;
      /** The task, `cheap`, or `cache`. */
      readonly tier: ModelTask | 'cache';
      readonly usage: TokenUsage;
      readonly costUsd: number;
      readonly repaired: boolean;
      readonly failures: readonly GivenUp[];
      /** As it was when the question came. */
      readonly budget: BudgetState;
    }
  | { readonly kind: 'unanswered'; readonly reason: ModelErrorCode; readonly failures: readonly GivenUp[]; readonly budget: BudgetState };

export interface Gateway {
  ask<T>(ask: Ask<T>, options: { readonly signal: AbortSignal }): Promise<Outcome<T>>;
}

export interface GatewayParts {
  readonly chains: Readonly<Record<ModelTask, readonly Seat[]>>;
  readonly budget: Budget;
  readonly cache: AnswerCache;
  readonly telemetry: ModelTelemetry;
  readonly runtime: Runtime;
  readonly repair: Prompt;
  /** All tries of one question together. */
  readonly deadlineMs: number;
}

interface Step {
  readonly seat: Seat;
  readonly tier: ModelTask;
}

const NO_USAGE: TokenUsage = { inputTokens: 0, outputTokens: 0 };

const cacheKey = ({ rendered }: Ask<unknown>, { model }: Seat): string =>
  createHash('sha256').update(JSON.stringify([model.provider, model.model, rendered.prompt.name, rendered.prompt.version, rendered.prompt.hash, rendered.system, rendered.user])).digest('hex').slice(0, 40);

/** The task's own chain, then the cheap one: it may answer, or fit under the cap, where the others do not. From `warn` on it alone, if there is one. */
const stepsOf = (task: ModelTask, level: BudgetLevel, chains: GatewayParts['chains']): readonly Step[] => {
  const own = chains[task].map((seat): Step => ({ seat, tier: task }));
  const cheap = chains.cheap.filter((seat) => level !== 'fine' || !chains[task].includes(seat)).map((seat): Step => ({ seat, tier: 'cheap' }));
  if (level === 'fine') return [...own, ...cheap];
  return cheap.length > 0 ? cheap : own;
};

/** What one question carries down the ladder. */
interface Descent {
  readonly parts: GatewayParts;
  readonly telemetry: CallTelemetry;
  readonly budget: BudgetState;
}

const fromCache = <T>(ask: Ask<T>, { parts, telemetry, budget }: Descent): Outcome<T> | null => {
  for (const seat of new Set([...parts.chains[ask.task], ...parts.chains.cheap])) {
    const text = parts.cache.get(cacheKey(ask, seat), parts.runtime.nowMs());
    if (text === null) continue;
    try {
      const value = parseAnswer(text, ask.schema);
      telemetry.count('cache_hit', { task: ask.task });
      return { kind: 'answered', value, provider: seat.model.provider, model: seat.model.model, tier: 'cache', usage: NO_USAGE, costUsd: 0, repaired: false, failures: [], budget };
    } catch {
      // Written by another version: ask again.
    }
  }
  return null;
};

const asModelError = (error: unknown): ModelError => (error instanceof ModelError ? error : new ModelError({ code: 'model_unavailable', message: 'unexpected failure', cause: error }));

const climbDown = async <T>(ask: Ask<T>, { parts, telemetry, budget }: Descent, signal: AbortSignal): Promise<Outcome<T>> => {
  const context: AttemptContext = { task: ask.task, incident: ask.incident, prompt: ask.rendered.prompt, budget: parts.budget, telemetry, runtime: parts.runtime };
  const request = { system: ask.rendered.system, user: ask.rendered.user, maxOutputTokens: ask.rendered.prompt.maxOutputTokens, schema: ask.jsonSchema };
  const failures: GivenUp[] = [];
  for (const { seat, tier } of stepsOf(ask.task, budget.level, parts.chains)) {
    const { provider, model } = seat.model;
    try {
      const answer: SeatAnswer<T> = await askSeat(seat, { request, schema: ask.schema, repair: parts.repair }, context, signal);
      parts.cache.put(cacheKey(ask, seat), answer.text, parts.runtime.nowMs());
      const { value, usage, costUsd, repaired } = answer;
      return { kind: 'answered', value, provider, model, tier, usage, costUsd, repaired, failures, budget };
    } catch (error) {
      const { code, message } = asModelError(error);
      failures.push({ provider, model, code, message });
      telemetry.count('fallback', { provider, code });
      if (signal.aborted) break;
    }
  }
  const reason = failures.at(-1)?.code ?? 'model_not_configured';
  return { kind: 'unanswered', reason, failures, budget };
};

const BUDGET_EVENTS: Readonly<Record<Exclude<BudgetLevel, 'fine'>, ModelEvent>> = { warn: 'budget_warn', page: 'budget_page', spent: 'budget_spent' };

const answer = <T>(ask: Ask<T>, descent: Descent, signal: AbortSignal): Promise<Outcome<T>> => {
  const { parts, budget } = descent;
  const cached = fromCache(ask, descent);
  if (cached !== null) return Promise.resolve(cached);
  if (budget.level === 'spent') return Promise.resolve({ kind: 'unanswered', reason: 'model_budget', failures: [], budget });
  return climbDown(ask, descent, AbortSignal.any([signal, AbortSignal.timeout(parts.deadlineMs)]));
};

export const createGateway = (parts: GatewayParts): Gateway => ({
  ask: async (ask, { signal }) => {
    const { task, incident, rendered } = ask;
    const { name, version, hash } = rendered.prompt;
    const budget = parts.budget.state(parts.runtime.nowMs(), incident);
    const question = parts.telemetry.startQuestion({ task, incident, prompt: { name, version, hash } });
    if (budget.level !== 'fine') question.count(BUDGET_EVENTS[budget.level], { task });
    const outcome = await answer(ask, { parts, telemetry: question, budget }, signal);
    const [tier, reason] = outcome.kind === 'answered' ? [outcome.tier, null] : (['deterministic', outcome.reason] as const);
    if (reason !== null) question.count('deterministic', { task, reason });
    if (reason === 'model_budget') parts.budget.exhausted(parts.runtime.nowMs(), incident);
    question.end({ tier, reason, budget: budget.level });
    return outcome;
  },
});
