/** Spans joined to their parents: the table that every trace signal reads. Columns of numbers, since there may be half a million. */
import type { Span } from '../../domain/capsule.ts';
import { clockSkew } from './clock-skew.ts';

export interface SpanTable {
  /** Times corrected where clocks disagree. */
  readonly spans: readonly Span[];
  /** Index of each span's parent in `spans`; -1 where it has none or the parent is missing. */
  readonly parents: Int32Array;
  /** Index of each span's first child, and of its next sibling; -1 at the end. */
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
  /** Milliseconds of each span that none of its children covers. */
  readonly selfMs: Float64Array;
  /** Spans that name a parent that is not in the capsule. */
  readonly orphans: number;
  /** What was corrected, in sentences. */
  readonly gaps: readonly string[];
}

/** Joins within each trace (span ids need to be unique only there). Linear apart from sorting siblings. */
export const spanTable = (recorded: readonly Span[]): SpanTable => {
  const { parents, orphans } = joinParents(recorded);
  const { offsetOf, gaps } = clockSkew(recorded, parents);
  const spans = gaps.length === 0 ? recorded : recorded.map((span) => withStart(span, span.startMs + offsetOf(span)));
  const firstChild = new Int32Array(spans.length).fill(-1);
  const nextSibling = new Int32Array(spans.length).fill(-1);
  for (let index = spans.length - 1; index >= 0; index--) {
    const parent = parents[index] ?? -1;
    if (parent < 0) continue;
    nextSibling[index] = firstChild[parent] ?? -1;
    firstChild[parent] = index;
  }
  const selfMs = Float64Array.from(spans, (span, index) => selfTime(span, spans, firstChild[index] ?? -1, nextSibling));
  return { spans, parents, firstChild, nextSibling, selfMs, orphans, gaps };
};

const withStart = (span: Span, startMs: number): Span => (startMs === span.startMs ? span : { ...span, startMs });

const joinParents = (spans: readonly Span[]): { readonly parents: Int32Array; readonly orphans: number } => {
  const parents = new Int32Array(spans.length).fill(-1);
  let orphans = 0;
  for (const members of byTrace(spans)) {
    const ids = new Map<string, number>();
    for (const index of members) {
      const span = spans[index];
      if (span !== undefined && !ids.has(span.spanId)) ids.set(span.spanId, index);
    }
    for (const index of members) {
      const parentId = spans[index]?.parentSpanId ?? null;
      if (parentId === null) continue;
      const parent = ids.get(parentId);
      if (parent === undefined || parent === index) orphans += 1;
      else parents[index] = parent;
    }
  }
  return { parents, orphans };
};

/** Indices of the spans of one trace at a time, by counting sort. */
function* byTrace(spans: readonly Span[]): Generator<Int32Array> {
  const numbers = new Map<string, number>();
  const traceOf = Int32Array.from(spans, ({ traceId }) => {
    const number = numbers.get(traceId) ?? numbers.size;
    if (number === numbers.size) numbers.set(traceId, number);
    return number;
  });
  const ends = new Int32Array(numbers.size + 1);
  for (const trace of traceOf) ends[trace + 1] = (ends[trace + 1] ?? 0) + 1;
  for (let trace = 1; trace < ends.length; trace++) ends[trace] = (ends[trace] ?? 0) + (ends[trace - 1] ?? 0);
  const members = new Int32Array(spans.length);
  const filled = ends.slice();
  traceOf.forEach((trace, index) => {
    const at = filled[trace] ?? 0;
    members[at] = index;
    filled[trace] = at + 1;
  });
  for (let trace = 0; trace < numbers.size; trace++) yield members.subarray(ends[trace] ?? 0, ends[trace + 1] ?? 0);
}

/** Duration less the union of the children's intervals, clipped to the span. */
const selfTime = (span: Span, spans: readonly Span[], first: number, nextSibling: Int32Array): number => {
  if (first < 0) return span.durationMs;
  const children: Span[] = [];
  for (let index = first; index >= 0; index = nextSibling[index] ?? -1) {
    const child = spans[index];
    if (child !== undefined) children.push(child);
  }
  if (children.length > 1) children.sort((a, b) => a.startMs - b.startMs);
  const spanEnd = span.startMs + span.durationMs;
  let coveredMs = 0;
  let reached = span.startMs;
  for (const child of children) {
    const start = Math.max(child.startMs, reached);
    const end = Math.min(child.startMs + child.durationMs, spanEnd);
    if (end > start) {
      coveredMs += end - start;
      reached = end;
    }
  }
  return Math.max(0, span.durationMs - coveredMs);
};
