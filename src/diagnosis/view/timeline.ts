/** Who changed when, beside the changes made, the alerts that fired, and when somebody noticed. */
import type { Capsule } from '../../domain/capsule.ts';
import type { Report } from '../../domain/report.ts';
import { MAX_MARKS, type TimelineMark } from '../../domain/report-view.ts';
import { createMasker } from '../../signals/logs/mask/masker.ts';
import type { Cited } from './cited-findings.ts';

/** Hypotheses whose evidence is marked. */
const HYPOTHESES = 5;
const MAX_ONSETS = 16;
const MAX_CHANGES = 12;
const MAX_ALERTS = 11;
const ALERT_LABELS = ['service', 'service_name', 'app', 'deployment', 'job'] as const;

const MAX_QUOTE_CHARS = 240;
const MAX_MASKED_CHARS = 4_000;

const masker = createMasker();

/** People write secrets into summaries, too. */
const quoted = (text: string | null | undefined): string | null => {
  const masked = masker.mask((text ?? '').slice(0, MAX_MASKED_CHARS)).trim();
  if (masked === '') return null;
  return masked.length > MAX_QUOTE_CHARS ? `${masked.slice(0, MAX_QUOTE_CHARS)}…` : masked;
};

const keyOf = ({ kind, component, label, quote }: TimelineMark): string => JSON.stringify([kind, component, label, quote]);

const byTime = (a: TimelineMark, b: TimelineMark): number => a.at - b.at || (keyOf(a) < keyOf(b) ? -1 : 1);

/** Each indicator of a component once, where it is first seen; best hypotheses first. */
const onsets = (report: Report, cited: ReadonlyMap<string, Cited>): readonly TimelineMark[] => {
  const marks = new Map<string, TimelineMark>();
  const blamed = report.hypotheses[0];
  for (const { evidence: ids } of report.hypotheses.slice(0, HYPOTHESES)) {
    for (const id of ids) {
      const one = cited.get(id);
      if (one === undefined || one.onset === null || one.evidence.kind === 'change') continue;
      const component = one.evidence.service;
      const key = JSON.stringify([component, one.indicator]);
      const known = marks.get(key);
      if (known === undefined ? marks.size >= MAX_ONSETS : known.at <= one.onset) continue;
      const isBlamed = blamed !== undefined && blamed.evidence.includes(id);
      marks.set(key, { at: one.onset, kind: 'onset', component, label: one.indicator, quote: null, evidence: id, isBlamed, isEarlier: one.isEarlier });
    }
  }
  return [...marks.values()];
};

const changes = ({ changes: all, window, baseline, detectedAt }: Capsule, report: Report): readonly TimelineMark[] => {
  const guilty = report.hypotheses[0]?.change_id ?? null;
  const since = Math.min(window.start, Math.max(baseline?.start ?? window.start, window.start - (window.end - window.start)));
  return all
    .filter(({ id, time }) => id === guilty || (time >= since && time < window.end))
    .map((change): TimelineMark => ({ at: change.time, kind: 'change', component: change.service, label: change.id, quote: quoted(change.summary), evidence: null, isBlamed: change.id === guilty, isEarlier: false }))
    .sort((a, b) => Number(b.isBlamed) - Number(a.isBlamed) || Math.abs(a.at - detectedAt) - Math.abs(b.at - detectedAt) || byTime(a, b))
    .slice(0, MAX_CHANGES);
};

const alerts = (capsule: Capsule): readonly TimelineMark[] =>
  capsule.alerts
    .flatMap((alert): readonly TimelineMark[] => {
      if (alert.startsAt === null) return [];
      const label = ALERT_LABELS.find((name) => alert.labels[name] !== undefined);
      const component = label === undefined ? null : (alert.labels[label] ?? null);
      const quote = quoted(alert.annotations['summary'] ?? alert.annotations['description']);
      return [{ at: alert.startsAt, kind: 'alert', component, label: alert.labels['alertname'] ?? '', quote, evidence: null, isBlamed: false, isEarlier: false }];
    })
    .sort(byTime)
    .slice(0, MAX_ALERTS);

/** In time order. */
export const timelineOf = (capsule: Capsule, report: Report, cited: ReadonlyMap<string, Cited>): readonly TimelineMark[] => {
  const detected: TimelineMark = { at: capsule.detectedAt, kind: 'detected', component: null, label: '', quote: quoted(capsule.symptom?.description), evidence: null, isBlamed: false, isEarlier: false };
  return [detected, ...onsets(report, cited), ...changes(capsule, report), ...alerts(capsule)].slice(0, MAX_MARKS).sort(byTime);
};
