/** Google's Gemini API. */
import type { ProviderDefinition } from './provider.ts';
import { NO_KEY } from './provider.ts';

export const google: ProviderDefinition = {
  type: 'google',
  system: 'gcp.gemini',
  load: async ({ settings, fetch }) => {
    const { createGoogleGenerativeAI } = await import('@ai-sdk/google');
    const provider = createGoogleGenerativeAI({ fetch, apiKey: settings.apiKey ?? NO_KEY, ...(settings.baseUrl === null ? {} : { baseURL: settings.baseUrl }) });
    return { chat: (model) => provider.languageModel(model), embedding: (model) => provider.embeddingModel(model) };
  },
};
