/** A small made-up shop for tests: gateway ► order ► stock and payment, one request in four seconds, with faults to switch on. */
import type { Span, SpanStatus } from '../../domain/spans.ts';
import type { EpochMs } from '../../domain/time.ts';

/** Baseline 09:00 to 09:10, window 10:00 to 10:10, fault from 10:04, noticed at 10:06. */
export const SHOP_TIMES = {
  baseline: { start: Date.parse('2030-01-01T09:00:00Z'), end: Date.parse('2030-01-01T09:10:00Z') },
  window: { start: Date.parse('2030-01-01T10:00:00Z'), end: Date.parse('2030-01-01T10:10:00Z') },
  onset: Date.parse('2030-01-01T10:04:00Z'),
  detectedAt: Date.parse('2030-01-01T10:06:00Z'),
} as const;

export const REQUEST_EVERY_MS = 4000;

export interface ShopFaults {
  /** Added to the network on the way into the service, milliseconds. */
  readonly delay?: { readonly service: string; readonly ms: number };
  /** Added to the service's own code. */
  readonly slow?: { readonly service: string; readonly ms: number };
  /** The service fails before it makes its calls. */
  readonly fail?: { readonly service: string };
  /** The service does not answer: its callers' spans have no other side. */
  readonly down?: { readonly service: string };
  /** Requests at once instead of one. */
  readonly flood?: number;
  /** The service's clock is off by so much. */
  readonly skew?: { readonly service: string; readonly ms: number };
}

const CALLS: Readonly<Record<string, readonly string[]>> = { gateway: ['order'], order: ['stock', 'payment'], stock: [], payment: [] };

/** A repeatable number in [0, 1) for every pair of numbers. */
const noise = (seed: number, salt: number): number => {
  const mixed = Math.imul(Math.imul(seed + 1, 2654435761) ^ Math.imul(salt + 1, 2246822519), 3266489917);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 4294967296;
};

/** Spans of every request of baseline and window, in time order. */
export const shopSpans = (faults: ShopFaults = {}): Span[] => {
  const spans: Span[] = [];
  for (const { start, end } of [SHOP_TIMES.baseline, SHOP_TIMES.window]) {
    for (let at = start; at < end; at += REQUEST_EVERY_MS) {
      const requests = at >= SHOP_TIMES.onset && start === SHOP_TIMES.window.start ? (faults.flood ?? 1) : 1;
      for (let i = 0; i < requests; i++) new Request(at + i, faults, spans).serve('gateway', null, at + i);
    }
  }
  return spans;
};

class Request {
  private readonly startedAt: EpochMs;
  private readonly faults: ShopFaults;
  private readonly spans: Span[];
  private count = 0;

  constructor(startedAt: EpochMs, faults: ShopFaults, spans: Span[]) {
    this.startedAt = startedAt;
    this.faults = faults;
    this.spans = spans;
  }

  /** Adds the server span of `service` and all below it; returns its end and whether it failed. */
  serve(service: string, parent: string | null, start: number): { readonly end: number; readonly failed: boolean } {
    const id = this.newId();
    const own = 2 + noise(this.startedAt, this.count) + this.added(this.faults.slow, service);
    const broken = this.isFaulty() && this.faults.fail?.service === service;
    let end = start + own;
    let failed = broken;
    for (const callee of broken ? [] : (CALLS[service] ?? [])) {
      const call = this.call(service, callee, id, end);
      end = call.end + 0.5;
      failed ||= call.failed;
    }
    this.add({ id, parent, service, name: `GET /${service}`, start, end, status: failed ? 'ERROR' : 'OK' });
    return { end, failed };
  }

  private call(caller: string, callee: string, parent: string, start: number): { readonly end: number; readonly failed: boolean } {
    const id = this.newId();
    const wireMs = 0.5 + 0.2 * noise(this.startedAt, this.count) + this.added(this.faults.delay, callee) / 2;
    const served = this.isFaulty() && this.faults.down?.service === callee ? { end: start + 30, failed: true } : this.serve(callee, id, start + wireMs);
    const end = served.end + wireMs;
    this.add({ id, parent, service: caller, name: `HTTP GET ${callee}`, start, end, status: served.failed ? 'ERROR' : 'OK' });
    return { end, failed: served.failed };
  }

  private isFaulty(): boolean {
    return this.startedAt >= SHOP_TIMES.onset && this.startedAt < SHOP_TIMES.window.end;
  }

  private added(fault: { readonly service: string; readonly ms: number } | undefined, service: string): number {
    return this.isFaulty() && fault?.service === service ? fault.ms : 0;
  }

  private newId(): string {
    this.count += 1;
    return `${this.startedAt.toString(16)}${this.count}`;
  }

  private add(span: { readonly id: string; readonly parent: string | null; readonly service: string; readonly name: string; readonly start: number; readonly end: number; readonly status: SpanStatus }): void {
    const skewMs = this.faults.skew?.service === span.service ? this.faults.skew.ms : 0;
    this.spans.push({
      traceId: `t${this.startedAt}`,
      spanId: span.id,
      parentSpanId: span.parent,
      name: span.name,
      service: span.service,
      pod: `${span.service}-1`,
      startMs: span.start + skewMs,
      durationMs: span.end - span.start,
      status: span.status,
    });
  }
}
