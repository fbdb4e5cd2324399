/**
 * What a component tells of itself comes before what its symptoms look like. A connection that was reset was closed by somebody, and a process that ends,
 * refuses or is overrun closes its connections, too; a network that loses packets answers nothing at all. And a reader that tells why it cannot get on is not
 * short of hands.
 */
import type { Finding } from '../../domain/finding.ts';
import type { Fault } from '../../domain/report.ts';
import { matchKnownFailures } from '../../signals/logs/knowledge/match-known-failures.ts';
import type { KnownFailure } from '../../signals/logs/knowledge/known-failure.ts';
import type { Clue } from './clue.ts';

/** What cut connections and time-outs look like: these may all be the network. */
const OF_THE_WAY: ReadonlySet<string> = new Set(['connection_reset', 'network_unreachable', 'timeout', 'slow_path']);
/** The reason is as old as its echo, but for the sampling. */
const LATER_MS = 60_000;
/** What is left of a lost network that resets alone tell of. */
const LEFT = 0.3;
/** A complaint as strong as this is no accident. */
const CLEAR = 4;
/** Complaints of these tell why work is not done; that it waits, or that calls fail, tells only that it is not. */
const TELLING: ReadonlySet<Fault> = new Set<Fault>(['data', 'permission', 'certificate', 'dns', 'disk', 'storage', 'memory']);

interface Reason {
  readonly finding: Finding;
  readonly failure: KnownFailure | null;
}

const failureIn = ({ indicator, samples }: Finding): KnownFailure | null => (matchKnownFailures({ texts: [indicator] })[0] ?? matchKnownFailures({ texts: samples })[0])?.failure ?? null;

/** Per component the complaint that it makes most, where that is none of the way. */
const reasonsOf = (findings: readonly Finding[]): ReadonlyMap<string, Reason> => {
  const most = new Map<string, Finding>();
  for (const finding of findings) {
    const { kind, role, onset, faults, component: { name }, strength, id } = finding;
    if (kind !== 'log_pattern' || role !== 'cause' || onset === null || (faults.error_return ?? 0) <= 0 || strength < CLEAR) continue;
    const known = most.get(name);
    if (known === undefined || strength > known.strength || (strength === known.strength && id < known.id)) most.set(name, finding);
  }
  return new Map([...most].map(([name, finding]) => [name, { finding, failure: failureIn(finding) }] as const).filter(([, { failure }]) => failure === null || !OF_THE_WAY.has(failure.id)));
};

const isEchoOf = ({ finding: reason }: Reason, finding: Finding): boolean =>
  finding.kind === 'log_pattern' && finding.strength < reason.strength && (finding.onset ?? 0) >= (reason.onset ?? 0) - LATER_MS && failureIn(finding)?.id === 'connection_reset';

/** A lost network that resets alone tell of keeps a fraction of its points beside a complaint that tells more; and what waits for a reader is due to what the reader tells. */
export const byToldReasons = (clues: readonly Clue[], findings: readonly Finding[]): readonly Clue[] => {
  const reasons = reasonsOf(findings);
  return clues.map((clue) => {
    const reason = reasons.get(clue.component.name);
    if (reason === undefined) return clue;
    if (clue.fault === 'network_loss' && clue.topic === 'log_pattern' && clue.findings.every((finding) => isEchoOf(reason, finding))) return { ...clue, points: clue.points * LEFT, leading: false };
    const fault = reason.failure?.fault;
    return clue.topic === 'backlog' && clue.fault === 'capacity' && fault !== undefined && TELLING.has(fault) ? { ...clue, fault } : clue;
  });
};
