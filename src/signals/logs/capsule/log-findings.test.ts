import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CapsuleLogFile } from '../../../domain/capsule.ts';
import type { Finding } from '../../../domain/finding.ts';
import type { Span } from '../../../domain/spans.ts';
import { spansOf } from '../../../domain/spans.ts';
import { SHOP_TIMES, shopSpans } from '../../traces/testing.ts';
import { traceFindings } from '../../traces/trace-findings.ts';
import type { LogSignals } from './log-findings.ts';
import { logFindings } from './log-findings.ts';
import { readLogs } from './log-reader.ts';

const GRAPH = traceFindings({ ...SHOP_TIMES, spans: spansOf(shopSpans()), topology: [] }).graph;

const file = (name: string, text: string): CapsuleLogFile => ({
  file: `logs/${name}`,
  kind: name.endsWith('.ndjson') ? 'ndjson' : 'text',
  sizeBytes: text.length,
  isCompressed: false,
  chunks: () => [new TextEncoder().encode(text)],
});

interface Line {
  readonly at: number;
  readonly body: string;
  readonly service: string;
  readonly level?: string;
  readonly span?: Span;
}

const record = ({ at, body, service, level = 'INFO', span }: Line): string =>
  JSON.stringify({ timestamp: `${Math.round(at)}000000`, severity_text: level, body, resource: { 'service.name': service, 'k8s.pod.name': `${service}-1` }, ...(span === undefined ? {} : { trace_id: span.traceId, span_id: span.spanId }) });

interface Input {
  readonly spans: readonly Span[];
  readonly logs: readonly CapsuleLogFile[];
}

const signalsOf = ({ spans, logs }: Input): LogSignals => {
  const capsule = { ...SHOP_TIMES, spans: spansOf(spans), topology: [], logs };
  return logFindings(readLogs(capsule), { graph: GRAPH, phases: traceFindings(capsule).phases });
};
const signals = (lines: readonly string[], overrides: Partial<Input> = {}): LogSignals => signalsOf({ spans: [], logs: [file('shop.ndjson', lines.join('\n'))], ...overrides });
const causes = ({ findings }: LogSignals): Finding[] => findings.filter(({ role }) => role === 'cause');

/** What each handler writes: it begins, reads, and is done; a faulty one stops after it began. */
const handlerLines = (spans: readonly Span[], faulty: string | null, statement: (text: string, span: Span) => string = (text) => text): string[] =>
  spans
    .filter(({ name }) => name.startsWith('GET'))
    .flatMap((span) => {
      const write = (text: string, offsetMs: number): string => record({ at: span.startMs + offsetMs, body: statement(`${text} ${span.spanId}`, span), service: span.service, span });
      const broken = span.service === faulty && span.startMs >= SHOP_TIMES.onset;
      const begun = [write('begin request', 0)];
      return broken ? begun : begun.concat(write('loaded entity', 1), write('finished request', 2));
    });

const everyMs = (stepMs: number, line: (at: number) => Line, from: number = SHOP_TIMES.baseline.start): string[] => {
  const lines: string[] = [];
  for (const { start, end } of [SHOP_TIMES.baseline, SHOP_TIMES.window]) for (let at = start; at < end; at += stepMs) if (at >= from) lines.push(record(line(at)));
  return lines;
};
const HEARTBEAT = [...everyMs(5000, (at) => ({ at, body: 'served request in 12 ms', service: 'order' })), ...everyMs(5000, (at) => ({ at, body: 'served request in 9 ms', service: 'stock' }))];

