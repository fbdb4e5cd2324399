/** One reason to suspect one component of one fault, in points that add up over signals. */
import type { Finding } from '../../domain/finding.ts';
import type { Component, Fault } from '../../domain/report.ts';

export interface Clue {
  readonly component: Component;
  readonly fault: Fault;
  /** About bits of evidence: 1 is a hint, 3 convinces, below 0 speaks against. */
  readonly points: number;
  /** What it rests on. */
  readonly findings: readonly Finding[];
  /** The fault is what the findings say first, not one among others that would fit too. */
  readonly leading: boolean;
  /** Signal and family; of one topic only the best clue counts in full. */
  readonly topic: string;
}

/** Points of a shift: 1 at the threshold of three spreads, one more for each doubling, at most six. */
export const pointsOf = (strength: number): number => (strength <= 0 ? 0 : Math.min(6, Math.log2(1 + strength / 3)));

/** Two descriptions of one component are one. */
export const componentKey = (component: Component): string =>
  JSON.stringify([
    component.kind === 'pod' || component.kind === 'edge' ? 'service' : component.kind,
    component.name.toLowerCase(),
    component.kind === 'kubernetes_object' ? component.object_kind : null,
  ]);
