/** Spans with their children and own time: the table that every trace signal reads, in columns of numbers. */
import type { Spans } from '../../domain/spans.ts';
import { clockSkew } from './clock-skew.ts';

export interface SpanTable {
  readonly spans: Spans;
  /** Starts, corrected where clocks disagree. */
  readonly startMs: Float64Array;
  /** Index of each span's first child, and of its next sibling; -1 at the end. */
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
  /** Milliseconds of each span that none of its children covers. */
  readonly selfMs: Float64Array;
  /** What was corrected, in sentences. */
  readonly gaps: readonly string[];
}

/** Linear apart from sorting siblings. */
export const spanTable = (spans: Spans): SpanTable => {
  const { parents, length } = spans;
  const { startMs, gaps } = clockSkew(spans);
  const firstChild = new Int32Array(length).fill(-1);
  const nextSibling = new Int32Array(length).fill(-1);
  for (let index = length - 1; index >= 0; index--) {
    const parent = parents[index] ?? -1;
    if (parent < 0) continue;
    nextSibling[index] = firstChild[parent] ?? -1;
    firstChild[parent] = index;
  }
  const selfMs = new Float64Array(length);
  const ownTime = new OwnTime(startMs, spans.durationMs, nextSibling);
  for (let index = 0; index < length; index++) selfMs[index] = ownTime.of(index, firstChild[index] ?? -1);
  return { spans, startMs, firstChild, nextSibling, selfMs, gaps };
};

/** Duration less the union of the children's intervals, clipped to the span. */
class OwnTime {
  private readonly startMs: Float64Array;
  private readonly durationMs: Float64Array;
  private readonly nextSibling: Int32Array;
  private readonly children: number[] = [];
  private readonly byStart = (a: number, b: number): number => (this.startMs[a] ?? 0) - (this.startMs[b] ?? 0);

  constructor(startMs: Float64Array, durationMs: Float64Array, nextSibling: Int32Array) {
    this.startMs = startMs;
    this.durationMs = durationMs;
    this.nextSibling = nextSibling;
  }

  of(index: number, first: number): number {
    const durationMs = this.durationMs[index] ?? 0;
    if (first < 0) return durationMs;
    const { children } = this;
    children.length = 0;
    for (let child = first; child >= 0; child = this.nextSibling[child] ?? -1) children.push(child);
    if (children.length > 1) children.sort(this.byStart);
    const startMs = this.startMs[index] ?? 0;
    const spanEnd = startMs + durationMs;
    let coveredMs = 0;
    let reached = startMs;
    for (const child of children) {
      const childStart = this.startMs[child] ?? 0;
      const start = Math.max(childStart, reached);
      const end = Math.min(childStart + (this.durationMs[child] ?? 0), spanEnd);
      if (end > start) {
        coveredMs += end - start;
        reached = end;
      }
    }
    return Math.max(0, durationMs - coveredMs);
  }
}
