/** One input stream: bytes ► lines ► (unwrapped) ► meaning ► events. */
import type { LogStream } from '../../domain/log-summary.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { EventCounter } from './counter.ts';
import { EventFolder, type TraceMemo } from './event-folder.ts';
import type { LineEntry } from './interpreter.ts';
import { decode, type LineReader } from './line-reader.ts';
import { LineSplitter, MAX_LINE_BYTES } from './line-splitter.ts';
import { TIME_LAYOUT, type TimeContext } from './time/layout.ts';
import { readEpochMs } from './time/read-epoch-ms.ts';
import { isDockerRecord, peelCri, peelDocker } from './wrappers.ts';

const OPEN_BRACE = 123;
const SPACE = 32;
/** Channels (containers of a compose file, say) folded apart; more share the last. */
const MAX_CHANNELS = 1_000;

/** A PEM block whose end never comes is given up after so many lines. */
const MAX_BLOCK_LINES = 200;

export interface StreamOptions {
  readonly name: string;
  readonly inBaseline: boolean;
  readonly time: TimeContext;
}

export interface Shared {
  readonly reader: LineReader;
  readonly counter: EventCounter;
  readonly traces: TraceMemo;
}

export class StreamReader {
  private readonly options: StreamOptions;
  private readonly shared: Shared;
  private readonly splitter: LineSplitter;
  private readonly folders = new Map<string, EventFolder>();
  private readonly mainFolder: EventFolder;
  private readonly partials = new Map<string, Uint8Array>();
  private readonly place: { buf: Uint8Array; start: number; end: number; line: number } = { buf: new Uint8Array(0), start: 0, end: 0, line: 0 };
  private readonly labels = new Map<LineEntry, LineEntry>();
  private scratch = new Uint8Array(0);
  private wrapper = '';
  private line = 0;
  /** Lines that an open PEM block may still have. */
  private blockLines = 0;

  constructor(options: StreamOptions, shared: Shared) {
    this.options = options;
    this.shared = shared;
    this.mainFolder = this.folderOf('');
    this.splitter = new LineSplitter({
      line: (buf, start, end) => this.readLine(buf, start, end),
      beforeReuse: () => {
        for (const folder of this.folders.values()) folder.keep();
      },
    });
  }

  write(chunk: Uint8Array): void {
    this.splitter.write(chunk);
  }

  end(): void {
    this.splitter.end();
    for (const [channel, partial] of this.partials) this.readInner(partial, 0, partial.length - 1, Number.NaN, channel);
    this.partials.clear();
    for (const folder of this.folders.values()) folder.finish();
  }

  toStream(): LogStream {
    const formats = new Map<string, number>();
    let events = 0;
    for (const folder of this.folders.values()) {
      events += folder.events;
      for (const [id, count] of folder.formats()) formats.set(id, (formats.get(id) ?? 0) + count);
    }
    return {
      name: this.options.name,
      formats: [...formats].map(([id, count]) => ({ id, events: count })).sort((a, b) => b.events - a.events || (a.id < b.id ? -1 : 1)),
      lines: this.line,
      events,
      bytes: this.splitter.bytes,
    };
  }

  get lines(): number {
    return this.line;
  }

  get cutLines(): number {
    return this.splitter.cutLines;
  }

  private folderOf(channel: string): EventFolder {
    const key = this.folders.size < MAX_CHANNELS ? channel : '';
    let folder = this.folders.get(key);
    if (folder === undefined) {
      folder = new EventFolder(this.options.name, this.options.inBaseline, this.shared.counter, this.shared.traces);
      this.folders.set(key, folder);
    }
    return folder;
  }

  private readLine(buf: Uint8Array, start: number, end: number): void {
    this.line++;
    this.wrapper = '';
    if (isBlank(buf, start, end)) {
      this.mainFolder.blank();
      return;
    }
    if (buf[start] === OPEN_BRACE) {
      if (isDockerRecord(buf, start) && this.readDocker(buf, start, end)) return;
    } else {
      const cri = peelCri(buf, start, end);
      if (cri !== null) {
        this.readCri(buf, start, end, cri);
        return;
      }
    }
    this.readInner(buf, start, end, Number.NaN, '');
  }

  private readDocker(buf: Uint8Array, start: number, end: number): boolean {
    // A fresh scratch where the open event may still point into it would show the next line's text.
    if (this.scratch.length < end - start + 16) this.scratch = new Uint8Array(Math.min(2 * MAX_LINE_BYTES, 2 * (end - start) + 1024));
    else for (const folder of this.folders.values()) folder.keep();
    const docker = peelDocker(buf, start, end, this.scratch);
    if (docker === null) return false;
    this.wrapper = 'docker+';
    const at = docker.timeAt < 0 ? Number.NaN : readEpochMs(buf, docker.timeAt, TIME_LAYOUT.iso, this.options.time);
    this.readInner(this.scratch, 0, docker.length, at, docker.stderr ? 'stderr' : 'stdout');
    return true;
  }

