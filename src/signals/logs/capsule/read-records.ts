/** Reads the structured log files of a capsule (names from the OpenTelemetry log data model), from bytes to one table. */
import { InstantReader } from '../../../domain/instant-bytes.ts';
import type { LogLevel } from '../../../domain/severity.ts';
import { hashBytes, hashText } from '../../../shared/byte-hash.ts';
import { eachLine, isBlank } from '../../../shared/byte-lines.ts';
import { ByteNames, textOfBytes } from '../../../shared/byte-names.ts';
import { ESCAPED_TEXT, JsonScanner, NUMBER, PLAIN_TEXT } from '../../../shared/json-scan.ts';
import { KeyIndex } from '../../../shared/key-index.ts';
import { levelOfField } from '../formats/levels.ts';
import type { Masker } from '../mask/masker.ts';
import { parseLogRecord } from './log-record.ts';
import type { Place, RecordColumns } from './record-table.ts';
import { RecordTable } from './record-table.ts';
import type { ShapeRow } from './statements.ts';
import { Statements } from './statements.ts';
import { Unescaper } from './unescape-json.ts';

/** Records of one capsule that are read. */
export const MAX_RECORDS = 5_000_000;

const KEYS = ['timestamp', 'severity_text', 'body', 'trace_id', 'span_id'] as const;
const [TIME, LEVEL, BODY, TRACE, SPAN, SERVICE, POD] = [0, 1, 2, 3, 4, 5, 6] as const;
const encoder = new TextEncoder();

/** What a reader knows, as plain data. */
export interface RecordReading {
  readonly columns: RecordColumns;
  readonly names: readonly string[];
  readonly places: readonly Place[];
  readonly shapes: readonly ShapeRow[];
}

/** What one file, or a part of it, held. */
export interface RecordCounts {
  /** Bad and empty ones included. */
  readonly lines: number;
  readonly records: number;
  /** Lines that are no records, and the number of the first of them; 0 of none. */
  readonly bad: number;
  readonly firstBad: number;
  /** What could not be read, in sentences. */
  readonly gaps: readonly string[];
}

/** Reads files one after the other; readings of other threads can be added. */
export class RecordReader {
  readonly table = new RecordTable();
  readonly statements: Statements;
  private readonly known = new ByteNames();
  private readonly levelNumbers = new KeyIndex();
  private readonly levels: (LogLevel | null)[] = [];
  private readonly instants = new InstantReader();
  private readonly scanner = new JsonScanner(KEYS, 'resource', ['service.name', 'k8s.pod.name']);
  private readonly unescaper = new Unescaper();

  constructor(masker: Masker) {
    this.statements = new Statements(masker);
  }

  get names(): readonly string[] {
    return this.known.names;
  }

  nameNumber(name: string): number {
    return this.known.ofText(name);
  }

  /** Reads a file, or bytes of it that begin and end with a line. */
  read(file: string, chunksOf: (onGap: (gap: string) => void) => Iterable<Uint8Array>): RecordCounts {
    const before = this.table.length;
    let bad = 0;
    let firstBad = 0;
    let lines = 0;
    const gaps: string[] = [];
    eachLine(chunksOf((gap) => gaps.push(gap)), (bytes, start, end) => {
      lines += 1;
      if (isBlank(bytes, start, end)) return true;
      if (this.table.length >= MAX_RECORDS) {
        gaps.push(`${file}: more than ${MAX_RECORDS} records; the rest is not read.`);
        return false;
      }
      if (!(this.scanner.scan(bytes, start, end) && this.fromBytes(bytes)) && !this.fromText(textOfBytes(bytes, start, end))) {
        bad += 1;
        if (firstBad === 0) firstBad = lines;
      }
      return true;
    });
    return { lines, records: this.table.length - before, bad, firstBad, gaps };
  }

  reading(): RecordReading {
    return { columns: this.table.columns(), names: this.names, places: this.table.knownPlaces, shapes: this.statements.rows };
  }

