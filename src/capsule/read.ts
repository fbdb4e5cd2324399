/** Reads a capsule, whatever of it is there. */
import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { Capsule, CapsuleAlert, CapsuleLogFile, CapsuleText, Change, MetricSeries, TopologyEdge } from '../domain/capsule.ts';
import { AppError, messageOf } from '../shared/errors.ts';
import { textLines } from '../shared/text-lines.ts';
import { archiveFiles } from './archive.ts';
import type { CapsuleFile } from './capsule-file.ts';
import { directoryFiles } from './directory.ts';
import { LineGaps } from './line-gaps.ts';
import { parseManifest } from './manifest.ts';
import { readMetricTable } from './read-metrics.ts';
import { readAlerts, readChanges, readTopology } from './read-records.ts';
import { SpanReader } from './read-spans.ts';

export interface ReadCapsuleOptions {
  readonly signal?: AbortSignal | undefined;
}

const LOG_PATH = /^logs\/.*\.(?:log|txt|ndjson)$/;
const MAX_TEXT_BYTES = 67_108_864;

/**
 * Reads a capsule from a directory, .zip, .tar, .tar.gz or .tgz. Whatever is absent, cut off or malformed becomes a sentence in
 * `gaps`; log files are opened but not read.
 * @throws AppError `input_unreadable` (no such path), `capsule_invalid` (capsule.json missing or wrong); the signal's reason when aborted.
 */
export const readCapsule = async (path: string, { signal }: ReadCapsuleOptions): Promise<Capsule> => {
  const gaps: string[] = [];
  const files = capsuleFiles(path, gaps, signal);
  const manifestFile = files.find((file) => file.path === 'capsule.json');
  if (manifestFile === undefined) {
    throw new AppError({
      code: 'capsule_invalid',
      message: `${path} is not a capsule: it has no capsule.json`,
      hint: 'Give the directory or archive that holds capsule.json; to analyse plain logs give the log files themselves.',
    });
  }
  const manifest = parseManifest(wholeText(manifestFile, gaps), path);
  const parts = new PartReader(gaps);
  for (const file of files) {
    signal?.throwIfAborted();
    if (file !== manifestFile) parts.read(file);
    await setImmediate();
  }
  return { ...manifest, ...parts.collected(), gaps };
};

/**
 * What a reader of log files needs before the rest is read: of a capsule that is a directory. Null of an archive, and of anything that
 * cannot be read: `readCapsule` says why.
 */
export const peekLogs = (path: string): Pick<Capsule, 'window' | 'baseline' | 'logs'> | null => {
  try {
    if (!statSync(path).isDirectory()) return null;
    const files = directoryFiles(path, []);
    const manifestFile = files.find((file) => file.path === 'capsule.json');
    if (manifestFile === undefined) return null;
    const { window, baseline } = parseManifest(wholeText(manifestFile, []), path);
    return { window, baseline, logs: files.filter((file) => LOG_PATH.test(file.path)).map(logFile) };
  } catch {
    return null;
  }
};

const capsuleFiles = (path: string, gaps: string[], signal: AbortSignal | undefined): readonly CapsuleFile[] => {
  signal?.throwIfAborted();
  try {
    if (statSync(path).isDirectory()) return directoryFiles(path, gaps);
  } catch (error) {
    throw new AppError({ code: 'input_unreadable', message: `${path} could not be read: ${messageOf(error)}`, hint: 'Check the path and its permissions.', cause: error });
  }
  return archiveFiles(path, gaps, signal);
};

/** Sorts files into parts by their path and reads all but logs. */
class PartReader {
  private readonly gaps: string[];
  private readonly alerts: CapsuleAlert[] = [];
  private readonly metrics: MetricSeries[] = [];
  private readonly spans = new SpanReader();
  private readonly changes: Change[] = [];
  private readonly topology: TopologyEdge[] = [];
  private readonly kubernetes: CapsuleText[] = [];
  private readonly runbooks: CapsuleText[] = [];
  private readonly logs: CapsuleLogFile[] = [];

