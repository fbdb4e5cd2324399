/** One diagnosis as the narrator needs it, whether it came from a capsule or from plain logs. */
import type { NextAction } from '../../domain/digest.ts';
import type { EvidenceEntry } from '../pack/evidence-entry.ts';

export interface CaseHypothesis {
  readonly rank: number;
  /** Refs that sentences about it may cite, its own entry first. */
  readonly refs: readonly string[];
  /** Confidence and uncertainty in words, for the list in the prompt. */
  readonly label: string;
}

export interface NarrationCase {
  /** The incident, for budgets: a capsule's id or an incident's fingerprint. */
  readonly incident: string;
  readonly entries: readonly EvidenceEntry[];
  readonly hypotheses: readonly CaseHypothesis[];
  readonly actions: readonly NextAction[];
  /** The leading hypothesis is believed enough for words like "clearly". */
  readonly mayBeCertain: boolean;
}
