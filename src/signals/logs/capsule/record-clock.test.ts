import { describe, expect, it } from 'vitest';
import { recordClockOffset } from './record-clock.ts';

const SPANS = { startMs: Float64Array.from({ length: 40 }, (_, i) => i * 1000), durationMs: new Float64Array(40).fill(100) };
const RUNS = Int32Array.from({ length: 40 }, (_, i) => i);
const recordsAt = (offsetMs: number, count = 40): Float64Array => Float64Array.from({ length: count }, (_, i) => i * 1000 + 50 + offsetMs);

describe('the clock of the log records', () => {
  it.each([[0, 0], [2000, 0], [120_000, 120_000], [-120_000, -120_000]])('%d ms from the spans is told as %d', (offset, told) => {
    expect(recordClockOffset(recordsAt(offset), RUNS, SPANS)).toBe(told);
  });

  it('is not judged by a few records, by some of them, or without spans', () => {
    expect(recordClockOffset(recordsAt(120_000, 10), RUNS, SPANS)).toBe(0);
    expect(recordClockOffset(recordsAt(0).map((at, i) => (i % 2 === 0 ? at : at + 120_000)), RUNS, SPANS)).toBe(0);
    expect(recordClockOffset(recordsAt(120_000), new Int32Array(40).fill(-1), SPANS)).toBe(0);
  });
});
