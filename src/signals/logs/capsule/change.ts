/** How a log statement changed in one place, before it is worded. */
import type { EpochMs } from '../../../domain/time.ts';
import { isErrorLevel } from '../../../domain/severity.ts';
import type { ServiceGraph } from '../../traces/service-graph.ts';
import { calleesOf } from '../../traces/service-graph.ts';
import type { Contrast, Phases } from '../../traces/phases.ts';
import { binMs } from '../../traces/phases.ts';
import type { Statement } from './statements.ts';

export interface Change {
  readonly service: string;
  readonly pod: string | null;
  /** Operation in which it was counted; null where it was counted over time. */
  readonly operation: string | null;
  /** Number of the statement. */
  readonly number: number;
  readonly statement: Statement;
  readonly contrast: Contrast;
  readonly shares: string;
  readonly strength: number;
  readonly onset: EpochMs;
  /** False where nobody knows what is normal, so that it may have gone on for ever. */
  readonly isNews: boolean;
}

export const isGrave = ({ level, exception }: Statement): boolean => isErrorLevel(level) || level === 'WARN' || exception !== null;

/** Where to look for the first record: what was never written before may begin late in the bin before the one it fills. */
export const earliestOnset = ({ onset, contrast }: Change, phases: Phases): EpochMs => (contrast.normalHits === 0 ? Math.max(phases.window.start, onset - binMs(phases)) : onset);

/**
 * Changes that are shared complaints: the same grave statement, new in several services of which none calls the other. It is not
 * each one's own fault but that of something they have in common: a caller, a callee, an outside system.
 */
export const sharedComplaints = (changes: readonly Change[], graph: ServiceGraph): ReadonlySet<Change> => {
  const byStatement = new Map<number, Change[]>();
  for (const change of changes) {
    if (!isGrave(change.statement) || change.contrast.surprise <= 0) continue;
    const same = byStatement.get(change.number);
    if (same === undefined) byStatement.set(change.number, [change]);
    else same.push(change);
  }
  const shared = new Set<Change>();
  for (const same of byStatement.values()) {
    const services = [...new Set(same.map(({ service }) => service))];
    const deepest = services.filter((service) => {
      const callees = calleesOf(graph, service);
      return !services.some((other) => callees.has(other));
    });
    if (deepest.length >= 2) for (const change of same) shared.add(change);
  }
  return shared;
};

/**
 * Leaves out statements that only moved: the same text from the same file or class, gone at one line and new at another. A release
 * does that to every statement below an edit.
 */
export const withoutMoved = (changes: readonly Change[]): Change[] => {
  const signs = new Map<string, Set<number>>();
  const keyOf = ({ service, operation, statement }: Change): string | null =>
    statement.location === null ? null : `${service}\n${operation ?? ''}\n${statement.location.unit}\n${statement.template}`;
  for (const change of changes) {
    const key = keyOf(change);
    if (key !== null) signs.set(key, (signs.get(key) ?? new Set()).add(Math.sign(change.contrast.surprise)));
  }
  return changes.filter((change) => {
    const seen = signs.get(keyOf(change) ?? '');
    return seen === undefined || !(seen.has(1) && seen.has(-1));
  });
};
