/** A capsule's parts rewritten in memory. */
import type { Capsule, CapsuleLogFile, MetricSeries, StringMap } from '../../src/domain/capsule.ts';
import { selectedSpans } from '../../src/domain/span-copies.ts';
import type { Spans } from '../../src/domain/spans.ts';

const textOf = (file: CapsuleLogFile): string => Buffer.concat([...file.chunks()]).toString('utf8');

/** Every log file with other lines; read once, when it is first asked for. */
export const withLines = (capsule: Capsule, change: (lines: readonly string[], file: CapsuleLogFile) => readonly string[]): Capsule => ({
  ...capsule,
  logs: capsule.logs.map((file) => {
    let bytes: Uint8Array | null = null;
    const chunks = (): Iterable<Uint8Array> => {
      bytes ??= Buffer.from(change(textOf(file).split('\n').filter((line) => line !== ''), file).map((line) => `${line}\n`).join(''));
      return [bytes];
    };
    return { file: file.file, kind: file.kind, sizeBytes: file.sizeBytes, chunks };
  }),
});

/** Every series with the samples that `keep` keeps. */
export const withSamples = (capsule: Capsule, keep: (at: number, index: number, series: MetricSeries) => boolean): Capsule => ({
  ...capsule,
  metrics: capsule.metrics.map((series) => {
    const kept = [...series.times.keys()].filter((index) => keep(series.times[index] ?? 0, index, series));
    return { ...series, times: Float64Array.from(kept, (index) => series.times[index] ?? 0), values: Float64Array.from(kept, (index) => series.values[index] ?? 0) };
  }),
});

export const indicesOf = ({ spans }: Capsule): readonly number[] => [...spans.startMs.keys()];
export const spansWhere = (capsule: Capsule, keep: (index: number) => boolean): Spans => selectedSpans(capsule.spans, indicesOf(capsule).filter(keep));

/** Instants of NDJSON records moved; text logs keep theirs. */
export const withLogClock = (capsule: Capsule, ms: number): Capsule =>
  withLines(capsule, (lines, { kind }) => {
    if (kind !== 'ndjson') return lines;
    return lines.map((line) =>
      line
        .replace(/("timestamp"\s*:\s*)(\d{16,20})/, (_all, head: string, at: string) => `${head}${BigInt(at) + BigInt(ms) * 1_000_000n}`)
        .replace(/("timestamp"\s*:\s*")([^"]+)"/, (all, head: string, at: string) => (Number.isNaN(Date.parse(at)) ? all : `${head}${new Date(Date.parse(at) + ms).toISOString()}"`)),
    );
  });

export const withSpanClock = (capsule: Capsule, ms: number): Capsule => ({ ...capsule, spans: { ...capsule.spans, startMs: capsule.spans.startMs.map((at) => at + ms) } });

export const withMetricClock = (capsule: Capsule, ms: number): Capsule => ({ ...capsule, metrics: capsule.metrics.map((series) => ({ ...series, times: series.times.map((at) => at + ms) })) });

const mapped = (labels: StringMap, change: (text: string) => string): StringMap => Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, change(value)]));

/** Every text of a capsule that may name a service, changed. */
export const withTexts = (capsule: Capsule, change: (text: string) => string): Capsule => {
  const maybe = (text: string | null): string | null => (text === null ? null : change(text));
  const renamed = withLines(capsule, (lines) => lines.map(change));
  return {
    ...renamed,
    symptom: capsule.symptom === null ? null : { service: maybe(capsule.symptom.service), metric: capsule.symptom.metric, description: maybe(capsule.symptom.description) },
    alerts: capsule.alerts.map((alert) => ({ ...alert, labels: mapped(alert.labels, change), annotations: mapped(alert.annotations, change) })),
    metrics: capsule.metrics.map((series) => ({ ...series, labels: mapped(series.labels, change) })),
    spans: { ...capsule.spans, names: capsule.spans.names.map(change) },
    changes: capsule.changes.map((one) => ({ ...one, service: maybe(one.service), summary: maybe(one.summary), diff: maybe(one.diff), attributes: mapped(one.attributes, change) })),
    topology: capsule.topology.map(({ source, destination }) => ({ source: change(source), destination: change(destination) })),
    kubernetes: capsule.kubernetes.map(({ file, text }) => ({ file, text: change(text) })),
    logs: renamed.logs.map((file) => ({ ...file, file: change(file.file) })),
  };
};
