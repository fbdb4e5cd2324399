/** Settings ► a {@link LanguageModel}: one attempt at one model. */
import type { LanguageModelV3CallOptions, LanguageModelV3GenerateResult } from '@ai-sdk/provider';
import type { LanguageModel, ModelAnswer, ModelRequest, TokenUsage } from '../../ports/language-model.ts';
import { ModelError } from '../../ports/model-error.ts';
import type { ProviderSettings } from '../../ports/model-settings.ts';
import { connect, type ConnectionOptions } from './connection.ts';
import { PROVIDERS } from './registry.ts';

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

export const openModel = (settings: ProviderSettings, model: string, options: ConnectionOptions): LanguageModel => {
  const connection = connect(settings, options);
  return {
    provider: settings.name,
    system: PROVIDERS[settings.type].system,
    model,
    complete: (request, { signal }) =>
      connection(async (provider, abortSignal) => {
        const result = await provider.chat(model).doGenerate({
          prompt: [
            { role: 'system', content: request.system },
            { role: 'user', content: [{ type: 'text', text: request.user }] },
          ],
          maxOutputTokens: request.maxOutputTokens,
          temperature: 0,
          abortSignal,
          ...responseFormat(request, settings),
        });
        return answerOf(result, model);
      }, signal),
  };
};
