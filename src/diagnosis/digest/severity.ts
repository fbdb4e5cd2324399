/**
 * Fifth stage: how bad it is, by rules that can be read. The first that fits decides:
 *
 * P1  a process ended for good and it is the only one, most of them, or the trouble spread to three services;
 *     or data may be lost in ten or more events or with a fatal one; or three services and half of all lines are errors.
 * P2  a process ended (for good elsewhere, or started again); a severe known failure; two or more fatal events; three services;
 *     100 errors that are a fifth of all lines; 100 errors over 15 minutes.
 * P3  ten errors; two services; a fatal event; a known failure below the application's own code, three times.
 * P4  everything else, and any single error that ended nothing: a stray error can wait.
 *
 * Background that goes on all the time is one step milder: it did not just begin.
 */
import { SEVERITIES, type Severity } from '../../domain/severity.ts';
import { CAUSAL_RANK } from '../../signals/logs/knowledge/known-failure.ts';
import type { Chain, Step } from './chain.ts';
import { type EndState, isDead } from './end-state.ts';

export interface Extent {
  readonly chain: Chain;
  readonly endState: EndState;
  readonly errors: number;
  readonly fatals: number;
  /** Errors over all events while it lasted, 0 to 1. */
  readonly share: number;
  readonly durationMs: number;
  /** Services in it, and in the whole input. */
  readonly services: number;
  readonly allServices: number;
  readonly background: boolean;
}

const LONG_MS = 15 * 60_000;

export const severityOf = (extent: Extent): Severity => {
  const stray = extent.errors <= 1 && extent.fatals === 0 && !isDead(extent.endState) && extent.endState !== 'restarted';
  const severity = stray ? 3 : isP1(extent) ? 0 : isP2(extent) ? 1 : isP3(extent) ? 2 : 3;
  return SEVERITIES[Math.min(3, severity + (extent.background ? 1 : 0))] ?? 'P4';
};

const isP1 = (extent: Extent): boolean => {
  const lonely = extent.errors < 2;
  const most = extent.services >= 3 || extent.allServices < 3 || extent.services >= extent.allServices / 2;
  if (isDead(extent.endState) && !lonely && most) return true;
  if (some(extent, ({ item, count }) => item.failure?.dataLoss === true && (count >= 10 || item.weight === 'fatal'))) return true;
  return extent.services >= 3 && extent.share >= 0.5 && extent.errors >= 20;
};

const isP2 = (extent: Extent): boolean =>
  isDead(extent.endState) ||
  extent.endState === 'restarted' ||
  extent.fatals >= 2 ||
  extent.services >= 3 ||
  some(extent, ({ item }) => item.failure?.severe === true && item.weight !== 'warn') ||
  (extent.errors >= 100 && (extent.share >= 0.2 || extent.durationMs >= LONG_MS));

const isP3 = (extent: Extent): boolean =>
  extent.errors >= 10 ||
  extent.services >= 2 ||
  extent.fatals > 0 ||
  some(extent, ({ item, count }) => item.failure !== null && CAUSAL_RANK[item.failure.rank] < CAUSAL_RANK.application && count >= 3);

const some = ({ chain }: Extent, test: (step: Step) => boolean): boolean => chain.all.some(test);
