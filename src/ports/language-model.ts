/** Port: one chat model that answers one request with text. Providers implement it; the gateway adds everything else. */

/** What the work is for; each task has its own chain of models. */
export const MODEL_TASKS = ['narrate', 'plan', 'digest', 'cheap'] as const;
export type ModelTask = (typeof MODEL_TASKS)[number];

/** A JSON Schema document (draft 2020-12 or 7). */
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface ModelRequest {
  /** Instructions: never holds telemetry. */
  readonly system: string;
  /** The data to work on. */
  readonly user: string;
  readonly maxOutputTokens: number;
  /** Ask the server to keep to this schema; null: free text. */
  readonly schema: JsonSchema | null;
}

export interface TokenUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface ModelAnswer {
  readonly text: string;
  /** Null where the server did not count. */
  readonly usage: TokenUsage | null;
  /** The model that answered, as the server names it. */
  readonly model: string;
}

export interface LanguageModel {
  /** Name of the provider in the configuration. */
  readonly provider: string;
  /** As OpenTelemetry names it in `gen_ai.provider.name`. */
  readonly system: string;
  readonly model: string;
  /**
   * One attempt: no retry, no fallback.
   * @throws {ModelError} with the code that says what to do next; an abort of `signal` as `model_aborted`.
   */
  complete(request: ModelRequest, options: { readonly signal: AbortSignal }): Promise<ModelAnswer>;
}
