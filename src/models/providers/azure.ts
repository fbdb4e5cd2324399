/** Azure OpenAI; the model is the name of the deployment. */
import type { ProviderDefinition } from './provider.ts';
import { NO_KEY } from './provider.ts';

export const azure: ProviderDefinition = {
  type: 'azure',
  system: 'azure.ai.openai',
  load: async ({ settings, fetch }) => {
    const { createAzure } = await import('@ai-sdk/azure');
    const provider = createAzure({
      fetch,
      apiKey: settings.apiKey ?? NO_KEY,
      ...(settings.baseUrl === null ? {} : { baseURL: settings.baseUrl }),
      ...(settings.apiVersion === null ? {} : { apiVersion: settings.apiVersion }),
    });
    return { chat: (deployment) => provider.chat(deployment), embedding: (deployment) => provider.embeddingModel(deployment) };
  },
};
