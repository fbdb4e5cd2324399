/** Reads log files of a capsule, all or some of them: threads can share the work and add up what they read. */
import type { Capsule, CapsuleLogFile } from '../../../domain/capsule.ts';
import { createMasker } from '../mask/masker.ts';
import type { RecordReading } from './read-records.ts';
import { RecordReader } from './read-records.ts';
import type { Statements } from './statements.ts';
import type { RecordTable } from './record-table.ts';
import type { TextReading } from './text-changes.ts';
import { readText } from './text-changes.ts';

interface RecordFile {
  readonly file: string;
  readonly lines: number;
  readonly gaps: readonly string[];
}

/** What a reader read, as plain data. */
export interface LogReading {
  readonly records: RecordReading;
  readonly recordFiles: readonly RecordFile[];
  readonly texts: readonly TextReading[];
}

export class LogReader {
  readonly recordFiles: RecordFile[] = [];
  readonly texts: TextReading[] = [];
  private readonly records: RecordReader;
  private readonly capsule: Pick<Capsule, 'window' | 'baseline'>;
  private readonly masker = createMasker();

  constructor(capsule: Pick<Capsule, 'window' | 'baseline'>) {
    this.capsule = capsule;
    this.records = new RecordReader(this.masker);
  }

  read(file: CapsuleLogFile): void {
    if (file.kind === 'text') this.texts.push(readText(file, this.capsule, this.masker));
    else this.recordFiles.push({ file: file.file, ...this.records.read(file) });
  }

  reading(): LogReading {
    return { records: this.records.reading(), recordFiles: this.recordFiles, texts: this.texts };
  }

  absorb({ records, recordFiles, texts }: LogReading): void {
    this.records.absorb(records);
    this.recordFiles.push(...recordFiles);
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
