/** `faultline.digest/1`: what raw logs of any period say. The fixed output format of `faultline analyze` on files. */
import type { LlmNote } from './llm-note.ts';
import type { LogLevel, Severity } from './severity.ts';

export type Risk = 'none' | 'low' | 'medium' | 'high';
export interface NextAction {
  readonly summary: string;
  readonly command: string | null;
  readonly risk: Risk;
}
export type LogQueryLanguage = 'logql' | 'kql' | 'cloudwatch';
export interface LogQuery {
  readonly language: LogQueryLanguage;
  readonly query: string;
  readonly why: string;
}
export interface ChainStep {
  /** RFC 3339. */
  readonly at: string;
  readonly pattern: string;
  readonly count: number;
  readonly summary: string;
}
export interface DigestHypothesis {
  readonly summary: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly uncertain: boolean;
  /** Pattern ids. */
  readonly evidence: readonly string[];
}
export interface LogIncident {
  /** `I1`, `I2`, … most severe first. */
  readonly id: string;
  /** `i_` and 16 hex digits; the same incident on another day has the same. */
  readonly fingerprint: string;
  readonly title: string;
  readonly severity: Severity;
  readonly start: string;
  readonly end: string;
  readonly services: readonly string[];
  readonly env: string | null;
  readonly region: string | null;
  readonly hosts: readonly string[];
  readonly error_codes: readonly string[];
  /** In causal order. */
  readonly chain: readonly ChainStep[];
  readonly summary: string;
  readonly impact: string;
  readonly hypotheses: readonly DigestHypothesis[];
  readonly next_actions: readonly NextAction[];
  readonly queries: readonly LogQuery[];
  /** Masked, three at most. */
  readonly sample_logs: readonly string[];
}
export interface DigestPattern {
  readonly id: string;
  readonly template: string;
  readonly count: number;
  readonly baseline_count: number;
  readonly severity: LogLevel | null;
  readonly services: readonly string[];
  readonly first_seen: string | null;
  readonly last_seen: string | null;
}
export interface Interval {
  readonly start: string;
  readonly end: string;
}
export interface Digest {
  readonly schema: 'faultline.digest/1';
  readonly period: Interval | null;
  readonly baseline: Interval | null;
  readonly lines: number;
  readonly events: number;
  readonly errors: number;
  readonly incidents: readonly LogIncident[];
  readonly patterns: {
    readonly new: readonly DigestPattern[];
    readonly growing: readonly DigestPattern[];
    readonly gone: readonly DigestPattern[];
    readonly ongoing: readonly DigestPattern[];
  };
  readonly gaps: readonly string[];
  readonly timings_ms: { readonly total: number };
  readonly llm: LlmNote | null;
}
