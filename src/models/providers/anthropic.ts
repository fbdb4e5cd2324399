/** Anthropic's messages. */
import type { ProviderDefinition } from './provider.ts';
import { NO_KEY } from './provider.ts';

export const anthropic: ProviderDefinition = {
  type: 'anthropic',
  system: 'anthropic',
  load: async ({ settings, fetch }) => {
    const { createAnthropic } = await import('@ai-sdk/anthropic');
    const provider = createAnthropic({ fetch, apiKey: settings.apiKey ?? NO_KEY, ...(settings.baseUrl === null ? {} : { baseURL: settings.baseUrl }) });
    return { chat: (model) => provider.languageModel(model), embedding: null };
  },
};
