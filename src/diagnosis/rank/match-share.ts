/** A switch that leads a tenth of the traffic through other code makes a tenth of the requests fail, not half of them, and hardly a hundredth. */
import type { MetricAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { hurts } from '../../signals/metrics/metric-findings.ts';
import { seriesComponent } from '../../signals/metrics/series-component.ts';

/** Weaker shifts are noise. */
const CLEAR = 4;
/** Ratios of one component that are looked at, the clearest ones: among many one lies near by accident. */
const MOST_RATIOS = 3;

/** By component, how much larger a share of its requests fails than used to, 0 to 1. */
const sharesOf = (metrics: MetricAnalysis): ReadonlyMap<string, readonly number[]> => {
  const found = new Map<string, { readonly share: number; readonly strength: number }[]>();
  for (const { series, meaning, shift } of metrics.series) {
    const name = seriesComponent(series)?.name;
    if (name === undefined || shift === null || shift.strength < CLEAR || meaning.fullScale === null || !hurts(meaning, shift)) continue;
    if (meaning.quantity !== 'error' && meaning.quantity !== 'success') continue;
    const one = { share: Math.min(1, Math.abs(shift.observed - shift.expected) / meaning.fullScale), strength: shift.strength };
    const known = found.get(name);
    if (known === undefined) found.set(name, [one]);
    else known.push(one);
  }
  return new Map([...found].map(([name, all]) => [name, all.sort((a, b) => b.strength - a.strength || b.share - a.share).slice(0, MOST_RATIOS).map(({ share }) => share)]));
};

export interface ShareMatch {
  readonly points: number;
  /** By which the case against the change is multiplied. */
  readonly factor: number;
  readonly reason: string | null;
}

const NOTHING: ShareMatch = { points: 0, factor: 1, reason: null };
/** What nearly all requests meet fails nearly all or none: that fits anything. */
const TELLING = 0.6;
/** One ratio lies this near another by accident in one case of about seven, of shares from one to fifty in a hundred. */
const NEAR = 1.4;
const POINTS = 1;
/** Requests that were not led elsewhere fail as well: it was something else, or they share what broke. */
const BEYOND = 2.5;
const BEYOND_FACTOR = 0.4;

const percent = (share: number): string => `${Number((100 * share).toPrecision(2))} %`;

/** How well a change that exposes a share of the traffic explains how many requests fail of a component; nothing where either is not known. */
export const shareMatcher = (metrics: MetricAnalysis): ((exposure: number | null, component: string) => ShareMatch) => {
  const shares = sharesOf(metrics);
  return (exposure, component) => {
    const failing = shares.get(component);
    if (exposure === null || exposure <= 0 || exposure > TELLING || failing === undefined) return NOTHING;
    if (failing.every((share) => share > BEYOND * exposure)) return { points: 0, factor: BEYOND_FACTOR, reason: null };
    const near = failing.find((share) => share <= NEAR * exposure && share >= exposure / NEAR);
    if (near === undefined) return NOTHING;
    return { points: POINTS, factor: 1, reason: `it leads ${percent(exposure)} of the traffic elsewhere, and ${percent(near)} fails` };
  };
};
