/** What changes are held against: the telemetry of one capsule, read once. */
import type { Finding } from '../../domain/finding.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { ChangeProfile } from '../../signals/changes/change-profile.ts';
import type { MetricAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { seriesComponent } from '../../signals/metrics/series-component.ts';
import type { CallGraph } from '../relate/call-graph.ts';
import type { AttributionContext } from './attribute-change.ts';
import { contentMatcher } from './match-content.ts';
import { operationMatcher } from './match-operations.ts';
import { shareMatcher } from './match-share.ts';
import { outsideCauses } from './outside-causes.ts';
import { ships } from './take-effect.ts';
import { telemetrySigns } from './telemetry-signs.ts';
import { matchUndone, undoneAt } from './undone.ts';

/** Shorter names turn up in other words. */
const MIN_NAME = 4;

/** Log patterns and spans of one component that name another: it talks about those whom it calls. */
const mentionsIn = (findings: readonly Finding[]): AttributionContext['mentions'] => {
  const texts = new Map<string, string>();
  for (const { component, kind, indicator, samples } of findings) {
    if (kind === 'log_pattern' || kind === 'trace') texts.set(component.name, `${texts.get(component.name) ?? ''}\n${[indicator, ...samples].join('\n').slice(0, 4_000).toLowerCase()}`.slice(0, 100_000));
  }
  const known = new Map<string, boolean>();
  return (component, other) => {
    const key = `${component}\n${other}`;
    const answer = known.get(key) ?? (other.length >= MIN_NAME && (texts.get(component) ?? '').includes(other.toLowerCase()));
    known.set(key, answer);
    return answer;
  };
};

/** Changes of one service among which one that takes another back is sought. */
const MOST_OF_ONE = 100;

/** A disk this full, or this near to its later level, did not begin to fill just then. */
const FAR_ON = 0.85;

const farOn = (metrics: MetricAnalysis): AttributionContext['wasFarOn'] => (component, time) =>
  metrics.series.some(({ series, meaning }) => {
    if (meaning.quantity !== 'disk' || meaning.fullScale === null || seriesComponent(series)?.name !== component) return false;
    let last: number | null = null;
    for (let i = 0; i < series.times.length && (series.times[i] ?? 0) <= time; i++) if (Number.isFinite(series.values[i])) last = series.values[i] ?? null;
    return last !== null && last >= FAR_ON * meaning.fullScale;
  });

const startsIn = (profiles: readonly ChangeProfile[]): AttributionContext['startsOf'] => {
  const times = new Map<string, EpochMs[]>();
  for (const { change: { kind, service, time } } of profiles) if (kind === 'deployment' && service !== null) (times.get(service) ?? times.set(service, []).get(service))?.push(time);
  for (const starts of times.values()) starts.sort((a, b) => a - b);
  return (service) => times.get(service) ?? [];
};

/** The last instant that any series tells of. */
const recordedUntil = ({ series }: MetricAnalysis): EpochMs => series.reduce((last, { window }) => Math.max(last, window.times.at(-1) ?? 0), 0);

const undoneIn = (profiles: readonly ChangeProfile[], metrics: MetricAnalysis): AttributionContext['undoneOf'] => {
  const until = recordedUntil(metrics);
  const byService = new Map<string | null, ChangeProfile[]>();
  for (const profile of profiles) (byService.get(profile.change.service) ?? byService.set(profile.change.service, []).get(profile.change.service))?.push(profile);
  const known = new Map(profiles.map((profile) => [profile, undoneAt(profile, (byService.get(profile.change.service) ?? []).slice(0, MOST_OF_ONE))]));
  return (profile, suspect) => matchUndone(known.get(profile) ?? null, suspect, until);
};

export const attributionContext = (profiles: readonly ChangeProfile[], graph: CallGraph, { metrics, findings }: { readonly metrics: MetricAnalysis; readonly findings: readonly Finding[] }): AttributionContext => {
  const signs = telemetrySigns(metrics, findings, graph);
  const deployments = profiles.filter(({ change: { kind } }) => kind === 'deployment');
  return {
    profiles,
    graph,
    contentOf: contentMatcher(profiles, metrics, findings),
    signs,
    outside: outsideCauses(findings, metrics),
    wasFarOn: farOn(metrics),
    startsOf: startsIn(profiles),
    undoneOf: undoneIn(profiles, metrics),
    isShipped: (commit, service, until) => deployments.length === 0 || deployments.some((one) => one.change.service === service && (until === null || one.change.time <= until) && ships(one, commit)),
    shareOf: shareMatcher(metrics),
    operationsOf: operationMatcher(metrics, findings, signs.isCalledAsEver),
    mentions: mentionsIn(findings),
  };
};
