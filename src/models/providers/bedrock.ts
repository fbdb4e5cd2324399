/** Amazon Bedrock's Converse API, with an API key or signed with access keys. */
import type { ProviderDefinition } from './provider.ts';

export const bedrock: ProviderDefinition = {
  type: 'bedrock',
  system: 'aws.bedrock',
  load: async ({ settings, fetch }) => {
    const { createAmazonBedrock } = await import('@ai-sdk/amazon-bedrock');
    const provider = createAmazonBedrock({
      fetch,
      region: settings.region ?? 'us-east-1',
      ...(settings.baseUrl === null ? {} : { baseURL: settings.baseUrl }),
      ...(settings.apiKey === null ? {} : { apiKey: settings.apiKey }),
      ...(settings.accessKeyId === null || settings.secretAccessKey === null ? {} : { accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey }),
    });
    return { chat: (model) => provider.languageModel(model), embedding: (model) => provider.embeddingModel(model) };
  },
};
