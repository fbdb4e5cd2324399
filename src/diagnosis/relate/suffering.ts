/** Who visibly suffers, and how much of that a component could explain: what nobody feels explains nothing. */
import type { EpochMs } from '../../domain/time.ts';
import { pointsOf } from '../rank/clue.ts';
import type { Health } from './health.ts';

/** Points of suffering by service. */
export type Suffering = ReadonlyMap<string, number>;

/** In spreads, and 0 to 1: clearly visible. */
const CLEAR_STRENGTH = 4;
const CLEAR_PERSISTENCE = 0.8;

/** When somebody first visibly suffered; infinitely late where nobody does. */
export const firstSuffering = (all: ReadonlyMap<string, Health>): EpochMs => {
  let first = Number.POSITIVE_INFINITY;
  for (const { errors, latency } of all.values()) for (const excess of [errors, ...latency.values()]) if (excess !== null && excess.strength >= CLEAR_STRENGTH && excess.persistence >= CLEAR_PERSISTENCE) first = Math.min(first, excess.onset);
  return first;
};

/** Excess latency and failures; a resource that is busy hurts nobody by itself. */
export const sufferingOf = (all: ReadonlyMap<string, Health>): Suffering => {
  const found = new Map<string, number>();
  for (const { kind, name, errors, latency } of all.values()) {
    if (kind === 'node') continue;
    let most = 0;
    for (const excess of [errors, ...latency.values()]) if (excess !== null) most = Math.max(most, pointsOf(excess.strength) * excess.persistence);
    if (most >= 1) found.set(name, most);
  }
  return found;
};

/** Milliseconds by which answers take longer than usual, of each that is slow, by whomever they are measured. */
export const slownessOf = (all: ReadonlyMap<string, Health>): ReadonlyMap<string, number> => {
  const found = new Map<string, number>();
  for (const { name, latency, clientLatency } of all.values()) {
    const most = Math.max(0, ...[...latency.values(), ...clientLatency.values()].map(({ amount }) => amount));
    if (most > 0) found.set(name, most);
  }
  return found;
};

/** 0 to 1: the share of all visible suffering that lies with the component or with those who call it, directly or not. `callers`: everybody who reaches it, itself included. */
export const explainedSuffering = (suffering: Suffering, callers: ReadonlyMap<string, number>): number => {
  let all = 0;
  let own = 0;
  for (const [name, points] of suffering) {
    all += points;
    if (callers.has(name)) own += points;
  }
  return all <= 0 ? 1 : own / all;
};
