/** Texts ► vectors: from the cache, else paid for like any other call. No fallback, as vectors of two models do not compare. */
import { type EmbeddingModel, MAX_EMBEDDED } from '../../ports/embedding-model.ts';
import { ModelError, type ModelErrorCode } from '../../ports/model-error.ts';
import type { ModelTelemetry } from '../../ports/model-telemetry.ts';
import type { Budget } from '../cost/budget.ts';
import { type EmbeddingCache, embeddingKey } from '../cost/embedding-cache.ts';
import type { KnownPrice } from '../cost/prices.ts';
import { estimateTokens, maxTokens } from '../pack/token-estimate.ts';
import type { CircuitBreaker } from '../resilience/circuit-breaker.ts';
import type { Runtime } from '../resilience/runtime.ts';
import { waitOrGiveUp } from '../resilience/wait-or-give-up.ts';
import { paidCall } from './paid-call.ts';

export interface EmbeddingSeat {
  readonly model: EmbeddingModel;
  readonly price: KnownPrice;
  readonly breaker: CircuitBreaker;
}

export type Embedding =
  | { readonly kind: 'embedded'; readonly vectors: readonly Float32Array[]; readonly costUsd: number; readonly cached: number }
  | { readonly kind: 'unanswered'; readonly reason: ModelErrorCode; readonly message: string };

export interface Embedder {
  readonly seat: EmbeddingSeat;
  /** The texts must be masked. Never throws for a model's sake. */
  embed(texts: readonly string[], incident: string, options: { readonly signal: AbortSignal }): Promise<Embedding>;
}

export interface EmbedderParts {
  readonly seat: EmbeddingSeat;
  readonly budget: Budget;
  readonly cache: EmbeddingCache;
  readonly telemetry: ModelTelemetry;
  readonly runtime: Runtime;
  /** All tries of one question together. */
  readonly deadlineMs: number;
}

interface Batch {
  readonly vectors: readonly Float32Array[];
  readonly costUsd: number;
}

const attemptBatch = async (texts: readonly string[], incident: string, parts: EmbedderParts, number: number, signal: AbortSignal): Promise<Batch> => {
  const { seat: { model, price, breaker }, budget, runtime, telemetry } = parts;
  const sum = (count: (text: string) => number): number => texts.reduce((total, text) => total + count(text), 0);
  const { value, costUsd } = await paidCall(
    {
      breaker, price, provider: model.provider, most: { inputTokens: sum(maxTokens) + texts.length * 8, outputTokens: 0 }, incident, budget, runtime, telemetry,
      attributes: { operation: 'embeddings', system: model.system, model: model.model, task: 'embed', prompt: null, maxOutputTokens: null, attempt: number },
    },
    async () => {
      const { vectors, inputTokens } = await model.embed(texts, { signal });
      return { value: vectors, usage: { inputTokens: inputTokens ?? sum(estimateTokens), outputTokens: 0 }, responseModel: null };
    },
  );
  return { vectors: value, costUsd };
};

const askBatch = async (texts: readonly string[], incident: string, parts: EmbedderParts, signal: AbortSignal): Promise<Batch> => {
  for (let number = 1; ; number++) {
    try {
      return await attemptBatch(texts, incident, parts, number, signal);
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      await waitOrGiveUp(error, number, parts.runtime, signal);
    }
  }
};

export const createEmbedder = (parts: EmbedderParts): Embedder => {
  const { seat: { model }, cache, telemetry } = parts;
  const keyOf = (text: string): string => embeddingKey(`${model.provider}/${model.model}`, text);
  const embed: Embedder['embed'] = async (texts, incident, { signal }) => {
    const known = new Map<string, Float32Array>();
    for (const text of texts) {
      const vector = cache.get(keyOf(text));
      if (vector !== null) known.set(text, vector);
    }
    const cached = known.size;
    if (cached > 0) telemetry.count('cache_hit', { task: 'embed' }, cached);
    const missing = [...new Set(texts)].filter((text) => !known.has(text));
    const whole = AbortSignal.any([signal, AbortSignal.timeout(parts.deadlineMs)]);
    let costUsd = 0;
    try {
      for (let at = 0; at < missing.length; at += MAX_EMBEDDED) {
        const batch = missing.slice(at, at + MAX_EMBEDDED);
        const answer = await askBatch(batch, incident, parts, whole);
        costUsd += answer.costUsd;
        for (const [index, text] of batch.entries()) {
          const vector = answer.vectors[index] ?? new Float32Array();
          known.set(text, vector);
          cache.put(keyOf(text), vector);
        }
      }
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      return { kind: 'unanswered', reason: error.code, message: error.message };
    }
    return { kind: 'embedded', vectors: texts.map((text) => known.get(text) ?? new Float32Array()), costUsd, cached };
  };
  return { seat: parts.seat, embed };
};