describe('logFindings within requests', () => {
  it('finds nothing where nothing is wrong', () => {
    expect(signals(handlerLines(shopSpans(), null), { spans: shopSpans() }).findings).toEqual([]);
  });

  it.each([['with spans', shopSpans()], ['without spans, by the ids in the records', []]])('sees statements that a faulty handler no longer reaches, %s', (_, spans) => {
    const found = signals(handlerLines(shopSpans(), 'stock'), { spans });
    expect(causes(found)[0]).toMatchObject({ component: { name: 'stock', pod: 'stock-1' }, kind: 'log_pattern', observed: 0, expected: 1 });
    expect(causes(found)[0]?.summary).toContain('no longer writes INFO');
    expect(new Set(causes(found).map(({ component }) => component.name))).toEqual(new Set(['stock']));
    expect(Math.abs((causes(found)[0]?.onset ?? 0) - SHOP_TIMES.onset)).toBeLessThanOrEqual(30_000);
  });

  it('takes no notice of a caller that calls less often', () => {
    const spans = shopSpans({ fail: { service: 'order' } });
    expect(causes(signals(handlerLines(spans, 'order'), { spans })).map(({ component }) => component.name)).toEqual(expect.not.arrayContaining(['stock', 'payment']));
  });

  it('tells statements apart by their code location, and knows those that only moved', () => {
    const line = (text: string, { startMs }: Span): string => `INFO c.shop.Handler#${startMs < SHOP_TIMES.onset ? 10 : 12} ${text}`;
    expect(signals(handlerLines(shopSpans(), null, line), { spans: shopSpans() }).findings).toEqual([]);
    const other = (text: string, { startMs }: Span): string => `INFO c.shop.Handler#${startMs < SHOP_TIMES.onset ? 10 : 12} ${startMs < SHOP_TIMES.onset ? text : 'no stock for'}`;
    expect(signals(handlerLines(shopSpans(), null, other), { spans: shopSpans() }).findings.length).toBeGreaterThan(0);
  });

  it('does not read silence where logs were not recorded', () => {
    const recorded = handlerLines(shopSpans(), null).filter((line) => Number((JSON.parse(line) as { timestamp: string }).timestamp) / 1e6 >= SHOP_TIMES.window.start);
    expect(signals(recorded, { spans: shopSpans() }).findings).toEqual([]);
  });
});

