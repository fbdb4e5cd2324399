/** Lines to events: a headed line begins one, what cannot stand alone belongs to the one before. */
import { isErrorLevel } from '../../domain/severity.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { ExceptionRow } from './exceptions.ts';
import type { KnownFrame } from './formats/fold.ts';
import { EventText } from './event-text.ts';
import { FATE, type EventCounter, type Fate } from './counter.ts';
import type { LineEntry } from './interpreter.ts';
import type { LineScanner } from './line-scanner.ts';
import type { Row } from './rows.ts';

/** Lines without a header that an event may take in one after another before they count for themselves. */
const MAX_BARE_RUN = 200;
/**
 * Lines without a header to one with a time, in the stream so far: where there are more, such lines are what its programs
 * write, and the few with a time are another program's.
 */
const MAX_BARE_SHARE = 16;
/** Continuation lines whose shapes tell one trace from another. */
const TRACE_LINES = 48;
/** Frames in a row that are kept of an event's text. */
const KEPT_FRAMES = { own: 3, other: 1 };
const MAX_TRACE_FRAMES = 1_000;
const MAX_SAMPLE_BYTES = 2_000;
const MAX_TRACE_MEMO = 20_000;

/** Traces already parsed, by the shapes of their lines; shared by all streams of a run. */
export class TraceMemo {
  private readonly memo = new Map<string, ExceptionRow | null>();

  find(key: string, parse: () => ExceptionRow | null): ExceptionRow | null {
    const known = this.memo.get(key);
    if (known !== undefined) return known;
    const parsed = parse();
    if (this.memo.size >= MAX_TRACE_MEMO) this.memo.clear();
    this.memo.set(key, parsed);
    return parsed;
  }
}

interface FormatCount {
  readonly format: string;
  readonly wrapper: string;
  events: number;
}

/** Where a line stands. */
export interface LinePlace {
  /** Bytes [start, end) of the scanner's memory. */
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly line: number;
  /** The container runtime's format around the line, with a plus behind it; empty where there is none. */
  readonly wrapper: '' | 'docker+' | 'cri+';
}

/** Folds the lines of one stream, or of one channel (stdout, stderr, a container) of it. */
export class EventFolder {
  events = 0;
  /** The few formats of a stream. */
  private readonly formatCounts: FormatCount[] = [];
  private formatCount: FormatCount = { format: '', wrapper: '', events: 0 };
  private readonly stream: string;
  private readonly inBaseline: boolean;
  private readonly counter: EventCounter;
  private readonly traces: TraceMemo;
  private readonly scanner: LineScanner;
  /** What a sample shows, and what tells of an exception: the same but for runs of frames. */
  private readonly text: EventText;
  private readonly trace: EventText;
  /** For the marks in {@link trace}. */
  private traceFrames: KnownFrame[] = [];
  private row: Row | null = null;
  private fate: Fate = FATE.dropped;
  private at: EpochMs = Number.NaN;
  private lastAt: EpochMs = Number.NaN;
  private firstLine = 0;
  private lines = 0;
  /** What the open event began with: a header, a time in it, a trace that no logger wrote. */
  private isHeaded = false;
  private isTimed = false;
  private isCrash = false;
  /** It began with none of them, and nothing in its first line says that more follows. */
  private isPlain = false;
  private bareRun = 0;
  /** Lines so far whose header has a time, and lines without a header. */
  private timedLines = 0;
  private bareLines = 0;
  private traceA = 0;
  private traceB = 0;
  private traceLines = 0;
  private blankLines = 0;
  private wantsSample = false;
  private frames = 0;
  private ownFrames = 0;
  private sparedFrames = 0;

  constructor(stream: string, inBaseline: boolean, counter: EventCounter, traces: TraceMemo) {
    this.stream = stream;
    this.inBaseline = inBaseline;
    this.counter = counter;
    this.traces = traces;
    this.scanner = counter.interpreter.scanner;
    this.text = new EventText(this.scanner);
    this.trace = new EventText(this.scanner);
  }

  /** Whether the open event, if any, is below ERROR. */
  get isMilderThanError(): boolean {
    return this.row === null || !isErrorLevel(this.row.level);
  }

  /** The latest time in the stream; NaN before the first. */
  get lastSeen(): EpochMs {
    return this.lastAt;
  }

  /** Events by format. */
  formats(): ReadonlyMap<string, number> {
    return new Map(this.formatCounts.map(({ format, wrapper, events }) => [wrapper + format, events]));
  }

  get isOpen(): boolean {
    return this.row !== null;
  }

  /**
   * Whether a line begins an event here. One without a header goes on with the event before only where that one has a time
   * or is a trace, or where the line reads like a trace's first: in a stream that has no headers, a level word or an
   * object that some line happens to begin with is no reason to take in what follows it.
   */
  begins({ role, isHeading, isIndented }: LineEntry): boolean {
    if (role === 'event') return true;
    if (role === 'blank') return false;
    if (this.row === null) return true;
    // Where nothing has a header, blanks in front are no more than a way to write.
    if (role !== 'bare') return isIndented && this.isPlain && this.lines === 1;
    const goesOn = isHeading ? this.isHeaded || this.isCrash : (this.isTimed || this.isCrash) && this.bareLines < this.timedLines * MAX_BARE_SHARE;
    return !goesOn || this.bareRun >= MAX_BARE_RUN;
  }

