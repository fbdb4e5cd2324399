/** What a provider file exports: from settings to a model of the AI SDK (its `LanguageModelV3` interface). */
import type { LanguageModelV3 } from '@ai-sdk/provider';
import type { ProviderSettings, ProviderType } from '../../ports/model-settings.ts';

export type Fetch = typeof globalThis.fetch;

export interface ProviderContext {
  readonly settings: ProviderSettings;
  /** Every request goes through it: limits on size and silence live there. */
  readonly fetch: Fetch;
}

export interface ProviderDefinition {
  readonly type: ProviderType;
  /** `gen_ai.provider.name` of OpenTelemetry's GenAI conventions. */
  readonly system: string;
  /** The SDK package is loaded at this moment, not at start-up. */
  load(context: ProviderContext): Promise<(model: string) => LanguageModelV3>;
}

/** SDKs refuse to start without a key; servers of one's own often take none. */
export const NO_KEY = 'none';
