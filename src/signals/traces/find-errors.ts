/**
 * Where errors begin: of a chain of failed spans the deepest is to blame, its callers only pass the failure on. Works for a
 * handful of spans, where shares say nothing yet.
 */
import type { Finding } from '../../domain/finding.ts';
import type { Spans } from '../../domain/spans.ts';
import { podOf } from '../../domain/spans.ts';
import type { Operations } from './operations.ts';
import { BASELINE } from './phases.ts';
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
export const findErrors = ({ spans, startMs }: SpanTable, operations: Operations, slots: Int8Array): Finding[] => {
  const services = new Map<number, Failures>();
  const childFailed = failedChildren(spans);
  for (let index = 0; index < spans.length; index++) {
    const slot = slots[index] ?? -1;
    const operation = operations.of[index] ?? -1;
    if (slot < 0 || operation < 0) continue;
    const failures = failuresOf(services, spans.services[index] ?? 0);
    const failed = spans.failed[index] === 1;
    if (slot === BASELINE) {
      failures.normalRuns += 1;
      if (failed && childFailed[index] !== 1) failures.normalOwn += 1;
    } else {
      failures.runs += 1;
      if (failed && childFailed[index] === 1) failures.passedOn += 1;
      else if (failed) countOwn(failures, operations.names[operation] ?? '', startMs[index] ?? 0, podOf(spans, index));
    }
  }
  return [...services]
    .map(([service, failures]) => [spans.names[service] ?? '', failures] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .filter(([, { own, passedOn, runs, normalOwn, normalRuns }]) => own + passedOn > 0 && own + passedOn > (2 * runs * normalOwn) / Math.max(1, normalRuns))
    .map(([service, failures]) => toFinding(service, failures));
};

const failedChildren = ({ length, parents, failed }: Spans): Uint8Array => {
  const found = new Uint8Array(length);
  for (let index = 0; index < length; index++) {
    const parent = parents[index] ?? -1;
    if (parent >= 0 && failed[index] === 1) found[parent] = 1;
  }
  return found;
};

const failuresOf = (services: Map<number, Failures>, service: number): Failures => {
  const known = services.get(service);
  if (known !== undefined) return known;
  const created: Failures = { own: 0, passedOn: 0, runs: 0, normalOwn: 0, normalRuns: 0, first: Number.POSITIVE_INFINITY, operations: new Map(), pods: new Set() };
  services.set(service, created);
  return created;
};

const countOwn = (failures: Failures, operation: string, startMs: number, pod: string | null): void => {
  failures.own += 1;
  failures.first = Math.min(failures.first, startMs);
  failures.operations.set(operation, (failures.operations.get(operation) ?? 0) + 1);
  if (pod !== null) failures.pods.add(pod);
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