  /** @param row the row to count for; @param at NaN where the line has no time */
  begin(entry: LineEntry, row: Row, at: EpochMs, place: LinePlace): void {
    this.finish();
    this.row = row;
    this.at = at;
    if (!Number.isNaN(at)) this.lastAt = at;
    this.firstLine = place.line;
    this.lines = 1;
    this.isHeaded = entry.role === 'event';
    this.isTimed = this.isHeaded && entry.time !== null;
    this.isCrash = entry.crash !== null;
    this.isPlain = !this.isHeaded && !this.isCrash && !entry.isHeading && !entry.isOpen;
    this.bareRun = 0;
    if (this.isTimed) this.timedLines++;
    this.noteBare(entry);
    this.fate = this.counter.fateOf(row, Number.isNaN(at) ? this.lastAt : at, this.inBaseline);
    this.counter.count(row, at, this.fate);
    if (this.fate === FATE.dropped) return;
    this.events++;
    if (entry.format !== this.formatCount.format || place.wrapper !== this.formatCount.wrapper) this.changeFormat(entry.format, place.wrapper);
    this.formatCount.events++;
    this.trace.begin(place.start, place.end);
    this.wantsSample = row.samples.length < 3 || at < row.sampleBefore;
    if (this.wantsSample) this.text.begin(place.start, place.end);
    if (this.fate === FATE.analysed && this.counter.wantsLook(row)) this.counter.look(row, this.scanner.decode(place.start, place.end));
  }

  /** An exception inside the line that began the event (JSON). */
  inlineException(key: string, parse: () => ExceptionRow | null): void {
    if (this.row === null || this.fate !== FATE.analysed) return;
    const exception = this.traces.find(key, parse);
    if (exception !== null) this.counter.addException(this.row, exception, this.at);
  }

  /** A line that belongs to the open event. `hash` and `check` are its shape. */
  continue(entry: LineEntry, hash: number, check: number, place: LinePlace): void {
    if (entry.role === 'bare') this.bareRun++;
    this.noteBare(entry);
    this.lines += this.blankLines + 1;
    this.blankLines = 0;
    if (place.line !== this.firstLine + this.lines - 1) this.interrupted(place.line);
    if (this.fate !== FATE.analysed || this.isSpared(entry.traceLine)) return;
    if (this.wantsSample) this.text.append(place.start, place.end);
    if (entry.frame === null) this.trace.append(place.start, place.end);
    else if (this.traceFrames.length < MAX_TRACE_FRAMES) {
      this.trace.mark();
      this.traceFrames.push(entry.frame);
    }
    if (this.traceLines < TRACE_LINES) {
      this.traceLines++;
      this.traceA = Math.imul(this.traceA ^ hash, 0x01000193);
      this.traceB = (Math.imul(this.traceB, 31) + check) | 0;
    }
  }

  private noteBare({ role, isHeading }: LineEntry): void {
    if (role === 'bare' && !isHeading) this.bareLines++;
  }

  /** A blank line belongs to an event only where more of the event follows. */
  blank(): void {
    if (this.row !== null) this.blankLines++;
  }

  /** Of a long run of frames the first few and those of own code tell all there is to tell. */
  private isSpared(traceLine: LineEntry['traceLine']): boolean {
    if (traceLine === 'text') {
      this.frames = 0;
      this.ownFrames = 0;
      this.noteSpared();
      return false;
    }
    const kept = traceLine === 'own' ? this.ownFrames++ < KEPT_FRAMES.own : this.frames++ < KEPT_FRAMES.other;
    if (kept) this.noteSpared();
    else this.sparedFrames++;
    return !kept;
  }

  /** In Logback's words for the same thing. */
  private noteSpared(): void {
    if (this.sparedFrames > 0 && this.wantsSample) this.text.appendText(`\t... ${this.sparedFrames} common frames omitted`);
    this.sparedFrames = 0;
  }

  /** Ends the open event: its exception and its sample are known now. */
  finish(): void {
    const { row } = this;
    if (row === null) return;
    this.row = null;
    this.blankLines = 0;
    if (this.fate === FATE.analysed) {
      if (this.traceLines > 0) {
        const exception = this.traces.find(`${this.traceA},${this.traceB}`, () => this.counter.interpreter.exceptions.find(this.trace.toString(), this.traceFrames));
        if (exception !== null) this.counter.addException(row, exception, this.at);
      }
      if (this.wantsSample) {
        row.addSample({ text: this.text.toString(MAX_SAMPLE_BYTES), at: this.at, source: this.stream, line: this.firstLine });
      }
    }
    this.counter.assignments?.add(this.stream, this.firstLine, this.lines, row);
    this.frames = 0;
    this.ownFrames = 0;
    this.sparedFrames = 0;
    if (this.traceFrames.length > 0) this.traceFrames = [];
    this.traceLines = 0;
    this.traceA = 0;
    this.traceB = 0;
  }

  /** The buffer that holds the open event's first line is about to be reused. */
  keep(): void {
    if (this.row === null) return;
    this.trace.keep();
    if (this.wantsSample) this.text.keep();
  }

  private changeFormat(format: string, wrapper: string): void {
    let count = this.formatCounts.find((one) => one.format === format && one.wrapper === wrapper);
    if (count === undefined) {
      count = { format, wrapper, events: 0 };
      this.formatCounts.push(count);
    }
    this.formatCount = count;
  }

  /** Lines of another channel stood between: what follows is listed as a part of its own. */
  private interrupted(line: number): void {
    if (this.row === null) return;
    this.counter.assignments?.add(this.stream, this.firstLine, this.lines - 1, this.row);
    this.firstLine = line;
    this.lines = 1;
  }
}
