/** Calls that vanished from an operation or are new in it, and operations that began to fail: the tail that an exception cuts off. */
import type { Finding } from '../../domain/finding.ts';
import type { Fault } from '../../domain/report.ts';
import { podOf } from '../../domain/spans.ts';
import { wordsOf } from '../metrics/vocabulary.ts';
import { echoes, isChoice, strengthOf } from './echo.ts';
import type { EventContrast } from './operation-events.ts';
import { OperationEvents } from './operation-events.ts';
import type { Operations } from './operations.ts';
import type { Contrast, Phases } from './phases.ts';
import { slotStart } from './phases.ts';
import type { ServiceGraph } from './service-graph.ts';
import type { SpanTable } from './span-table.ts';
import { traceFinding } from './trace-finding.ts';
import type { TracePhases } from './trace-phases.ts';

/** Event number of a run that failed itself, and of one that failed after a child of it did; child operations follow. */
const FAILED = 0;
const FAILED_AFTER_CHILD = 1;
const FIRST_CALL = 2;

const MAX_PER_SERVICE = 4;
const MIN_STRENGTH = 1;

export const findBreaks = ({ table, operations, slots, phases }: TracePhases, graph: ServiceGraph): Finding[] => {
  const contrasts = countRuns(table, operations, slots, phases)
    .contrasts((event) => event >= FIRST_CALL)
    .filter((found) => strengthOf(found.contrast, found.isSwap) >= MIN_STRENGTH && !isRelief(found, operations))
    .map((found) => Object.assign(found, { service: blamedFor(found, operations), key: keyOf(found, operations) }))
    .sort((a, b) => strengthOf(b.contrast, b.isSwap) - strengthOf(a.contrast, a.isSwap) || (a.key < b.key ? -1 : 1));
  const perService = new Map<string, number>();
  const kept = contrasts.filter(({ service }) => {
    const seen = perService.get(service) ?? 0;
    perService.set(service, seen + 1);
    return seen < MAX_PER_SERVICE;
  });
  const isEcho = echoes(kept.map(({ service, contrast, isSwap }) => ({ service, strength: strengthOf(contrast, isSwap), contrast, onset: slotStart(phases, contrast.onsetSlot) })), graph, phases);
  return kept.map((found, i) => toFinding(found, operations, phases, isEcho[i] === true || found.event === FAILED_AFTER_CHILD));
};

/** An error handler that is no longer called is the end of trouble, not its beginning. */
const isRelief = ({ event, contrast }: EventContrast, operations: Operations): boolean =>
  event >= FIRST_CALL && contrast.surprise < 0 && wordsOf(operations.names[event - FIRST_CALL] ?? '').some((word) => ERROR_WORDS.has(word));
const ERROR_WORDS: ReadonlySet<string> = new Set(['error', 'errors', 'exception', 'exceptions', 'failure', 'fallback']);

const countRuns = ({ spans, firstChild, nextSibling }: SpanTable, operations: Operations, slots: Int8Array, phases: Phases): OperationEvents => {
  const events = new OperationEvents(phases);
  const seen = new Set<number>();
  for (let index = 0; index < spans.length; index++) {
    const operation = operations.of[index] ?? -1;
    const slot = slots[index] ?? -1;
    if (operation < 0 || slot < 0) continue;
    seen.clear();
    let childFailed = false;
    for (let child = firstChild[index] ?? -1; child >= 0; child = nextSibling[child] ?? -1) {
      const called = operations.of[child] ?? -1;
      if (called >= 0) seen.add(FIRST_CALL + called);
      if (spans.failed[child] === 1) childFailed = true;
    }
    if (spans.failed[index] === 1) seen.add(childFailed ? FAILED_AFTER_CHILD : FAILED);
    events.addRun(operation, slot, podOf(spans, index), seen);
  }
  return events;
};

const eventName = (event: number, operations: Operations): string => {
  if (event === FAILED) return 'error status';
  if (event === FAILED_AFTER_CHILD) return 'error status after a failed call';
  return `call of ${operations.services[event - FIRST_CALL] ?? ''} ${operations.names[event - FIRST_CALL] ?? ''}`;
};

const keyOf = ({ operation, event }: EventContrast, operations: Operations): string =>
  `${operations.services[operation] ?? ''}:${operations.names[operation] ?? ''}:${eventName(event, operations)}`;

type Found = EventContrast & { readonly service: string; readonly key: string };

/**
 * The operation's own service; but where a call is still made and its other side, always there before, is not seen any more, that
 * other side: it is down or cannot be reached.
 */
const blamedFor = (found: EventContrast, operations: Operations): string => (isUnanswered(found, operations) ? operations.services[found.event - FIRST_CALL] : operations.services[found.operation]) ?? '';

const isUnanswered = ({ operation, event, contrast, isOnlyChild }: EventContrast, operations: Operations): boolean =>
  event >= FIRST_CALL && isOnlyChild && contrast.surprise < 0 && !isChoice(contrast) && operations.services[event - FIRST_CALL] !== operations.services[operation];

const toFinding = (found: Found, operations: Operations, phases: Phases, echo: boolean): Finding => {
  const { contrast, service, pod, key } = found;
  const rose = contrast.surprise > 0;
  const name = eventName(found.event, operations);
  const operation = operations.names[found.operation] ?? '';
  const unanswered = isUnanswered(found, operations);
  const caller = operations.services[found.operation] ?? '';
  return traceFinding({
    id: `trace:break:${key}`,
    service,
    pod: unanswered ? null : pod,
    ...(unanswered ? { source: caller, destination: service } : {}),
    faults: unanswered ? UNANSWERED : found.event < FIRST_CALL ? FAILS : rose ? CALLS_MORE : CALLS_LESS,
    role: echo ? 'symptom' : 'cause',
    strength: strengthOf(contrast, found.isSwap),
    onset: slotStart(phases, contrast.onsetSlot),
    indicator: `${operation}: ${name}`,
    summary: `In ${caller} "${operation}" ${rose ? 'now has' : 'no longer has'} "${name}": ${shares(contrast)}.`,
    observed: share(contrast.hits, contrast.total),
    expected: share(contrast.normalHits, contrast.normalTotal),
  });
};

const FAILS: Partial<Record<Fault, number>> = { exception: 0.7, error_return: 0.7, code: 0.6, dependency: 0.3, configuration: 0.3 };
const CALLS_LESS: Partial<Record<Fault, number>> = { exception: 0.7, error_return: 0.6, code: 0.6, configuration: 0.2 };
const UNANSWERED: Partial<Record<Fault, number>> = { crash: 0.7, network_loss: 0.6, dns: 0.3, configuration: 0.3, scheduling: 0.3, dependency: 0.3 };
const CALLS_MORE: Partial<Record<Fault, number>> = { error_return: 0.5, exception: 0.5, code: 0.6, configuration: 0.3 };

const share = (hits: number, total: number): number => Math.round((1000 * hits) / Math.max(1, total)) / 1000;
const shares = ({ hits, total, normalHits, normalTotal }: Contrast): string => `in ${hits} of ${total} runs, normally in ${normalHits} of ${normalTotal}`;