  absorb({ columns, names, places, shapes }: RecordReading): void {
    const nameOf = names.map((name) => this.known.ofText(name));
    const placeOf = Int32Array.from(places, ({ service, pod }) => this.table.placeNumber(nameOf[service] ?? 0, pod < 0 ? -1 : (nameOf[pod] ?? -1)));
    this.table.append(columns, this.statements.absorb(shapes), placeOf);
  }

  /** False where a field is of an unusual form. */
  private fromBytes(bytes: Uint8Array): boolean {
    const { kinds, starts, ends } = this.scanner;
    const kind = kinds[BODY];
    if ((kind !== PLAIN_TEXT && kind !== ESCAPED_TEXT) || !this.isUsual(TRACE) || !this.isUsual(SPAN) || !this.isUsual(SERVICE) || !this.isUsual(POD)) return false;
    if (kinds[TIME] === ESCAPED_TEXT || kinds[LEVEL] === ESCAPED_TEXT) return false;
    const start = starts[BODY] ?? 0;
    const end = ends[BODY] ?? 0;
    const length = kind === ESCAPED_TEXT ? this.unescaper.run(bytes, start, end) : 0;
    if (length < 0) return false;
    const body = kind === ESCAPED_TEXT ? { bytes: this.unescaper.bytes, start: 0, end: length } : { bytes, start, end };
    const pod = this.isText(POD) ? this.known.ofBytes(bytes, starts[POD] ?? 0, ends[POD] ?? 0) : -1;
    const service = this.isText(SERVICE) ? this.known.ofBytes(bytes, starts[SERVICE] ?? 0, ends[SERVICE] ?? 0) : this.known.ofText('');
    const at = this.instant(bytes);
    this.table.push(at, this.statements.add(body, this.level(bytes), at), this.table.placeNumber(service, pod), this.key(bytes, TRACE), this.key(bytes, SPAN));
    return true;
  }

  /** The same by way of an object, for lines that are out of the ordinary. */
  private fromText(line: string): boolean {
    const record = parseLogRecord(line);
    if (record === null) return line.trim() === '';
    const bytes = encoder.encode(record.body);
    const at = record.at ?? Number.NaN;
    const row = this.statements.add({ bytes, start: 0, end: bytes.length }, record.level, at);
    const place = this.table.placeNumber(this.known.ofText(record.service), record.pod === null ? -1 : this.known.ofText(record.pod));
    this.table.push(at, row, place, record.traceId === null ? 0 : hashText(record.traceId), record.spanId === null ? 0 : hashText(record.spanId));
    return true;
  }

  /** Numbers may be written in several ways, and escapes too. */
  private isUsual(field: number): boolean {
    const kind = this.scanner.kinds[field];
    return kind !== ESCAPED_TEXT && kind !== NUMBER;
  }

  private isText(field: number): boolean {
    const { kinds, starts, ends } = this.scanner;
    return kinds[field] === PLAIN_TEXT && (ends[field] ?? 0) > (starts[field] ?? 0);
  }

  private key(bytes: Uint8Array, field: number): number {
    return this.isText(field) ? hashBytes(bytes, this.scanner.starts[field] ?? 0, this.scanner.ends[field] ?? 0) : 0;
  }

  private instant(bytes: Uint8Array): number {
    const { kinds, starts, ends } = this.scanner;
    if (kinds[TIME] === NUMBER) return this.instants.ofNumber(bytes, starts[TIME] ?? 0, ends[TIME] ?? 0);
    return kinds[TIME] === PLAIN_TEXT ? this.instants.ofText(bytes, starts[TIME] ?? 0, ends[TIME] ?? 0) : Number.NaN;
  }

  private level(bytes: Uint8Array): LogLevel | null {
    if (!this.isText(LEVEL)) return null;
    const key = this.key(bytes, LEVEL);
    const known = this.levelNumbers.get(key);
    if (known >= 0) return this.levels[known] ?? null;
    const level = levelOfField(textOfBytes(bytes, this.scanner.starts[LEVEL] ?? 0, this.scanner.ends[LEVEL] ?? 0));
    if (this.levels.length < MAX_LEVELS) this.levelNumbers.add(key, this.levels.push(level) - 1);
    return level;
  }
}

const MAX_LEVELS = 1000;

