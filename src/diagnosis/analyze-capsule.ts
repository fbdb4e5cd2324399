/** One capsule in, one report out: runs every signal engine, then the diagnosis. Deterministic; no I/O but the log files' own chunks. */
import type { Capsule } from '../domain/capsule.ts';
import type { Finding } from '../domain/finding.ts';
import type { Language } from '../domain/language.ts';
import type { Report } from '../domain/report.ts';
import { rolloutFindings } from '../signals/changes/rollout.ts';
import { type KubernetesFindings, kubernetesFindings } from '../signals/kubernetes/kubernetes-findings.ts';
import { podPlaces } from '../signals/kubernetes/pod-places.ts';
import { kubernetesInputOf } from '../signals/kubernetes/kubernetes-input.ts';
import { logFindings } from '../signals/logs/capsule/log-findings.ts';
import { type LogReader, readLogs } from '../signals/logs/capsule/log-reader.ts';
import { type MetricAnalysis, analyzeMetrics } from '../signals/metrics/analyze-metrics.ts';
import { seriesComponent } from '../signals/metrics/series-component.ts';
import { type TraceSignals, traceFindings } from '../signals/traces/trace-findings.ts';
import { withoutCopies } from '../domain/span-copies.ts';
import { diagnose, type Signals } from './diagnose.ts';
import { withOneSpelling } from './relate/spelling.ts';

export interface AnalyzeOptions {
  readonly lang?: Language;
  /** Milliseconds of a clock, for `timings_ms`; without one it stays 0. */
  readonly now?: () => number;
}

/** What exporters blurred, put right: spans that came twice, and names in two spellings. Everything else reads the result. */
export const cleaned = (capsule: Capsule): Capsule => {
  const spans = withoutCopies(capsule.spans);
  return withOneSpelling(spans === capsule.spans ? capsule : { ...capsule, spans });
};

/** What can be said before the log files are read, which takes longest. */
export interface SignalsBesideLogs {
  readonly metrics: MetricAnalysis;
  readonly traces: TraceSignals;
  readonly kubernetes: KubernetesFindings;
  readonly rollouts: readonly Finding[];
}

export const signalsBesideLogs = (capsule: Capsule): SignalsBesideLogs => ({
  traces: traceFindings(capsule), kubernetes: kubernetesFindings(kubernetesInputOf(capsule)), metrics: analyzeMetrics(capsule), rollouts: rolloutFindings(capsule),
});

/** Names that the metrics know, each once. */
const servicesIn = ({ series }: MetricAnalysis): readonly string[] => [...new Set(series.flatMap(({ series: one }) => {
  const component = seriesComponent(one);
  return component === null || component.kind === 'node' ? [] : [component.name];
}))];

/** `reader` has read all log files of the capsule. */
export const withLogs = ({ metrics, traces, kubernetes, rollouts }: SignalsBesideLogs, reader: LogReader): Signals => {
  const logs = logFindings(reader, traces, servicesIn(metrics));
  return {
    metrics,
    findings: [...traces.findings, ...logs.findings, ...kubernetes.findings, ...rollouts],
    gaps: [...traces.gaps, ...logs.gaps, ...kubernetes.gaps],
    logPatterns: { lines: logs.lines, events: logs.events, patterns: logs.patterns },
    seen: { logs: logs.coverage, traces: traces.coverage },
    places: podPlaces(kubernetes.graph),
  };
};

export const signalsOf = (capsule: Capsule): Signals => withLogs(signalsBesideLogs(capsule), readLogs(capsule));

export const analyzeCapsule = (given: Capsule, options: AnalyzeOptions = {}): Promise<Report> => {
  const start = options.now?.() ?? 0;
  const capsule = cleaned(given);
  const report = diagnose(capsule, signalsOf(capsule), options.lang ?? 'en');
  const total = Math.max(0, (options.now?.() ?? 0) - start);
  return Promise.resolve({ ...report, timings_ms: { total } });
};
