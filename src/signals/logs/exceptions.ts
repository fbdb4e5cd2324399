/** Exceptions by fingerprint: the chain of types, the innermost message masked, the top frames of own code. */
import type { LogException } from '../../domain/log-summary.ts';
import type { EpochMs } from '../../domain/time.ts';
import { fingerprint } from '../../shared/hash.ts';
import { type KnownFrame, parseException } from './formats/fold.ts';

/** Own frames that tell one failure from another; deeper ones differ by caller. */
const OWN_FRAMES = 3;
const MAX_EXCEPTIONS = 4_000;
const MAX_SERVICES = 50;

/** A copy: a part of a string keeps the whole of it in memory. */
const detached = (text: string): string => Buffer.from(text).toString();

export class ExceptionRow {
  readonly fingerprint: string;
  readonly types: readonly string[];
  readonly message: string;
  readonly frames: readonly string[];
  count = 0;
  first = Number.POSITIVE_INFINITY;
  last = Number.NEGATIVE_INFINITY;
  readonly services = new Map<string, number>();

  constructor(id: string, types: readonly string[], message: string, frames: readonly string[]) {
    this.fingerprint = id;
    this.types = types;
    this.message = message;
    this.frames = frames;
  }

  add(at: EpochMs, service: string | null): void {
    this.count++;
    if (at < this.first) this.first = at;
    if (at > this.last) this.last = at;
    if (service !== null && (this.services.size < MAX_SERVICES || this.services.has(service))) {
      this.services.set(service, (this.services.get(service) ?? 0) + 1);
    }
  }
}

export class ExceptionTable {
  /** Exceptions beyond the table's room; their events are counted under their pattern all the same. */
  dropped = 0;
  private readonly rows = new Map<string, ExceptionRow>();
  private readonly tokensOf: (message: string) => readonly string[];

  /** @param tokensOf a message, masked and tokenised */
  constructor(tokensOf: (message: string) => readonly string[]) {
    this.tokensOf = tokensOf;
  }

  /** The exception in an event's text (header and continuation lines, known frames as `parseException` takes them); null where there is none. */
  find(text: string, known: readonly KnownFrame[] = []): ExceptionRow | null {
    const parsed = parseException(text, known);
    if (parsed === null) return null;
    const message = this.tokensOf(parsed.message).join('');
    const own = parsed.frames.filter((frame) => frame.own).slice(0, OWN_FRAMES);
    const frames = (own.length > 0 ? own : parsed.frames.slice(0, 1)).map((frame) => frame.text.replace(/\d+/g, '<*>'));
    const id = `x_${fingerprint([parsed.types.join('>'), message, ...frames].join('\n'))}`;
    const found = this.rows.get(id);
    if (found !== undefined) return found;
    if (this.rows.size >= MAX_EXCEPTIONS) {
      this.dropped++;
      return null;
    }
    const row = new ExceptionRow(id, parsed.types.map(detached), detached(message), frames.map(detached));
    this.rows.set(id, row);
    return row;
  }

  /** Adds what another table counted under one fingerprint. */
  absorb(exception: LogException): void {
    let row = this.rows.get(exception.fingerprint);
    if (row === undefined) {
      if (this.rows.size >= MAX_EXCEPTIONS) {
        this.dropped++;
        return;
      }
      row = new ExceptionRow(exception.fingerprint, exception.types, exception.message, exception.frames);
      this.rows.set(exception.fingerprint, row);
    }
    row.count += exception.count;
    row.first = Math.min(row.first, exception.firstSeen ?? Number.POSITIVE_INFINITY);
    row.last = Math.max(row.last, exception.lastSeen ?? Number.NEGATIVE_INFINITY);
    for (const [service, count] of Object.entries(exception.services)) row.services.set(service, (row.services.get(service) ?? 0) + count);
  }

  toList(): LogException[] {
    return [...this.rows.values()]
      .filter((row) => row.count > 0)
      .map((row) => ({
        fingerprint: row.fingerprint,
        types: row.types,
        message: row.message,
        frames: row.frames,
        count: row.count,
        firstSeen: Number.isFinite(row.first) ? row.first : null,
        lastSeen: Number.isFinite(row.last) ? row.last : null,
        services: Object.fromEntries([...row.services].sort(([a], [b]) => (a < b ? -1 : 1))),
      }))
      .sort((a, b) => b.count - a.count || (a.fingerprint < b.fingerprint ? -1 : 1));
  }
}
