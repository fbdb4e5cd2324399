/** Guesses from outside give way to what was measured inside: nobody is short of CPU whose CPU is as idle as ever. */
import type { Fault } from '../../domain/report.ts';
import type { MetricAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { hurts } from '../../signals/metrics/metric-findings.ts';
import { seriesComponent } from '../../signals/metrics/series-component.ts';
import type { Quantity } from '../../signals/metrics/vocabulary.ts';
import type { Health } from '../relate/health.ts';
import { isNearlyFull, risen } from '../relate/spent.ts';
import { isStore } from '../relate/store.ts';
import type { Clue } from './clue.ts';

/** Resources whose own metric decides. */
const MEASURED_BY: Readonly<Partial<Record<Fault, Quantity>>> = { cpu: 'cpu', memory: 'memory', disk: 'disk' };
const RISEN = 1.3;
const FULL = 0.75;
/** What is left of a guess that the measurement does not bear out. */
const LEFT = 0.3;

/** `service/quantity` of resources that were measured, and whether any of their series rose. */
const measuredResources = (metrics: MetricAnalysis): ReadonlyMap<string, boolean> => {
  const measured = new Map<string, boolean>();
  for (const { series, meaning, shift, window, reference } of metrics.series) {
    const component = seriesComponent(series);
    if (component === null || window.values.length === 0 || !Number.isFinite(reference.spread.median)) continue;
    const key = `${component.name}/${meaning.quantity}`;
    const isHeadroom = meaning.bad === 'down';
    const last = window.values.slice(-200);
    const used = isHeadroom ? (meaning.fullScale ?? 0) - Math.min(...last) : Math.max(...last);
    const full = meaning.fullScale !== null && used >= FULL * meaning.fullScale;
    const [more, less] = isHeadroom ? [shift?.expected ?? 0, shift?.observed ?? 0] : [shift?.observed ?? 0, shift?.expected ?? 0];
    const hasRisen = full || (shift !== null && hurts(meaning, shift) && more >= RISEN * less);
    measured.set(key, (measured.get(key) ?? false) || hasRisen);
  }
  return measured;
};

/** A line that tells of a failed call. */
const FAILED_CALL = /fail|error|\b5\d\d\b|time[ds]?[- ]?out|refused|reset|broken pipe|unavailable/i;
/** In spreads: less is what every day brings. */
const CALM = 2;
/** A line that many requests bring along is believed against any average. */
const FAINT = 4;

/** `caller callee` of calls whose failures are counted, and whether they became more frequent by any of these counts. */
const countedCalls = (metrics: MetricAnalysis): ReadonlyMap<string, boolean> => {
  const counted = new Map<string, boolean>();
  for (const { series: { labels: { source, destination } }, meaning, shift, window, reference } of metrics.series) {
    if (source === undefined || destination === undefined || (meaning.quantity !== 'error' && meaning.quantity !== 'success')) continue;
    if (window.values.length === 0 || !Number.isFinite(reference.spread.median)) continue;
    const key = `${source} ${destination}`;
    counted.set(key, (counted.get(key) ?? false) || (shift !== null && shift.strength >= CALM && hurts(meaning, shift)));
  }
  return counted;
};

/** Does it rest on a few lines about failed calls to those of whom the caller counts no more failures than ever? */
const isCountedOut = ({ component, topic, findings }: Clue, counted: ReadonlyMap<string, boolean>): boolean =>
  topic === 'log_pattern' && findings.length > 0 && findings.every(({ strength, indicator }) => {
    if (strength >= FAINT || !FAILED_CALL.test(indicator)) return false;
    const named = [...counted.keys()].filter((key) => key.startsWith(`${component.name} `) && indicator.includes(key.slice(component.name.length + 1)));
    return named.length > 0 && named.every((key) => counted.get(key) === false);
  });

/** What is lost between the two is no matter of the store's own clock. */
const ON_THE_WAY: ReadonlySet<Fault> = new Set<Fault>(['network_delay', 'network_loss']);
/** In spreads: what a store's own clock shows, from here on. */
const SLOWER = 2.5;

/**
 * A store whose spans are those of its callers, and whose own clock says that it answers as fast as ever: what the callers waited for is their own, a
 * connection out of a pool that is used up, say.
 */
const isFastInside = ({ component, fault, topic }: Clue, health: ReadonlyMap<string, Health>): boolean => {
  const own = topic === 'trace' && !ON_THE_WAY.has(fault) && isStore(component.name) ? health.get(component.name) : undefined;
  return own !== undefined && own.quantiles.size > 0 && own.errors === null && [...own.latency.values()].every(({ strength }) => strength < SLOWER) && !own.resources.some((one) => risen(one) && isNearlyFull(one));
};

/** Of the stretches of normal time: what is written in so many of them is usual. */
const USUAL = 0.25;

/**
 * A line that was written all along and is now written more often, by a service that is measured and answers as fast as ever without failing more: more of the same, and nobody
 * feels it (symptoms against causes: Beyer et al., "Site Reliability Engineering", chapter 6). An exception is a defect however often it came before.
 */
const isUnfelt = ({ component, topic, findings }: Clue, health: ReadonlyMap<string, Health>): boolean => {
  const own = topic === 'log_pattern' && findings.length > 0 ? health.get(component.name) : undefined;
  if (own === undefined || own.quantiles.size === 0) return false;
  const calm = [own.errors, ...own.latency.values()].every((excess) => excess === null || excess.strength * excess.persistence < SLOWER);
  return calm && findings.every(({ expected, faults }) => typeof expected === 'number' && expected >= USUAL && expected < 1 && (faults.exception ?? 0) === 0);
};

/** Clues of other signals that accuse a resource which the metrics saw and found calm, or calls that are counted and fail no more than ever, are kept at a fraction of their points. */
export const refuteByMetrics = (clues: readonly Clue[], metrics: MetricAnalysis, health: ReadonlyMap<string, Health>): readonly Clue[] => {
  const measured = measuredResources(metrics);
  const counted = countedCalls(metrics);
  return clues.map((clue) => {
    if (isCountedOut(clue, counted) || isFastInside(clue, health) || isUnfelt(clue, health)) return { ...clue, points: clue.points * LEFT };
    const quantity = MEASURED_BY[clue.fault];
    if (quantity === undefined || measured.get(`${clue.component.name}/${quantity}`) !== false) return clue;
    const { component, fault, points, findings, topic } = clue;
    return { component, fault, points: points * LEFT, leading: false, findings, topic };
  });
};
