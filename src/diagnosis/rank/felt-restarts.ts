/** Who is refused just when somebody whom it calls starts anew is refused by that one: the restart is the trouble, and the refusals are its echo. */
import type { Finding } from '../../domain/finding.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { MetricAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { findingOf, hurts } from '../../signals/metrics/metric-findings.ts';
import { seriesComponent } from '../../signals/metrics/series-component.ts';
import type { CallGraph } from '../relate/call-graph.ts';
import type { Clue } from './clue.ts';

/** Nobody listens, or the one who listens has just begun: as the kernel, libraries, Redis and PostgreSQL tell it. */
const REFUSED = /connection (?:was )?(?:refused|reset|closed)|econnrefused|econnreset|broken pipe|is loading the dataset|database system is (?:starting up|shutting down|in recovery)|server (?:closed|has gone)|not ready to accept|no route to host|cluster is down/i;
const CLEAR = 3;
const MIN_FINDING = 4;
/** Clocks differ a little, and the first to be refused may write a minute later. */
const EARLY_MS = 30_000;
const LATE_MS = 120_000;
/** Nearly as much as a crash that the cluster reports and callers miss. */
const POINTS = 4.5;

export interface FeltRestarts {
  readonly clues: readonly Clue[];
  /** Who was away: whatever its callers fail of then is its doing. */
  readonly dead: ReadonlySet<string>;
}

const refusalsOf = (findings: readonly Finding[]): ReadonlyMap<string, readonly EpochMs[]> => {
  const found = new Map<string, EpochMs[]>();
  for (const { kind, role, strength, onset, component, indicator, samples } of findings) {
    if (kind !== 'log_pattern' || role === 'context' || strength < MIN_FINDING || onset === null || ![indicator, ...samples].some((text) => REFUSED.test(text))) continue;
    const known = found.get(component.name);
    if (known === undefined) found.set(component.name, [onset]);
    else known.push(onset);
  }
  return found;
};

export const feltRestarts = (metrics: MetricAnalysis, findings: readonly Finding[], graph: CallGraph): FeltRestarts => {
  const refusals = refusalsOf(findings);
  const clues: Clue[] = [];
  const dead = new Set<string>();
  for (const one of metrics.series) {
    const { shift, meaning } = one;
    const component = seriesComponent(one.series);
    if (component === null || component.kind === 'node' || meaning.quantity !== 'restart' || shift === null || shift.strength < CLEAR || !hurts(meaning, shift) || dead.has(component.name)) continue;
    const isFelt = [...(graph.callers.get(component.name) ?? [])].some((caller) => refusals.get(caller)?.some((at) => at >= shift.onset - EARLY_MS && at <= shift.onset + LATE_MS) === true);
    if (!isFelt) continue;
    dead.add(component.name);
    clues.push({ component, fault: 'crash', points: POINTS, findings: [findingOf(one, shift)], leading: true, topic: 'silence' });
  }
  return { clues, dead };
};
