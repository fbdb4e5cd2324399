/** Port: one model that turns texts into vectors. Only vectors of the same model compare. */

export interface EmbeddingAnswer {
  /** One for each text, in their order, all of one length. */
  readonly vectors: readonly Float32Array[];
  /** Null where the server did not count. */
  readonly inputTokens: number | null;
}

export interface EmbeddingModel {
  /** Name of the provider in the configuration. */
  readonly provider: string;
  /** As OpenTelemetry names it in `gen_ai.provider.name`. */
  readonly system: string;
  readonly model: string;
  /**
   * One attempt with at most {@link MAX_EMBEDDED} texts: no retry.
   * @throws {ModelError} as `LanguageModel` does; vectors that are missing or no numbers as `model_invalid_output`.
   */
  embed(texts: readonly string[], options: { readonly signal: AbortSignal }): Promise<EmbeddingAnswer>;
}

/** What every provider takes in one request. */
export const MAX_EMBEDDED = 32;
