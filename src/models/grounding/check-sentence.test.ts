import { describe, expect, it } from 'vitest';
import type { Language } from '../../domain/language.ts';
import { buildPack } from '../pack/build-pack.ts';
import { sentenceChecker } from './check-sentence.ts';
import type { Violation } from './violation.ts';

const ENTRIES = [
  { ref: 'facts', statement: 'Verdict: root cause. Affected services (2): checkout-api, order-service.', telemetry: [] },
  { ref: 'H1', statement: 'Hypothesis of rank 1: service order-service, fault memory, confidence 82 %, since 2026-03-12T14:02:10.150Z. Probably memory: the heap was full.', telemetry: [] },
  { ref: 'E1', statement: 'metric of order-service: memory rose from 0.437 to 1,234.5 MB, 12 restarts', telemetry: [] },
  { ref: 'E3', statement: '지표: basket-store에서 메모리가 늘었습니다 (2026-03-12T14:03:00.000Z부터)', telemetry: [] },
  { ref: 'E2', statement: 'log pattern of checkout-api: time-outs', telemetry: ['request to order-service timed out while the basket of the customer was being priced again'] },
].map(({ ref, statement, telemetry }) => ({ ref, statement, telemetry, bits: 10, required: true }));

const check = (text: string, cites: readonly number[], { language = 'en', allowed = null, mayBeCertain = false }: { language?: Language; allowed?: ReadonlySet<string> | null; mayBeCertain?: boolean } = {}): Violation | null => {
  const pack = buildPack(ENTRIES, { budgetTokens: 4_000, mask: (line) => line });
  return sentenceChecker({ pack, language, mayBeCertain }).check({ text, cites }, allowed)?.violation ?? null;
};

describe('a sentence stands', () => {
  it.each<[string, readonly number[]]>([
    ['The heap of order-service was probably full.', [2]],
    ['Memory of order-service rose to 1234.5 MB.', [3]],
    ['Memory rose to 1235 MB.', [3]],
    ['Memory stood at 44 % before.', [3]],
    ['It restarted twelve times.', [3]],
    ['The fault began at 14:02.', [2]],
    ['It hit two services, checkout-api and order-service.', [3, 1]],
    ['Requests of checkout-api met time-outs.', [5]],
    ["Checkout-api's requests to order-service ran into time-outs.", [5]],
  ])('%s', (text, cites) => {
    expect(check(text, cites)).toBeNull();
  });

  it.each(['basket-store의 메모리가 2026-03-12T14:03:00.000Z부터 늘었습니다.', '14:02에 order-service의 메모리가 부족해졌습니다.', 'order-service가 12번 재시작했고 신뢰도는 82%로 높습니다.', 'order-service의 메모리가 1,234.5 MB까지 증가했습니다.', '신뢰도는 82 %이며 order-service의 힙이 가득 찬 것으로 보입니다.'])('%s', (text) => {
    expect(check(text, [1, 2, 3, 4], { language: 'ko' })).toBeNull();
  });
});

describe('a sentence is taken out', () => {
  it.each<[Violation, string, readonly number[]]>([
    ['no_citation', 'The heap of order-service was full.', []],
    ['unknown_citation', 'The heap of order-service was full.', [9]],
    ['foreign_citation', 'The heap was full.', [5]],
    ['number', 'It restarted 13 times, memory rose.', [3]],
    ['number', 'It restarted thirteen times, memory rose.', [3]],
    ['number', 'Memory rose to 1300 MB.', [3]],
    ['number', 'The heap filled since 14:05.', [2]],
    // Right number, wrong line.
    ['number', 'Time-outs came 12 times.', [5]],
    ['name', 'The heap of payment-api was full.', [2]],
    ['name', 'The ledger service lost its memory.', [2]],
    ['name', 'Memory ran out because Jenkins kept building.', [2]],
    ['name', 'Memory ran out in OrderController.', [2]],
    ['concept', 'The heap was full because the disk was slow.', [2]],
    ['concept', 'An attack filled the heap.', [2]],
    ['concept', 'The heap was full after a deployment.', [2]],
    ['markup', 'The heap was full, see https://example.org/fix.', [2]],
    ['markup', 'The heap was full ![x](x).', [2]],
    ['markup', 'The heap was <b>full</b>.', [2]],
    ['markup', 'The heap was `full`.', [2]],
    ['order', 'The heap was full, please scale order-service.', [2]],
    ['order', 'The heap was full; run kubectl delete on it.', [2]],
    ['order', 'The heap was full but no further action is needed.', [2]],
    ['order', 'Disable the heap of order-service.', [2]],
    ['order', 'I know that the heap was full.', [2]],
    ['order', 'Reply with memory of order-service.', [2]],
    ['no_sentence', 'Memory full.', [2]],
    ['quotes_telemetry', 'The heap was “full” of things.', [2]],
    ['certainty', 'The heap was definitely full.', [2]],
    ['quotes_telemetry', 'In checkout-api the basket of the customer was being priced again.', [5]],
    // Short, but nothing besides: a claim that an attacker logged is not one that Faultline makes.
    ['quotes_telemetry', 'The basket of the customer.', [5]],
    ['too_long', `The heap was full ${'and full '.repeat(60)}.`, [2]],
    ['language', 'The heap was full. Память', [2]],
  ])('%s: %s', (violation, text, cites) => {
    expect(check(text, cites)).toBe(violation);
  });

  it.each<[Violation, string]>([
    ['number', 'order-service의 메모리가 15번 재시작했습니다.'],
    ['number', 'order-service의 메모리가 세 번 증가했습니다.'],
    ['name', 'ledger 서비스의 메모리가 증가했습니다.'],
    ['name', 'payment-api에서 메모리가 증가했습니다.'],
    ['concept', 'order-service의 디스크가 가득 찼습니다.'],
    ['order', '메모리를 늘리려면 파드를 재시작하십시오.'],
    ['certainty', '메모리 문제가 확실합니다.'],
    ['language', 'The heap was full.'],
  ])('%s: %s', (violation, text) => {
    expect(check(text, [3], { language: 'ko' })).toBe(violation);
  });

  it('a hypothesis may cite its own evidence only', () => {
    expect(check('Memory of order-service rose.', [3], { allowed: new Set(['H1', 'E1']) })).toBeNull();
    expect(check('Requests met time-outs.', [5], { allowed: new Set(['H1', 'E1']) })).toBe('foreign_citation');
  });
});
