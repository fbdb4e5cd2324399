/** What the model gateway is configured with, checked and with every default filled in. */
import type { ModelTask } from './language-model.ts';

export const PROVIDER_TYPES = ['openai-compatible', 'openai', 'anthropic', 'azure', 'bedrock', 'google'] as const;
export type ProviderType = (typeof PROVIDER_TYPES)[number];

export interface ProviderSettings {
  readonly name: string;
  readonly type: ProviderType;
  /** Null: the vendor's own address. */
  readonly baseUrl: string | null;
  /** Null: the server takes none, or the vendor's own chain of credentials is used. */
  readonly apiKey: string | null;
  /** Bedrock only. */
  readonly region: string | null;
  /** Bedrock only, with `secretAccessKey`, where no API key is used. */
  readonly accessKeyId: string | null;
  readonly secretAccessKey: string | null;
  /** Azure only; null: the SDK's default. */
  readonly apiVersion: string | null;
  /** How the server is asked for structured output. */
  readonly structured: 'json_schema' | 'json_object' | 'none';
}

export interface ModelReference {
  readonly provider: string;
  readonly model: string;
}

/** US dollars per million tokens. */
export interface ModelPrice {
  readonly inputUsd: number;
  readonly outputUsd: number;
}

export interface BudgetSettings {
  /** From here on a channel is warned and the cheap chain answers. */
  readonly warnUsd: number;
  /** From here on somebody is paged. */
  readonly pageUsd: number;
  /** Never more than this on one UTC day. */
  readonly capUsd: number;
  /** Never more than this for one incident. */
  readonly incidentCapUsd: number;
}

/** Webhooks that hear of the budget; null: nobody does. */
export interface NoticeSettings {
  readonly warnUrl: string | null;
  readonly pageUrl: string | null;
}

export interface ModelSettings {
  readonly providers: readonly ProviderSettings[];
  /** First choice first; may be empty. */
  readonly chains: Readonly<Record<ModelTask, readonly ModelReference[]>>;
  /** Scores wording in `faultline eval`. */
  readonly judge: ModelReference | null;
  /** Turns texts into vectors; `faultline eval` uses it. One model, as vectors of two do not compare. */
  readonly embed: ModelReference | null;
  /** By `provider/model` or model name; goes before the built-in table. */
  readonly prices: Readonly<Record<string, ModelPrice>>;
  readonly budget: BudgetSettings;
  readonly notices: NoticeSettings;
  /** Cache and ledger live here; null: in memory. */
  readonly folder: string | null;
  readonly cacheTtlMs: number;
  /** Tokens of evidence a prompt may carry, >= 2,000. */
  readonly evidenceTokens: number;
  /** One attempt, and all attempts together. */
  readonly callTimeoutMs: number;
  readonly deadlineMs: number;
}
