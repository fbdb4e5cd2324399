import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProviderSettings } from '../../ports/model-settings.ts';
import { fileCache } from './answer-cache.ts';
import { createBudget } from './budget.ts';
import type { Spending } from './day-book.ts';
import { fileLedger } from './file-ledger.ts';
import { type Ledger, memoryLedger } from './ledger.ts';
import { costUsd, priceOf } from './prices.ts';

const NOON = Date.UTC(2026, 0, 15, 12);
const spending = (usd: number, more: Partial<Spending> = {}): Spending => ({ at: NOON, task: 'narrate', incident: 'i1', provider: 'p', model: 'm', inputTokens: 1, outputTokens: 1, costUsd: usd, ...more });

const UNLIMITED = { dayUsd: Number.MAX_VALUE, incidentUsd: Number.MAX_VALUE };
const spend = (ledger: Ledger, given: Spending): void => ledger.settle(given.at, ledger.hold(given.at, { incident: given.incident, usd: given.costUsd }, UNLIMITED) ?? '', given);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'faultline-cost-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.each([['in memory', () => memoryLedger()], ['in files', () => fileLedger(folder)]])('ledger %s', (_, open) => {
  it('adds up a day, by incident, and forgets with the day', () => {
    const ledger = open();
    spend(ledger, spending(1));
    spend(ledger, spending(2, { incident: 'i2' }));
    expect([ledger.spentUsd(NOON), ledger.spentUsd(NOON, 'i2'), ledger.spentUsd(NOON, 'i3')]).toEqual([3, 2, 0]);
    expect(ledger.entries(NOON)).toHaveLength(2);
    expect(ledger.spentUsd(NOON + 86_400_000)).toBe(0);
  });

  it('a call that ends after midnight is booked on the day it began, and costs today nothing', () => {
    const ledger = open();
    const id = ledger.hold(NOON, { incident: 'i1', usd: 2 }, UNLIMITED) ?? '';
    spend(ledger, spending(1, { at: NOON + 86_400_000 }));
    ledger.settle(NOON, id, spending(2));
    expect([ledger.spentUsd(NOON), ledger.spentUsd(NOON + 86_400_000)]).toEqual([2, 1]);
  });
});

describe('file ledger', () => {
  const FILE = '2026-01-15.ndjson';

  it('is shared with other processes, and survives broken lines', () => {
    const [ours, theirs] = [fileLedger(folder), fileLedger(folder)];
    spend(ours, spending(1));
    spend(theirs, spending(2));
    spend(ours, spending(4));
    expect([ours.spentUsd(NOON), theirs.spentUsd(NOON), fileLedger(folder).spentUsd(NOON)]).toEqual([7, 7, 7]);
    writeFileSync(join(folder, 'spend', FILE), '{"spent":{"costUsd":"a lot"}}\n\n{"spent":{"costUsd":-5,"incident":"i1","at":1}}\nhalf a li', { flag: 'a' });
    expect(fileLedger(folder).spentUsd(NOON)).toBe(7);
    spend(theirs, spending(8));
    expect([ours.spentUsd(NOON), fileLedger(folder).spentUsd(NOON)]).toEqual([15, 15]);
  });

  it('a process that died with a call under way leaves its money set aside', () => {
    fileLedger(folder).hold(NOON, { incident: 'i1', usd: 3 }, { dayUsd: 5, incidentUsd: 5 });
    const next = fileLedger(folder);
    expect([next.spentUsd(NOON), next.heldUsd(NOON)]).toEqual([0, 3]);
    expect(next.hold(NOON, { incident: 'i2', usd: 2.5 }, { dayUsd: 5, incidentUsd: 5 })).toBeNull();
    expect(next.hold(NOON, { incident: 'i2', usd: 2 }, { dayUsd: 5, incidentUsd: 5 })).not.toBeNull();
  });

  it('sees what another process has set aside', () => {
    const [ours, theirs] = [fileLedger(folder), fileLedger(folder)];
    const limits = { dayUsd: 5, incidentUsd: 5 };
    expect(ours.heldUsd(NOON)).toBe(0);
    expect(theirs.hold(NOON, { incident: 'i2', usd: 3 }, limits)).not.toBeNull();
    expect(ours.hold(NOON, { incident: 'i1', usd: 3 }, limits)).toBeNull();
    expect(fileLedger(folder).heldUsd(NOON)).toBe(3);
  });

  it('a folder that is a file is said so', () => {
    writeFileSync(join(folder, 'x'), '');
    expect(() => fileLedger(join(folder, 'x'))).toThrow('cannot write to');
  });
});

describe('budget', () => {
  it.each([['in memory', () => [memoryLedger()]], ['in one file, by three processes', () => [fileLedger(folder), fileLedger(folder), fileLedger(folder)]]])('%s: what is spent and what is set aside never pass a cap together, whatever the order', (_, open) => {
    const step = fc.record({
      incident: fc.constantFrom('a', 'b', 'c'), usd: fc.double({ min: 0, max: 3, noNaN: true }), share: fc.double({ min: 0, max: 1, noNaN: true }), by: fc.nat(2), ends: fc.constantFrom('settled', 'released', 'never'), after: fc.nat(5),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.nat(), (steps, at) => {
        const today = NOON + at % 1000;
        rmSync(join(folder, 'spend'), { recursive: true, force: true });
        const ledgers = open();
        const budgets = ledgers.map((ledger) => createBudget({ warnUsd: 1, pageUsd: 2, capUsd: 5, incidentCapUsd: 2 }, ledger));
        const started: { due: number; end: () => void }[] = [];
        for (const [index, { incident, usd, share, by, ends, after }] of steps.entries()) {
          for (const { due, end } of started) if (due === index) end();
          const reservation = budgets[by % budgets.length]?.reserve(today, incident, usd) ?? null;
          if (reservation === null || ends === 'never') continue;
          started.push({ due: index + after, end: () => (ends === 'settled' ? reservation.settle(spending(usd * share, { at: today, incident })) : reservation.release()) });
        }
        for (const ledger of ledgers) {
          expect(ledger.spentUsd(today) + ledger.heldUsd(today)).toBeLessThanOrEqual(5 + 1e-9);
          for (const incident of ['a', 'b', 'c']) expect(ledger.spentUsd(today, incident)).toBeLessThanOrEqual(2 + 1e-9);
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each([[0, 'fine'], [9.99, 'fine'], [10, 'warn'], [29.99, 'warn'], [30, 'page'], [50, 'spent']])('%d dollars: %s', (usd, level) => {
    const ledger = memoryLedger();
    spend(ledger, spending(usd, { incident: 'other' }));
    expect(createBudget({ warnUsd: 10, pageUsd: 30, capUsd: 50, incidentCapUsd: 1 }, ledger).state(NOON, 'i1')).toEqual({ level, spentUsd: usd, capUsd: 50 });
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
