/** Half of the spans of a capsule, as lossy tracing leaves them. */
import type { Spans } from '../src/domain/spans.ts';
import { SpanBuilder } from '../src/domain/spans.ts';

export const everyOtherSpan = (spans: Spans): Spans => {
  const builder = new SpanBuilder();
  for (let i = 0; i < spans.length; i += 2) {
    const parent = spans.parents[i] ?? -1;
    builder.add({
      traceKey: spans.traceKeys[i] ?? 0, spanKey: spans.spanKeys[i] ?? 0, parentKey: parent < 0 ? 0 : (spans.spanKeys[parent] ?? 0), operation: spans.operations[i] ?? 0,
      service: spans.services[i] ?? 0, pod: spans.pods[i] ?? -1, startMs: spans.startMs[i] ?? 0, durationMs: spans.durationMs[i] ?? 0, failed: spans.failed[i] === 1,
    });
  }
  return builder.finish(spans.names);
};
