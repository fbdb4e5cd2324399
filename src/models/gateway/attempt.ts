/** One paid try at one model: money set aside, the provider's breaker asked, the outcome booked and told. */
import type { ModelAnswer, ModelRequest, ModelTask, TokenUsage } from '../../ports/language-model.ts';
import { ModelError } from '../../ports/model-error.ts';
import type { CallTelemetry } from '../../ports/model-telemetry.ts';
import type { Budget } from '../cost/budget.ts';
import { estimateTokens, maxTokens } from '../pack/token-estimate.ts';
import type { Prompt } from '../prompts/load-prompt.ts';
import type { Runtime } from '../resilience/runtime.ts';
import { paidCall } from './paid-call.ts';
import type { Seat } from './seat.ts';

export interface AttemptContext {
  readonly task: ModelTask;
  readonly incident: string;
  readonly prompt: Prompt;
  readonly budget: Budget;
  readonly telemetry: CallTelemetry;
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

/** @throws {ModelError} always of this type */
export const attempt = async (seat: Seat, request: ModelRequest, context: AttemptContext, number: number, signal: AbortSignal): Promise<PaidAnswer> => {
  const { budget, incident, prompt, runtime, task, telemetry } = context;
  const { model } = seat;
  if (signal.aborted) throw new ModelError({ code: 'model_aborted', message: 'the call was cancelled' });
  const { value: answer, usage, costUsd } = await paidCall(
    {
      breaker: seat.breaker, price: seat.price, provider: model.provider, most: mostUsage(request), incident, budget, runtime, telemetry,
      attributes: { operation: 'chat', system: model.system, model: model.model, task, prompt: { name: prompt.name, version: prompt.version, hash: prompt.hash }, maxOutputTokens: request.maxOutputTokens, attempt: number },
    },
    async () => {
      const given = await model.complete(request, { signal });
      return { value: given, usage: countedUsage(request, given), responseModel: given.model };
    },
  );
  return { answer, usage, costUsd };
};
