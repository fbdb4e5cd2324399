/** `faultline.report/1`: the diagnosis of one capsule. The fixed output format of `faultline analyze CAPSULE`. */
import type { Interval, NextAction } from './digest.ts';
import type { LlmNote } from './llm-note.ts';

export const FAULTS = [
  'cpu', 'memory', 'disk', 'network_delay', 'network_loss', 'exception', 'error_return', 'code', 'configuration', 'crash', 'capacity',
  'dependency', 'scheduling', 'image', 'permission', 'dns', 'certificate', 'storage', 'traffic', 'data', 'unknown',
] as const;
export type Fault = (typeof FAULTS)[number];

export const COMPONENT_KINDS = ['service', 'pod', 'node', 'edge', 'change', 'kubernetes_object', 'external'] as const;
export type ComponentKind = (typeof COMPONENT_KINDS)[number];

/** Whom to blame. `name` is the service, node, object or external system. */
export interface Component {
  readonly kind: ComponentKind;
  readonly name: string;
  readonly pod: string | null;
  readonly namespace: string | null;
  readonly object_kind: string | null;
  readonly source: string | null;
  readonly destination: string | null;
}

export type EvidenceKind = 'log_pattern' | 'metric' | 'trace' | 'change' | 'kubernetes' | 'topology' | 'alert';
export interface Evidence {
  /** `E1`, `E2`, … */
  readonly id: string;
  readonly kind: EvidenceKind;
  readonly summary: string;
  readonly service: string | null;
  readonly window: Interval | null;
  /** What to run to see it again (LogQL, PromQL, …) or the file it came from. */
  readonly query: string | null;
  readonly observed: number | string | null;
  readonly expected: number | string | null;
  /** Masked, three at most. */
  readonly samples: readonly string[];
}
export interface Hypothesis {
  readonly rank: number;
  readonly component: Component;
  readonly fault: Fault;
  readonly change_id: string | null;
  readonly indicator: string;
  /** RFC 3339. */
  readonly onset: string | null;
  readonly score: number;
  /** A calibrated probability, 0 to 1. */
  readonly confidence: number;
  readonly summary: string;
  /** Evidence ids that support it, and that speak against it. */
  readonly evidence: readonly string[];
  readonly contradictions: readonly string[];
}
export type Verdict = 'root_cause' | 'inconclusive' | 'no_incident';
export type QueryLanguage = 'logql' | 'promql' | 'traceql' | 'kql' | 'sql';
export interface Report {
  readonly schema: 'faultline.report/1';
  readonly capsule_id: string;
  readonly verdict: Verdict;
  readonly summary: string;
  /** Best first, no two for the same component and fault. */
  readonly hypotheses: readonly Hypothesis[];
  readonly evidence: readonly Evidence[];
  readonly gaps: readonly string[];
  readonly impact: { readonly services: readonly string[]; readonly summary: string };
  readonly next_actions: readonly NextAction[];
  readonly queries: readonly { readonly language: QueryLanguage; readonly query: string; readonly why: string }[];
  readonly log_patterns: { readonly lines: number; readonly events: number; readonly patterns: number };
  readonly timings_ms: { readonly total: number };
  readonly llm: LlmNote | null;
}
