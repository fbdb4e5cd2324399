/**
 * What one signal testifies about one component. Signal engines produce findings, the diagnosis weighs them;
 * a finding that is cited becomes an evidence of the report.
 */
import type { Component, EvidenceKind, Fault } from './report.ts';
import type { EpochMs, TimeWindow } from './time.ts';

export interface Finding {
  /** Stable within a capsule and independent of input order, e.g. `metric:order:cpu_usage`. */
  readonly id: string;
  readonly kind: EvidenceKind;
  /** Whom it speaks about. */
  readonly component: Component;
  /** How well it fits each fault, 0 to 1; a fault that is not named is not suggested by it. */
  readonly faults: Readonly<Partial<Record<Fault, number>>>;
  /** `cause`: may itself be the trouble (a resource, a crash, a bad object). `symptom`: somebody suffers. `context`: neither. */
  readonly role: 'cause' | 'symptom' | 'context';
  /** Robust effect size, >= 0, comparable within its kind (for a metric: shift in units of the baseline's IQR). */
  readonly strength: number;
  readonly onset: EpochMs | null;
  readonly end: EpochMs | null;
  readonly window: TimeWindow | null;
  /** For a change finding: the change's id. */
  readonly changeId: string | null;
  /** Short name of what shows it: the metric, the pattern, the span. */
  readonly indicator: string;
  /** One English sentence with numbers and units. */
  readonly summary: string;
  readonly query: string | null;
  readonly observed: number | string | null;
  readonly expected: number | string | null;
  readonly samples: readonly string[];
  /** The innermost stack frames of an error, masked; absent where it has none. */
  readonly frames?: readonly string[];
}
