/**
 * A ledger that processes share: one file a UTC day, one line of JSON an entry, only ever appended to (`O_APPEND`, so that lines
 * of several writers do not mix on a local disk).
 *
 * No lock is needed to stay under a cap together. A process first appends what it wants to set aside, then reads on up to its
 * own line: everybody sees the same order, and whoever no longer fits there withdraws. Of all that were granted the one that
 * stands last saw all the others, so together they fit. A process that dies leaves its line: its call may be on the bill, so it
 * counts in full until the day ends.
 */
import { appendFileSync, closeSync, mkdirSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { EpochMs } from '../../domain/time.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import { isObject, parseObject } from '../../shared/json-fields.ts';
import { DayBook, type Hold, type Spending, type SpendingLimits } from './day-book.ts';
import { byDay, type Ledger, newHoldId } from './ledger.ts';

const CHUNK_BYTES = 1 << 16;
const LINE_FEED = 0x0a;

const isAmount = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;

const isSpending = (value: unknown): value is Spending => isObject(value) && isAmount(value['costUsd']) && typeof value['incident'] === 'string' && typeof value['at'] === 'number';

const isHold = (value: unknown): value is Hold => isObject(value) && isAmount(value['usd']) && typeof value['incident'] === 'string' && typeof value['id'] === 'string';

/** Reads a file that others append to, whole lines only, each once. */
class LineFollower {
  private readonly path: string;
  private offset = 0;

  constructor(path: string) {
    this.path = path;
  }

  /** The new lines; none where the file is not there yet. */
  next(): readonly string[] {
    let file: number;
    try {
      file = openSync(this.path, 'r');
    } catch {
      return [];
    }
    try {
      const bytes = this.readOn(file);
      const end = bytes.lastIndexOf(LINE_FEED) + 1;
      this.offset += end;
      return bytes.subarray(0, end).toString('utf8').split('\n').filter((line) => line !== '');
    } finally {
      closeSync(file);
    }
  }

  private readOn(file: number): Buffer {
    const chunks: Buffer[] = [];
    for (let at = this.offset; ; ) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const size = readSync(file, chunk, 0, CHUNK_BYTES, at);
      if (size === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, size));
      at += size;
    }
  }
}

interface Wanted {
  readonly hold: Hold;
  readonly limits: SpendingLimits;
}

/** One day's file and what it says so far. */
class DayFile {
  readonly book = new DayBook();
  private readonly path: string;
  private readonly follower: LineFollower;

  constructor(folder: string, day: string) {
    this.path = join(folder, `${day}.ndjson`);
    this.follower = new LineFollower(this.path);
  }

  /** True where `wanted` fits at the place where it stands in the file. */
  readOn(wanted: Wanted | null = null): boolean {
    let fits = false;
    for (const line of this.follower.next()) {
      const entry = parseObject(line);
      const hold = entry?.['hold'];
      if (isHold(hold)) {
        if (wanted !== null && hold.id === wanted.hold.id) fits = this.book.fits(hold, wanted.limits);
        this.book.hold(hold);
      }
      if (typeof entry?.['ends'] === 'string') this.book.release(entry['ends']);
      if (isSpending(entry?.['spent'])) this.book.spend(entry['spent']);
    }
    return fits;
  }

  /** Begins with a line end: a line that a dying process left unfinished must not swallow this one. */
  append(entry: Readonly<Record<string, unknown>>): void {
    appendFileSync(this.path, `\n${JSON.stringify(entry)}\n`);
  }
}

const cannotWrite = (folder: string, error: unknown): AppError =>
  new AppError({ code: 'config_invalid', message: `cannot write to ${folder}: ${messageOf(error)}`, hint: 'Set models.folder to a folder that can be written, or leave it out.' });

/** @throws AppError `config_invalid` */
export const fileLedger = (root: string): Ledger => {
  const folder = join(root, 'spend');
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw cannotWrite(folder, error);
  }
  const fileAt = byDay((day) => new DayFile(folder, day));
  const bookAt = (at: EpochMs): DayBook => {
    const today = fileAt(at);
    today.readOn();
    return today.book;
  };
  return {
    hold: (at, request, limits) => {
      const hold = { ...request, id: newHoldId() };
      if (!bookAt(at).fits(hold, limits)) return null;
      const today = fileAt(at);
      try {
        today.append({ hold });
      } catch (error) {
        // Money that cannot be recorded is not spent.
        throw cannotWrite(folder, error);
      }
      if (today.readOn({ hold, limits })) return hold.id;
      today.append({ ends: hold.id });
      return null;
    },
    settle: (at, id, spending) => {
      try {
        fileAt(at).append({ ends: id, ...(spending === null ? {} : { spent: spending }) });
      } catch {
        // The hold stays, which counts the most the call can have cost.
      }
    },
    spentUsd: (at, incident) => (incident === undefined ? bookAt(at).spentUsd : bookAt(at).spentOn(incident)),
    heldUsd: (at) => bookAt(at).heldUsd(),
    entries: (at) => bookAt(at).entries,
  };
};
