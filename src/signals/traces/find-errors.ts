/**
 * Where errors begin: of a chain of failed spans the deepest is to blame, its callers only pass the failure on. Works for a
 * handful of spans, where shares say nothing yet.
 */
import type { Span } from '../../domain/capsule.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Operations } from './operations.ts';
import type { Phases } from './phases.ts';
import { BASELINE, slotOf } from './phases.ts';
import type { SpanTable } from './span-table.ts';
import { traceFinding } from './trace-finding.ts';

interface Failures {
  own: number;
  passedOn: number;
  runs: number;
  normalOwn: number;
  normalRuns: number;
  first: number;
  readonly operations: Map<string, number>;
  readonly pods: Set<string>;
}

/** One finding a service that failed by itself in the window, one (symptom) where it only passed failures on. */
export const findErrors = (table: SpanTable, operations: Operations, phases: Phases): Finding[] => {
  const services = new Map<string, Failures>();
  const childFailed = failedChildren(table);
  table.spans.forEach((span, index) => {
    const slot = slotOf(phases, span.startMs);
    const name = operations.names[operations.of[index] ?? -1];
    if (slot >= 0 && name !== undefined) count(failuresOf(services, span.service), { span, name, slot, afterChild: childFailed[index] === 1 });
  });
  return [...services]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .filter(([, { own, passedOn, runs, normalOwn, normalRuns }]) => own + passedOn > 0 && own + passedOn > (2 * runs * normalOwn) / Math.max(1, normalRuns))
    .map(([service, failures]) => toFinding(service, failures));
};

const failedChildren = ({ spans, parents }: SpanTable): Uint8Array => {
  const failed = new Uint8Array(spans.length);
  parents.forEach((parent, index) => {
    if (parent >= 0 && spans[index]?.status === 'ERROR') failed[parent] = 1;
  });
  return failed;
};

const failuresOf = (services: Map<string, Failures>, service: string): Failures => {
  const known = services.get(service);
  if (known !== undefined) return known;
  const created: Failures = { own: 0, passedOn: 0, runs: 0, normalOwn: 0, normalRuns: 0, first: Number.POSITIVE_INFINITY, operations: new Map(), pods: new Set() };
  services.set(service, created);
  return created;
};

interface Run {
  readonly span: Span;
  /** Of its operation. */
  readonly name: string;
  readonly slot: number;
  readonly afterChild: boolean;
}

const count = (failures: Failures, { span, name, slot, afterChild }: Run): void => {
  const failed = span.status === 'ERROR';
  if (slot === BASELINE) {
    failures.normalRuns += 1;
    if (failed && !afterChild) failures.normalOwn += 1;
    return;
  }
  failures.runs += 1;
  if (!failed) return;
  if (afterChild) failures.passedOn += 1;
  else {
    failures.own += 1;
    failures.first = Math.min(failures.first, span.startMs);
    failures.operations.set(name, (failures.operations.get(name) ?? 0) + 1);
    if (span.pod !== null) failures.pods.add(span.pod);
  }
};

const toFinding = (service: string, { own, passedOn, runs, normalOwn, normalRuns, first, operations, pods }: Failures): Finding => {
  const operation = [...operations].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? '';
  return traceFinding({
    id: `trace:errors:${service}`,
    service,
    pod: pods.size === 1 ? ([...pods][0] ?? null) : null,
    faults: own > 0 ? { exception: 0.5, error_return: 0.6, code: 0.5, dependency: 0.3, configuration: 0.3 } : {},
    role: own > passedOn ? 'cause' : 'symptom',
    // Logarithmic and small: that errors begin somewhere is known from few spans, how unusual it is only from many (find-breaks.ts).
    strength: Math.min(4, Math.log2(1 + own + 0.25 * passedOn)),
    onset: Number.isFinite(first) ? Math.floor(first) : null,
    indicator: own > 0 ? `error spans ${operation}` : 'error spans of callees',
    summary: `${service} failed by itself in ${own} of ${runs} spans (${normalOwn} of ${normalRuns} in the baseline) and passed on ${passedOn} failures.`,
    observed: own,
    expected: normalOwn,
  });
};
