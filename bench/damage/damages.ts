/**
 * Ways in which what is known about an incident may be worse than it was: lost, cut, late, wrongly timed, renamed, noisy, misleading.
 * A damage that changes nothing (there are no logs to lose) returns the capsule itself, and the case does not count.
 */
import type { Capsule } from '../../src/domain/capsule.ts';
import { selectedSpans } from '../../src/domain/span-copies.ts';
import { NO_SPANS, serviceOf } from '../../src/domain/spans.ts';
import { serviceOfPod } from '../../src/signals/metrics/series-component.ts';
import { withDecoys, withNoisySeries, withNoisyServices } from './additions.ts';
import { randomOf, shuffled } from './random.ts';
import { indicesOf, spansWhere, withLines, withLogClock, withMetricClock, withSamples, withSpanClock, withTexts } from './rewrite.ts';
import { otherName, otherNames, replacer, servicesOf } from './services.ts';
import { withOtherUnits } from './units.ts';

/** `guilty`: names that the label accepts. */
export type Damage = (capsule: Capsule, guilty: readonly string[]) => Capsule;

const TWO_MINUTES = 120_000;
const has = (parts: readonly unknown[], damaged: (capsule: Capsule) => Capsule, capsule: Capsule): Capsule => (parts.length === 0 ? capsule : damaged(capsule));
const onLogs = (damage: Damage): Damage => (capsule, guilty) => has(capsule.logs, (one) => damage(one, guilty), capsule);
const onSpans = (damage: Damage): Damage => (capsule, guilty) => (capsule.spans.length === 0 ? capsule : damage(capsule, guilty));
const onMetrics = (damage: Damage): Damage => (capsule, guilty) => has(capsule.metrics, (one) => damage(one, guilty), capsule);
const onChanges = (damage: Damage): Damage => (capsule, guilty) => has(capsule.changes, (one) => damage(one, guilty), capsule);

const half = <T>(values: readonly T[]): readonly T[] => values.slice(0, Math.ceil(values.length / 2));
const dropSamples = (share: number): Damage =>
  onMetrics((capsule) => {
    const random = randomOf(`samples ${capsule.id}`);
    return withSamples(capsule, () => random() >= share);
  });

/** The guilty component's own metrics, spans and logs: what its neighbours saw of it stays. */
const withoutCulprit: Damage = (capsule, guilty) => {
  const names = new Set(guilty.map((name) => name.toLowerCase()));
  const isIt = (name: string | undefined): boolean => name !== undefined && (names.has(name.toLowerCase()) || names.has(serviceOfPod(name).toLowerCase()));
  const metrics = capsule.metrics.filter(({ labels }) => !isIt(labels['service']) && !isIt(labels['pod']) && !isIt(labels['container']) && !isIt(labels['node']) && !isIt(labels['destination']));
  const spans = spansWhere(capsule, (index) => !isIt(serviceOf(capsule.spans, index)));
  if (guilty.length === 0 || (metrics.length === capsule.metrics.length && spans.length === capsule.spans.length)) return capsule;
  const mentions = guilty.map((name) => new RegExp(`"service\\.name"\\s*:\\s*"${name.replaceAll(/[^A-Za-z0-9_-]/g, '.')}"`, 'i'));
  return withLines({ ...capsule, metrics, spans }, (lines) => lines.filter((line) => !mentions.some((mention) => mention.test(line))));
};

const upperCased: Damage = onMetrics((capsule) => {
  const change = replacer(new Map(servicesOf(capsule).map((name) => [name, name.toUpperCase()])));
  return { ...capsule, metrics: capsule.metrics.map((series) => ({ ...series, labels: Object.fromEntries(Object.entries(series.labels).map(([key, value]) => [key, key === 'service' ? change(value) : value])) })) };
});

const at = (capsule: Capsule, detectedAt: number): Capsule => ({ ...capsule, detectedAt: Math.max(capsule.window.start, Math.min(capsule.window.end - 1, detectedAt)) });

