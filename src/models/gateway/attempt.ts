/** One paid try at one model: money set aside, the provider's breaker asked, the outcome booked and told. */
import type { ModelAnswer, ModelRequest, ModelTask, TokenUsage } from '../../ports/language-model.ts';
import { ModelError } from '../../ports/model-error.ts';
import type { ModelTelemetry } from '../../ports/model-telemetry.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Budget } from '../cost/budget.ts';
import { costUsd } from '../cost/prices.ts';
import { estimateTokens, maxTokens } from '../pack/token-estimate.ts';
import type { Prompt } from '../prompts/load-prompt.ts';
import type { Runtime } from '../resilience/runtime.ts';
import type { Seat } from './seat.ts';

export interface AttemptContext {
  readonly task: ModelTask;
  readonly incident: string;
  readonly prompt: Prompt;
  readonly budget: Budget;
  readonly telemetry: ModelTelemetry;
  readonly runtime: Runtime;
}

export interface PaidAnswer {
  readonly answer: ModelAnswer;
  readonly usage: TokenUsage;
  readonly costUsd: number;
}

/** Tokens that servers put around messages and a schema. */
const FRAME_TOKENS = 512;

const textOf = (request: ModelRequest): string => request.system + request.user + (request.schema === null ? '' : JSON.stringify(request.schema));

/** The most that a request can be charged for. */
const mostUsage = (request: ModelRequest): TokenUsage => ({ inputTokens: maxTokens(textOf(request)) + FRAME_TOKENS, outputTokens: request.maxOutputTokens });

/** Where the server does not count: from above for the input, by the text for the output. */
const countedUsage = (request: ModelRequest, answer: ModelAnswer): TokenUsage => answer.usage ?? { inputTokens: estimateTokens(textOf(request)), outputTokens: estimateTokens(answer.text) };

const failureOf = (error: unknown): ModelError => (error instanceof ModelError ? error : new ModelError({ code: 'model_unavailable', message: messageOf(error), cause: error, mayBeBilled: true }));

const PROVIDER_FAULTS: ReadonlySet<string> = new Set(['model_unavailable', 'model_timeout']);
/** A full server is alive, and behind a gateway one model's limit says nothing of the others. */
const TELLS_NOTHING: ReadonlySet<string> = new Set(['model_rate_limited', 'model_aborted']);

const tellBreaker = ({ breaker }: Seat, error: ModelError): void => {
  if (PROVIDER_FAULTS.has(error.code)) breaker.failed();
  else if (TELLS_NOTHING.has(error.code)) breaker.released();
  else breaker.succeeded();
};

/** @throws {ModelError} always of this type */
export const attempt = async (seat: Seat, request: ModelRequest, context: AttemptContext, number: number, signal: AbortSignal): Promise<PaidAnswer> => {
  const { budget, incident, prompt, runtime, task, telemetry } = context;
  const most = mostUsage(request);
  const { model, price } = seat;
  const startedMs = runtime.nowMs();
  const reservation = budget.reserve(startedMs, incident, costUsd(most, price));
  if (reservation === null) throw new ModelError({ code: 'model_budget', message: 'the budget leaves no room for this call' });
  if (!seat.breaker.admit()) {
    reservation.release();
    throw new ModelError({ code: 'model_circuit_open', message: `${model.provider} did not answer lately and is left alone for a while` });
  }
  const end = telemetry.startCall({
    provider: model.provider, system: model.system, model: model.model, task, promptName: prompt.name, promptVersion: prompt.version, promptHash: prompt.hash,
    maxOutputTokens: request.maxOutputTokens, attempt: number,
  });
  const book = (usage: TokenUsage): number => {
    const usd = costUsd(usage, price);
    reservation.settle({ at: startedMs, task, incident, provider: model.provider, model: model.model, ...usage, costUsd: usd });
    return usd;
  };
  try {
    const answer = await model.complete(request, { signal });
    const usage = countedUsage(request, answer);
    const usd = book(usage);
    seat.breaker.succeeded();
    end({ usage, costUsd: usd, responseModel: answer.model, durationMs: runtime.nowMs() - startedMs, errorCode: null });
    return { answer, usage, costUsd: usd };
  } catch (error) {
    const failure = failureOf(error);
    tellBreaker(seat, failure);
    const usage = failure.usage ?? (failure.mayBeBilled ? most : null);
    const usd = usage === null ? 0 : book(usage);
    reservation.release();
    end({ usage, costUsd: usd, responseModel: null, durationMs: runtime.nowMs() - startedMs, errorCode: failure.code });
    throw failure;
  }
};
