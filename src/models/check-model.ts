/** Does this model answer? One token is enough to know. */
import { ModelError, type ModelErrorCode } from '../ports/model-error.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import { nowMs } from '../shared/clock.ts';

export type ModelCheck =
  | { readonly ok: true; readonly durationMs: number }
  | { readonly ok: false; readonly code: ModelErrorCode; readonly message: string; readonly hint: string | null };

/** Being cut off after one token is what was asked for; an empty text is what one token may be. */
const GOOD_FAILURES: ReadonlySet<ModelErrorCode> = new Set(['model_truncated', 'model_refused']);

export const checkModel = async (model: LanguageModel, signal: AbortSignal): Promise<ModelCheck> => {
  const startedMs = nowMs();
  try {
    await model.complete({ system: 'Answer with one word.', user: 'ok?', maxOutputTokens: 1, schema: null }, { signal });
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    if (!GOOD_FAILURES.has(error.code)) return { ok: false, code: error.code, message: error.message, hint: error.hint };
  }
  return { ok: true, durationMs: nowMs() - startedMs };
};
