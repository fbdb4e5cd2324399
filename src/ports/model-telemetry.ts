/** Port: what the gateway tells about itself. One implementation speaks OpenTelemetry; the silent one is for tests. */
import type { ModelTask, TokenUsage } from './language-model.ts';

/** Which text was asked with; its hash changes with every letter. */
export interface PromptIdentity {
  readonly name: string;
  readonly version: number;
  readonly hash: string;
}

export interface ModelCallAttributes {
  readonly operation: 'chat' | 'embeddings';
  /** `gen_ai.provider.name`. */
  readonly system: string;
  readonly model: string;
  readonly task: ModelTask | 'embed';
  /** Null for embeddings: they have none. */
  readonly prompt: PromptIdentity | null;
  readonly maxOutputTokens: number | null;
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

export const MODEL_EVENTS = ['cache_hit', 'fallback', 'repair', 'deterministic', 'budget_warn', 'budget_page', 'budget_spent', 'removed_sentence'] as const;
export type ModelEvent = (typeof MODEL_EVENTS)[number];

/** What an event is about, as far as it has one: values of a small, known set. */
export interface EventAttributes {
  readonly task?: ModelTask | 'embed';
  readonly provider?: string;
  /** A model error's code. */
  readonly code?: string;
  readonly reason?: string;
  readonly violation?: string;
}

export interface CallTelemetry {
  /** One span a call; the returned function ends it. */
  startCall(attributes: ModelCallAttributes): (result: ModelCallResult) => void;
  count(event: ModelEvent, attributes: EventAttributes, amount?: number): void;
}

export interface QuestionAttributes {
  readonly task: ModelTask;
  readonly incident: string;
  readonly prompt: PromptIdentity;
}

export interface QuestionResult {
  /** Who answered: the task's chain, `cheap`, `cache`, or `deterministic`. */
  readonly tier: string;
  /** Why nobody did; null for an answer. */
  readonly reason: string | null;
  /** The level of the budget it began with. */
  readonly budget: string;
}

/** Calls and events below it belong to one question, on its way down the ladder. */
export interface QuestionTelemetry extends CallTelemetry {
  end(result: QuestionResult): void;
}

export interface ModelTelemetry extends CallTelemetry {
  startQuestion(attributes: QuestionAttributes): QuestionTelemetry;
}

const silentCalls: CallTelemetry = { startCall: () => () => {}, count: () => {} };

export const silentTelemetry: ModelTelemetry = { ...silentCalls, startQuestion: () => ({ ...silentCalls, end: () => {} }) };
