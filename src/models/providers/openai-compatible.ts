/** Any server with OpenAI's chat completions: Upstage Solar, vLLM, Ollama, LiteLLM, Together and others. */
import type { ProviderDefinition } from './provider.ts';

export const openaiCompatible: ProviderDefinition = {
  type: 'openai-compatible',
  system: 'openai',
  load: async ({ settings, fetch }) => {
    const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
    const provider = createOpenAICompatible({
      name: settings.name,
      baseURL: settings.baseUrl ?? '',
      fetch,
      supportsStructuredOutputs: settings.structured === 'json_schema',
      ...(settings.apiKey === null ? {} : { apiKey: settings.apiKey }),
    });
    return { chat: (model) => provider.chatModel(model), embedding: (model) => provider.embeddingModel(model) };
  },
};
