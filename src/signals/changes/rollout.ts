/**
 * A release under way runs two versions side by side: what the new pods do that the old ones, at the same time, do not, is the release's doing
 * (difference in differences). Pods that never report are a sign too.
 */
import type { Capsule, Change, MetricSeries } from '../../domain/capsule.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Fault } from '../../domain/report.ts';
import { componentOf, serviceOfPod } from '../metrics/series-component.ts';
import { figure } from '../metrics/metric-findings.ts';
import { median, quantileOf, sorted } from '../metrics/robust.ts';
import { meaningOf, type MetricMeaning, type Quantity } from '../metrics/vocabulary.ts';

interface Release {
  readonly change: Change;
  readonly service: string;
  /** Names of new pods where the change lists them. */
  readonly pods: ReadonlySet<string>;
}

const MAX_PODS = 500;

const newPods = (change: Change): ReadonlySet<string> => {
  const steps = change.attributes['steps'] ?? change.attributes['new_pods'] ?? '';
  const listed = [...steps.slice(0, 100_000).matchAll(/"new_pods"\s*:\s*\[([^\]]*)\]/g)].flatMap((match) => (match[1] ?? '').match(/[\w.-]+/g) ?? []);
  return new Set(listed.slice(0, MAX_PODS));
};

const isNew = (series: MetricSeries, { change, pods }: Release): boolean => {
  const pod = series.labels['pod'];
  if (pod !== undefined && pods.size > 0) return pods.has(pod);
  return change.version !== null && series.labels['version'] === change.version && change.version !== change.previousVersion;
};

const serviceOf = (series: MetricSeries): string | null => series.labels['service'] ?? (series.labels['pod'] === undefined ? null : serviceOfPod(series.labels['pod']));

const valuesAfter = (series: readonly MetricSeries[], start: number, end: number): readonly number[] => {
  const found: number[] = [];
  for (const { times, values } of series) {
    for (let i = 0; i < values.length; i++) {
      const at = times[i] ?? 0;
      const value = values[i] ?? Number.NaN;
      if (at > start && at < end && Number.isFinite(value)) found.push(value);
    }
  }
  return found;
};

interface Difference {
  readonly name: string;
  readonly quantity: Quantity;
  readonly old: number;
  readonly fresh: number;
  readonly samples: number;
  /** Points of suspicion. */
  readonly points: number;
  readonly faults: Readonly<Partial<Record<Fault, number>>>;
}

const RELEASE_FAULTS: Readonly<Partial<Record<Fault, number>>> = { code: 1, configuration: 0.6, error_return: 0.5, exception: 0.5 };

/** New processes warm up: their resources count only from the third sample on and only when they multiply. */
const resourcePoints = (ratio: number, samples: number): number => (samples < 3 || ratio < 1.5 ? 0 : Math.min(1.5, Math.log2(ratio)));

interface Compared {
  readonly old: readonly number[];
  readonly fresh: readonly number[];
  /** Medians of the two. */
  readonly a: number;
  readonly b: number;
  /** 0 to 1: two samples and more count in full. */
  readonly enough: number;
  readonly meaning: MetricMeaning;
}

type Judgement = Pick<Difference, 'points' | 'faults'> | null;

const STANDSTILL: Readonly<Partial<Record<Fault, number>>> = { configuration: 1, code: 1, crash: 0.6 };

const success = ({ a, b, old, enough, meaning }: Compared): Judgement => {
  const lost = (a - b) / (meaning.fullScale ?? (a > 1.0001 ? 100 : 1));
  // Old pods that fail as well share the trouble: only what goes beyond their own range is the release's.
  const own = b >= quantileOf(sorted(old), 0.1) ? 0.2 : 1;
  return lost < 0.03 ? null : { points: enough * own * Math.min(5, 2 + lost * 4), faults: RELEASE_FAULTS };
};

const error = ({ a, b, enough, meaning }: Compared): Judgement => (b - a <= Math.max(0.02 * (meaning.fullScale ?? 1), Math.abs(a)) ? null : { points: enough * 3, faults: RELEASE_FAULTS });

const latency = ({ a, b, enough }: Compared): Judgement => {
  if (a > 0 && b === 0) return { points: enough * 3, faults: STANDSTILL };
  return a <= 0 || b / a < 1.8 ? null : { points: enough * Math.min(4, Math.log2(b / a)), faults: { code: 1, configuration: 0.6, capacity: 0.5 } };
};

const resource = (compared: Compared): Judgement => {
  const { a, b, enough, fresh, meaning } = compared;
  if (a > 0 && b === 0) return { points: enough * 1.5, faults: STANDSTILL };
  const points = a <= 0 ? 0 : resourcePoints(b / a, fresh.length);
  return points <= 0 ? null : { points, faults: { [meaning.quantity]: 1, code: 0.9, capacity: 0.5 } };
};

const restart = ({ a, b }: Compared): Judgement => (b <= a ? null : { points: 3, faults: { crash: 1, code: 0.7, configuration: 0.5 } });

