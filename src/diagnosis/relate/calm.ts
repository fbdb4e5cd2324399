/**
 * Whether it may be said that nothing is wrong. Finding nothing is no proof: it takes somebody who was watched, before and after, by the very sign that is
 * said to hurt. Where one of these is missing the answer is that nobody knows.
 */
import type { Capsule } from '../../domain/capsule.ts';
import type { MetricAnalysis, SeriesAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { isHabit } from '../../signals/metrics/habit.ts';
import { hurts } from '../../signals/metrics/metric-findings.ts';
import { seriesComponent } from '../../signals/metrics/series-component.ts';
import { meaningOf, type Quantity } from '../../signals/metrics/vocabulary.ts';
import { textFamily, type Scope, type SymptomFamily } from '../scope.ts';
import type { Health } from './health.ts';
import { accidentOf, persistenceOf } from './persistence.ts';
import type { Situation } from './situation.ts';
import { isQueue } from './store.ts';

/** Somebody visibly suffers from here on, in spreads. */
const SUFFERS = 4;
/** Fewer samples, of the window or of normal time, show no course. */
const MIN_SAMPLES = 5;
/** With more of the samples missing, what happened may lie in the holes. */
const MOST_MISSING = 0.5;

type Family = Exclude<SymptomFamily, 'other'>;

const familyOf = ({ meaning: { quantity } }: SeriesAnalysis): Family | null => (quantity === 'latency' ? 'latency' : quantity === 'error' || quantity === 'success' ? 'errors' : null);

/** There is a normal time to compare it with, and its samples reach past the detection. */
const isWatched = ({ window: { times }, reference: { values } }: SeriesAnalysis, { detectedAt }: Capsule): boolean =>
  values.length >= MIN_SAMPLES && times.length >= MIN_SAMPLES && (times.at(-1) ?? Number.NEGATIVE_INFINITY) >= detectedAt;

/** In spreads weighed by persistence: beyond that, to have been so before is no excuse. */
const MOST_USUAL = 3;

/** It strays no farther than noise does somewhere in as many samples as are `looked` at, or than it did repeatedly in normal times. */
const isCalm = ({ shift, meaning, reference: { values }, window: { times } }: SeriesAnalysis, looked: number): boolean => {
  if (shift === null || !hurts(meaning, shift)) return true;
  const far = shift.strength * persistenceOf(shift.samples, values.length);
  return far < accidentOf(looked, values.length) || (far < MOST_USUAL && isHabit(values, shift, times.length));
};

/** All of them: the more series are looked at, the farther one of them strays by accident. */
const areCalm = (series: readonly SeriesAnalysis[]): boolean => {
  const looked = series.reduce((sum, { window: { times } }) => sum + times.length, 0);
  return series.every((one) => isCalm(one, looked));
};

const suffers = ({ kind, errors, latency }: Health): boolean =>
  kind === 'service' && [errors, ...latency.values()].some((excess) => excess !== null && excess.strength * excess.persistence >= SUFFERS);

const byService = (metrics: MetricAnalysis): ReadonlyMap<string, readonly SeriesAnalysis[]> => {
  const found = new Map<string, SeriesAnalysis[]>();
  for (const series of metrics.series) {
    const component = seriesComponent(series.series);
    if (component === null || component.kind === 'node') continue;
    const own = found.get(component.name);
    if (own === undefined) found.set(component.name, [series]);
    else own.push(series);
  }
  return found;
};

/** The kinds of sign that the symptom or else the alerts speak of; empty where they speak of something else or are not understood, and so cannot be refuted. */
const claimedFamilies = ({ family }: Scope, { alerts }: Capsule): readonly Family[] => {
  if (family !== null) return family === 'other' ? [] : [family];
  const said = alerts.map(({ labels, annotations }) => textFamily(`${labels['alertname'] ?? ''} ${annotations['summary'] ?? ''} ${annotations['description'] ?? ''}`));
  return said.includes(null) ? [] : [...new Set(said.filter((one) => one === 'latency' || one === 'errors'))];
};

/** What is said to hurt, each sign as the series of one sufferer that show it; a sign without a series was not watched. */
const claimedSigns = (scope: Scope, capsule: Capsule, series: ReadonlyMap<string, readonly SeriesAnalysis[]>): readonly (readonly SeriesAnalysis[])[] =>
  scope.sufferers.flatMap((name) => claimedFamilies(scope, capsule).map((family) => (series.get(name) ?? []).filter((one) => familyOf(one) === family)));

/** Signs of what may lead to harm, but is none as long as nobody feels it (Beyer et al., "Site Reliability Engineering", chapter 6: symptoms against causes). */
const CAUSES: ReadonlySet<Quantity> = new Set<Quantity>(['rate', 'cpu', 'memory', 'disk', 'io', 'saturation', 'wait', 'restart', 'cache']);

/** A cause is there from here on, in spreads weighed by persistence; which way is said by whoever noticed it, so both count. */
const IS_THERE = 3;

const isThere = ({ shift, reference: { values } }: SeriesAnalysis): boolean => shift !== null && shift.strength * persistenceOf(shift.samples, values.length) >= IS_THERE;

/** Somebody is said to be busy, short of something or restarted, and neither shows that nor does anybody there wait longer or fail. */
const isHarmless = ({ sufferers }: Scope, capsule: Capsule, series: ReadonlyMap<string, readonly SeriesAnalysis[]>): boolean => {
  const metric = capsule.symptom?.metric ?? null;
  const quantity = metric === null ? null : meaningOf(metric, {}).quantity;
  if (quantity === null || !CAUSES.has(quantity) || sufferers.length === 0) return false;
  return sufferers.every((name) => {
    const own = series.get(name) ?? [];
    const claimed = own.filter((one) => one.meaning.quantity === quantity);
    const felt = own.filter((one) => familyOf(one) !== null);
    return claimed.some((one) => isWatched(one, capsule)) && !claimed.some(isThere) && felt.some((one) => isWatched(one, capsule)) && areCalm(felt);
  });
};

const isRefuted = (signs: readonly (readonly SeriesAnalysis[])[], capsule: Capsule): boolean =>
  signs.length > 0 && signs.every((series) => series.some((one) => isWatched(one, capsule)) && areCalm(series));

/** Everybody who is measured is measured by rate and by errors or duration (the RED method, Wilkie 2015), up to the detection. */
const areAllWatched = (series: ReadonlyMap<string, readonly SeriesAnalysis[]>, capsule: Capsule): boolean =>
  series.size > 0 &&
  [...series].every(([name, own]) => {
    const watched = own.filter((one) => isWatched(one, capsule));
    // A queue answers nobody: that it holds no more than usual is all that can be seen of it.
    if (isQueue(name) && own.every((one) => familyOf(one) === null)) return watched.length > 0 && !own.some(isThere);
    // How often a provider is called is counted by those who call it, as their own rate.
    const isProvider = own.every(({ series: one }) => seriesComponent(one)?.kind === 'edge' && one.labels['source'] === undefined);
    return watched.some((one) => familyOf(one) !== null) && (isProvider || watched.some(({ meaning: { quantity } }) => quantity === 'rate'));
  });

/**
 * `refuted`: what is said to hurt was watched and does not show, and nobody else suffers. `complete`: nobody says that anything hurts, and so much was watched that to have
 * found nothing means that there is nothing. `unknown`: neither.
 */
export type Calm = 'refuted' | 'complete' | 'unknown';

export const calmOf = ({ capsule, signals: { metrics }, scope, health, observation: { unseen, missingSamples } }: Situation<{ readonly metrics: MetricAnalysis }>): Calm => {
  const isClaimed = capsule.symptom !== null || capsule.alerts.length > 0;
  // What a cluster prints is its state, and says by itself whether it is well; how long calls take it does not say.
  if (capsule.kubernetes.length > 0 && metrics.series.length === 0) return isClaimed ? 'unknown' : 'complete';
  if (!metrics.referenceIsGiven || missingSamples > MOST_MISSING || [...health.values()].some(suffers)) return 'unknown';
  const series = byService(metrics);
  if (!isClaimed) return unseen.length === 0 && areAllWatched(series, capsule) ? 'complete' : 'unknown';
  return isRefuted(claimedSigns(scope, capsule, series), capsule) || isHarmless(scope, capsule, series) ? 'refuted' : 'unknown';
};