  private readCri(buf: Uint8Array, start: number, end: number, cri: { start: number; stderr: boolean; partial: boolean }): void {
    this.wrapper = 'cri+';
    const channel = cri.stderr ? 'stderr' : 'stdout';
    const at = readEpochMs(buf, start, TIME_LAYOUT.iso, this.options.time);
    const pending = this.partials.get(channel);
    if (pending === undefined && !cri.partial) {
      this.readInner(buf, cri.start, end, at, channel);
      return;
    }
    const joined = join(pending, buf.subarray(cri.start, end));
    if (cri.partial) {
      this.partials.set(channel, joined);
      return;
    }
    this.partials.delete(channel);
    this.readInner(joined, 0, joined.length - 1, at, channel);
  }

  /** A line as its program wrote it. `outerAt`: the wrapper's time, for lines that have none. */
  private readInner(buf: Uint8Array, start: number, end: number, outerAt: EpochMs, channel: string): void {
    const { reader } = this.shared;
    const { place } = this;
    place.buf = buf;
    place.start = start;
    place.end = end;
    place.line = this.line;
    const entry = reader.read(buf, start, end);
    const folder = entry.streamKey === null && channel === '' ? this.mainFolder : this.folderOf(entry.streamKey ?? channel);
    const inBlock = this.blockLines > 0 && folder.isOpen;
    this.blockLines = entry.block === 'begin' ? MAX_BLOCK_LINES : entry.block === 'end' ? 0 : Math.max(0, this.blockLines - 1);
    if (entry.role === 'blank') {
      folder.blank();
      return;
    }
    if (!inBlock && entry.crash !== null && entry.role !== 'event' && folder.isMilderThanError) {
      this.beginAs(entry, folder, folder.lastSeen);
      return;
    }
    if (inBlock || !folder.begins(entry.role)) {
      folder.continue(entry, reader.hash, reader.check, place);
      return;
    }
    if (entry.row === null) {
      this.beginAs(entry, folder, outerAt);
      return;
    }
    const at = reader.timeOf(entry, buf, this.options.time);
    folder.begin(this.labelled(entry), entry.row, Number.isNaN(at) ? outerAt : at, place);
    if (reader.traceHash !== 0 || entry.hasException) this.inlineException(folder);
  }

  /** A line without a header that speaks for itself: a crash, or a continuation with nothing before it. */
  private beginAs(entry: LineEntry, folder: EventFolder, at: EpochMs): void {
    const { interpreter } = this.shared.counter;
    const { buf, start, end } = this.place;
    const { tokens } = interpreter.interpret(decode(buf, start, end));
    folder.begin(this.labelled(entry), interpreter.rows.find(tokens, entry.crash ?? entry.level, entry.service), at, this.place);
  }

  private inlineException(folder: EventFolder): void {
    const { reader, counter } = this.shared;
    const { buf, start, end } = this.place;
    const key = reader.traceHash === 0 ? `${reader.hash},${reader.check}` : `t${reader.traceHash}`;
    folder.inlineException(key, () => {
      const text = counter.interpreter.interpret(decode(buf, start, end)).parsed.exception;
      return text === null ? null : counter.interpreter.exceptions.find(text);
    });
  }

  /** The entry with its wrapper in the format's name. */
  private labelled(entry: LineEntry): LineEntry {
    if (this.wrapper === '') return entry;
    let labelled = this.labels.get(entry);
    if (labelled === undefined) {
      if (this.labels.size > 10_000) this.labels.clear();
      labelled = { ...entry, format: this.wrapper + entry.format };
      this.labels.set(entry, labelled);
    }
    return labelled;
  }
}

const isBlank = (buf: Uint8Array, start: number, end: number): boolean => {
  for (let i = start; i < end; i++) if ((buf[i] as number) > SPACE) return false;
  return true;
};

/** Two pieces of one line and a line feed, bounded. */
const join = (head: Uint8Array | undefined, tail: Uint8Array): Uint8Array => {
  const before = head === undefined ? 0 : head.length - 1;
  const length = Math.min(before + tail.length, MAX_LINE_BYTES);
  const joined = new Uint8Array(length + 1);
  if (head !== undefined) joined.set(head.subarray(0, before));
  joined.set(tail.subarray(0, length - before), before);
  joined[length] = 10;
  return joined;
};
