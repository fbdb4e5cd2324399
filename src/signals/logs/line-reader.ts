/** One line of bytes to its meaning: by memo where its shape is known, by parsing where it is not. */
import type { EpochMs } from '../../domain/time.ts';
import { HeaderMemo } from './header-memo.ts';
import type { Anchor, Interpreter, LineEntry } from './interpreter.ts';
import { JSON_KEYS } from './json-keys.ts';
import { JsonShapeScanner } from './json-shape.ts';
import { ShapeScanner } from './scan.ts';
import { ShapeMemo } from './shape-memo.ts';
import { readEpochMs } from './time/read-epoch-ms.ts';
import type { TimeContext } from './time/layout.ts';

const OPEN_BRACE = 123;
const DIGIT_0 = 48;
const DIGIT_9 = 57;
const MEMO_SLOTS = 1 << 15;
const DOUBTED_HITS = 4;
const MAX_BRANCHES = 1_000;

export class LineReader {
  /** Shape of the line read last. */
  hash = 0;
  check = 0;
  /** Shape of the stack trace inside the JSON line read last; 0 where there is none. */
  traceHash = 0;
  private readonly interpreter: Interpreter;
  private readonly memo = new ShapeMemo<LineEntry>(MEMO_SLOTS);
  private readonly text = new ShapeScanner();
  private readonly json = new JsonShapeScanner(JSON_KEYS);
  private readonly headers = new HeaderMemo();
  private isJson = false;

  constructor(interpreter: Interpreter) {
    this.interpreter = interpreter;
  }

  /** What the line in bytes [start, end) means; {@link timeOf} must be asked before the next line is read. */
  read(buf: Uint8Array, start: number, end: number): LineEntry {
    this.scan(buf, start, end);
    const { hash, check } = this;
    let entry = this.memo.get(hash, check);
    if (entry === undefined || entry.generation !== this.interpreter.rows.generation) {
      const { rows } = this.interpreter;
      if (!this.isJson && rows.isGuarded) {
        const header = this.headers.find(buf, start, end);
        if (header !== null && rows.turnsAway(header.level, hash, check)) return this.interpreter.other(header);
      }
      const ended = this.isJson ? null : this.headers.findEnded(buf, start, end);
      entry = ended === null ? undefined : (this.interpreter.entryByHeader(ended, buf, start, end) ?? undefined);
      if (entry === undefined) {
        entry = this.parse(buf, start, end);
        this.remember(buf, start, entry);
      }
      this.memo.set(hash, check, entry);
    }
    if (entry.doubt !== null && isDue(++entry.doubt.hits)) entry = this.reconsider(entry, buf, start, end);
    if (entry.perLine) return this.parse(buf, start, end);
    return entry.branch === null ? entry : this.branch(entry, buf, start, end);
  }

  /** The instant of the line read last, NaN where it has none. `from` is where it started. */
  timeOf(entry: LineEntry, buf: Uint8Array, context: TimeContext): EpochMs {
    if (entry.time === null) return Number.NaN;
    return readEpochMs(buf, this.positionOf(entry.time.anchor), entry.time.layout, context);
  }

  private scan(buf: Uint8Array, start: number, end: number): void {
    this.traceHash = 0;
    if (buf[start] === OPEN_BRACE) {
      const { json } = this;
      json.scan(buf, start, end);
      if (json.shapeCount > 0) {
        this.isJson = true;
        this.hash = json.hash;
        this.check = json.check;
        this.traceHash = json.traceHash;
        return;
      }
    }
    this.isJson = false;
    this.text.scan(buf, start, end);
    this.hash = this.text.hash;
    this.check = this.text.check;
  }

  private positionOf(anchor: Anchor): number {
    return ((this.isJson ? this.json.times : this.text.marks)[anchor.mark] as number) + anchor.delta;
  }

  private parse(buf: Uint8Array, start: number, end: number): LineEntry {
    const line = decode(buf, start, end);
    const ascii = line.length === end - start;
    return this.interpreter.entryOf(line, (from, to) => {
      const at = start + (ascii ? from : Buffer.byteLength(line.slice(0, from)));
      return this.isJson ? this.jsonAnchor(at) : this.textAnchor(at, at + (to - from));
    });
  }

  private textAnchor(at: number, end: number): Anchor | null {
    const mark = this.text.markFor(at, end);
    return mark < 0 ? null : { mark, delta: at - (this.text.marks[mark] as number) };
  }

  private jsonAnchor(at: number): Anchor | null {
    for (let mark = 0; mark < this.json.timeCount; mark++) if (this.json.times[mark] === at) return { mark, delta: 0 };
    return null;
  }

  private reconsider(entry: LineEntry, buf: Uint8Array, start: number, end: number): LineEntry {
    const parsed = this.parse(buf, start, end);
    if (parsed.role !== 'event') return entry;
    this.memo.set(this.hash, this.check, parsed);
    return parsed;
  }

  /** Entry under the digits that decide: an HTTP status, a syslog priority. */
  private branch(entry: LineEntry, buf: Uint8Array, start: number, end: number): LineEntry {
    const { branch } = entry;
    if (branch === null) return entry;
    let value = 0;
    let at = this.positionOf(branch.anchor);
    for (let c = buf[at] as number; c >= DIGIT_0 && c <= DIGIT_9 && value < 1e6; c = buf[++at] as number) value = value * 10 + c - DIGIT_0;
    const known = branch.values.get(value);
    if (known !== undefined) return known;
    const parsed = this.parse(buf, start, end);
    if (branch.values.size < MAX_BRANCHES) branch.values.set(value, parsed);
    return parsed;
  }

  private remember(buf: Uint8Array, start: number, entry: LineEntry): void {
    if (this.isJson || entry.role !== 'event' || entry.branch !== null || entry.perLine) return;
    this.headers.set(buf, start, entry.headerBytes, entry);
  }
}

/** The first hits, then those that are a power of two. */
const isDue = (hits: number): boolean => hits <= DOUBTED_HITS || (hits & (hits - 1)) === 0;

/** Text of bytes; invalid UTF-8 becomes U+FFFD. */
export const decode = (buf: Uint8Array, start: number, end: number): string =>
  Buffer.from(buf.buffer, buf.byteOffset + start, end - start).toString('utf8');