  constructor(gaps: string[]) {
    this.gaps = gaps;
  }

  read(file: CapsuleFile): void {
    const { path } = file;
    if (path === 'alerts.ndjson') this.lines(file, 'alerts', (lines, gaps) => this.alerts.push(...readAlerts(lines, gaps)));
    else if (path === 'changes.ndjson') this.lines(file, 'changes', (lines, gaps) => this.changes.push(...readChanges(lines, gaps)));
    else if (path === 'topology.csv') this.lines(file, 'edges', (lines, gaps) => this.topology.push(...readTopology(lines, gaps)));
    else if (/^metrics\/.*\.csv$/.test(path)) this.bytes(file, 'series', (chunks, gaps) => this.addSeries(readMetricTable(path, chunks, gaps)));
    else if (/^traces\/.*\.ndjson$/.test(path)) this.bytes(file, 'spans', (chunks, gaps) => this.spans.read(chunks, gaps));
    else if (/^kubernetes\/.*\.(?:json|ya?ml|txt)$/.test(path)) this.kubernetes.push({ file: path, text: wholeText(file, this.gaps) });
    else if (/^runbooks\/.*\.md$/.test(path)) this.runbooks.push({ file: path, text: wholeText(file, this.gaps) });
    else if (LOG_PATH.test(path)) this.logs.push(logFile(file));
    else if (/^(?:logs|metrics|traces|kubernetes|runbooks)\//.test(path)) this.gaps.push(`${path}: not a file type that is read there; left out.`);
  }

  collected(): Omit<Capsule, 'id' | 'detectedAt' | 'window' | 'baseline' | 'symptom' | 'collectedAt' | 'gaps'> {
    const { alerts, metrics, changes, topology, kubernetes, runbooks, logs } = this;
    return { alerts, metrics, spans: this.spans.finish(), changes, topology, kubernetes, runbooks, logs };
  }

  private addSeries(series: readonly MetricSeries[]): number {
    for (const one of series) this.metrics.push(one);
    return series.length;
  }

  /** `read` returns how many `things` it got from the file's lines; an array's `push` says the length, which is the same. */
  private lines(file: CapsuleFile, things: string, read: (lines: Iterable<string>, gaps: LineGaps) => number): void {
    this.bytes(file, things, (chunks, gaps) => read(textLines(chunks), gaps));
  }

  private bytes(file: CapsuleFile, things: string, read: (chunks: Iterable<Uint8Array>, gaps: LineGaps) => number): void {
    const gaps = new LineGaps(file.path);
    const count = read(file.chunks(gaps.cut), gaps);
    this.gaps.push(...gaps.sentences(`${count} ${things}`));
  }
}

const logFile = ({ path, sizeBytes, isCompressed, chunks, range }: CapsuleFile): CapsuleLogFile => {
  const sentence = (reason: string): string => `${path}: cut off or damaged (${reason}); what comes before was read.`;
  return {
    file: path,
    kind: path.endsWith('.ndjson') ? 'ndjson' : 'text',
    sizeBytes,
    isCompressed,
    chunks: (onGap) => chunks((reason) => onGap?.(sentence(reason))),
    ...(range === undefined ? {} : { range: (start, end, onGap) => range(start, end, (reason) => onGap?.(sentence(reason))) }),
  };
};

const wholeText = (file: CapsuleFile, gaps: string[]): string => {
  const decoder = new TextDecoder('utf-8');
  let text = '';
  for (const chunk of file.chunks((reason) => gaps.push(`${file.path}: cut off or damaged (${reason}); ${text.length} characters were read.`))) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_TEXT_BYTES) {
      gaps.push(`${file.path}: longer than ${MAX_TEXT_BYTES} characters; the rest is left out.`);
      break;
    }
  }
  return text + decoder.decode();
};
