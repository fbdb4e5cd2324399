import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CapsuleLogFile } from '../../../domain/capsule.ts';
import { spansOf } from '../../../domain/spans.ts';
import { SHOP_TIMES, shopSpans } from '../../traces/testing.ts';
import { traceFindings } from '../../traces/trace-findings.ts';
import { joinRuns, runEnd, runStart } from './join-runs.ts';
import { logFindings, type LogSignals } from './log-findings.ts';
import { logPieces } from './log-piece.ts';
import { LogReader, readLogs } from './log-reader.ts';

const file = (name: string, lines: readonly string[]): CapsuleLogFile => {
  const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
  return { file: `logs/${name}`, kind: name.endsWith('.ndjson') ? 'ndjson' : 'text', sizeBytes: bytes.length, chunks: () => [bytes.slice()], range: (start, end) => [bytes.slice(start, end)] };
};

const SPANS = shopSpans({ fail: { service: 'stock' } }).slice(-900);
const CAPSULE = { ...SHOP_TIMES, spans: spansOf(SPANS), topology: [] };
const TRACED = traceFindings(CAPSULE);
const LINES = SPANS.map(({ traceId, spanId, service, pod, startMs, status }, i) =>
  JSON.stringify({ timestamp: startMs, severity_text: status === 'ERROR' ? 'ERROR' : 'INFO', body: `${status === 'ERROR' ? 'failed to read "row"' : 'served'} ${i}\n of päge`, resource: { 'service.name': i % 5 === 0 ? '' : service, 'k8s.pod.name': pod }, trace_id: traceId, span_id: spanId }),
);
const TEXT = SPANS.map(({ startMs, status }, i) => `${new Date(startMs).toISOString()} ${status === 'ERROR' ? 'ERROR lost' : 'INFO kept'} entry ${i}`);
const LOGS = [file('a.ndjson', LINES.slice(0, 300)), file('b.ndjson', ['nonsense', ...LINES.slice(300)]), file('stock.log', TEXT), file('order.log', TEXT.slice(0, 200))];

const signals = (reader: LogReader): LogSignals => logFindings(reader, TRACED);

describe('LogReader', () => {
  it('says the same whoever read which file, and in which order', () => {
    const expected = signals(readLogs({ ...CAPSULE, logs: LOGS }));
    expect(expected.findings.length).toBeGreaterThan(0);
    expect(expected.gaps).toEqual(['logs/b.ndjson: 1 lines are no records with a body, the first is line 1; 600 records were read.']);
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), fc.nat(4), (order, cut) => {
        const [one, other] = [new LogReader(CAPSULE), new LogReader(CAPSULE)];
        order.forEach((index, i) => (i < cut ? one : other).read(LOGS[index] ?? file('none.log', [])));
        one.absorb(structuredClone(other.reading()));
        expect(signals(one)).toEqual(expected);
      }),
      { numRuns: 8 },
    );
  });

  it('reads a file in pieces as it reads it whole', () => {
    const [whole, pieces] = [new LogReader(CAPSULE), new LogReader(CAPSULE)];
    const lines = [...LINES.slice(0, 10), '{', ...LINES.slice(10)];
    const all = file('all.ndjson', lines);
    whole.read(all);
    const middle = new TextEncoder().encode(lines.slice(0, 8).map((line) => `${line}\n`).join('')).length;
    pieces.read(all, { start: middle, end: null });
    pieces.read(all, { start: 0, end: middle });
    expect(signals(pieces)).toEqual(signals(whole));
    expect(signals(pieces).gaps).toEqual(['logs/all.ndjson: 1 lines are no records with a body, the first is line 11; 900 records were read.']);
  });

  it('reads an unusual record as it reads the usual', () => {
    const escaped = LINES.map((line) => line.replace('"body"', String.raw`"\u0062ody"`));
    expect(signals(readLogs({ ...CAPSULE, logs: [file('a.ndjson', escaped)] }))).toEqual(signals(readLogs({ ...CAPSULE, logs: [file('a.ndjson', LINES)] })));
  });
});

describe('logPieces', () => {
  it('cuts large files of records at the beginning of lines, and nothing else; the largest first', () => {
    const line = `${'x'.repeat(99_999)}\n`;
    const sizeBytes = 1500 * line.length;
    const range = (start: number): Iterable<Uint8Array> => [new TextEncoder().encode(line.slice(start % line.length))];
    const large = { file: 'logs/l.ndjson', kind: 'ndjson' as const, sizeBytes, chunks: () => [], range };
    const pieces = logPieces([LOGS[0] ?? large, large, { ...large, file: 'logs/t.log', kind: 'text' as const }, { file: 'logs/z.ndjson', kind: 'ndjson' as const, sizeBytes, isCompressed: true, chunks: () => [] }]);
    expect(pieces.slice(0, 2).map(({ file: path, end }) => [path, end])).toEqual([['logs/z.ndjson', null], ['logs/t.log', null]]);
    const cuts = pieces.filter(({ file: path }) => path === 'logs/l.ndjson').sort((a, b) => a.start - b.start);
    expect(cuts.length).toBeGreaterThan(2);
    expect(cuts.map(({ start }) => start % line.length)).toEqual(cuts.map(() => 0));
    expect(cuts.map(({ end }) => end)).toEqual([...cuts.slice(1).map(({ start }) => start), null]);
    expect(pieces.at(-1)?.file).toBe('logs/a.ndjson');
  });
});

describe('joinRuns', () => {
  it('finds no records for spans after the last one that wrote', () => {
    const reader = readLogs({ ...CAPSULE, logs: [file('a.ndjson', LINES.slice(0, 10))] });
    const runs = joinRuns(reader.table, reader.names, CAPSULE.spans, (name) => reader.nameNumber(name));
    const counts = SPANS.map((_, span) => runEnd(runs, span) - runStart(runs, span));
    expect(counts).toEqual(SPANS.map((_, span) => (span < 10 ? 1 : 0)));
  });
});
