/** What a provider file exports: from settings to models of the AI SDK (its `LanguageModelV3` and `EmbeddingModelV3` interfaces). */
import type { EmbeddingModelV3, LanguageModelV3 } from '@ai-sdk/provider';
import type { ProviderSettings, ProviderType } from '../../ports/model-settings.ts';

export type Fetch = typeof globalThis.fetch;

export interface ProviderContext {
  readonly settings: ProviderSettings;
  /** Every request goes through it: limits on size and silence live there. */
  readonly fetch: Fetch;
}

export interface LoadedProvider {
  readonly chat: (model: string) => LanguageModelV3;
  /** Null: the provider has none. */
  readonly embedding: ((model: string) => EmbeddingModelV3) | null;
}

export interface ProviderDefinition {
  readonly type: ProviderType;
  /** `gen_ai.provider.name` of OpenTelemetry's GenAI conventions. */
  readonly system: string;
  /** The SDK package is loaded at this moment, not at start-up. */
  load(context: ProviderContext): Promise<LoadedProvider>;
}

/** SDKs refuse to start without a key; servers of one's own often take none. */
export const NO_KEY = 'none';
