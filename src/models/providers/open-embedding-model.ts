/** Settings ► an {@link EmbeddingModel}. */
import type { EmbeddingModelV3Result } from '@ai-sdk/provider';
import { type EmbeddingAnswer, type EmbeddingModel, MAX_EMBEDDED } from '../../ports/embedding-model.ts';
import { ModelError } from '../../ports/model-error.ts';
import type { ProviderSettings } from '../../ports/model-settings.ts';
import { connect, type ConnectionOptions } from './connection.ts';
import { PROVIDERS } from './registry.ts';

const wrongVectors = (): ModelError => new ModelError({ code: 'model_invalid_output', message: 'the answer does not hold one vector a text' });

const answerOf = ({ embeddings, usage }: EmbeddingModelV3Result, texts: number): EmbeddingAnswer => {
  const length = embeddings[0]?.length ?? 0;
  const sound = embeddings.length === texts && length > 0 && embeddings.every((vector) => vector.length === length && vector.every((value) => Number.isFinite(value)));
  if (!sound) throw wrongVectors();
  return { vectors: embeddings.map((vector) => Float32Array.from(vector)), inputTokens: usage?.tokens ?? null };
};

export const openEmbeddingModel = (settings: ProviderSettings, model: string, options: ConnectionOptions): EmbeddingModel => {
  const connection = connect(settings, options);
  return {
    provider: settings.name,
    system: PROVIDERS[settings.type].system,
    model,
    embed: (texts, { signal }) =>
      connection(async ({ embedding }, abortSignal) => {
        if (embedding === null) throw new ModelError({ code: 'model_bad_request', message: `${settings.type} offers no embeddings` });
        if (texts.length > MAX_EMBEDDED) throw new ModelError({ code: 'model_bad_request', message: `more than ${MAX_EMBEDDED} texts in one request` });
        const sdk = embedding(model);
        // Some providers take one text a request.
        const batch = Math.max(1, Math.min(texts.length, (await sdk.maxEmbeddingsPerCall) ?? texts.length));
        const results: EmbeddingModelV3Result[] = [];
        for (let at = 0; at < texts.length; at += batch) results.push(await sdk.doEmbed({ values: texts.slice(at, at + batch), abortSignal }));
        const counts = results.map(({ usage }) => usage?.tokens);
        const tokens = counts.reduce<number | undefined>((sum, count) => (sum === undefined || count === undefined ? undefined : sum + count), 0);
        return answerOf({ embeddings: results.flatMap(({ embeddings }) => embeddings), warnings: [], ...(tokens === undefined ? {} : { usage: { tokens } }) }, texts.length);
      }, signal),
  };
};
