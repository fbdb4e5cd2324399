/** Settings ► a {@link LanguageModel}: one attempt at one model, every way to fail told apart. */
import type { LanguageModelV3, LanguageModelV3CallOptions, LanguageModelV3GenerateResult } from '@ai-sdk/provider';
import type { LanguageModel, ModelAnswer, ModelRequest, TokenUsage } from '../../ports/language-model.ts';
import { ModelError } from '../../ports/model-error.ts';
import type { ProviderSettings } from '../../ports/model-settings.ts';
import { nowMs } from '../../shared/clock.ts';
import { toModelError } from './call-failure.ts';
import { guardedFetch } from './guarded-fetch.ts';
import type { Fetch } from './provider.ts';
import { PROVIDERS } from './registry.ts';

export interface OpenModelOptions {
  /** One attempt may take this long. */
  readonly callTimeoutMs: number;
  /** Longest silence inside an answer. */
  readonly idleMs?: number;
  readonly fetch?: Fetch;
}

const DEFAULT_IDLE_MS = 15_000;

const usageOf = ({ usage }: LanguageModelV3GenerateResult): TokenUsage | null => {
  const input = usage.inputTokens.total;
  const output = usage.outputTokens.total;
  return input === undefined || output === undefined ? null : { inputTokens: input, outputTokens: output };
};

const responseFormat = (request: ModelRequest, settings: ProviderSettings): Pick<LanguageModelV3CallOptions, 'responseFormat'> => {
  if (request.schema === null || settings.structured === 'none') return {};
  return { responseFormat: settings.structured === 'json_schema' ? { type: 'json', schema: request.schema, name: 'answer' } : { type: 'json' } };
};

const answerOf = (result: LanguageModelV3GenerateResult, model: string): ModelAnswer => {
  const usage = usageOf(result);
  const { unified } = result.finishReason;
  if (unified === 'length') throw new ModelError({ code: 'model_truncated', message: 'the answer was cut off at the token limit', usage });
  if (unified === 'content-filter') throw new ModelError({ code: 'model_refused', message: 'the answer was withheld by a content filter', usage });
  const text = result.content.map((part) => (part.type === 'text' ? part.text : '')).join('');
  if (text.trim() === '') throw new ModelError({ code: 'model_refused', message: 'the model gave no text', usage });
  return { text, usage, model: result.response?.modelId ?? model };
};

/** The SDK's model is made once, at the first call. */
const lazily = (settings: ProviderSettings, model: string, fetch: Fetch): (() => Promise<LanguageModelV3>) => {
  let made: Promise<LanguageModelV3> | null = null;
  return () => (made ??= PROVIDERS[settings.type].load({ settings, fetch }).then((create) => create(model)));
};

export const openModel = (settings: ProviderSettings, model: string, options: OpenModelOptions): LanguageModel => {
  const idleMs = Math.min(options.idleMs ?? DEFAULT_IDLE_MS, options.callTimeoutMs);
  const load = lazily(settings, model, guardedFetch({ idleMs }, options.fetch));
  const secrets = [settings.apiKey, settings.accessKeyId, settings.secretAccessKey].filter((secret) => secret !== null);
  const complete: LanguageModel['complete'] = async (request, { signal }) => {
    const deadline = AbortSignal.timeout(options.callTimeoutMs);
    try {
      signal.throwIfAborted();
      const result = await (await load()).doGenerate({
        prompt: [
          { role: 'system', content: request.system },
          { role: 'user', content: [{ type: 'text', text: request.user }] },
        ],
        maxOutputTokens: request.maxOutputTokens,
        temperature: 0,
        abortSignal: AbortSignal.any([signal, deadline]),
        ...responseFormat(request, settings),
      });
      return answerOf(result, model);
    } catch (error) {
      if (signal.aborted) throw new ModelError({ code: 'model_aborted', message: 'the call was cancelled' });
      if (deadline.aborted) throw new ModelError({ code: 'model_timeout', message: `no answer within ${options.callTimeoutMs} ms` });
      throw toModelError(error, { nowMs: nowMs(), secrets });
    }
  };
  return { provider: settings.name, system: PROVIDERS[settings.type].system, model, complete };
};
