/** What the logs of a capsule testify, by service and pod. */
import type { Capsule } from '../../../domain/capsule.ts';
import type { Finding } from '../../../domain/finding.ts';
import { echoes } from '../../traces/echo.ts';
import { phasesOf } from '../../traces/phases.ts';
import type { ServiceGraph } from '../../traces/service-graph.ts';
import { createMasker } from '../mask/masker.ts';
import type { Change } from './change.ts';
import { sharedComplaints, withoutMoved } from './change.ts';
import { recordChanges } from './record-changes.ts';
import { readRecords } from './read-records.ts';
import { statementFinding, statementKey } from './statement-finding.ts';
import { textChanges } from './text-changes.ts';

export interface LogSignals {
  /** Strongest first. */
  readonly findings: readonly Finding[];
  readonly gaps: readonly string[];
  readonly lines: number;
  readonly events: number;
  readonly patterns: number;
}

export type LogInput = Pick<Capsule, 'logs' | 'spans' | 'window' | 'baseline' | 'detectedAt'>;

const MAX_PER_SERVICE = 5;
const MIN_STRENGTH = 1;

/** Reads the log files once; pure but for that, independent of the order of files and lines. */
export const capsuleLogFindings = (capsule: LogInput, graph: ServiceGraph): LogSignals => {
  const masker = createMasker();
  const phases = phasesOf(capsule);
  const records = readRecords(capsule.logs.filter(({ kind }) => kind === 'ndjson'), capsule.spans, masker);
  const { statements, statementOf } = records.statements.mine();
  const texts = capsule.logs.filter(({ kind }) => kind === 'text').sort((a, b) => compareText(a.file, b.file));
  const text = textChanges(texts, phases, { masker, services: graph.services, firstNumber: statements.length });
  const changes = strongest([...withoutMoved(recordChanges({ table: records.table, statements, statementOf, phases, spans: capsule.spans, sample: records.sample })), ...text.changes]);
  const shared = sharedComplaints(changes, graph);
  const isEcho = echoes(changes, graph, phases, shared);
  return {
    findings: changes.map((change, i) => statementFinding(change, isEcho[i] === true || shared.has(change) || !change.isNews ? 'symptom' : 'cause')),
    gaps: [...records.gaps, ...text.gaps],
    lines: records.lines + text.lines,
    events: records.records + text.events,
    patterns: statements.length + text.patterns,
  };
};

/** Strongest first, one a statement and a few a service; what names no service belongs to none and is left out. */
const strongest = (changes: readonly Change[]): Change[] => {
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
