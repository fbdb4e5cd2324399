/**
 * False alarms on real recordings: the last part of a case's baseline, in which nothing was injected, is taken for the incident window.
 *
 *   node bench/quiet.ts CAPSULES         CAPSULES: one set or a folder of sets, each with its labels.json
 *
 * Alerts, symptom, changes and cluster state are left out, and so is all that was recorded outside of the baseline. A window is used once, however many cases share it.
 * Recordings hold troubles of their own; every report with a cause is listed with its summary, to be judged by a reader.
 */
import type { Capsule } from '../src/domain/capsule.ts';
import { analyzeCapsule } from '../src/diagnosis/analyze-capsule.ts';
import { spansWhere, withLines, withSamples } from './damage/rewrite.ts';
import { labelledCapsules, loadCapsule } from './labelled-capsules.ts';

/** The window is as long as the case's own, where so much of the baseline is left before it. */
const MAX_SHARE = 0.4;
/** Some series must show so many samples in the window, and before it; else the case is left out. */
const MIN_SAMPLES = { window: 3, before: 10 };

/** Null where the baseline is missing or too short for its sampling. */
const quietCapsule = (capsule: Capsule): Capsule | null => {
  const { baseline, window } = capsule;
  if (baseline === null) return null;
  const start = baseline.end - Math.min(window.end - window.start, (baseline.end - baseline.start) * MAX_SHARE);
  const isInside = (at: number): boolean => at >= baseline.start && at < baseline.end;
  const kept = withSamples(capsule, isInside);
  const isSeen = kept.metrics.some(({ times }) => times.filter((at) => at >= start).length >= MIN_SAMPLES.window && times.filter((at) => at < start).length >= MIN_SAMPLES.before);
  if (!isSeen) return null;
  const spans = spansWhere(capsule, (index) => isInside(capsule.spans.startMs[index] ?? 0));
  const logs = withLines(capsule, (lines, { kind }) => (kind === 'ndjson' ? lines.filter((line) => isInside(timeOf(line))) : [])).logs;
  return {
    ...kept, spans, logs, changes: [], alerts: [], kubernetes: [], symptom: null,
    window: { start, end: baseline.end }, baseline: { start: baseline.start, end: start }, detectedAt: (start + baseline.end) / 2,
  };
};

/** Of an NDJSON record; NaN where it has none. */
const timeOf = (line: string): number => {
  const [, nanos, text] = /"timestamp"\s*:\s*(?:(\d{16,20})|"([^"]+)")/.exec(line) ?? [];
  return nanos === undefined ? Date.parse(text ?? '') : Number(nanos) / 1e6;
};

const [root] = process.argv.slice(2);
if (root === undefined) throw new Error('usage: node bench/quiet.ts CAPSULES');
const tally = new Map<string, Record<'windows' | 'root_cause' | 'inconclusive' | 'no_incident', number>>();
const seen = new Set<string>();
for (const one of labelledCapsules(root)) {
  const capsule = await loadCapsule(one);
  const quiet = quietCapsule(capsule);
  const key = `${one.set} ${capsule.baseline?.start} ${capsule.baseline?.end}`;
  if (quiet === null || seen.has(key)) continue;
  seen.add(key);
  const counts = tally.get(one.set) ?? { windows: 0, root_cause: 0, inconclusive: 0, no_incident: 0 };
  tally.set(one.set, counts);
  const report = await analyzeCapsule(quiet);
  counts.windows++;
  counts[report.verdict]++;
  if (report.verdict === 'root_cause') console.log(`${one.id}: ${report.summary}`);
}
console.table(Object.fromEntries(tally));
