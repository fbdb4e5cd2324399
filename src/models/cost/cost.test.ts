import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProviderSettings } from '../../ports/model-settings.ts';
import { fileCache } from './answer-cache.ts';
import { createBudget } from './budget.ts';
import { fileLedger, memoryLedger, type Spending } from './ledger.ts';
import { costUsd, priceOf } from './prices.ts';

const NOON = Date.UTC(2026, 0, 15, 12);
const spending = (usd: number, more: Partial<Spending> = {}): Spending => ({ at: NOON, task: 'narrate', incident: 'i1', provider: 'p', model: 'm', inputTokens: 1, outputTokens: 1, costUsd: usd, ...more });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'faultline-cost-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.each([['in memory', () => memoryLedger()], ['in files', () => fileLedger(folder)]])('ledger %s', (_, open) => {
  it('adds up a day, by incident, and forgets with the day', () => {
    const ledger = open();
    ledger.add(spending(1));
    ledger.add(spending(2, { incident: 'i2' }));
    expect([ledger.spentUsd(NOON), ledger.spentUsd(NOON, 'i2'), ledger.spentUsd(NOON, 'i3')]).toEqual([3, 2, 0]);
    expect(ledger.entries(NOON)).toHaveLength(2);
    expect(ledger.spentUsd(NOON + 86_400_000)).toBe(0);
  });
});

describe('file ledger', () => {
  it('is shared with other processes, and survives broken lines', () => {
    const [ours, theirs] = [fileLedger(folder), fileLedger(folder)];
    ours.add(spending(1));
    theirs.add(spending(2));
    ours.add(spending(4));
    expect([ours.spentUsd(NOON), theirs.spentUsd(NOON), fileLedger(folder).spentUsd(NOON)]).toEqual([7, 7, 7]);
    writeFileSync(join(folder, 'spend', '2026-01-15.ndjson'), '{"costUsd":"a lot"}\n\nhalf a li', { flag: 'a' });
    expect(fileLedger(folder).spentUsd(NOON)).toBe(7);
  });
});

describe('budget', () => {
  it('never lets what is spent and what is set aside pass a cap, whatever the order', () => {
    const step = fc.record({ incident: fc.constantFrom('a', 'b', 'c'), usd: fc.double({ min: 0, max: 3, noNaN: true }), share: fc.double({ min: 0, max: 1, noNaN: true }), settles: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const ledger = memoryLedger();
        const budget = createBudget({ warnUsd: 1, pageUsd: 2, capUsd: 5, incidentCapUsd: 2 }, ledger);
        const open = steps.flatMap(({ incident, usd, share, settles }) => {
          const reservation = budget.reserve(NOON, incident, usd);
          return reservation === null ? [] : [{ reservation, settles, incident, usd: usd * share }];
        });
        for (const { reservation, settles, incident, usd } of open) {
          if (settles) reservation.settle(spending(usd, { incident }));
          reservation.release();
        }
        expect(ledger.spentUsd(NOON)).toBeLessThanOrEqual(5 + 1e-9);
        for (const incident of ['a', 'b', 'c']) expect(ledger.spentUsd(NOON, incident)).toBeLessThanOrEqual(2 + 1e-9);
      }),
    );
  });

  it.each([[0, 'fine'], [9.99, 'fine'], [10, 'warn'], [29.99, 'warn'], [30, 'page'], [50, 'spent']])('%d dollars: %s', (usd, level) => {
    const ledger = memoryLedger();
    ledger.add(spending(usd, { incident: 'other' }));
    expect(createBudget({ warnUsd: 10, pageUsd: 30, capUsd: 50, incidentCapUsd: 1 }, ledger).level(NOON, 'i1')).toBe(level);
  });
});

describe('file cache', () => {
  it('keeps answers over restarts for their time, and reads no rubbish', () => {
    const cache = fileCache(folder, 1000);
    cache.put('aa', 'text', NOON);
    expect([fileCache(folder, 1000).get('aa', NOON + 999), cache.get('aa', NOON + 1000), cache.get('bb', NOON)]).toEqual(['text', null, null]);
    expect(readdirSync(join(folder, 'cache'))).toEqual(['aa.json']);
    writeFileSync(join(folder, 'cache', 'aa.json'), '{"at": 1, "te');
    expect(cache.get('aa', NOON)).toBeNull();
  });

  it('a key never names a path', () => {
    const cache = fileCache(folder, 1000);
    cache.put('../../x', 'text', NOON);
    expect(readdirSync(join(folder, 'cache'))).toEqual(['x.json']);
  });
});

describe('prices', () => {
  const provider = (baseUrl: string | null): ProviderSettings => ({ name: 'p', type: 'openai-compatible', baseUrl, apiKey: null, region: null, accessKeyId: null, secretAccessKey: null, apiVersion: null, structured: 'none' });

  it.each([
    ['gpt-4o', null, 'table', 2.5],
    ['gpt-4o-2024-08-06', null, 'table', 2.5],
    ['gpt-4o-mini', null, 'table', 0.15],
    ['us.amazon.nova-lite-v1:0', null, 'table', 0.06],
    ['gpt-4o-realtime', null, 'assumed', 5],
    ['llama3.2', 'http://127.0.0.1:11434/v1', 'own_server', 0],
    ['llama3.2', 'http://127.0.0.1.evil.test/v1', 'assumed', 5],
    ['mine', 'http://127.0.0.1:1/v1', 'configuration', 7],
  ])('%s at %s: from %s', (model, baseUrl, source, inputUsd) => {
    expect(priceOf(model, provider(baseUrl), { mine: { inputUsd: 7, outputUsd: 8 } })).toMatchObject({ source, inputUsd });
  });

  it('are per million tokens', () => {
    expect(costUsd({ inputTokens: 1_000_000, outputTokens: 500_000 }, { inputUsd: 3, outputUsd: 15 })).toBe(10.5);
  });
});