describe('logFindings over time', () => {
  const errors = (service: string, body: string): string[] => everyMs(2000, (at) => ({ at, body, service, level: 'ERROR' }), SHOP_TIMES.onset);

  it('tells a new error with its first record, service and pod', () => {
    const [first] = causes(signals([...HEARTBEAT, ...errors('stock', 'pool exhausted after 30 s')]));
    expect(first).toMatchObject({ component: { name: 'stock', pod: 'stock-1' }, onset: SHOP_TIMES.onset, indicator: 'pool exhausted after <*> s' });
    expect(first?.faults.capacity ?? first?.faults.dependency ?? 0).toBeGreaterThan(0);
  });

  it('does not see what went on all along, and sees when it becomes ten times as much', () => {
    const usual = everyMs(10_000, (at) => ({ at, body: 'retry of call 7', service: 'stock', level: 'WARN' }));
    expect(signals([...HEARTBEAT, ...usual]).findings).toEqual([]);
    const burst = everyMs(500, (at) => ({ at, body: 'retry of call 8', service: 'stock', level: 'WARN' }), SHOP_TIMES.onset);
    expect(causes(signals([...HEARTBEAT, ...usual, ...burst]))[0]).toMatchObject({ component: { name: 'stock' }, summary: expect.stringContaining('in bursts') });
  });

  it('believes a rare new complaint less where as many others end as begin', () => {
    const rare = (what: string, from: number, step: number): string[] => Array.from({ length: 4 }, (_, i) => record({ at: from + i * step, body: `${what} gave up`, service: 'stock', level: 'WARN' }));
    const begun = rare('courier', SHOP_TIMES.onset, 45_000);
    const ended = ['broker', 'printer', 'scanner', 'mailer', 'labeller'].flatMap((what, i) => rare(what, SHOP_TIMES.baseline.start + i * 9_000, 31_000));
    const strengthOf = (lines: readonly string[]): number => signals([...HEARTBEAT, ...lines]).findings.find(({ indicator }) => indicator.startsWith('courier'))?.strength ?? 0;
    expect(strengthOf(begun)).toBeGreaterThan(1.5);
    expect(strengthOf([...begun, ...ended])).toBeLessThan(strengthOf(begun) / 2);
  });

  it('takes a complaint that several unrelated services share for a symptom of each', () => {
    const shared = signals([...HEARTBEAT, ...errors('stock', 'token expired'), ...errors('payment', 'token expired'), ...errors('order', 'request rejected')]);
    expect(causes(shared).map(({ component }) => component.name)).toEqual(['order']);
    expect(shared.findings.filter(({ role }) => role === 'symptom').map(({ component }) => component.name).sort()).toEqual(['payment', 'stock']);
  });

  it('names the outside system that a complaint is about', () => {
    const [first] = causes(signals([...HEARTBEAT, ...errors('payment', 'POST https://api.bank.example/v1/charges failed with 503')]));
    expect(first?.component.destination).toBe('api.bank.example');
    expect(first?.faults.dependency).toBeGreaterThan(0.5);
  });

  it('masks secrets in what it shows', () => {
    const found = signals([...HEARTBEAT, ...errors('stock', 'login failed: password=hunter2secret9 for user bob@corp.example')]);
    expect(found.findings.length).toBeGreaterThan(0);
    expect(JSON.stringify(found)).not.toMatch(/hunter2secret9|bob@corp/);
  });

  it('reads raw text as well, by the name of its file, and says what carries no time', () => {
    const text = (from: number): string => everyMs(2000, (at) => ({ at, body: '', service: '' }), from).map((line) => `${new Date(Number((JSON.parse(line) as { timestamp: string }).timestamp) / 1e6).toISOString()} ERROR disk full on /data\n`).join('');
    const heartbeat = everyMs(5000, (at) => ({ at, body: '', service: '' })).map((line) => `${new Date(Number((JSON.parse(line) as { timestamp: string }).timestamp) / 1e6).toISOString()} INFO ok\n`).join('');
    const logs = [file('stock-7f9-abc.log', `${heartbeat}${text(SHOP_TIMES.onset)}`), file('payment.log', 'ERROR connection refused\n')];
    const found = signalsOf({ spans: [], logs });
    expect(causes(found)[0]).toMatchObject({ component: { name: 'stock', pod: 'stock-7f9-abc' }, onset: SHOP_TIMES.onset });
    expect(found.gaps.join()).toContain('logs/payment.log');
    expect(found.lines).toBe(421);
  });
});

describe('logFindings on bad input', () => {
  it('counts bad lines and goes on', () => {
    const found = signals(['{', 'null', '{"no":"body"}', '\u0000', ...HEARTBEAT]);
    expect(found.gaps).toEqual([`logs/shop.ndjson: 4 lines are no records with a body, the first is line 1; ${HEARTBEAT.length} records were read.`]);
    expect(found.events).toBe(HEARTBEAT.length);
  });

  it('does not depend on the order of lines, and never throws', () => {
    const lines = [...HEARTBEAT.slice(0, 300), ...handlerLines(shopSpans().slice(-600), 'stock')];
    const expected = signals(lines, { spans: shopSpans().slice(-600) });
    fc.assert(
      fc.property(fc.shuffledSubarray([...lines.keys()], { minLength: lines.length }), (order) => {
        expect(signals(order.map((i) => lines[i] ?? ''), { spans: shopSpans().slice(-600) })).toEqual(expected);
      }),
      { numRuns: 3 },
    );
    const junk = fc.record({ timestamp: fc.anything(), body: fc.oneof(fc.string(), fc.anything()), resource: fc.anything(), trace_id: fc.anything(), span_id: fc.anything(), severity_text: fc.anything() });
    fc.assert(fc.property(fc.array(fc.oneof(junk.map((value) => JSON.stringify(value)), fc.string())), (any) => void signals(any)), { numRuns: 50 });
  });
});
