/** Reads the structured log files of a capsule into one table, each record joined to the span it was written in. */
import type { CapsuleLogFile, LogRecord, Span } from '../../../domain/capsule.ts';
import { textLines } from '../../../shared/text-lines.ts';
import type { Masker } from '../mask/masker.ts';
import { parseLogRecord } from './log-record.ts';
import { RecordTable } from './record-table.ts';
import { RequestSample } from './request-sample.ts';
import { Statements } from './statements.ts';

/** Records of one capsule that are read. */
export const MAX_RECORDS = 5_000_000;
const MAX_UNITS = 1_000_000;

export interface ReadRecords {
  readonly table: RecordTable;
  readonly statements: Statements;
  readonly sample: RequestSample;
  /** Lines read, bad ones included; and records, those outside the sample included. */
  readonly lines: number;
  readonly records: number;
  readonly gaps: readonly string[];
}

export const readRecords = (files: readonly CapsuleLogFile[], spans: readonly Span[], masker: Masker): ReadRecords => {
  const sample = new RequestSample(files);
  const reader = new RecordReader(spans, masker, sample);
  for (const file of files) reader.read(file);
  if (sample.every > 1) reader.gaps.push(`The logs are large: what happens within requests was judged from one request in ${sample.every}; complaints were counted in all.`);
  const { table, statements, lines, gaps, skipped } = reader;
  return { table, statements, sample, lines, records: table.length + skipped, gaps };
};

class RecordReader {
  readonly table = new RecordTable();
  readonly statements: Statements;
  readonly gaps: string[] = [];
  lines = 0;
  skipped = 0;
  private readonly spans: readonly Span[];
  private readonly spanOfId: ReadonlyMap<string, number>;
  private readonly unitOfKey = new Map<string, number>();
  private readonly sample: RequestSample;

  constructor(spans: readonly Span[], masker: Masker, sample: RequestSample) {
    this.spans = spans;
    this.sample = sample;
    this.spanOfId = spanIndex(spans, sample);
    this.statements = new Statements(masker);
  }

  read(file: CapsuleLogFile): void {
    const before = this.table.length;
    let bad = 0;
    let firstBad = 0;
    let lineNumber = 0;
    const cuts: string[] = [];
    for (const line of textLines(file.chunks((gap) => cuts.push(gap)))) {
      lineNumber += 1;
      if (line === '' || line.trim() === '') continue;
      if (!this.sample.wants(line)) {
        this.skipped += 1;
        continue;
      }
      if (this.table.length >= MAX_RECORDS) {
        cuts.push(`${file.file}: more than ${MAX_RECORDS} records; the rest is not read.`);
        break;
      }
      const record = parseLogRecord(line);
      if (record === null) {
        bad += 1;
        if (firstBad === 0) firstBad = lineNumber;
      } else this.add(record);
    }
    this.lines += lineNumber;
    if (bad > 0) this.gaps.push(`${file.file}: ${bad} lines are no records with a body, the first is line ${firstBad}; ${this.table.length - before} records were read.`);
    this.gaps.push(...cuts);
  }

  private add(record: LogRecord): void {
    const { table } = this;
    const run = this.runOf(record);
    const span = run >= 0 ? this.spans[run] : undefined;
    table.times.push(record.at ?? Number.NaN);
    table.rows.push(this.statements.add(record.body, record.level, record.at));
    table.services.push(table.nameNumber(record.service === '' ? (span?.service ?? '') : record.service));
    table.pods.push(record.pod === null ? -1 : table.nameNumber(record.pod));
    table.runs.push(run);
  }

  private runOf({ traceId, spanId, service }: LogRecord): number {
    if (traceId !== null && !this.sample.includes(traceId)) return -1;
    if (spanId !== null) {
      const span = this.spanOfId.get(spanId) ?? (traceId === null ? undefined : this.spanOfId.get(`${traceId}\n${spanId}`));
      if (span !== undefined && (traceId === null || this.spans[span]?.traceId === traceId)) return span;
    }
    const id = spanId ?? traceId;
    if (id === null) return -1;
    const key = `${service}\n${id}`;
    let unit = this.unitOfKey.get(key);
    if (unit === undefined) {
      if (this.unitOfKey.size >= MAX_UNITS) return -1;
      unit = this.unitOfKey.size;
      this.unitOfKey.set(key, unit);
    }
    return -2 - unit;
  }
}

/** Spans by id, and by trace and id where an id occurs in several traces. */
const spanIndex = (spans: readonly Span[], sample: RequestSample): Map<string, number> => {
  const index = new Map<string, number>();
  spans.forEach((span, i) => {
    if (!sample.includes(span.traceId)) return;
    if (index.has(span.spanId)) index.set(`${span.traceId}\n${span.spanId}`, i);
    else index.set(span.spanId, i);
  });
  return index;
};
