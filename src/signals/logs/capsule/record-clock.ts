/** Do the log records keep the same time as the spans they were written in? A record lies within its span, unless one of the two clocks is off. */
import type { Spans } from '../../../domain/spans.ts';

/** Records that must be joined to a span, and the share of them that must lie outside it. */
const MIN_RECORDS = 20;
const MIN_OUTSIDE = 0.9;
/** Buffers and asynchronous writers are late by less than this. */
const MIN_OFFSET_MS = 5_000;
const MAX_LOOKED_AT = 50_000;

interface Instants {
  readonly length: number;
  at(index: number): number | undefined;
}

/** Milliseconds that the records' clock is ahead of the spans' (negative: behind); 0 where they agree or nothing tells. `runs`: of each record the index of its span, below 0 where it has none. */
export const recordClockOffset = (times: Instants, runs: Int32Array, { startMs, durationMs }: Pick<Spans, 'startMs' | 'durationMs'>): number => {
  const offsets: number[] = [];
  let outside = 0;
  const step = Math.max(1, Math.ceil(times.length / MAX_LOOKED_AT));
  for (let i = 0; i < times.length; i += step) {
    const run = runs[i] ?? -1;
    const at = times.at(i) ?? Number.NaN;
    if (run < 0 || Number.isNaN(at)) continue;
    const [start, duration] = [startMs[run] ?? 0, durationMs[run] ?? 0];
    offsets.push(at - start - duration / 2);
    if (at < start - MIN_OFFSET_MS || at > start + duration + MIN_OFFSET_MS) outside += 1;
  }
  if (offsets.length < MIN_RECORDS || outside < MIN_OUTSIDE * offsets.length) return 0;
  offsets.sort((a, b) => a - b);
  return offsets[offsets.length >> 1] ?? 0;
};
