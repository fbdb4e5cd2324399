/** Spans joined to their parents: the table that every trace signal reads. */
import type { Span } from '../../domain/capsule.ts';

export interface SpanTable {
  readonly spans: readonly Span[];
  /** Index of each span's parent in `spans`; -1 where it has none or the parent is missing. */
  readonly parents: Int32Array;
  /** Milliseconds of each span that none of its children covers. */
  readonly selfMs: Float64Array;
  /** Spans that name a parent that is not in the capsule. */
  readonly orphans: number;
}

/** Joins within each trace (span ids need to be unique only there). Linear apart from sorting siblings. */
export const spanTable = (spans: readonly Span[]): SpanTable => {
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
  return { spans, parents, selfMs: selfTimes(spans, parents), orphans };
};

const byTrace = (spans: readonly Span[]): Iterable<readonly number[]> => {
  const traces = new Map<string, number[]>();
  spans.forEach((span, index) => {
    const members = traces.get(span.traceId);
    if (members === undefined) traces.set(span.traceId, [index]);
    else members.push(index);
  });
  return traces.values();
};

/** Duration less the union of the children's intervals, clipped to the span. */
const selfTimes = (spans: readonly Span[], parents: Int32Array): Float64Array => {
  const children = new Map<number, number[]>();
  parents.forEach((parent, index) => {
    if (parent < 0) return;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [index]);
    else siblings.push(index);
  });
  const selfMs = Float64Array.from(spans, (span) => span.durationMs);
  for (const [parent, siblings] of children) {
    const span = spans[parent];
    if (span !== undefined) selfMs[parent] = Math.max(0, span.durationMs - covered(span, siblings, spans));
  }
  return selfMs;
};

const covered = (parent: Span, siblings: number[], spans: readonly Span[]): number => {
  siblings.sort((a, b) => (spans[a]?.startMs ?? 0) - (spans[b]?.startMs ?? 0));
  const parentEnd = parent.startMs + parent.durationMs;
  let coveredMs = 0;
  let reached = parent.startMs;
  for (const index of siblings) {
    const child = spans[index];
    if (child === undefined) continue;
    const start = Math.max(child.startMs, reached);
    const end = Math.min(child.startMs + child.durationMs, parentEnd);
    if (end > start) {
      coveredMs += end - start;
      reached = end;
    }
  }
  return coveredMs;
};
