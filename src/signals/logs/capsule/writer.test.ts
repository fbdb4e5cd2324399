import { describe, expect, it } from 'vitest';
import { shopCapsule, FAULT_AT, MINUTE, T0 } from '../../../../test/support/synthetic-capsule.ts';
import type { Capsule } from '../../../domain/capsule.ts';
import { traceFindings } from '../../traces/trace-findings.ts';
import { logFindings } from './log-findings.ts';
import { readLogs } from './log-reader.ts';
import { isShared, writerOf } from './writer.ts';

const SERVICES = new Set(['stock', 'stock-db', 'pay']);
const pattern = (template: string, ...texts: readonly string[]): Parameters<typeof writerOf>[0] => ({ template, samples: texts.map((text, i) => ({ text, at: null, source: 'logs/all.log', line: i + 1 })) });

describe('the writer of a pattern', () => {
  it.each([
    ['before the message', pattern('quota <*> exceeded', '2025-03-03 10:00:01 WARN pay/x7f2k - quota 12 exceeded'), 'pay'],
    ['as the beginning of a pod', pattern('quota <*> exceeded', '2025-03-03 10:00:01 WARN [stock-db-0] quota 12 exceeded'), 'stock-db'],
    ['only in the message', pattern('quota of stock exceeded', '2025-03-03 10:00:01 WARN quota of stock exceeded'), null],
    ['twice, differently', pattern('quota <*> exceeded', 'WARN pay/x7f2k - quota 12 exceeded', 'WARN stock/q1 - quota 3 exceeded'), null],
    ['in some of its lines only', pattern('quota <*> exceeded', 'WARN pay/x7f2k - quota 12 exceeded', 'WARN - quota 3 exceeded'), null],
    ['nowhere: nothing of the message is constant', pattern('<*> <*>', 'pay/x7f2k 12'), null],
  ])('is named %s', (_where, one, expected) => {
    expect(writerOf(one, SERVICES)).toBe(expected);
  });

  it('makes a file shared where two services write it', () => {
    const [one, other] = [pattern('ready', 'INFO pay/x7f2k - ready'), pattern('closed', 'INFO stock/q1 - closed')];
    expect([isShared([one, other], SERVICES), isShared([one], SERVICES), isShared([], SERVICES)]).toEqual([true, false, false]);
  });
});

const textFile = (name: string, lines: readonly (readonly [at: number, rest: string])[]): Capsule['logs'][number] => {
  const bytes = new TextEncoder().encode(`${[...lines].sort(([a], [b]) => a - b).map(([at, rest]) => `${new Date(at).toISOString()} ${rest}`).join('\n')}\n`);
  return { file: `logs/${name}`, kind: 'text', sizeBytes: bytes.length, isCompressed: false, chunks: () => [bytes] };
};
const everyMinute = (from: number, rest: (i: number) => string): readonly (readonly [number, string])[] => Array.from({ length: (T0 + 80 * MINUTE - from) / MINUTE }, (_, i) => [from + i * MINUTE, rest(i)] as const);
const causesOf = (capsule: Capsule, measured: readonly string[] = []): readonly string[] =>
  logFindings(readLogs(capsule), traceFindings(capsule), measured).findings.filter(({ kind, role, strength }) => kind === 'log_pattern' && role === 'cause' && strength > 5).map(({ component }) => component.name);
const causesIn = (...logs: readonly Capsule['logs'][number][]): readonly string[] => causesOf(shopCapsule({ logs }));

describe('text logs', () => {
  it('of several services in one file accuse the service that writes, not the file', () => {
    const calm = everyMinute(T0, (i) => `INFO ${i % 2 === 0 ? 'web/a1b2c' : 'pay/d3e4f'} - handled request in ${i} ms`);
    expect(causesIn(textFile('everything.log', [...calm, ...everyMinute(FAULT_AT, (i) => `ERROR pay/d3e4f - ledger sealed, entry ${i} refused`)]))).toEqual(['pay']);
  });

  it('of services that only metrics know are theirs, too', () => {
    const file = textFile('everything.log', [...everyMinute(T0, (i) => `INFO ${i % 2 === 0 ? 'desk/a1b2c' : 'till/d3e4f'} - handled request in ${i} ms`), ...everyMinute(FAULT_AT, (i) => `ERROR till/d3e4f - ledger sealed, entry ${i} refused`)]);
    expect(causesOf(shopCapsule({ logs: [file], topology: [] }), ['desk', 'till'])).toEqual(['till']);
  });

  it('of a source that writes complaints alone are news where others were recorded in normal times', () => {
    const calm = textFile('web.log', everyMinute(T0, (i) => `INFO handled request in ${i} ms`));
    const complaints = everyMinute(FAULT_AT, (i) => `ERROR ledger sealed, entry ${i} refused`);
    expect(causesIn(calm, textFile('stock-db.log', complaints))).toEqual(['stock-db']);
    // Alone, or with chatter of its own, nobody knows what it wrote before.
    expect(causesIn(textFile('stock-db.log', complaints))).toEqual([]);
    expect(causesIn(calm, textFile('stock-db.log', [...complaints, ...everyMinute(FAULT_AT, (i) => `INFO checkpoint ${i} written`)]))).toEqual([]);
  });
});
