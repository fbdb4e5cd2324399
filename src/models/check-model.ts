/** Does this model answer? One token is enough to know; it is paid for, booked and told like any other. */
import { ModelError, type ModelErrorCode } from '../ports/model-error.ts';
import { attempt, type AttemptContext } from './gateway/attempt.ts';
import type { Seat } from './gateway/seat.ts';
import { renderPrompt } from './prompts/load-prompt.ts';

export type ModelCheck =
  | { readonly ok: true; readonly durationMs: number }
  | { readonly ok: false; readonly code: ModelErrorCode; readonly message: string };

/** Being cut off after one token is what was asked for; an empty text is what one token may be. */
const GOOD_FAILURES: ReadonlySet<ModelErrorCode> = new Set(['model_truncated', 'model_refused']);

const failedCheck = (error: unknown): Extract<ModelCheck, { readonly ok: false }> => {
  if (!(error instanceof ModelError)) throw error;
  return { ok: false, code: error.code, message: error.message };
};

/** `context.prompt` is the one to ask with. */
export const checkModel = async (seat: Seat, context: AttemptContext, signal: AbortSignal): Promise<ModelCheck> => {
  const { prompt, runtime } = context;
  const startedMs = runtime.nowMs();
  const { system, user } = renderPrompt(prompt, {});
  try {
    await attempt(seat, { system, user, maxOutputTokens: prompt.maxOutputTokens, schema: null }, context, 1, signal);
  } catch (error) {
    const failed = failedCheck(error);
    if (!GOOD_FAILURES.has(failed.code)) return failed;
  }
  return { ok: true, durationMs: runtime.nowMs() - startedMs };
};
