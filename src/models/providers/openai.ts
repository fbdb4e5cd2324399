/** OpenAI. Chat completions rather than responses: nothing is stored on the server. */
import type { ProviderDefinition } from './provider.ts';
import { NO_KEY } from './provider.ts';

export const openai: ProviderDefinition = {
  type: 'openai',
  system: 'openai',
  load: async ({ settings, fetch }) => {
    const { createOpenAI } = await import('@ai-sdk/openai');
    const provider = createOpenAI({ fetch, apiKey: settings.apiKey ?? NO_KEY, ...(settings.baseUrl === null ? {} : { baseURL: settings.baseUrl }) });
    return { chat: (model) => provider.chat(model), embedding: (model) => provider.embeddingModel(model) };
  },
};
