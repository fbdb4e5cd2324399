/** What the spans of a capsule testify. */
import type { Capsule } from '../../domain/capsule.ts';
import type { Finding } from '../../domain/finding.ts';
import { findBreaks } from './find-breaks.ts';
import { findErrors } from './find-errors.ts';
import { findLatency } from './find-latency.ts';
import { findTraffic } from './find-traffic.ts';
import { operationsOf } from './operations.ts';
import { phasesOf } from './phases.ts';
import type { ServiceGraph } from './service-graph.ts';
import { serviceGraph } from './service-graph.ts';
import { spanDurations } from './span-durations.ts';
import { spanTable } from './span-table.ts';

export interface TraceSignals {
  /** Strongest first. */
  readonly findings: readonly Finding[];
  readonly graph: ServiceGraph;
  /** What the spans leave open, in sentences. */
  readonly gaps: readonly string[];
}

export type TraceInput = Pick<Capsule, 'spans' | 'topology' | 'window' | 'baseline' | 'detectedAt'>;

/** Reads all spans once; pure, independent of their order, about two seconds for 500,000. */
export const traceFindings = (capsule: TraceInput): TraceSignals => {
  const table = spanTable(capsule.spans);
  const phases = phasesOf(capsule);
  const operations = operationsOf(table);
  const graph = serviceGraph(table, capsule.topology);
  const findings = [
    ...findBreaks(table, operations, phases, graph),
    ...findErrors(table, operations, phases),
    ...findTraffic(table, phases),
    ...findLatency(spanDurations(table, phases, operations), phases),
  ].sort((a, b) => b.strength - a.strength || (a.id < b.id ? -1 : 1));
  const orphans = table.orphans === 0 ? [] : [`${table.orphans} of ${capsule.spans.length} spans name a parent that is not in the capsule; their calls are not followed.`];
  return { findings, graph, gaps: [...table.gaps, ...orphans] };
};
