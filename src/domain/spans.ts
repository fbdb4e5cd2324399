/** Spans in columns, joined to their parents: half a million of them are 25 MB of numbers instead of 200 MB of objects. */
import { hashPair, hashText } from '../shared/byte-hash.ts';
import { byteColumn, floatColumn, intColumn } from '../shared/column.ts';
import { KeyIndex } from '../shared/key-index.ts';

export type SpanStatus = 'OK' | 'ERROR' | 'UNSET';

/** One span as a value. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  /** Null for a root. */
  readonly parentSpanId: string | null;
  readonly name: string;
  /** Empty where the span names none. */
  readonly service: string;
  readonly pod: string | null;
  /** Epoch milliseconds with fraction (about 0.2 microseconds exact). */
  readonly startMs: number;
  /** >= 0. */
  readonly durationMs: number;
  readonly status: SpanStatus;
}

/** All columns are as long as `length`. Ids are kept as numbers (`byte-hash.ts`). */
export interface Spans {
  readonly length: number;
  /** Texts that the next three columns number. */
  readonly names: readonly string[];
  readonly operations: Int32Array;
  /** A service without a name is the empty text. */
  readonly services: Int32Array;
  /** -1 where there is none. */
  readonly pods: Int32Array;
  readonly startMs: Float64Array;
  readonly durationMs: Float64Array;
  /** 1 where the status is ERROR. */
  readonly failed: Uint8Array;
  readonly traceKeys: Float64Array;
  readonly spanKeys: Float64Array;
  /** Index of the parent, of the same trace; -1 where there is none or it is missing. */
  readonly parents: Int32Array;
  /** Spans that name a parent that is not among them. */
  readonly orphans: number;
}

/** A span on its way into a builder: ids as numbers of `byte-hash.ts` (`parentKey` 0 for a root), names as numbers of the builder's. */
export interface SpanDraft {
  traceKey: number;
  spanKey: number;
  parentKey: number;
  operation: number;
  service: number;
  pod: number;
  startMs: number;
  durationMs: number;
  failed: boolean;
  /** Whom a client's span says that it called; -1 where it says nothing. */
  peer: number;
}

/** Span ids need to be unique only within a trace: the key of a span among all. */
export const spanKeyOf = (traceKey: number, spanKey: number): number => hashPair(traceKey, spanKey);

export class SpanBuilder {
  private readonly operations = intColumn();
  private readonly services = intColumn();
  private readonly pods = intColumn();
  private readonly startMs = floatColumn();
  private readonly durationMs = floatColumn();
  private readonly failed = byteColumn();
  private readonly traceKeys = floatColumn();
  private readonly spanKeys = floatColumn();
  private readonly parentKeys = floatColumn();
  private readonly peers = intColumn();

  get length(): number {
    return this.operations.length;
  }

  /** `draft` may be used again for the next. */
  add(draft: SpanDraft): void {
    this.operations.push(draft.operation);
    this.services.push(draft.service);
    this.pods.push(draft.pod);
    this.startMs.push(draft.startMs);
    this.durationMs.push(draft.durationMs);
    this.failed.push(draft.failed ? 1 : 0);
    this.traceKeys.push(draft.traceKey);
    this.spanKeys.push(draft.spanKey);
    this.parentKeys.push(draft.parentKey);
    this.peers.push(draft.peer);
  }

  /**
   * Calls of somebody who records no spans (databases, providers) get a span of that somebody, as long as the client waited. What is drawn so is what
   * service graphs call a virtual node. A client whose call was answered by a recorded span needs none.
   */
  private addPeers(parents: Int32Array): void {
    const count = this.length;
    const answered = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      const parent = parents[i] ?? -1;
      if (parent >= 0 && this.services.at(i) !== this.services.at(parent)) answered[parent] = 1;
    }
    for (let i = 0; i < count; i++) {
      const peer = this.peers.at(i);
      if (peer < 0 || answered[i] === 1 || peer === this.services.at(i)) continue;
      const spanKey = this.spanKeys.at(i);
      this.add({
        traceKey: this.traceKeys.at(i), spanKey: spanKeyOf(spanKey, peer + 1), parentKey: spanKey, operation: this.operations.at(i), service: peer, pod: -1, startMs: this.startMs.at(i),
        durationMs: this.durationMs.at(i), failed: this.failed.at(i) === 1, peer: -1,
      });
    }
  }

  /** Joins every span to its parent. Of several spans with one id the first counts. */
  finish(names: readonly string[]): Spans {
    const recorded = this.join();
    const count = this.length;
    this.addPeers(recorded.parents);
    return this.columns(names, this.length === count ? recorded : this.join());
  }

  private join(): Pick<Spans, 'traceKeys' | 'spanKeys' | 'parents' | 'orphans'> {
    const traceKeys = this.traceKeys.filled();
    const spanKeys = this.spanKeys.filled();
    const index = new KeyIndex(this.length);
    for (let i = 0; i < this.length; i++) index.add(spanKeyOf(traceKeys[i] ?? 0, spanKeys[i] ?? 0), i);
    const parents = new Int32Array(this.length).fill(-1);
    let orphans = 0;
    for (let i = 0; i < this.length; i++) {
      const parentKey = this.parentKeys.at(i);
      if (parentKey === 0) continue;
      const parent = index.get(spanKeyOf(traceKeys[i] ?? 0, parentKey));
      if (parent < 0 || parent === i) orphans += 1;
      else parents[i] = parent;
    }
    return { traceKeys, spanKeys, parents, orphans };
  }

  private columns(names: readonly string[], { traceKeys, spanKeys, parents, orphans }: Pick<Spans, 'traceKeys' | 'spanKeys' | 'parents' | 'orphans'>): Spans {
    return {
      length: this.length, names, operations: this.operations.filled(), services: this.services.filled(), pods: this.pods.filled(), startMs: this.startMs.filled(),
      durationMs: this.durationMs.filled(), failed: this.failed.filled(), traceKeys, spanKeys, parents, orphans,
    };
  }
}

/** Columns of spans that are values already. */
export const spansOf = (values: Iterable<Span>): Spans => {
  const names: string[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (text: string): number => {
    const known = numbers.get(text) ?? names.length;
    if (known === names.length) {
      names.push(text);
      numbers.set(text, known);
    }
    return known;
  };
  const builder = new SpanBuilder();
  for (const { traceId, spanId, parentSpanId, name, service, pod, startMs, durationMs, status } of values) {
    builder.add({
      traceKey: hashText(traceId), spanKey: hashText(spanId), parentKey: parentSpanId === null ? 0 : hashText(parentSpanId), operation: numberOf(name), service: numberOf(service),
      pod: pod === null ? -1 : numberOf(pod), startMs, durationMs, failed: status === 'ERROR', peer: -1,
    });
  }
  return builder.finish(names);
};

export const NO_SPANS: Spans = spansOf([]);

export const serviceOf = (spans: Spans, index: number): string => spans.names[spans.services[index] ?? -1] ?? '';

/** Null where the span names none. */
export const podOf = (spans: Spans, index: number): string | null => spans.names[spans.pods[index] ?? -1] ?? null;
