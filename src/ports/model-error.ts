/** How a call to a language model fails, by what the caller can do about it. */
import { AppError } from '../shared/errors.ts';
import type { TokenUsage } from './language-model.ts';

export const MODEL_ERROR_CODES = [
  /** The key was refused or lacks the right: asking again is useless until a person acts. */
  'model_auth',
  /** 429: wait, then try again. */
  'model_rate_limited',
  /** 5xx, connection refused or cut, a body that is no answer. */
  'model_unavailable',
  /** The deadline of the call passed. */
  'model_timeout',
  /** The caller gave up. */
  'model_aborted',
  /** `finish_reason: length`: the answer lacks its end. */
  'model_truncated',
  /** The model or a content filter refused. */
  'model_refused',
  /** The text does not keep to the schema. */
  'model_invalid_output',
  /** 4xx: the server does not take this request (unknown model, unknown option, too long). */
  'model_bad_request',
  /** The circuit breaker of this provider is open. */
  'model_circuit_open',
  /** The budget leaves no room for this call. */
  'model_budget',
  /** No model is configured for the task. */
  'model_not_configured',
] as const;
export type ModelErrorCode = (typeof MODEL_ERROR_CODES)[number];

const RETRYABLE: ReadonlySet<ModelErrorCode> = new Set(['model_rate_limited', 'model_unavailable', 'model_timeout']);

const BILLED: ReadonlySet<ModelErrorCode> = new Set(['model_timeout', 'model_aborted', 'model_truncated', 'model_refused', 'model_invalid_output']);

export interface ModelErrorDetails {
  readonly code: ModelErrorCode;
  readonly message: string;
  readonly hint?: string;
  readonly cause?: unknown;
  /** What the server asked to wait. */
  readonly retryAfterMs?: number | null;
  readonly status?: number | null;
  /** Tokens that were paid for although there is no answer. */
  readonly usage?: TokenUsage | null;
  /** The request reached the model, so it may be on the bill although no usage is known. */
  readonly mayBeBilled?: boolean;
}

export class ModelError extends AppError {
  declare readonly code: ModelErrorCode;
  readonly retryAfterMs: number | null;
  readonly status: number | null;
  readonly usage: TokenUsage | null;
  readonly mayBeBilled: boolean;

  constructor(details: ModelErrorDetails) {
    super({
      code: details.code,
      message: details.message,
      retryable: RETRYABLE.has(details.code),
      ...(details.hint === undefined ? {} : { hint: details.hint }),
      ...(details.cause === undefined ? {} : { cause: details.cause }),
    });
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.status = details.status ?? null;
    this.usage = details.usage ?? null;
    this.mayBeBilled = details.mayBeBilled ?? BILLED.has(details.code);
  }
}
