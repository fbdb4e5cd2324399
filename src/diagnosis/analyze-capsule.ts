/** One capsule in, one report out: runs every signal engine, then the diagnosis. Deterministic; no I/O but the log files' own chunks. */
import type { Capsule } from '../domain/capsule.ts';
import type { Language } from '../domain/language.ts';
import type { Report } from '../domain/report.ts';
import { rolloutFindings } from '../signals/changes/rollout.ts';
import { kubernetesFindings } from '../signals/kubernetes/kubernetes-findings.ts';
import { kubernetesInputOf } from '../signals/kubernetes/kubernetes-input.ts';
import { logFindings } from '../signals/logs/capsule/log-findings.ts';
import { type LogReader, readLogs } from '../signals/logs/capsule/log-reader.ts';
import { analyzeMetrics } from '../signals/metrics/analyze-metrics.ts';
import { traceFindings } from '../signals/traces/trace-findings.ts';
import { diagnose, type Signals } from './diagnose.ts';

export interface AnalyzeOptions {
  readonly lang?: Language;
  /** Milliseconds of a clock, for `timings_ms`; without one it stays 0. */
  readonly now?: () => number;
}

/** `read` gives the log files' contents; it is called last, so that others may be reading them meanwhile. */
export const signalsOf = (capsule: Capsule, read: () => LogReader = () => readLogs(capsule)): Signals => {
  const traces = traceFindings(capsule);
  const kubernetes = kubernetesFindings(kubernetesInputOf(capsule));
  const logs = logFindings(read(), traces);
  return {
    metrics: analyzeMetrics(capsule),
    findings: [...traces.findings, ...logs.findings, ...kubernetes.findings, ...rolloutFindings(capsule)],
    gaps: [...traces.gaps, ...logs.gaps, ...kubernetes.gaps],
    logPatterns: { lines: logs.lines, events: logs.events, patterns: logs.patterns },
  };
};

export const analyzeCapsule = (capsule: Capsule, options: AnalyzeOptions = {}): Promise<Report> => {
  const start = options.now?.() ?? 0;
  const report = diagnose(capsule, signalsOf(capsule), options.lang ?? 'en');
  const total = Math.max(0, (options.now?.() ?? 0) - start);
  return Promise.resolve({ ...report, timings_ms: { total } });
};
