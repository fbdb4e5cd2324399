/** The findings that a report's evidence was written from, with what the report leaves out: their onsets and files. */
import type { Finding } from '../../domain/finding.ts';
import type { Evidence, Report } from '../../domain/report.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { SeriesAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { promqlOf } from '../../signals/metrics/metric-findings.ts';
import type { Signals } from '../diagnose.ts';

export interface Cited {
  readonly evidence: Evidence;
  readonly indicator: string;
  readonly onset: EpochMs | null;
  /** It was so when the window, or what was collected of it, began. */
  readonly isEarlier: boolean;
  /** Path in the capsule; null where the finding does not tell. */
  readonly file: string | null;
}

/** What an evidence keeps of its finding in every language. */
const keyOf = ({ kind, query, observed, expected, samples }: Pick<Finding, 'kind' | 'query' | 'observed' | 'expected' | 'samples'>): string =>
  JSON.stringify([kind, query, observed, expected, samples.slice(0, 3)]);

const SECONDS_30 = 30_000;

/** A pod born in the window has no earlier samples: its first is a beginning, too. */
export const beganEarlier = ({ shift }: SeriesAnalysis, windowStart: EpochMs): boolean =>
  shift !== null && shift.preexisting && shift.onset - windowStart <= Math.max(SECONDS_30, (2 * shift.durationMs) / Math.max(1, shift.samples));

const ofSeries = (evidence: Evidence, analysis: SeriesAnalysis, windowStart: EpochMs): Cited => {
  const { series, shift, stopped } = analysis;
  return { evidence, indicator: series.name, onset: shift?.onset ?? stopped?.onset ?? null, isEarlier: beganEarlier(analysis, windowStart), file: series.file };
};

/** By evidence id. */
export const citedFindings = (report: Report, signals: Signals, windowStart: EpochMs): ReadonlyMap<string, Cited> => {
  const series = new Map(signals.metrics.series.map((analysis) => [promqlOf(analysis), analysis]));
  const findings = new Map<string, Finding>();
  for (const finding of signals.findings) {
    const key = keyOf(finding);
    const known = findings.get(key);
    if (known === undefined || finding.id < known.id) findings.set(key, finding);
  }
  const cited = new Map<string, Cited>();
  for (const evidence of report.evidence) {
    const analysis = evidence.kind === 'metric' && evidence.query !== null ? series.get(evidence.query) : undefined;
    if (analysis !== undefined) cited.set(evidence.id, ofSeries(evidence, analysis, windowStart));
    else {
      const finding = findings.get(keyOf(evidence));
      const onset = finding?.onset ?? (evidence.window === null ? null : Date.parse(evidence.window.start));
      cited.set(evidence.id, { evidence, indicator: finding?.indicator ?? evidence.kind, onset: Number.isFinite(onset) ? onset : null, isEarlier: false, file: null });
    }
  }
  return cited;
};
