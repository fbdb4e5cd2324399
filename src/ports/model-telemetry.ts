/** Port: what the gateway tells about itself. One implementation speaks OpenTelemetry; the silent one is for tests and short commands. */
import type { ModelTask, TokenUsage } from './language-model.ts';

export interface ModelCallAttributes {
  readonly provider: string;
  /** `gen_ai.provider.name`. */
  readonly system: string;
  readonly model: string;
  readonly task: ModelTask;
  readonly promptName: string;
  readonly promptVersion: number;
  readonly promptHash: string;
  readonly maxOutputTokens: number;
  /** From 1. */
  readonly attempt: number;
}

export interface ModelCallResult {
  readonly usage: TokenUsage | null;
  readonly costUsd: number;
  readonly responseModel: string | null;
  readonly durationMs: number;
  /** Null for an answer. */
  readonly errorCode: string | null;
}

export const MODEL_EVENTS = ['cache_hit', 'fallback', 'repair', 'deterministic', 'budget_warn', 'budget_page', 'removed_sentence'] as const;
export type ModelEvent = (typeof MODEL_EVENTS)[number];

export interface ModelTelemetry {
  /** One span a call; the returned function ends it. */
  startCall(attributes: ModelCallAttributes): (result: ModelCallResult) => void;
  count(event: ModelEvent, attributes: Readonly<Record<string, string>>, amount?: number): void;
}

export const silentTelemetry: ModelTelemetry = { startCall: () => () => {}, count: () => {} };
