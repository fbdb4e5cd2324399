/** Reads log files of a capsule, all or some of them: threads can share the work and add up what they read. */
import type { Capsule, CapsuleLogFile } from '../../../domain/capsule.ts';
import { createMasker } from '../mask/masker.ts';
import type { LogPiece } from './log-piece.ts';
import { RecordReader, type RecordReading } from './read-records.ts';
import type { RecordPart } from './record-files.ts';
import type { RecordTable } from './record-table.ts';
import type { Statements } from './statements.ts';
import { readText, type TextReading } from './text-changes.ts';

/** What a reader read, as plain data. */
export interface LogReading {
  readonly records: RecordReading;
  readonly parts: readonly RecordPart[];
  readonly texts: readonly TextReading[];
}

export class LogReader {
  readonly parts: RecordPart[] = [];
  readonly texts: TextReading[] = [];
  private readonly records: RecordReader;
  private readonly times: Pick<Capsule, 'window' | 'baseline'>;
  private readonly masker = createMasker();

  constructor(times: Pick<Capsule, 'window' | 'baseline'>) {
    this.times = times;
    this.records = new RecordReader(this.masker);
  }

  /** The whole file, or a piece of it. */
  read(log: CapsuleLogFile, piece: Omit<LogPiece, 'file'> = { start: 0, end: null }): void {
    const { file, kind, chunks, range, sizeBytes } = log;
    const { start, end } = piece;
    const isWhole = range === undefined || (start === 0 && end === null);
    if (kind === 'text') this.texts.push(readText(log, this.times, this.masker));
    else this.parts.push({ file, start, ...this.records.read(file, (onGap) => (isWhole ? chunks(onGap) : range(start, end ?? sizeBytes, onGap))) });
  }

  reading(): LogReading {
    return { records: this.records.reading(), parts: this.parts, texts: this.texts };
  }

  /** Adds what another reader read; its numbers become this one's. */
  absorb({ records, parts, texts }: LogReading): void {
    this.records.absorb(records);
    this.parts.push(...parts);
    this.texts.push(...texts);
  }

  get table(): RecordTable {
    return this.records.table;
  }

  get statements(): Statements {
    return this.records.statements;
  }

  get names(): readonly string[] {
    return this.records.names;
  }

  nameNumber(name: string): number {
    return this.records.nameNumber(name);
  }
}

/** Every log file, one after the other. */
export const readLogs = (capsule: Pick<Capsule, 'logs' | 'window' | 'baseline'>): LogReader => {
  const reader = new LogReader(capsule);
  for (const file of capsule.logs) reader.read(file);
  return reader;
};
