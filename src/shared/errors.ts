/** The one error type that crosses module borders. */

export interface AppErrorOptions {
  /** Stable, documented, snake_case: `input_unreadable`. */
  readonly code: string;
  readonly message: string;
  /** What the reader can do next. */
  readonly hint?: string;
  readonly retryable?: boolean;
  readonly cause?: unknown;
}

export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: string;
  readonly hint: string | null;
  readonly retryable: boolean;

  constructor(options: AppErrorOptions) {
    super(options.message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = options.code;
    this.hint = options.hint ?? null;
    this.retryable = options.retryable ?? false;
  }
}

/** The message of anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