export const DAMAGES: Readonly<Record<string, Damage>> = {
  'no logs': onLogs((capsule) => ({ ...capsule, logs: [] })),
  'no traces': onSpans((capsule) => ({ ...capsule, spans: NO_SPANS })),
  'no metrics': onMetrics((capsule) => ({ ...capsule, metrics: [] })),
  'no changes': onChanges((capsule) => ({ ...capsule, changes: [] })),
  'no call graph file': (capsule) => has(capsule.topology, (one) => ({ ...one, topology: [] }), capsule),
  'no symptom, no alerts': (capsule) => (capsule.symptom === null && capsule.alerts.length === 0 ? capsule : { ...capsule, symptom: null, alerts: [] }),
  'no baseline': (capsule) => (capsule.baseline === null ? capsule : { ...capsule, baseline: null }),
  'log files cut in half': onLogs((capsule) => withLines(capsule, half)),
  'span files cut in half': onSpans((capsule) => ({ ...capsule, spans: selectedSpans(capsule.spans, half(indicesOf(capsule))) })),
  'metric files cut in half': onMetrics((capsule) => withSamples(capsule, (_at, index, { times }) => index < times.length / 2)),
  'everything shuffled': (capsule) => {
    const random = randomOf(`shuffle ${capsule.id}`);
    return withLines({ ...capsule, spans: selectedSpans(capsule.spans, shuffled(indicesOf(capsule), random)), metrics: shuffled(capsule.metrics, random), changes: shuffled(capsule.changes, random), topology: shuffled(capsule.topology, random), logs: shuffled(capsule.logs, random) },
      (lines, { kind }) => (kind === 'ndjson' ? shuffled(lines, random) : lines));
  },
  'logs 2 min late': onLogs((capsule) => withLogClock(capsule, TWO_MINUTES)),
  'logs 2 min early': onLogs((capsule) => withLogClock(capsule, -TWO_MINUTES)),
  'traces 2 min late': onSpans((capsule) => withSpanClock(capsule, TWO_MINUTES)),
  'traces 2 min early': onSpans((capsule) => withSpanClock(capsule, -TWO_MINUTES)),
  'metrics 2 min late': onMetrics((capsule) => withMetricClock(capsule, TWO_MINUTES)),
  'metrics 2 min early': onMetrics((capsule) => withMetricClock(capsule, -TWO_MINUTES)),
  '30 % of samples missing': dropSamples(0.3),
  '60 % of samples missing': dropSamples(0.6),
  'half of the series missing': onMetrics((capsule) => {
    const random = randomOf(`series ${capsule.id}`);
    return { ...capsule, metrics: capsule.metrics.filter(() => random() < 0.5) };
  }),
  'half of the spans missing': onSpans((capsule) => {
    const random = randomOf(`spans ${capsule.id}`);
    return { ...capsule, spans: spansWhere(capsule, () => random() < 0.5) };
  }),
  'culprit unseen': withoutCulprit,
  'noticed 60 s later': (capsule) => at(capsule, capsule.detectedAt + 60_000),
  'noticed 30 s earlier': (capsule) => at(capsule, capsule.detectedAt - 30_000),
  'window ends 30 s after detection': (capsule) => (capsule.window.end <= capsule.detectedAt + 30_000 ? capsule : { ...capsule, window: { start: capsule.window.start, end: capsule.detectedAt + 30_000 } }),
  'window begins 60 s before detection': (capsule) => (capsule.window.start >= capsule.detectedAt - 60_000 ? capsule : { ...capsule, window: { start: capsule.detectedAt - 60_000, end: capsule.window.end } }),
  'services renamed': (capsule) => withTexts(capsule, replacer(otherNames(capsule))),
  'metrics in upper case': upperCased,
  'other units': onMetrics(withOtherUnits),
  'three decoy releases': (capsule, guilty) => withDecoys(capsule, guilty),
  'noisy series': withNoisySeries,
  'noisy services': withNoisyServices,
  'everything twice': (capsule) => withLines({ ...capsule, spans: selectedSpans(capsule.spans, indicesOf(capsule).flatMap((index) => [index, index])), metrics: [...capsule.metrics, ...capsule.metrics], changes: [...capsule.changes, ...capsule.changes] }, (lines) => lines.flatMap((line) => [line, line])),
};

/** Names under which a damaged capsule knows the guilty. */
export const guiltyNames = (damage: string, capsuleId: string, names: readonly string[]): readonly string[] => (damage === 'services renamed' ? [...names, ...names.map((name) => otherName(capsuleId, name))] : names);
