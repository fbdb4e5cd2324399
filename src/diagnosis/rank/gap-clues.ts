/**
 * A caller waits longer than the callee works: the time is lost between them. One such edge accuses the end with fewer sound
 * edges, else the callee; of several edges the one who has part in most is the one whose network is bad: a bad link card hurts calls that come and calls that go.
 */
import { componentOf } from '../../signals/metrics/series-component.ts';
import { findingOf } from '../../signals/metrics/metric-findings.ts';
import type { CallGraph } from '../relate/call-graph.ts';
import type { Excess, Health } from '../relate/health.ts';
import { materiality } from '../relate/materiality.ts';
import { risen } from '../relate/spent.ts';
import { pointsOf, type Clue } from './clue.ts';

const MIN_STRENGTH = 2.5;
/** A smaller share of what the caller lost may be the difference between two clocks. */
const MIN_LOST = 0.3;

interface Gap {
  readonly source: string;
  readonly destination: string;
  readonly points: number;
  readonly seen: Excess;
}

/**
 * Milliseconds of what its caller lost that the callee saw itself: on this edge, else over all of its calls at the same quantile or the nearest thing
 * to it. Null where it measures nothing: then nobody can tell the way from the end.
 */
const insideOf = (callee: Health, source: string, seen: Excess): number | null => {
  const edge = callee.edgeLatency.get(source);
  if (edge !== undefined) return edge.amount;
  if (callee.quantiles.size === 0) return null;
  const quantile = seen.analysis.series.labels['quantile'] ?? 'mean';
  if (callee.quantiles.has(quantile)) return callee.latency.get(quantile)?.amount ?? 0;
  return [...callee.latency.values()].reduce((most, { amount, strength }) => Math.max(most, strength >= MIN_STRENGTH ? amount : 0), 0);
};

/** Whose pool for these very calls was made smaller waits for a connection before the call is on its way. */
const isPoolResized = (caller: Health | undefined, destination: string): boolean =>
  caller?.resources.some(({ analysis: { meaning, series }, strength }) => meaning.quantity === 'limit' && series.labels['destination'] === destination && strength >= MIN_STRENGTH) ?? false;

const gapsOf = (all: ReadonlyMap<string, Health>, graph: CallGraph): readonly Gap[] => {
  const gaps: Gap[] = [];
  for (const health of all.values()) {
    for (const [source, seen] of health.clientLatency) {
      if (seen.strength < MIN_STRENGTH || isPoolResized(all.get(source), health.name)) continue;
      const inside = insideOf(health, source, seen);
      const lost = inside === null ? 0 : Math.max(0, 1 - inside / seen.amount);
      // The difference of two sides' figures: few samples of either may miss each other, so few count for even less.
      if (lost > MIN_LOST) gaps.push({ source, destination: health.name, points: pointsOf(seen.strength) * seen.persistence ** 2 * lost * materiality(health, seen.amount, graph, all), seen });
    }
  }
  return gaps;
};

/** Points of all gaps that a service has part in. */
const sharesOf = (gaps: readonly Gap[]): ReadonlyMap<string, number> => {
  const shares = new Map<string, number>();
  for (const { source, destination, points } of gaps) for (const name of [source, destination]) shares.set(name, (shares.get(name) ?? 0) + points);
  return shares;
};

/** Measured edges of each service on which the caller waits no longer than usual: they clear both ends. */
const soundEdges = (all: ReadonlyMap<string, Health>): ReadonlyMap<string, number> => {
  const sound = new Map<string, number>();
  for (const { name, clients, clientLatency } of all.values()) {
    for (const source of clients) if ((clientLatency.get(source)?.strength ?? 0) < MIN_STRENGTH) for (const end of [source, name]) sound.set(end, (sound.get(end) ?? 0) + 1);
  }
  return sound;
};

/** Segments sent again, in spreads: from here on somebody's kernel says that packets are lost. */
const LOSES = 4;

const losesPackets = (health: Health | undefined): boolean => health?.resources.some((one) => one.analysis.meaning.quantity === 'packet_loss' && one.strength >= LOSES && risen(one)) ?? false;

/** Callers who send segments again, and find more than one of their callees slower or failing: their own side of the line is bad, not that of each of these. */
const losersIn = (all: ReadonlyMap<string, Health>): ReadonlySet<string> => {
  const hurt = new Map<string, number>();
  for (const { clientLatency, errors } of all.values()) {
    const sources = new Set([...clientLatency].filter(([, { strength }]) => strength >= MIN_STRENGTH).map(([source]) => source));
    const failing = errors?.analysis.series.labels['source'];
    if (errors !== null && failing !== undefined && errors.strength >= LOSES) sources.add(failing);
    for (const source of sources) hurt.set(source, (hurt.get(source) ?? 0) + 1);
  }
  return new Set([...hurt].filter(([source, count]) => count > 1 && losesPackets(all.get(source))).map(([source]) => source));
};

/** `exhausted`: services with a resource of their own used up, which then is why they answer late. */
export const gapClues = (all: ReadonlyMap<string, Health>, graph: CallGraph, exhausted: ReadonlySet<string>): readonly Clue[] => {
  const gaps = gapsOf(all, graph).filter(({ destination }) => !exhausted.has(destination));
  const shares = sharesOf(gaps);
  const sound = soundEdges(all);
  const losers = losersIn(all);
  const isGuilty = (source: string, destination: string): boolean => {
    if (losers.has(source) && !losesPackets(all.get(destination))) return true;
    const more = (shares.get(source) ?? 0) - (shares.get(destination) ?? 0);
    return more === 0 ? (sound.get(source) ?? 0) < (sound.get(destination) ?? 0) : more > 0;
  };
  return gaps.flatMap(({ source, destination, points, seen }): readonly Clue[] => {
    const guilty = isGuilty(source, destination) ? source : destination;
    const { shift } = seen.analysis;
    return points <= 0 || shift === null ? [] : [{ component: componentOf('service', guilty), fault: guilty === source && losers.has(source) ? 'network_loss' : 'network_delay', points, leading: true, findings: [findingOf(seen.analysis, shift)], topic: 'gap' }];
  });
};
