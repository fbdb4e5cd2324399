/** What traces, logs, changes and cluster state suggest: each finding is a clue for every fault it fits. */
import type { Finding } from '../../domain/finding.ts';
import type { EvidenceKind, Fault } from '../../domain/report.ts';
import { isStore } from '../relate/store.ts';
import { pointsOf, type Clue } from './clue.ts';

/** A symptom tells who suffers; it accuses its own component only faintly. */
const ROLE_WEIGHT: Readonly<Record<Finding['role'], number>> = { cause: 1, symptom: 0.25, context: 0 };

const MOST_POINTS = 6;
/** Fits this near to the best one are what a finding says first. */
const LEADING = 0.85;

/** Engines measure strength each in its own unit: shifts in spreads, traces in surprise (log10 odds), cluster state and logs in points as they are. */
const POINTS: Readonly<Record<EvidenceKind, (strength: number) => number>> = {
  metric: pointsOf,
  trace: (strength) => Math.min(MOST_POINTS, strength * 0.8),
  log_pattern: (strength) => Math.min(MOST_POINTS, strength),
  kubernetes: (strength) => Math.min(MOST_POINTS, strength),
  change: (strength) => Math.min(MOST_POINTS, strength),
  topology: () => 0,
  alert: () => 0,
};

/** From outside nobody can tell whether a store computes or waits for locks, disks and connections; its own metrics do, where there are any. */
const WAITING = 0.8;

const faultsOf = ({ id, component, faults }: Finding): Finding['faults'] => {
  const { cpu } = faults;
  return cpu === undefined || !id.startsWith('trace:latency:') || !isStore(component.name) ? faults : { ...faults, capacity: cpu, cpu: cpu * WAITING };
};

/** What is left at the one who writes of what it writes about a silent service. */
const PASSED_ON = 0.4;

/** `passedOn`: ids of findings that speak of somebody else. */
export const findingClues = (findings: readonly Finding[], passedOn: ReadonlySet<string> = new Set()): readonly Clue[] => {
  const clues: Clue[] = [];
  for (const finding of findings) {
    const points = ROLE_WEIGHT[finding.role] * POINTS[finding.kind](finding.strength) * (passedOn.has(finding.id) ? PASSED_ON : 1);
    const fits = Object.entries(faultsOf(finding));
    const best = Math.max(0, ...fits.map(([, fit]) => fit));
    if (points <= 0 || best <= 0) continue;
    // The best fitting fault gets the points, the others their share of them.
    for (const [fault, fit] of fits) clues.push({ component: finding.component, fault: fault as Fault, points: (points * fit) / best, leading: fit >= LEADING * best, findings: [finding], topic: finding.kind });
  }
  return clues;
};