/** How each quantity is compared between versions; others say nothing about a release. */
const JUDGES: Readonly<Partial<Record<Quantity, (compared: Compared) => Judgement>>> = { success, error, latency, cpu: resource, memory: resource, restart };

const difference = (name: string, series: MetricSeries, fresh: readonly number[], old: readonly number[]): Difference | null => {
  const meaning = meaningOf(name, series.labels);
  const [a, b] = [median(old), median(fresh)];
  const judgement = JUDGES[meaning.quantity]?.({ old, fresh, a, b, enough: Math.min(1, fresh.length / 2), meaning }) ?? null;
  return judgement === null ? null : { name, quantity: meaning.quantity, old: a, fresh: b, samples: fresh.length, ...judgement };
};

const groupsOf = (series: readonly MetricSeries[]): readonly (readonly MetricSeries[])[] => {
  const groups = new Map<string, MetricSeries[]>();
  for (const one of series) {
    const key = JSON.stringify([one.name, one.labels['source'], one.labels['destination'], one.labels['quantile'], one.labels['operation']]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.keys()].sort().map((key) => groups.get(key) ?? []);
};

const differencesOf = (release: Release, series: readonly MetricSeries[], end: number): readonly Difference[] => {
  const found: Difference[] = [];
  for (const group of groupsOf(series)) {
    const [first] = group;
    const fresh = group.filter((one) => isNew(one, release));
    const old = group.filter((one) => !isNew(one, release) && (release.change.version === null || one.labels['version'] !== release.change.version));
    const after = valuesAfter(fresh, release.change.time, end);
    // Right after a full replacement no old pod is left: then the time before is what it was like.
    const beside = valuesAfter(old, release.change.time, end);
    const before = beside.length >= 3 ? beside : valuesAfter(old, Number.NEGATIVE_INFINITY, release.change.time);
    if (first === undefined || after.length === 0 || before.length < 3) continue;
    const one = difference(first.name, first, after, before);
    if (one !== null) found.push(one);
  }
  return found.sort((a, b) => b.points - a.points || (a.name < b.name ? -1 : 1));
};

/** Minutes after which a started pod should have reported something. */
const SILENCE_MS = 90_000;

const isSilent = (release: Release, series: readonly MetricSeries[], end: number): boolean => {
  if (release.pods.size === 0 || end - (release.change.endedAt ?? release.change.time) < SILENCE_MS || series.length === 0) return false;
  return !series.some((one) => isNew(one, release) && valuesAfter([one], release.change.time, end).length > 0);
};

const finding = (release: Release, points: number, rest: Pick<Finding, 'faults' | 'indicator' | 'summary' | 'observed' | 'expected'>): Finding => ({
  id: `change:rollout:${release.change.id}:${rest.indicator}`,
  kind: 'change',
  component: componentOf('service', release.service),
  role: 'cause',
  strength: points,
  onset: release.change.time,
  end: null,
  window: null,
  changeId: release.change.id,
  query: 'changes.ndjson',
  samples: [],
  ...rest,
});

const findingsOf = (release: Release, series: readonly MetricSeries[], end: number): readonly Finding[] => {
  const { change, service } = release;
  if (isSilent(release, series, end)) {
    return [finding(release, 3.5, {
      faults: { configuration: 0.9, code: 0.8, dependency: 0.9, crash: 0.6 }, indicator: 'new pods', observed: 0, expected: release.pods.size,
      summary: `None of the ${release.pods.size} new pod(s) of ${service} (${change.id}) has reported any sample since the release began`,
    })];
  }
  return differencesOf(release, series, end).slice(0, 3).map((one) => finding(release, one.points, {
    faults: one.faults, indicator: one.name, observed: one.fresh, expected: one.old,
    summary: `${one.name} of ${service} is ${figure(one.fresh)} in new pods of ${change.id} and ${figure(one.old)} in old ones at the same time (${one.samples} samples)`,
  }));
};

const ROLLING = new Set<Change['kind']>(['deployment', 'config', 'feature_flag']);

/** Findings about releases whose new pods differ from the old, strongest first. */
export const rolloutFindings = (capsule: Capsule): readonly Finding[] => {
  const byService = new Map<string, MetricSeries[]>();
  for (const series of capsule.metrics) {
    const service = serviceOf(series);
    if (service !== null && series.labels['pod'] !== undefined) byService.set(service, [...(byService.get(service) ?? []), series]);
  }
  const findings: Finding[] = [];
  for (const change of capsule.changes) {
    if (!ROLLING.has(change.kind) || change.service === null) continue;
    const series = byService.get(change.service);
    if (series === undefined) continue;
    const release = { change, service: change.service, pods: newPods(change) };
    if (release.pods.size === 0 && change.version === null) continue;
    findings.push(...findingsOf(release, series, capsule.window.end));
  }
  return findings.sort((a, b) => b.strength - a.strength || (a.id < b.id ? -1 : 1));
};
