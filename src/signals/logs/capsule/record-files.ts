/** Counts of files that were read in parts, as of files that were read whole. */
import type { RecordCounts } from './read-records.ts';

/** One part of a file; plain data. */
export interface RecordPart extends RecordCounts {
  readonly file: string;
  readonly start: number;
}

export interface RecordFile {
  readonly file: string;
  readonly lines: number;
  /** What could not be read, in sentences. */
  readonly gaps: readonly string[];
}

/** By path, whatever the order in which parts were read. */
export const recordFiles = (parts: readonly RecordPart[]): readonly RecordFile[] => {
  const files = new Map<string, RecordPart[]>();
  for (const part of parts) {
    const known = files.get(part.file);
    if (known === undefined) files.set(part.file, [part]);
    else known.push(part);
  }
  return [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, own]) => fileOf(file, own.sort((a, b) => a.start - b.start)));
};

const fileOf = (file: string, parts: readonly RecordPart[]): RecordFile => {
  const sums = { lines: 0, records: 0, bad: 0, firstBad: 0 };
  for (const { lines, records, bad, firstBad } of parts) {
    if (sums.bad === 0 && bad > 0) sums.firstBad = sums.lines + firstBad;
    sums.lines += lines;
    sums.records += records;
    sums.bad += bad;
  }
  const bad = sums.bad === 0 ? [] : [`${file}: ${sums.bad} lines are no records with a body, the first is line ${sums.firstBad}; ${sums.records} records were read.`];
  return { file, lines: sums.lines, gaps: [...bad, ...new Set(parts.flatMap(({ gaps }) => gaps))] };
};
