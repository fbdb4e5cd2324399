/** One model until it answers or is given up: three tries, one repair, one try without a schema. */
import type { z } from 'zod';
import type { ModelRequest, TokenUsage } from '../../ports/language-model.ts';
import { ModelError } from '../../ports/model-error.ts';
import { renderPrompt, type Prompt } from '../prompts/load-prompt.ts';
import { waitOrGiveUp } from '../resilience/wait-or-give-up.ts';
import { attempt, type AttemptContext, type PaidAnswer } from './attempt.ts';
import { parseAnswer } from './parse-answer.ts';
import type { Seat } from './seat.ts';

export interface Question<T> {
  readonly request: ModelRequest;
  readonly schema: z.ZodType<T>;
  /** Turns what is not the asked JSON into it. */
  readonly repair: Prompt;
}

export interface SeatAnswer<T> {
  readonly value: T;
  readonly text: string;
  readonly model: string;
  readonly usage: TokenUsage;
  readonly costUsd: number;
  readonly repaired: boolean;
}

const answered = async (seat: Seat, first: ModelRequest, context: AttemptContext, signal: AbortSignal): Promise<PaidAnswer> => {
  let { schema } = first;
  for (let number = 1; ; number++) {
    try {
      return await attempt(seat, { ...first, schema }, context, number, signal);
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      // A server that does not know JSON schema refuses the request; the prompt asks for the same form in words.
      if (error.code === 'model_bad_request' && schema !== null) schema = null;
      else await waitOrGiveUp(error, number, context.runtime, signal);
    }
  }
};

const MAX_REPAIRED_CHARS = 20_000;

const sum = (a: TokenUsage, b: TokenUsage): TokenUsage => ({ inputTokens: a.inputTokens + b.inputTokens, outputTokens: a.outputTokens + b.outputTokens });

/** @throws {ModelError} */
export const askSeat = async <T>(seat: Seat, question: Question<T>, context: AttemptContext, signal: AbortSignal): Promise<SeatAnswer<T>> => {
  const { request, schema } = question;
  const first = await answered(seat, request, context, signal);
  const { answer, usage, costUsd } = first;
  try {
    return { value: parseAnswer(answer.text, schema), text: answer.text, model: answer.model, usage, costUsd, repaired: false };
  } catch {
    context.telemetry.count('repair', { provider: seat.model.provider });
    const repair = renderPrompt(question.repair, { schema: JSON.stringify(request.schema ?? {}), answer: answer.text.slice(0, MAX_REPAIRED_CHARS).replaceAll('<', '‹') });
    const second = await attempt(seat, { ...request, system: repair.system, user: repair.user }, { ...context, prompt: question.repair }, 1, signal);
    const value = parseAnswer(second.answer.text, schema);
    return { value, text: second.answer.text, model: second.answer.model, usage: sum(usage, second.usage), costUsd: costUsd + second.costUsd, repaired: true };
  }
};
