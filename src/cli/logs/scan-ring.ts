/** Blocks that go round between the thread that scans them and the one that reads them, by two counters. */
import type { BlockPool, ScannedBlock } from '../../signals/logs/block-scanner.ts';
import type { LineScanner } from '../../signals/logs/line-scanner.ts';
import { type BlockPlaces, blockPlaces } from '../../signals/logs/scan-memory.ts';
import type { InputReading } from '../input/read-input.ts';

/** Enough that neither thread waits for a short stop of the other; a block and its table fit the processor's cache. */
const RING_BLOCKS = 12;
/** The memory's first block is what the reading thread uses for itself. */
export const MEMORY_BLOCKS = RING_BLOCKS + 1;

const PLACES = Array.from({ length: RING_BLOCKS }, (_, block) => blockPlaces(block + 1));

/** Blocks ever filled and ever freed, and whether the writer sleeps; then a record a block. */
const FILLED = 0;
const FREED = 1;
const SLEEPS = 2;
const RECORDS = 3;
/** To wake a thread takes as long as to read some lines: the writer is let sleep until so few blocks are unread. */
const FEW_UNREAD = RING_BLOCKS / 2;
const FIELD = { endsFile: 0, lines: 1, cutLines: 2, bytes: 3, storedBytes: 4 } as const;
const FIELDS = 5;

export const createRingControl = (): Int32Array<SharedArrayBuffer> => new Int32Array(new SharedArrayBuffer((RECORDS + RING_BLOCKS * FIELDS) * 4));

/** Where the block is that is the `count`-th to go round, and where its record. */
const placesAt = (count: number): BlockPlaces => PLACES[count % RING_BLOCKS] as BlockPlaces;
const recordAt = (count: number): number => RECORDS + (count % RING_BLOCKS) * FIELDS;

export class RingWriter implements BlockPool {
  private readonly control: Int32Array;
  private readonly scanner: LineScanner;
  private filled = 0;
  private storedBytes = 0;

  constructor(control: Int32Array, scanner: LineScanner) {
    this.control = control;
    this.scanner = scanner;
  }

  /** Waits while all blocks are unread. */
  free(): BlockPlaces {
    while (this.filled - Atomics.load(this.control, FREED) >= RING_BLOCKS) {
      Atomics.store(this.control, SLEEPS, 1);
      // Who frees a block now sees that, or has freed it: nobody sleeps for good.
      if (this.filled - Atomics.load(this.control, FREED) >= RING_BLOCKS) Atomics.wait(this.control, SLEEPS, 1);
    }
    return placesAt(this.filled);
  }

  scanned({ lines, cutLines, bytes }: ScannedBlock): void {
    this.publish([0, lines, cutLines, bytes, this.storedBytes]);
    this.storedBytes = 0;
  }

  /** Bytes read of the file as it is stored. */
  stored(bytes: number): void {
    this.storedBytes += bytes;
  }

  /** How the reading of the file ended takes the place of a text. */
  endFile(reading: InputReading): void {
    const bytes = Buffer.from(JSON.stringify(reading));
    this.scanner.bytes.set(bytes, this.free().text);
    this.publish([1, 0, 0, bytes.length, this.storedBytes]);
    this.storedBytes = 0;
  }

  private publish(record: readonly number[]): void {
    this.control.set(record, recordAt(this.filled));
    this.filled++;
    Atomics.store(this.control, FILLED, this.filled);
    Atomics.notify(this.control, FILLED);
  }
}

export interface RingItem {
  readonly block: ScannedBlock;
  /** How the file ended, instead of lines. */
  readonly end: InputReading | null;
  /** Bytes read of the file as it is stored, since the item before. */
  readonly storedBytes: number;
}

export class RingReader {
  private readonly control: Int32Array;
  private readonly scanner: LineScanner;
  private freed = 0;

  constructor(control: Int32Array, scanner: LineScanner) {
    this.control = control;
    this.scanner = scanner;
  }

  /** The next item, which is the reader's until {@link release}; null where none came in time. */
  next(timeoutMs: number): RingItem | null {
    if (Atomics.load(this.control, FILLED) === this.freed) Atomics.wait(this.control, FILLED, this.freed, timeoutMs);
    if (Atomics.load(this.control, FILLED) === this.freed) return null;
    const at = recordAt(this.freed);
    const field = (name: keyof typeof FIELD): number => this.control[at + FIELD[name]] as number;
    const places = placesAt(this.freed);
    const block = { places, lines: field('lines'), cutLines: field('cutLines'), bytes: field('bytes') };
    const end = field('endsFile') === 0 ? null : (JSON.parse(this.scanner.decode(places.text, places.text + block.bytes)) as InputReading);
    return { block, end, storedBytes: field('storedBytes') };
  }

  release(): void {
    this.freed++;
    Atomics.store(this.control, FREED, this.freed);
    if (Atomics.load(this.control, SLEEPS) === 0 || Atomics.load(this.control, FILLED) - this.freed > FEW_UNREAD) return;
    Atomics.store(this.control, SLEEPS, 0);
    Atomics.notify(this.control, SLEEPS);
  }
}
