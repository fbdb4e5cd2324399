/** What the logs of a capsule testify, by service and pod. */
import type { Finding } from '../../../domain/finding.ts';
import { echoes } from '../../traces/echo.ts';
import { type Coverage, coverageOf } from '../../traces/phases.ts';
import type { TraceSignals } from '../../traces/trace-findings.ts';
import type { Change } from './change.ts';
import { sharedComplaints, withoutMoved } from './change.ts';
import { withoutCommon } from './common-complaints.ts';
import { joinRuns } from './join-runs.ts';
import type { LogReader } from './log-reader.ts';
import { recordClockOffset } from './record-clock.ts';
import { recordFiles } from './record-files.ts';
import { recordChanges } from './record-changes.ts';
import { statementFinding, statementKey } from './statement-finding.ts';
import { textChanges } from './text-changes.ts';

export interface LogSignals {
  /** Strongest first. */
  readonly findings: readonly Finding[];
  readonly gaps: readonly string[];
  readonly lines: number;
  readonly events: number;
  readonly patterns: number;
  /** What the structured records cover; null where there are none. */
  readonly coverage: Coverage | null;
}

const MAX_PER_SERVICE = 5;
const MIN_STRENGTH = 1;

/** `reader` has read the log files, in any order. `measured`: services that metrics know. */
export const logFindings = (reader: LogReader, { graph, phases: traced }: Pick<TraceSignals, 'graph' | 'phases'>, measured: readonly string[] = []): LogSignals => {
  const { table, names } = reader;
  const { phases } = traced;
  const { statements, statementOf } = reader.statements.mine();
  const runs = joinRuns(table, names, traced.table.spans, (name) => reader.nameNumber(name));
  const clockOffsetMs = recordClockOffset(table.times, runs.of, { startMs: traced.table.startMs, durationMs: traced.table.spans.durationMs });
  if (clockOffsetMs !== 0) for (let index = 0; index < table.length; index++) table.times.set(index, table.times.at(index) - clockOffsetMs);
  const text = textChanges(reader.texts, phases, { services: graph.services, writers: measured, firstNumber: statements.length });
  const changes = strongest(withoutCommon([...withoutMoved(recordChanges({ table, names, statements, statementOf, runs, traced })), ...text.changes]));
  const shared = sharedComplaints(changes, graph);
  const isEcho = echoes(changes, graph, phases, shared);
  const files = recordFiles(reader.parts);
  return {
    findings: changes.map((change, i) => statementFinding(change, isEcho[i] === true || shared.has(change) || !change.isNews ? 'symptom' : 'cause')),
    gaps: [...files.flatMap(({ gaps }) => gaps), ...text.gaps, ...clockGap(clockOffsetMs)],
    lines: files.reduce((sum, { lines }) => sum + lines, text.lines),
    events: table.length + text.events,
    patterns: statements.length + text.patterns,
    coverage: coverageOf(phases, table.times.values()),
  };
};

const clockGap = (offsetMs: number): readonly string[] =>
  offsetMs === 0 ? [] : [`The logs' clock is ${Math.abs(offsetMs / 1000).toFixed(0)} s ${offsetMs > 0 ? 'ahead of' : 'behind'} that of the spans they were written in; the records were moved by that. Which of the two is right, nothing tells.`];

/** Strongest first, one a statement and a few a service; what names no service belongs to none and is left out. */
const strongest = (changes: readonly Change[]): readonly Change[] => {
  const perService = new Map<string, Set<number>>();
  return changes
    .filter(({ service, strength }) => service !== '' && strength >= MIN_STRENGTH)
    .sort((a, b) => b.strength - a.strength || compareText(sortKey(a), sortKey(b)))
    .filter(({ service, number }) => {
      const seen = perService.get(service) ?? new Set<number>();
      perService.set(service, seen);
      if (seen.size >= MAX_PER_SERVICE || seen.has(number)) return false;
      seen.add(number);
      return true;
    });
};

const sortKey = ({ service, operation, statement }: Change): string => `${service}\n${operation ?? ''}\n${statementKey(statement)}`;
const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
