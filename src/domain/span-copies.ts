/** Exporters deliver at least once: the same span may come twice, and its copy would be a run without children. */
import { SpanBuilder, type Spans, spanKeyOf } from './spans.ts';

/** Indices of spans that another with the same ids, service, operation and start precedes. Client and server may share an id (Zipkin): they differ in the rest. */
const copiesIn = ({ length, traceKeys, spanKeys, services, operations, startMs }: Spans): ReadonlySet<number> => {
  const first = new Map<number, number>();
  const copies = new Set<number>();
  for (let i = 0; i < length; i++) {
    const key = spanKeyOf(traceKeys[i] ?? 0, spanKeys[i] ?? 0);
    const other = first.get(key);
    if (other === undefined) first.set(key, i);
    else if (services[i] === services[other] && operations[i] === operations[other] && startMs[i] === startMs[other]) copies.add(i);
  }
  return copies;
};

/** The spans without copies, in their order; the very same where there is none. */
export const withoutCopies = (spans: Spans): Spans => {
  const copies = copiesIn(spans);
  return copies.size === 0 ? spans : selectedSpans(spans, [...spans.startMs.keys()].filter((index) => !copies.has(index)));
};

/** The spans of these indices, in their order, joined anew; who lost the parent is an orphan. */
export const selectedSpans = (spans: Spans, indices: Iterable<number>): Spans => {
  const builder = new SpanBuilder();
  for (const i of indices) {
    const parent = spans.parents[i] ?? -1;
    builder.add({
      traceKey: spans.traceKeys[i] ?? 0, spanKey: spans.spanKeys[i] ?? 0, parentKey: parent < 0 ? 0 : (spans.spanKeys[parent] ?? 0), operation: spans.operations[i] ?? 0,
      service: spans.services[i] ?? 0, pod: spans.pods[i] ?? -1, startMs: spans.startMs[i] ?? 0, durationMs: spans.durationMs[i] ?? 0, failed: spans.failed[i] === 1, peer: -1,
    });
  }
  const selected = builder.finish(spans.names);
  // Whose parent was missing before is not known any more, only how many they were.
  return { ...selected, orphans: selected.orphans + Math.round((spans.orphans * selected.length) / Math.max(1, spans.length)) };
};
