/** What traces, logs, changes and cluster state suggest: each finding is a clue for every fault it fits. */
import type { Finding } from '../../domain/finding.ts';
import type { EvidenceKind, Fault } from '../../domain/report.ts';
import { pointsOf, type Clue } from './clue.ts';

/** A symptom tells who suffers; it accuses its own component only faintly. */
const ROLE_WEIGHT: Readonly<Record<Finding['role'], number>> = { cause: 1, symptom: 0.5, context: 0 };
const KIND_WEIGHT: Readonly<Partial<Record<EvidenceKind, number>>> = { topology: 0, alert: 0 };

export const findingClues = (findings: readonly Finding[]): readonly Clue[] => {
  const clues: Clue[] = [];
  for (const finding of findings) {
    const weight = ROLE_WEIGHT[finding.role] * (KIND_WEIGHT[finding.kind] ?? 1);
    if (weight === 0) continue;
    for (const [fault, fit] of Object.entries(finding.faults)) {
      clues.push({ component: finding.component, fault: fault as Fault, points: pointsOf(finding.strength) * weight * fit, findings: [finding], topic: finding.kind });
    }
  }
  return clues;
};
