/** What one entry of the knowledge base looks like. */
import type { Risk } from '../../../domain/digest.ts';
import type { Localized } from '../../../domain/language.ts';
import type { Fault } from '../../../domain/report.ts';

export const FAILURE_LAYERS = ['network', 'storage', 'database', 'cache', 'queue', 'resource', 'security', 'application', 'platform'] as const;
export type FailureLayer = (typeof FAILURE_LAYERS)[number];

/**
 * How near to a cause a failure usually stands: a lower rank explains a higher one, never the reverse.
 * Only the order has a meaning.
 */
export const CAUSAL_RANK = {
  /** Wire, name service, certificate, disk, node. */
  foundation: 10,
  /** A server that others need: database, cache, queue, external provider. */
  dependency: 20,
  /** Limits of one process: memory, files, threads. */
  resource: 30,
  /** What waits for the above: pools, time-outs, full queues, open breakers. */
  waiting: 40,
  /** Errors of the application's own, and everything unknown. */
  application: 50,
  /** A framework telling that something below it failed. */
  wrapper: 60,
  /** What callers and probes notice. */
  noticed: 70,
  shutdown: 80,
  stopped: 90,
} as const;
export type CausalRank = keyof typeof CAUSAL_RANK;

/** How a process ends when this is the last thing said of it. */
export type TerminalState = 'start_failed' | 'stopped' | 'killed';

/** A command that only reads, or says plainly that it does not. Placeholders stand in angle brackets. */
export interface FailureCheck {
  readonly summary: Localized;
  readonly command: string | null;
  readonly risk: Risk;
}

export interface KnownFailure {
  /** Stable, snake_case. */
  readonly id: string;
  readonly layer: FailureLayer;
  readonly rank: CausalRank;
  readonly fault: Fault;
  /** Lower case; ` + ` joins parts that must all appear, in that order. */
  readonly phrases: readonly string[];
  /** Exception types, lower case, without package. */
  readonly types?: readonly string[];
  /** Prefixes of normalised error codes, e.g. `SQLSTATE_08`. */
  readonly codes?: readonly string[];
  /** An error even where its line carries no level. */
  readonly severe?: boolean;
  readonly terminal?: TerminalState;
  /** Data may be lost or damaged. */
  readonly dataLoss?: boolean;
  readonly name: Localized;
  /** One sentence: what usually brings this about. */
  readonly cause: Localized;
  readonly checks: readonly FailureCheck[];
}
