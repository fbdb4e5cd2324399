/** One input stream: bytes ► lines ► (unwrapped) ► meaning ► events. */
import type { LogStream } from '../../domain/log-summary.ts';
import type { EpochMs } from '../../domain/time.ts';
import { BlockScanner, type ScannedBlock } from './block-scanner.ts';
import type { EventCounter } from './counter.ts';
import { EventFolder, type LinePlace, type TraceMemo } from './event-folder.ts';
import type { LineEntry } from './interpreter.ts';
import type { LineReader } from './line-reader.ts';
import { COLUMN, LINE, type LineScanner } from './line-scanner.ts';
import { blockPlaces, MAX_LINE_BYTES } from './scan-memory.ts';
import { TIME_LAYOUT, type TimeContext } from './time/layout.ts';
import { readEpochMs } from './time/read-epoch-ms.ts';

const LINE_FEED = 10;
/** Channels (containers of a compose file, say) folded apart; more share the last. */
const MAX_CHANNELS = 1_000;

const OWN_BLOCK = blockPlaces(0);

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
  private readonly scanner: LineScanner;
  /** Scans what is written here; blocks that another thread scanned come ready. */
  private readonly blocks: BlockScanner;
  private readonly folders = new Map<string, EventFolder>();
  private readonly mainFolder: EventFolder;
  /** Beginnings of container lines that go on, by channel. */
  private readonly partials = new Map<string, Uint8Array>();
  private readonly place: { -readonly [K in keyof LinePlace]: LinePlace[K] } = { start: 0, end: 0, line: 0, wrapper: '' };
  /** Lines of which only the first {@link MAX_LINE_BYTES} were read. */
  cutLines = 0;
  private bytes = 0;
  private row = 0;
  private line = 0;
  /** Lines that an open PEM block may still have. */
  private blockLines = 0;

  constructor(options: StreamOptions, shared: Shared) {
    this.options = options;
    this.shared = shared;
    this.scanner = shared.reader.scanner;
    this.mainFolder = this.folderOf('');
    this.blocks = new BlockScanner(this.scanner, { free: () => OWN_BLOCK, scanned: (block) => this.take(block) });
  }

  write(chunk: Uint8Array): void {
    this.blocks.write(chunk);
  }

  /** Reads the lines of a block; when it returns, the block may be used again. */
  take({ places, lines, cutLines, bytes }: ScannedBlock): void {
    this.bytes += bytes;
    this.cutLines += cutLines;
    for (let index = 0; index < lines; index++) this.readLine(this.bounded(this.scanner.rowOf(places, index)));
    this.keepOpen();
  }

  end(): void {
    this.blocks.end();
    for (const [channel, partial] of this.partials) this.readInner(this.scanPut(partial), Number.NaN, channel);
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
      bytes: this.bytes,
    };
  }

  get lines(): number {
    return this.line;
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

  private readLine(row: number): void {
    this.line++;
    const { words } = this.scanner;
    const flags = words[row + COLUMN.flags] as number;
    const { place } = this;
    place.wrapper = '';
    if ((flags & (LINE.blank | LINE.docker | LINE.cri)) === 0) this.readInner(row, Number.NaN, '');
    else if ((flags & LINE.blank) !== 0) this.mainFolder.blank();
    else if ((flags & LINE.cri) !== 0) this.readCri(row, flags);
    else {
      place.wrapper = 'docker+';
      this.readInner(row, this.outerTime(row), channelOf(flags));
    }
  }

  /** The row, or that of the line's beginning where it is longer than may be read. */
  private bounded(row: number): number {
    const { words } = this.scanner;
    const start = words[row + COLUMN.start] as number;
    // A Docker record of more is none.
    if (((words[row + COLUMN.flags] as number) & (LINE.blank | LINE.docker)) !== 0 || (words[row + COLUMN.end] as number) - start <= MAX_LINE_BYTES) return row;
    this.cutLines++;
    return this.scanner.scanOne(start, start + MAX_LINE_BYTES);
  }

  /** The time that a container runtime wrote in front of or behind the line; NaN where it has none. */
  private outerTime(row: number): EpochMs {
    const at = this.scanner.words[row + COLUMN.outerTime] as number;
    return at === 0 ? Number.NaN : readEpochMs(this.scanner.bytes, at, TIME_LAYOUT.iso, this.options.time);
  }

  private readCri(row: number, flags: number): void {
    this.place.wrapper = 'cri+';
    const { scanner } = this;
    const { words } = scanner;
    const channel = channelOf(flags);
    const at = this.outerTime(row);
    const isPartial = (flags & LINE.partial) !== 0;
    const pending = this.partials.get(channel);
    if (pending === undefined && !isPartial) {
      this.readInner(row, at, channel);
      return;
    }
    const joined = join(pending, scanner.bytes.subarray(words[row + COLUMN.inner], words[row + COLUMN.end]));
    if (isPartial) {
      this.partials.set(channel, joined);
      return;
    }
    this.partials.delete(channel);
    this.readInner(this.scanPut(joined), at, channel);
  }

  /** The row of a line put together from several. */
  private scanPut(line: Uint8Array): number {
    const { scanner } = this;
    this.keepOpen();
    scanner.bytes.set(line, scanner.scratchStart);
    scanner.bytes[scanner.scratchStart + line.length] = LINE_FEED;
    return scanner.scanOne(scanner.scratchStart, scanner.scratchStart + line.length);
  }

  /** What open events have in the scanner's memory is about to be overwritten. */
  private keepOpen(): void {
    for (const folder of this.folders.values()) folder.keep();
  }

  /** A line as its program wrote it. `outerAt`: the wrapper's time, for lines that have none. */
  private readInner(row: number, outerAt: EpochMs, channel: string): void {
    const { reader } = this.shared;
    const { place } = this;
    const { words } = this.scanner;
    this.row = row;
    place.start = words[row + COLUMN.inner] as number;
    place.end = words[row + COLUMN.end] as number;
    place.line = this.line;
    const entry = reader.read(row);
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
    if (inBlock || !folder.begins(entry)) {
      folder.continue(entry, words[row + COLUMN.hash] as number, words[row + COLUMN.check] as number, place);
      return;
    }
    if (entry.row === null) {
      this.beginAs(entry, folder, outerAt);
      return;
    }
    const at = reader.timeOf(entry, row, this.options.time);
    folder.begin(entry, entry.row, Number.isNaN(at) ? outerAt : at, place);
    if (entry.hasException || words[row + COLUMN.trace] !== 0) this.inlineException(folder);
  }

  /** A line without a header that speaks for itself: a crash, or a continuation with nothing before it. */
  private beginAs(entry: LineEntry, folder: EventFolder, at: EpochMs): void {
    const { interpreter } = this.shared.counter;
    const { tokens } = interpreter.interpret(this.scanner.decode(this.place.start, this.place.end));
    folder.begin(entry, interpreter.rows.find(tokens, entry.crash ?? entry.level, entry.service), at, this.place);
  }

  private inlineException(folder: EventFolder): void {
    const { interpreter } = this.shared.counter;
    const { row } = this;
    const { words } = this.scanner;
    const trace = words[row + COLUMN.trace] as number;
    const key = trace === 0 ? `${words[row + COLUMN.hash]},${words[row + COLUMN.check]}` : `t${trace}`;
    folder.inlineException(key, () => {
      const text = interpreter.interpret(this.scanner.decode(this.place.start, this.place.end)).parsed.exception;
      return text === null ? null : interpreter.exceptions.find(text);
    });
  }
}

const channelOf = (flags: number): string => ((flags & LINE.stderr) === 0 ? 'stdout' : 'stderr');

/** Two pieces of one line, bounded. */
const join = (head: Uint8Array | undefined, tail: Uint8Array): Uint8Array => {
  if (head === undefined) return tail.slice();
  const joined = new Uint8Array(Math.min(head.length + tail.length, MAX_LINE_BYTES));
  joined.set(head);
  joined.set(tail.subarray(0, joined.length - head.length), head.length);
  return joined;
};
