/** The facts of one incident, as every later stage and the words need them. */
import type { LogPattern, LogSummary } from '../../domain/log-summary.ts';
import type { Severity } from '../../domain/severity.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { KnownFailure } from '../../signals/logs/knowledge/known-failure.ts';
import { type Annotated, isBad } from './annotate.ts';
import { type Chain, isTrigger, orderByCount, orderChain, type Step } from './chain.ts';
import { type EndState, endStateOf } from './end-state.ts';
import type { Cluster } from './group.ts';
import { visible } from './quote.ts';
import { severityOf } from './severity.ts';

export interface Story {
  readonly chain: Chain;
  readonly start: EpochMs;
  /** Just after the last event: half open. */
  readonly end: EpochMs;
  readonly errors: number;
  readonly fatals: number;
  readonly warnings: number;
  /** In the order in which they joined. */
  readonly services: readonly string[];
  readonly envs: readonly string[];
  readonly regions: readonly string[];
  readonly hosts: readonly string[];
  readonly codes: readonly string[];
  /** Known failures in chain order, each once, wrappers left out. */
  readonly failures: readonly KnownFailure[];
  /** The failure that the others may follow from, and those, in chain order. */
  readonly lead: KnownFailure | null;
  readonly followers: readonly KnownFailure[];
  readonly endState: EndState;
  readonly repeats: number;
  /** It goes on all the time. */
  readonly background: boolean;
  /** A process came up within two minutes around the first error. */
  readonly nearStart: boolean;
  readonly severity: Severity;
}
export interface StoryContext {
  readonly summary: LogSummary;
  /** Patterns that say a process is up. */
  readonly starts: readonly Annotated[];
  readonly allServices: number;
}

const MAX_LISTED = 20;
const NEAR_START_MS = 2 * 60_000;
/** More starts than this in one log say nothing about one incident. */
const RARE_STARTS = 20;

export const tellStory = (cluster: Cluster, background: boolean, context: StoryContext): Story | null => {
  const chain = background ? orderByCount(cluster) : orderChain(cluster);
  if (chain === null) return null;
  const { start, end } = cluster;
  const errors = sum(chain.all.filter(({ item }) => isBad(item)));
  const fatals = sum(chain.all.filter(({ item }) => item.weight === 'fatal'));
  const endState = endStateOf(chain, cluster, context.summary, context.starts);
  const failures = failuresOf(chain.steps);
  const lead = failures.find(isTrigger) ?? failures[0] ?? null;
  const services = union(chain, ({ pattern }) => Object.keys(pattern.services).sort(), false);
  const extent = { chain, endState, errors, fatals, share: shareOf(errors, start, end, context.summary), durationMs: end - start, services: services.length, allServices: context.allServices, background };
  return {
    chain, start, end: end + 1, errors, fatals, services, endState, background,
    warnings: sum(chain.all.filter(({ item }) => item.weight === 'warn')),
    envs: union(chain, ({ pattern }) => pattern.envs),
    regions: union(chain, ({ pattern }) => pattern.regions),
    hosts: union(chain, ({ pattern }) => pattern.hosts),
    codes: union(chain, ({ claim, codes }) => (claim ? [] : codes), false),
    failures,
    lead,
    followers: failures.filter((failure) => failure !== lead),
    repeats: cluster.repeats,
    nearStart: context.starts.some(({ pattern, series }) => pattern.count <= RARE_STARTS && isOneOf(services, pattern) && series.buckets.some(({ first }) => Math.abs(first - start) <= NEAR_START_MS)),
    severity: severityOf(extent),
  };
};

const isOneOf = (services: readonly string[], pattern: LogPattern): boolean => {
  const names = Object.keys(pattern.services);
  return services.length === 0 ? names.length === 0 : names.some((name) => services.includes(name));
};

const sum = (steps: readonly Step[]): number => steps.reduce((total, { count }) => total + count, 0);

/** Distinct values over the chain's steps, twenty at most. */
const union = (chain: Chain, valuesOf: (item: Annotated) => readonly string[], sorted = true): readonly string[] => {
  const values = [...new Set(chain.steps.flatMap(({ item }) => valuesOf(item)))].map(visible).slice(0, MAX_LISTED);
  return sorted ? values.sort() : values;
};

const failuresOf = (steps: readonly Step[]): readonly KnownFailure[] => {
  const failures = new Map<string, KnownFailure>();
  for (const { item } of steps) if (item.failure !== null && item.failure.rank !== 'wrapper' && !failures.has(item.failure.id)) failures.set(item.failure.id, item.failure);
  return [...failures.values()];
};

const shareOf = (errors: number, start: EpochMs, end: EpochMs, summary: LogSummary): number => {
  const { buckets, widthMs } = summary.series;
  const all = buckets.reduce((total, { at, count }) => (at + widthMs > start && at <= end ? total + count : total), 0);
  return all === 0 ? 0 : Math.min(1, errors / all);
};
